//! Flaws in one-time links: renewing, finding, redeeming and forgetting them.

use std::sync::Mutex;

use symbolon_contract::sample::now;
use symbolon_domain::{
    activity::{Action, ActivityEntry},
    administrator::Member,
    administrator_link::{AdministratorLink, LinkPurpose},
    id::{AdministratorId, AdministratorLinkId, AuthorizationTokenId, NoticeId, OrganizationId},
    mail::MailState,
    notice::{Notice, NoticeDossier, NoticeSubject},
    port::{
        activity::ActivityLog,
        administrator_sessions::AdministratorSessions,
        administrators::{
            AdministratorRecord, Administrators, Inviting, NewInvitation, NewProof, ProofChange,
            ProofChanging, Redeeming, Redemption,
        },
        notices::Notices,
        organizations::Organizations,
    },
    sealed::{KeyId, TokenDigest},
    time::Timestamp,
};
use symbolon_storage_memory::MemoryStore;

use crate::{
    flaw::{Answer, BreaksAdministrators, BreaksNotices, meanwhile},
    roster::{revive, uninvited, whoever},
};

/// Says that a link is renewed, and enters it.
pub(crate) struct RenewedInTheLogOnly;

impl BreaksAdministrators for RenewedInTheLogOnly {
    async fn renew_link(
        store: &MemoryStore,
        _: &AdministratorLink,
        _: Option<&Notice>,
        entry: Option<&ActivityEntry>,
    ) -> Answer<bool> {
        if let Some(entry) = entry {
            store.append(entry).await?;
        }
        Ok(true)
    }
}

/// Says to everybody that they have a link.
pub(crate) struct RenewedForAnybody;

impl BreaksAdministrators for RenewedForAnybody {
    async fn renew_link(
        store: &MemoryStore,
        link: &AdministratorLink,
        notice: Option<&Notice>,
        entry: Option<&ActivityEntry>,
    ) -> Answer<bool> {
        Administrators::renew_link(store, link, notice, entry).await?;
        Ok(true)
    }
}

/// Enters nothing about a link.
pub(crate) struct RenewalUnrecorded;

impl BreaksAdministrators for RenewalUnrecorded {
    async fn renew_link(
        store: &MemoryStore,
        link: &AdministratorLink,
        notice: Option<&Notice>,
        _: Option<&ActivityEntry>,
    ) -> Answer<bool> {
        Administrators::renew_link(store, link, notice, None).await
    }
}

/// Looks whether somebody has joined, and renews their link in another step.
pub(crate) struct RenewalJudgedBefore;

impl BreaksAdministrators for RenewalJudgedBefore {
    async fn renew_link(
        store: &MemoryStore,
        link: &AdministratorLink,
        notice: Option<&Notice>,
        entry: Option<&ActivityEntry>,
    ) -> Answer<bool> {
        let Some(id) = link.purpose.administrator() else {
            return Ok(false);
        };
        let is_invitation = matches!(link.purpose, LinkPurpose::Invitation(_));
        let before = whoever(store, id).await?;
        if before.is_none_or(|found| found.joined_at.is_some() == is_invitation) {
            return Ok(false);
        }
        meanwhile().await;
        Administrators::renew_link(store, link, notice, entry).await?;
        Ok(true)
    }
}

/// Keeps mail with links under a subject that no link has, so that it outlives its link.
pub(crate) struct MailOutlivesItsLink;

impl BreaksAdministrators for MailOutlivesItsLink {
    async fn invite(store: &MemoryStore, invitation: &NewInvitation) -> Answer<Inviting> {
        let disguised = NewInvitation {
            notice: disguised(&invitation.notice),
            ..invitation.clone()
        };
        Administrators::invite(store, &disguised).await
    }

    async fn renew_link(
        store: &MemoryStore,
        link: &AdministratorLink,
        notice: Option<&Notice>,
        entry: Option<&ActivityEntry>,
    ) -> Answer<bool> {
        let notice = notice.map(disguised);
        Administrators::renew_link(store, link, notice.as_ref(), entry).await
    }
}

impl BreaksNotices for MailOutlivesItsLink {
    async fn look_again(store: &MemoryStore, id: NoticeId) -> Answer<Option<NoticeDossier>> {
        let found = Notices::look_again(store, id).await?;
        Ok(found.map(|mut found| {
            if let NoticeSubject::TokenReused(token) = found.notice.subject {
                let link = AdministratorLinkId::from_uuid(*token.as_uuid());
                found.notice.subject = NoticeSubject::Invitation(link);
            }
            found
        }))
    }
}

fn disguised(notice: &Notice) -> Notice {
    let subject = match notice.subject.link() {
        Some(link) => NoticeSubject::TokenReused(AuthorizationTokenId::from_uuid(*link.as_uuid())),
        None => notice.subject,
    };
    Notice {
        subject,
        ..notice.clone()
    }
}

/// Drops also what was given up when its link goes.
pub(crate) struct FailuresGoWithTheLink;

