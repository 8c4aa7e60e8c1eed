//! Notices to look at: every subject, and whom it may go to. Shared with the gallery.

use symbolon_domain::{
    administrator::{Administrator, Proofs, Role},
    administrator_link::{AdministratorLink, LinkPurpose},
    authorization_token::AuthorizationToken,
    id::{AdministratorId, AdministratorLinkId, AuthorizationTokenId, NoticeId},
    mail::MailState,
    notice::{Maker, Notice, NoticeDossier, NoticeLetter, NoticeSubject},
    permissions::{Permission, Permissions},
    sealed::{KeyId, TokenDigest},
    secret::AdministratorLinkSecret,
    text::{Description, MailAddress, OrganizationName, PersonName},
    time::Timestamp,
};
use symbolon_mail::Rendered;

use super::sample::{counting, id, letterhead, now, organization};

/// A notice and all that it refers to.
pub(crate) struct NoticeSample {
    pub(crate) dossier: NoticeDossier,
    pub(crate) secret: AdministratorLinkSecret,
    /// Who made the token that it tells of.
    pub(crate) maker: Option<Maker>,
}

impl NoticeSample {
    /// A notice to Ada Lovelace, who has joined unless it invites her.
    pub(crate) fn new(subject: NoticeSubject) -> Self {
        let is_invited = matches!(subject, NoticeSubject::Invitation(_));
        let organization = organization();
        let administrator = Administrator {
            id: AdministratorId::from_uuid(id(0xa)),
            organization: organization.id,
            mail: MailAddress::parse("ada@example.org").unwrap(),
            name: (!is_invited).then(|| PersonName::parse("Ada Lovelace").unwrap()),
            role: Role::Administrator,
            created_at: now(),
            joined_at: (!is_invited).then(now),
            proofs: Proofs::default(),
            signed_in_at: None,
        };
        Self {
            dossier: NoticeDossier {
                notice: Notice {
                    id: NoticeId::from_uuid(id(0xe)),
                    organization: organization.id,
                    addressee: Some(administrator.id),
                    subject,
                    created_at: now(),
                    state: MailState::Pending,
                    attempts: 0,
                    due_at: now(),
                    sent_at: None,
                    failure: None,
                },
                link: link(subject, administrator.id),
                token: subject.token().map(|id| token(id, subject)),
                addressee: Some(administrator),
                organization,
            },
            secret: AdministratorLinkSecret::generate(&counting()).unwrap(),
            maker: Some(Maker::Administrator(Some("Grace Hopper".to_owned()))),
        }
    }

    /// Every subject, and its name.
    pub(crate) fn all() -> Vec<(String, Self)> {
        let mut all: Vec<_> = subjects()
            .map(|subject| (format!("notice-{}", subject.name()), Self::new(subject)))
            .into();
        let expires = NoticeSubject::TokenExpires(token_id());
        let mut to_contact = Self::new(expires);
        to_contact.dossier.addressee = None;
        to_contact.dossier.notice.addressee = None;
        if let Some(token) = &mut to_contact.dossier.token {
            token.description = None;
            token.last_used_at = None;
            token.expires_at = now().plus_seconds(23 * 60 * 60);
        }
        all.push(("notice-token_expires-contact".to_owned(), to_contact));
        let mut rotated = Self::new(NoticeSubject::TokenMade(token_id()));
        rotated.maker = Some(Maker::Token(Some("Learning platform".to_owned())));
        if let Some(token) = &mut rotated.dossier.token {
            token.rotated_from = Some(AuthorizationTokenId::from_uuid(id(0xd)));
        }
        all.push(("notice-token_made-rotated".to_owned(), rotated));
        all
    }

    pub(crate) fn letter(&self) -> NoticeLetter<'_> {
        NoticeLetter {
            dossier: &self.dossier,
            secret: self.dossier.link.is_some().then_some(&self.secret),
            maker: self.maker.as_ref(),
            now: now(),
        }
    }

    pub(crate) fn rendered(&self) -> Rendered {
        letterhead().render_notice(&self.letter()).unwrap()
    }

    /// The same, full of names that are no names.
    pub(crate) fn hostile(mut self) -> Self {
        let dossier = &mut self.dossier;
        dossier.organization.name =
            OrganizationName::parse("<img src=x onerror=alert(1)> \"&\" {when} O’Neill").unwrap();
        if let Some(addressee) = &mut dossier.addressee {
            addressee.name = Some(PersonName::parse("'\"><a href=javascript:alert(1)>").unwrap());
        }
        if let Some(token) = &mut dossier.token {
            let text = format!(
                "</title></style><script>alert(1)</script> {{until}}{}",
                "W".repeat(140)
            );
            token.description = Some(Description::parse(&text).unwrap());
        }
        self.maker = Some(Maker::Token(Some("<script>alert(1)</script>{issuer}".to_owned())));
        self
    }
}

/// All subjects there are.
pub(crate) fn subjects() -> [NoticeSubject; 6] {
    let link = AdministratorLinkId::from_uuid(id(0xb));
    [
        NoticeSubject::Invitation(link),
        NoticeSubject::NewPassword(link),
        NoticeSubject::ProofsChanged,
        NoticeSubject::TokenExpires(token_id()),
        NoticeSubject::TokenReused(token_id()),
        NoticeSubject::TokenMade(token_id()),
    ]
}

fn token_id() -> AuthorizationTokenId {
    AuthorizationTokenId::from_uuid(id(0xc))
}

fn link(subject: NoticeSubject, administrator: AdministratorId) -> Option<AdministratorLink> {
    let purpose = match subject {
        NoticeSubject::Invitation(_) => LinkPurpose::Invitation(administrator),
        _ => LinkPurpose::NewPassword(administrator),
    };
    subject.link().map(|id| AdministratorLink {
        id,
        digest: digest(),
        purpose,
        sealed: None,
        created_at: now(),
        // It was made a little before the mail is written.
        expires_at: now().plus_seconds(purpose.seconds() - 2),
    })
}

fn token(id: AuthorizationTokenId, subject: NoticeSubject) -> AuthorizationToken {
    let is_rotated = matches!(subject, NoticeSubject::TokenReused(_));
    AuthorizationToken {
        id,
        organization: organization().id,
        digest: digest(),
        sealed: None,
        description: Some(Description::parse("Nightly import").unwrap()),
        permissions: Permissions::READ.with(Permission::Write),
        created_at: now().plus_seconds(-173 * 86_400),
        expires_at: now().plus_seconds(7 * 86_400 - 20),
        created_by: None,
        rotated_from: None,
        generation: 0,
        replayable_until: None,
        rotated_at: is_rotated.then(|| Timestamp::parse("2026-07-01T08:00:00Z").unwrap()),
        grace_until: None,
        revoked_at: None,
        expiry_seen_at: None,
        last_used_at: Some(Timestamp::parse("2026-07-04T03:15:00Z").unwrap()),
        reuse_count: if is_rotated { 3 } else { 0 },
        announce_at: None,
    }
}

fn digest() -> TokenDigest {
    TokenDigest {
        pepper: KeyId::parse("pepper01").unwrap(),
        bytes: [0; 32],
    }
}
