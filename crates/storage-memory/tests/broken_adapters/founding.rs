//! Flaws in the set-up, in invitations, and in finding administrators.

use symbolon_contract::sample::Samples;
use symbolon_domain::{
    activity::{Action, ActivityEntry},
    administrator::{Administrator, MAX_ADMINISTRATORS, Member, Role},
    administrator_link::{AdministratorLink, LinkPurpose},
    id::{AdministratorId, AdministratorLinkId, NoticeId, OrganizationId},
    notice::{Notice, NoticeSubject},
    organization::RevealPolicy,
    page::{Page, PageRequest},
    port::{
        activity::ActivityLog,
        administrators::{Administrators, Founding, Inviting, NewInvitation, SettingUp},
        notices::Notices,
        organizations::Organizations,
    },
    sealed::TokenDigest,
    social_profile::SocialProfile,
    text::MailAddress,
    time::Timestamp,
};
use symbolon_storage_memory::MemoryStore;

use crate::{
    flaw::{Answer, BreaksActivityLog, BreaksAdministrators, meanwhile},
    roster::{everybody, uninvited},
};

/// Counts only whoever has joined.
pub(crate) struct InvitedIsNobody;

impl BreaksAdministrators for InvitedIsNobody {
    async fn exist(store: &MemoryStore) -> Answer<bool> {
        Ok(everybody(store).await?.iter().any(|one| one.joined_at.is_some()))
    }
}

/// Says that a link is kept whoever there is.
pub(crate) struct SetUpOfferedForEver;

impl BreaksAdministrators for SetUpOfferedForEver {
    async fn offer_set_up(store: &MemoryStore, link: &AdministratorLink) -> Answer<bool> {
        Administrators::offer_set_up(store, link).await?;
        Ok(true)
    }
}

/// Keeps one link for the set-up.
pub(crate) struct NewerOfferEndsTheEarlier;

impl BreaksAdministrators for NewerOfferEndsTheEarlier {
    async fn offer_set_up(store: &MemoryStore, link: &AdministratorLink) -> Answer<bool> {
        Administrators::forget_links(store, Timestamp::MAX).await?;
        Administrators::offer_set_up(store, link).await
    }
}

/// Keeps a link without its sealed copy.
pub(crate) struct SealedLinkForgotten;

impl BreaksAdministrators for SealedLinkForgotten {
    async fn offer_set_up(store: &MemoryStore, link: &AdministratorLink) -> Answer<bool> {
        let bare = AdministratorLink {
            sealed: None,
            ..link.clone()
        };
        Administrators::offer_set_up(store, &bare).await
    }
}

/// Looks whether there is anybody, and makes somebody in another step; the links stay.
pub(crate) struct SetUpInSteps;

impl BreaksAdministrators for SetUpInSteps {
    async fn set_up(
        store: &MemoryStore,
        link: &TokenDigest,
        founding: &Founding,
        now: Timestamp,
    ) -> Answer<SettingUp> {
        if store.exist().await? {
            return Ok(SettingUp::SomebodyExists);
        }
        let found = Administrators::find_link(store, link).await?;
        if !found.is_some_and(|(link, _)| link.is_good(now)) {
            return Ok(SettingUp::LinkSpent);
        }
        meanwhile().await;
        let (entry, rest) = founding.entries.split_first().unwrap();
        if let Some(organization) = &founding.organization {
            Organizations::insert(store, organization, entry).await?;
        }
        let administrator = founding.administrator.clone();
        let spare = AdministratorLink {
            id: AdministratorLinkId::from_uuid(*administrator.id.as_uuid()),
            digest: TokenDigest {
                bytes: [*administrator.id.as_uuid().as_bytes(); 2]
                    .concat()
                    .try_into()
                    .unwrap(),
                ..*link
            },
            purpose: LinkPurpose::Invitation(administrator.id),
            sealed: None,
            created_at: now,
            expires_at: now,
        };
        let invitation = NewInvitation {
            notice: Notice {
                id: NoticeId::from_uuid(*administrator.id.as_uuid()),
                ..Samples::default().notice_to(&administrator, NoticeSubject::ProofsChanged)
            },
            entry: rest.first().unwrap_or(entry).clone(),
            link: spare,
            administrator,
        };
        Ok(match Administrators::invite(store, &invitation).await? {
            Inviting::Invited => SettingUp::Done,
            _ => SettingUp::OrganizationCancelled,
        })
    }
}