impl BreaksNotices for FailuresGoWithTheLink {
    async fn unsent(store: &MemoryStore, organization: OrganizationId, limit: u32) -> Answer<Vec<Notice>> {
        let mut unsent = Notices::unsent(store, organization, limit).await?;
        unsent.retain(|notice| notice.state == MailState::Pending || notice.subject.link().is_none());
        Ok(unsent)
    }
}

/// Finds links that are good.
pub(crate) struct SpentLinksUnfound;

impl BreaksAdministrators for SpentLinksUnfound {
    async fn find_link(
        store: &MemoryStore,
        digest: &TokenDigest,
    ) -> Answer<Option<(AdministratorLink, Option<Member>)>> {
        let found = Administrators::find_link(store, digest).await?;
        Ok(found.filter(|(link, _)| link.is_good(now())))
    }
}

/// Finds a link by its value, under whatever pepper.
pub(crate) struct LinkPepperIgnored;

impl BreaksAdministrators for LinkPepperIgnored {
    async fn find_link(
        store: &MemoryStore,
        digest: &TokenDigest,
    ) -> Answer<Option<(AdministratorLink, Option<Member>)>> {
        let digest = TokenDigest {
            pepper: KeyId::parse("pepper01").unwrap(),
            ..*digest
        };
        Administrators::find_link(store, &digest).await
    }
}

/// Forgets a link a moment after it has expired.
pub(crate) struct LinksForgottenLate;

impl BreaksAdministrators for LinksForgottenLate {
    async fn forget_links(store: &MemoryStore, now: Timestamp) -> Answer<u64> {
        Administrators::forget_links(store, now.plus_millis(-1)).await
    }
}

/// Redeems a link whenever it comes.
pub(crate) struct LinkNeverExpires;

impl BreaksAdministrators for LinkNeverExpires {
    async fn redeem(
        store: &MemoryStore,
        link: &TokenDigest,
        redemption: &Redemption,
        entry: &ActivityEntry,
        _: Timestamp,
    ) -> Answer<Redeeming> {
        Administrators::redeem(store, link, redemption, entry, now()).await
    }
}

/// Looks whether a link is good, and uses it up in another step.
pub(crate) struct RedeemedInTwoSteps;

impl BreaksAdministrators for RedeemedInTwoSteps {
    async fn redeem(
        store: &MemoryStore,
        link: &TokenDigest,
        redemption: &Redemption,
        entry: &ActivityEntry,
        now: Timestamp,
    ) -> Answer<Redeeming> {
        let found = Administrators::find_link(store, link).await?;
        let good = found.filter(|(link, _)| link.is_good(now));
        let Some((_, Some(member))) = good else {
            return Ok(Redeeming::LinkSpent);
        };
        meanwhile().await;
        let redeemed = Administrators::redeem(store, link, redemption, entry, now).await?;
        if redeemed == Redeeming::LinkSpent {
            store.append(entry).await?;
            return Ok(Redeeming::Redeemed(Box::new(member.administrator)));
        }
        Ok(redeemed)
    }
}

/// Lets in whoever has a link, whatever the organization is.
pub(crate) struct CancelledRedeems;

impl BreaksAdministrators for CancelledRedeems {
    async fn redeem(
        store: &MemoryStore,
        link: &TokenDigest,
        redemption: &Redemption,
        entry: &ActivityEntry,
        now: Timestamp,
    ) -> Answer<Redeeming> {
        let reactivated = uninvited(entry.organization, Action::OrganizationReactivated);
        Organizations::reactivate(store, entry.organization, &reactivated).await?;
        Administrators::redeem(store, link, redemption, entry, now).await
    }
}

/// Connects a profile whoever has it.
pub(crate) struct TakenAccountRedeemed;

impl BreaksAdministrators for TakenAccountRedeemed {
    async fn redeem(
        store: &MemoryStore,
        link: &TokenDigest,
        redemption: &Redemption,
        entry: &ActivityEntry,
        now: Timestamp,
    ) -> Answer<Redeeming> {
        let found = Administrators::find_link(store, link).await?;
        let redeemed = Administrators::redeem(store, link, redemption, entry, now).await?;
        match found {
            Some((_, Some(member))) if redeemed == Redeeming::ProfileTaken => {
                Ok(Redeeming::Redeemed(Box::new(member.administrator)))
            }
            _ => Ok(redeemed),
        }
    }
}

/// Says first that somebody has the profile.
pub(crate) struct AccountToldFirst;

impl BreaksAdministrators for AccountToldFirst {
    async fn redeem(
        store: &MemoryStore,
        link: &TokenDigest,
        redemption: &Redemption,
        entry: &ActivityEntry,
        now: Timestamp,
    ) -> Answer<Redeeming> {
        if let NewProof::Connection(connection) = &redemption.proof
            && Administrators::find_by_profile(store, &connection.profile)
                .await?
                .is_some()
        {
            return Ok(Redeeming::ProfileTaken);
        }
        Administrators::redeem(store, link, redemption, entry, now).await
    }
}

