//! Samples of administrators, and of what lets them in and tells them things.

use std::net::{IpAddr, Ipv4Addr};

use symbolon_domain::{
    activity::{About, Action, ActivityEntry, Actor, Attribution},
    administrator::{Administrator, Proofs, Role},
    administrator_link::{AdministratorLink, LinkPurpose},
    administrator_session::{AdministratorSession, Stage},
    id::{AdministratorId, AdministratorLinkId, AdministratorSessionId, NoticeId, OrganizationId},
    idempotency::RequestFingerprint,
    mail::MailState,
    notice::{Notice, NoticeSubject},
    password::PasswordHash,
    port::administrators::{Founding, NewInvitation},
    sealed::TokenDigest,
    second_factor::{RECOVERY_CODES, SecondFactor},
    text::BrowserName,
};

use super::{Samples, entropy, mail_address, now, person_name};

impl Samples {
    /// An owner who has joined, with a password and nothing else.
    #[must_use]
    pub fn administrator(&self, organization: OrganizationId) -> Administrator {
        let name = person_name(&format!("Name {}", self.number()));
        Administrator {
            name: Some(name),
            joined_at: Some(now()),
            proofs: Proofs {
                password: Some(self.password_hash()),
                ..Proofs::default()
            },
            ..self.invited(organization, Role::Owner)
        }
    }

    /// Somebody who has not joined.
    #[must_use]
    pub fn invited(&self, organization: OrganizationId, role: Role) -> Administrator {
        let number = self.number();
        Administrator {
            id: AdministratorId::fresh(now(), entropy(number)),
            organization,
            mail: mail_address(&format!("administrator-{number}@example.org")),
            name: None,
            role,
            created_at: now(),
            joined_at: None,
            proofs: Proofs::default(),
            signed_in_at: None,
        }
    }

    /// The hash of a password like no other.
    #[must_use]
    pub fn password_hash(&self) -> PasswordHash {
        PasswordHash::from_kept(format!("$argon2id$v=19$sample${}", self.number()))
    }

    /// A second factor of which no code was taken, with its recovery codes.
    #[must_use]
    pub fn second_factor(&self) -> (SecondFactor, Vec<TokenDigest>) {
        let codes = self.recovery_codes(RECOVERY_CODES);
        let factor = SecondFactor {
            sealed: self.sealed(),
            since: now(),
            last_step: 58_800_000,
            recovery_codes_left: u32::try_from(codes.len()).unwrap_or(u32::MAX),
        };
        (factor, codes)
    }

    /// So many recovery codes.
    #[must_use]
    pub fn recovery_codes(&self, count: usize) -> Vec<TokenDigest> {
        (0..count).map(|_| self.digest()).collect()
    }

    /// A link that was made now, with a sealed copy.
    #[must_use]
    pub fn link(&self, purpose: LinkPurpose) -> AdministratorLink {
        AdministratorLink {
            id: AdministratorLinkId::fresh(now(), entropy(self.number())),
            digest: self.digest(),
            purpose,
            sealed: Some(self.sealed()),
            created_at: now(),
            expires_at: now().plus_seconds(purpose.seconds()),
        }
    }

    /// The first administrator of an organization that is kept already.
    #[must_use]
    pub fn founding(&self, organization: OrganizationId) -> Founding {
        let administrator = self.administrator(organization);
        let entry = self.entry_of(&administrator, Action::AdministratorSetUp);
        Founding {
            organization: None,
            administrator,
            entries: vec![entry],
        }
    }

    /// An invitation to be an administrator, with everything that is kept with it.
    #[must_use]
    pub fn invitation(&self, organization: OrganizationId) -> NewInvitation {
        self.invitation_for(self.invited(organization, Role::Administrator))
    }

    /// The same for this person.
    #[must_use]
    pub fn invitation_for(&self, administrator: Administrator) -> NewInvitation {
        let link = self.link(LinkPurpose::Invitation(administrator.id));
        NewInvitation {
            notice: self.notice_to(&administrator, NoticeSubject::Invitation(link.id)),
            entry: self.entry(administrator.organization, Action::AdministratorInvited),
            link,
            administrator,
        }
    }

    /// A whole session that began now.
    #[must_use]
    pub fn administrator_session(&self, administrator: AdministratorId) -> AdministratorSession {
        let number = self.number();
        AdministratorSession {
            id: AdministratorSessionId::fresh(now(), entropy(number)),
            digest: self.digest(),
            administrator,
            stage: Stage::Full,
            created_at: now(),
            proved_at: now(),
            idle_until: now().plus_seconds(Stage::Full.idle_seconds()),
            address: Some(IpAddr::V4(Ipv4Addr::LOCALHOST)),
            browser: BrowserName::of(&format!("Browser {number}")),
        }
    }

    /// An account that attempts are counted for, like no other.
    #[must_use]
    pub fn account(&self) -> RequestFingerprint {
        RequestFingerprint(self.bytes())
    }

    /// A notice to an administrator that is due at once.
    #[must_use]
    pub fn notice_to(&self, administrator: &Administrator, subject: NoticeSubject) -> Notice {
        Notice {
            addressee: Some(administrator.id),
            ..self.notice(administrator.organization, subject)
        }
    }

    /// A notice to an organization's contact that is due at once.
    #[must_use]
    pub fn notice(&self, organization: OrganizationId, subject: NoticeSubject) -> Notice {
        Notice {
            id: NoticeId::fresh(now(), entropy(self.number())),
            organization,
            addressee: None,
            subject,
            created_at: now(),
            state: MailState::Pending,
            attempts: 0,
            due_at: now(),
            sent_at: None,
            failure: None,
        }
    }

    /// An entry by an administrator, about themselves.
    #[must_use]
    pub fn entry_of(&self, administrator: &Administrator, action: Action) -> ActivityEntry {
        ActivityEntry {
            attribution: Attribution {
                actor: Actor::Administrator(administrator.id),
                request_id: Some(format!("request-{}", self.number())),
                address: Some(IpAddr::V4(Ipv4Addr::LOCALHOST)),
            },
            about: About::administrator(administrator.id),
            ..self.entry(administrator.organization, action)
        }
    }
}