/// Takes whatever link comes.
pub(crate) struct SetUpByAnyLink;

impl BreaksAdministrators for SetUpByAnyLink {
    async fn set_up(
        store: &MemoryStore,
        link: &TokenDigest,
        founding: &Founding,
        now: Timestamp,
    ) -> Answer<SettingUp> {
        let settled = Administrators::set_up(store, link, founding, now).await?;
        Ok(match settled {
            SettingUp::LinkSpent => SettingUp::Done,
            other => other,
        })
    }
}

/// Looks whether there is a link, and not whether it has expired.
pub(crate) struct SetUpLinkNeverExpires;

impl BreaksAdministrators for SetUpLinkNeverExpires {
    async fn set_up(
        store: &MemoryStore,
        link: &TokenDigest,
        founding: &Founding,
        _: Timestamp,
    ) -> Answer<SettingUp> {
        Administrators::set_up(store, link, founding, Timestamp::MIN).await
    }
}

/// Sets up whatever organization there is.
pub(crate) struct CancelledIsSetUp;

impl BreaksAdministrators for CancelledIsSetUp {
    async fn set_up(
        store: &MemoryStore,
        link: &TokenDigest,
        founding: &Founding,
        now: Timestamp,
    ) -> Answer<SettingUp> {
        let organization = founding.administrator.organization;
        let entry = uninvited(organization, Action::OrganizationReactivated);
        Organizations::reactivate(store, organization, &entry).await?;
        Administrators::set_up(store, link, founding, now).await
    }
}

/// Begins a new organization's life with the policy it likes.
pub(crate) struct FoundingHidesTokens;

impl BreaksAdministrators for FoundingHidesTokens {
    async fn set_up(
        store: &MemoryStore,
        link: &TokenDigest,
        founding: &Founding,
        now: Timestamp,
    ) -> Answer<SettingUp> {
        let organization = founding.administrator.organization;
        let entry = uninvited(organization, Action::RevealPolicyChanged);
        Organizations::set_reveal_policy(store, organization, RevealPolicy::Once, &entry).await?;
        Administrators::set_up(store, link, founding, now).await
    }
}

/// Says of a link that is gone only that it is.
pub(crate) struct SomebodyIsALostLink;

impl BreaksAdministrators for SomebodyIsALostLink {
    async fn set_up(
        store: &MemoryStore,
        link: &TokenDigest,
        founding: &Founding,
        now: Timestamp,
    ) -> Answer<SettingUp> {
        let settled = Administrators::set_up(store, link, founding, now).await?;
        Ok(match settled {
            SettingUp::SomebodyExists => SettingUp::LinkSpent,
            other => other,
        })
    }
}