/// Uses a link up before it knows whether it can be redeemed.
pub(crate) struct RefusedLinkUsedUp;

impl BreaksAdministrators for RefusedLinkUsedUp {
    async fn redeem(
        store: &MemoryStore,
        link: &TokenDigest,
        redemption: &Redemption,
        entry: &ActivityEntry,
        now: Timestamp,
    ) -> Answer<Redeeming> {
        let redeemed = Administrators::redeem(store, link, redemption, entry, now).await?;
        if !matches!(redeemed, Redeeming::Redeemed(_)) {
            Administrators::forget_links(store, Timestamp::MAX).await?;
        }
        Ok(redeemed)
    }
}

/// Lets the sessions of before go on.
pub(crate) struct SessionsOutliveTheLink;

impl BreaksAdministrators for SessionsOutliveTheLink {
    async fn redeem(
        store: &MemoryStore,
        link: &TokenDigest,
        redemption: &Redemption,
        entry: &ActivityEntry,
        now: Timestamp,
    ) -> Answer<Redeeming> {
        let found = Administrators::find_link(store, link).await?;
        let whom = found.and_then(|(link, _)| link.purpose.administrator());
        let sessions = match whom {
            Some(id) => AdministratorSessions::of(store, id).await?,
            None => vec![],
        };
        let redeemed = Administrators::redeem(store, link, redemption, entry, now).await?;
        revive(store, &sessions).await?;
        Ok(redeemed)
    }
}

/// Tells who they were.
pub(crate) struct RedeemedAsBefore;

impl BreaksAdministrators for RedeemedAsBefore {
    async fn redeem(
        store: &MemoryStore,
        link: &TokenDigest,
        redemption: &Redemption,
        entry: &ActivityEntry,
        now: Timestamp,
    ) -> Answer<Redeeming> {
        let found = Administrators::find_link(store, link).await?;
        let redeemed = Administrators::redeem(store, link, redemption, entry, now).await?;
        Ok(match (found, redeemed) {
            (Some((_, Some(member))), Redeeming::Redeemed(_)) => {
                Redeeming::Redeemed(Box::new(member.administrator))
            }
            (_, other) => other,
        })
    }
}

/// Takes the name that they have for the one they give.
pub(crate) struct NameNotTaken;

impl BreaksAdministrators for NameNotTaken {
    async fn redeem(
        store: &MemoryStore,
        link: &TokenDigest,
        redemption: &Redemption,
        entry: &ActivityEntry,
        now: Timestamp,
    ) -> Answer<Redeeming> {
        let nameless = Redemption {
            name: None,
            ..redemption.clone()
        };
        Administrators::redeem(store, link, &nameless, entry, now).await
    }
}

/// Takes away with a new password what else let them in.
pub(crate) struct NewPasswordIsTheOnlyProof;

impl BreaksAdministrators for NewPasswordIsTheOnlyProof {
    async fn redeem(
        store: &MemoryStore,
        link: &TokenDigest,
        redemption: &Redemption,
        entry: &ActivityEntry,
        now: Timestamp,
    ) -> Answer<Redeeming> {
        let redeemed = Administrators::redeem(store, link, redemption, entry, now).await?;
        if let Redeeming::Redeemed(administrator) = &redeemed {
            let record = AdministratorRecord {
                entry: &uninvited(entry.organization, Action::SecondFactorRemoved),
                notice: None,
            };
            let (id, generation) = (administrator.id, administrator.proofs.generation);
            let change = ProofChange::SecondFactor(None);
            Administrators::change_proof(store, id, generation, &change, None, record).await?;
        }
        Ok(redeemed)
    }
}

/// Leaves links be when proofs are changed.
pub(crate) struct LinksOutliveAChange;

/// What was renewed, to be put back.
static RENEWED: Mutex<Vec<AdministratorLink>> = Mutex::new(Vec::new());

impl BreaksAdministrators for LinksOutliveAChange {
    async fn renew_link(
        store: &MemoryStore,
        link: &AdministratorLink,
        notice: Option<&Notice>,
        entry: Option<&ActivityEntry>,
    ) -> Answer<bool> {
        RENEWED.lock().unwrap().push(link.clone());
        Administrators::renew_link(store, link, notice, entry).await
    }

    async fn change_proof(
        store: &MemoryStore,
        id: AdministratorId,
        generation: u32,
        change: &ProofChange,
        keep: Option<&TokenDigest>,
        record: AdministratorRecord<'_>,
    ) -> Answer<ProofChanging> {
        let changing = Administrators::change_proof(store, id, generation, change, keep, record).await?;
        let theirs = |link: &&AdministratorLink| link.purpose.administrator() == Some(id);
        let renewed = RENEWED.lock().unwrap().iter().rfind(theirs).cloned();
        if let Some(link) = renewed {
            Administrators::renew_link(store, &link, None, None).await?;
        }
        Ok(changing)
    }
}