/// Writes, for each flaw, how it founds something else than it was given.
macro_rules! misfounds {
    ($($(#[$doc:meta])* $flaw:ident: $misfound:expr;)*) => {$(
        $(#[$doc])*
        pub(crate) struct $flaw;

        impl BreaksAdministrators for $flaw {
            async fn set_up(
                store: &MemoryStore,
                link: &TokenDigest,
                founding: &Founding,
                now: Timestamp,
            ) -> Answer<SettingUp> {
                let mut misfounded = founding.clone();
                let misfound: fn(&mut Founding) = $misfound;
                misfound(&mut misfounded);
                Administrators::set_up(store, link, &misfounded, now).await
            }
        }
    )*};
}

misfounds! {
    /// Forgets an account that the founder has connected.
    FounderDisconnected: |founding| founding.administrator.proofs.connection = None;
    /// Enters only who it was.
    FoundingHalfEntered: |founding| drop(founding.entries.drain(1..));
}

/// Writes, for each flaw, how it keeps somebody else than it was told to invite.
macro_rules! misinvites {
    ($($(#[$doc:meta])* $flaw:ident: $misinvite:expr;)*) => {$(
        $(#[$doc])*
        pub(crate) struct $flaw;

        impl BreaksAdministrators for $flaw {
            async fn invite(store: &MemoryStore, invitation: &NewInvitation) -> Answer<Inviting> {
                let mut miswritten = invitation.clone();
                let misinvite: fn(&mut NewInvitation) = $misinvite;
                misinvite(&mut miswritten);
                Administrators::invite(store, &miswritten).await
            }
        }
    )*};
}

misinvites! {
    /// Keeps a mail address in lower case.
    AddressFolded: |invitation| {
        let folded = invitation.administrator.mail.as_str().to_ascii_lowercase();
        invitation.administrator.mail = MailAddress::parse(&folded).unwrap();
    };
    /// Keeps seconds.
    InvitedToTheSecond: |invitation| {
        let at = &mut invitation.administrator.created_at;
        *at = Timestamp::from_millis(at.as_millis() / 1_000 * 1_000);
    };
    /// Makes everybody what most are.
    RoleForgotten: |invitation| invitation.administrator.role = Role::Administrator;
}

/// Writes, for each flaw, how it takes a refusal of an invitation.
macro_rules! invites_anyway {
    ($($(#[$doc:meta])* $flaw:ident: $refusal:ident;)*) => {$(
        $(#[$doc])*
        pub(crate) struct $flaw;

        impl BreaksAdministrators for $flaw {
            async fn invite(store: &MemoryStore, invitation: &NewInvitation) -> Answer<Inviting> {
                let inviting = Administrators::invite(store, invitation).await?;
                Ok(match inviting {
                    Inviting::$refusal => Inviting::Invited,
                    other => other,
                })
            }
        }
    )*};
}

invites_anyway! {
    /// Invites for a cancelled organization.
    CancelledInvites: OrganizationCancelled;
    /// Takes a mail address twice.
    AddressTakenTwice: MailTaken;
    /// Has room for everybody.
    RoomForEverybody: LimitReached;
}

/// Looks whether an address is free, and takes it in another step.
pub(crate) struct AddressLookedAtBefore;

impl BreaksAdministrators for AddressLookedAtBefore {
    async fn invite(store: &MemoryStore, invitation: &NewInvitation) -> Answer<Inviting> {
        let rival = Administrators::find_by_mail(store, &invitation.administrator.mail).await?;
        if rival.is_some() {
            return Ok(Inviting::MailTaken);
        }
        meanwhile().await;
        Ok(match Administrators::invite(store, invitation).await? {
            Inviting::MailTaken => Inviting::Invited,
            other => other,
        })
    }
}

/// Counts who there is, and adds one in another step.
pub(crate) struct ColleaguesCountedBefore;

impl BreaksAdministrators for ColleaguesCountedBefore {
    async fn invite(store: &MemoryStore, invitation: &NewInvitation) -> Answer<Inviting> {
        let before = Administrators::list(store, invitation.administrator.organization).await?;
        meanwhile().await;
        let inviting = Administrators::invite(store, invitation).await?;
        let had_room = u64::try_from(before.len()).unwrap() < MAX_ADMINISTRATORS;
        Ok(match inviting {
            Inviting::LimitReached if had_room => Inviting::Invited,
            other => other,
        })
    }
}

/// Says first that there is no room.
pub(crate) struct LimitToldFirst;

impl BreaksAdministrators for LimitToldFirst {
    async fn invite(store: &MemoryStore, invitation: &NewInvitation) -> Answer<Inviting> {
        let before = Administrators::list(store, invitation.administrator.organization).await?;
        if u64::try_from(before.len()).unwrap() >= MAX_ADMINISTRATORS {
            return Ok(Inviting::LimitReached);
        }
        Administrators::invite(store, invitation).await
    }
}

/// Keeps an invitation, and mails it to nobody.
pub(crate) struct InvitationNotMailed;

impl BreaksAdministrators for InvitationNotMailed {
    async fn invite(store: &MemoryStore, invitation: &NewInvitation) -> Answer<Inviting> {
        let inviting = Administrators::invite(store, invitation).await?;
        store.drop_useless(invitation.notice.id).await?;
        Ok(inviting)
    }
}

/// Takes an id that is taken for an invitation.
pub(crate) struct TakenIdIsInvited;

impl BreaksAdministrators for TakenIdIsInvited {
    async fn invite(store: &MemoryStore, invitation: &NewInvitation) -> Answer<Inviting> {
        let inviting = Administrators::invite(store, invitation).await;
        Ok(inviting.unwrap_or(Inviting::Invited))
    }
}

/// Finds a mail address by its bytes.
pub(crate) struct AddressCaseMatters;

impl BreaksAdministrators for AddressCaseMatters {
    async fn find_by_mail(store: &MemoryStore, mail: &MailAddress) -> Answer<Option<Member>> {
        let found = Administrators::find_by_mail(store, mail).await?;
        Ok(found.filter(|found| found.administrator.mail == *mail))
    }
}

/// Takes a mail address for a pattern, as `LIKE` does.
pub(crate) struct AddressIsAPattern;

impl BreaksAdministrators for AddressIsAPattern {
    async fn find_by_mail(store: &MemoryStore, mail: &MailAddress) -> Answer<Option<Member>> {
        let pattern = mail.as_str().to_ascii_lowercase();
        for one in everybody(store).await? {
            if is_like(
                one.mail.as_str().to_ascii_lowercase().as_bytes(),
                pattern.as_bytes(),
            ) {
                return Administrators::find_by_mail(store, &one.mail).await;
            }
        }
        Ok(None)
    }
}

fn is_like(text: &[u8], pattern: &[u8]) -> bool {
    match pattern {
        [] => text.is_empty(),
        [b'%', rest @ ..] => (0..=text.len()).any(|skipped| is_like(&text[skipped..], rest)),
        [b'_', rest @ ..] => !text.is_empty() && is_like(&text[1..], rest),
        [letter, rest @ ..] => text.first() == Some(letter) && is_like(&text[1..], rest),
    }
}

/// Remembers that the organization was active.
pub(crate) struct EmployerFromACache;

impl BreaksAdministrators for EmployerFromACache {
    async fn find_by_mail(store: &MemoryStore, mail: &MailAddress) -> Answer<Option<Member>> {
        let found = Administrators::find_by_mail(store, mail).await?;
        Ok(found.map(|mut found| {
            found.organization.cancelled_at = None;
            found
        }))
    }
}

/// Compares subjects in lower case.
pub(crate) struct AccountsFolded;

impl BreaksAdministrators for AccountsFolded {
    async fn find_by_profile(store: &MemoryStore, profile: &SocialProfile) -> Answer<Option<Member>> {
        for one in everybody(store).await? {
            if let Some(connection) = &one.proofs.connection {
                let theirs = &connection.profile;
                if theirs.subject().eq_ignore_ascii_case(profile.subject())
                    && theirs.issuer() == profile.issuer()
                {
                    return Administrators::find_by_profile(store, theirs).await;
                }
            }
        }
        Ok(None)
    }
}

/// Takes an id for enough.
pub(crate) struct ShowsAdministratorsToAnyone;

impl BreaksAdministrators for ShowsAdministratorsToAnyone {
    async fn find(
        store: &MemoryStore,
        _: OrganizationId,
        id: AdministratorId,
    ) -> Answer<Option<Administrator>> {
        Ok(everybody(store).await?.into_iter().find(|one| one.id == id))
    }
}

/// Lists by id.
pub(crate) struct AdministratorsById;

impl BreaksAdministrators for AdministratorsById {
    async fn list(store: &MemoryStore, organization: OrganizationId) -> Answer<Vec<Administrator>> {
        let mut all = Administrators::list(store, organization).await?;
        all.sort_by_key(|one| one.id);
        Ok(all)
    }
}

/// Shows no invitations in the log.
pub(crate) struct InvitationUnrecorded;

impl BreaksActivityLog for InvitationUnrecorded {
    async fn list(
        store: &MemoryStore,
        organization: OrganizationId,
        page: PageRequest,
    ) -> Answer<Page<ActivityEntry>> {
        let mut log = ActivityLog::list(store, organization, page).await?;
        log.items
            .retain(|entry| entry.action != Action::AdministratorInvited);
        Ok(log)
    }
}
