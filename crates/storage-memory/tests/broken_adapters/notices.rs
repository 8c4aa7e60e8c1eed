//! Flaws in notices, and in announcing expiries.

use symbolon_contract::sample;
use symbolon_domain::{
    id::{AuthorizationTokenId, NoticeId, OrganizationId},
    mail::MailState,
    notice::{Notice, NoticeDossier},
    port::{StoreError, authorization_tokens::AuthorizationTokens, notices::Notices, outbox::Attempt},
    time::Timestamp,
};
use symbolon_storage_memory::MemoryStore;

use crate::{
    flaw::{Answer, BreaksNotices, meanwhile},
    roster::{organizations, unsent, whoever},
};

type Taken = Option<NoticeDossier>;

/// The notices that are due, the one that has been so the longest first.
async fn due(store: &MemoryStore, now: Timestamp) -> Answer<Vec<Notice>> {
    let mut due = unsent(store).await?;
    due.retain(|notice| notice.state == MailState::Pending && !notice.due_at.is_ahead_of(now));
    due.sort_by_key(|notice| (notice.due_at, notice.id));
    Ok(due)
}

/// Takes this notice, whoever has it.
async fn take(store: &MemoryStore, notice: &Notice, until: Timestamp) -> Answer<Taken> {
    let under_way = Attempt::Again {
        due_at: until,
        failure: "it is under way".to_owned(),
    };
    Notices::settle(store, notice.id, &under_way).await?;
    Notices::look_again(store, notice.id).await
}

/// Leaves a notice due while it is under way.
pub(crate) struct NoticeLeaseIgnored;

impl BreaksNotices for NoticeLeaseIgnored {
    async fn take_due(store: &MemoryStore, now: Timestamp, _: Timestamp) -> Answer<Taken> {
        Notices::take_due(store, now, now).await
    }
}

/// Looks what is due, and takes it in another step.
pub(crate) struct NoticeTakenInTwoSteps;

impl BreaksNotices for NoticeTakenInTwoSteps {
    async fn take_due(store: &MemoryStore, now: Timestamp, until: Timestamp) -> Answer<Taken> {
        let due = due(store, now).await?;
        meanwhile().await;
        match due.first() {
            Some(notice) => take(store, notice, until).await,
            None => Ok(None),
        }
    }
}

/// Takes first what became due last.
pub(crate) struct NewestNoticeFirst;

impl BreaksNotices for NewestNoticeFirst {
    async fn take_due(store: &MemoryStore, now: Timestamp, until: Timestamp) -> Answer<Taken> {
        match due(store, now).await?.last() {
            Some(notice) => take(store, notice, until).await,
            None => Ok(None),
        }
    }
}

/// Has a notice due a moment after its instant.
pub(crate) struct NoticeDueExclusive;

impl BreaksNotices for NoticeDueExclusive {
    async fn take_due(store: &MemoryStore, now: Timestamp, until: Timestamp) -> Answer<Taken> {
        Notices::take_due(store, now.plus_millis(-1), until).await
    }
}

/// Tells of an attempt only when it is over.
pub(crate) struct NoticeAttemptUncounted;

impl BreaksNotices for NoticeAttemptUncounted {
    async fn take_due(store: &MemoryStore, now: Timestamp, until: Timestamp) -> Answer<Taken> {
        let taken = Notices::take_due(store, now, until).await?;
        Ok(taken.map(|mut taken| {
            taken.notice.attempts -= 1;
            taken
        }))
    }
}

/// Brings a notice without its link.
pub(crate) struct LinkNotInTheNotice;

impl BreaksNotices for LinkNotInTheNotice {
    async fn take_due(store: &MemoryStore, now: Timestamp, until: Timestamp) -> Answer<Taken> {
        let taken = Notices::take_due(store, now, until).await?;
        Ok(taken.map(|mut taken| {
            taken.link = None;
            taken
        }))
    }
}

/// Remembers a token as it was.
pub(crate) struct NoticedTokenFromACache;

impl BreaksNotices for NoticedTokenFromACache {
    async fn look_again(store: &MemoryStore, id: NoticeId) -> Answer<Taken> {
        let found = Notices::look_again(store, id).await?;
        Ok(found.map(|mut found| {
            if let Some(token) = &mut found.token {
                token.revoked_at = None;
            }
            found
        }))
    }
}

/// Looks again at what is given up, as if it waited.
pub(crate) struct GivenUpIsPending;

impl BreaksNotices for GivenUpIsPending {
    async fn look_again(store: &MemoryStore, id: NoticeId) -> Answer<Taken> {
        match Notices::look_again(store, id).await? {
            Some(found) => Ok(Some(found)),
            None => given_up(store, |notice| notice.id == id).await,
        }
    }
}

/// Takes also what is given up.
pub(crate) struct GivenUpIsTaken;

impl BreaksNotices for GivenUpIsTaken {
    async fn take_due(store: &MemoryStore, now: Timestamp, until: Timestamp) -> Answer<Taken> {
        match Notices::take_due(store, now, until).await? {
            Some(taken) => Ok(Some(taken)),
            None => given_up(store, |notice| !notice.due_at.is_ahead_of(now)).await,
        }
    }
}

/// A notice that is given up, as if it waited.
async fn given_up(store: &MemoryStore, is_wanted: impl Fn(&Notice) -> bool) -> Answer<Taken> {
    let unsent = unsent(store).await?;
    let is_given_up = |notice: &&Notice| notice.state == MailState::Failed && is_wanted(notice);
    let Some(notice) = unsent.iter().find(is_given_up).cloned() else {
        return Ok(None);
    };
    Notices::settle(store, notice.id, &Attempt::Sent { at: sample::now() }).await?;
    let organizations = organizations(store).await?;
    let owner = organizations
        .into_iter()
        .find(|one| one.id == notice.organization);
    Ok(owner.map(|organization| NoticeDossier {
        notice,
        organization,
        addressee: None,
        link: None,
        token: None,
    }))
}

/// Tries again when it wants.
pub(crate) struct NoticePauseIgnored;

impl BreaksNotices for NoticePauseIgnored {
    async fn settle(store: &MemoryStore, id: NoticeId, attempt: &Attempt) -> Answer<()> {
        let eager = match attempt {
            Attempt::Again { due_at, failure } => Attempt::Again {
                due_at: due_at.plus_seconds(-5),
                failure: failure.clone(),
            },
            other => other.clone(),
        };
        Notices::settle(store, id, &eager).await
    }
}

/// Tries for ever.
pub(crate) struct NoticeNeverGivenUp;

impl BreaksNotices for NoticeNeverGivenUp {
    async fn settle(store: &MemoryStore, id: NoticeId, attempt: &Attempt) -> Answer<()> {
        let stubborn = match attempt {
            Attempt::Failed { failure } => Attempt::Again {
                due_at: sample::now(),
                failure: failure.clone(),
            },
            other => other.clone(),
        };
        Notices::settle(store, id, &stubborn).await
    }
}

/// Believes a mail server only while the notice is pending.
pub(crate) struct LateNoticeIgnored;

impl BreaksNotices for LateNoticeIgnored {
    async fn settle(store: &MemoryStore, id: NoticeId, attempt: &Attempt) -> Answer<()> {
        match Notices::look_again(store, id).await? {
            Some(_) => Notices::settle(store, id, attempt).await,
            None => Ok(()),
        }
    }
}

/// Queues a notice anew after it was settled.
pub(crate) struct SentNoticeStaysDue;

impl BreaksNotices for SentNoticeStaysDue {
    async fn settle(store: &MemoryStore, id: NoticeId, attempt: &Attempt) -> Answer<()> {
        if matches!(attempt, Attempt::Sent { .. }) {
            return Ok(());
        }
        Notices::settle(store, id, attempt).await
    }
}

/// Fails where there is nothing to settle.
pub(crate) struct SettlingNoNoticeIsAnError;

impl BreaksNotices for SettlingNoNoticeIsAnError {
    async fn settle(store: &MemoryStore, id: NoticeId, attempt: &Attempt) -> Answer<()> {
        if !unsent(store).await?.iter().any(|notice| notice.id == id) {
            return Err(StoreError::new("no row was updated"));
        }
        Notices::settle(store, id, attempt).await
    }
}

/// Drops nothing.
pub(crate) struct UselessNoticeKept;

impl BreaksNotices for UselessNoticeKept {
    async fn drop_useless(_: &MemoryStore, _: NoticeId) -> Answer<()> {
        Ok(())
    }
}

/// Drops also what was given up.
pub(crate) struct DropsWhatFailed;

impl BreaksNotices for DropsWhatFailed {
    async fn drop_useless(store: &MemoryStore, id: NoticeId) -> Answer<()> {
        let at = sample::now();
        Notices::settle(store, id, &Attempt::Sent { at }).await
    }
}

/// Shows the oldest first.
pub(crate) struct OldestNoticeFirst;

impl BreaksNotices for OldestNoticeFirst {
    async fn unsent(store: &MemoryStore, organization: OrganizationId, limit: u32) -> Answer<Vec<Notice>> {
        let mut unsent = Notices::unsent(store, organization, limit).await?;
        unsent.reverse();
        Ok(unsent)
    }
}

/// Shows only what waits.
pub(crate) struct GivenUpHidden;

impl BreaksNotices for GivenUpHidden {
    async fn unsent(store: &MemoryStore, organization: OrganizationId, limit: u32) -> Answer<Vec<Notice>> {
        let mut unsent = Notices::unsent(store, organization, limit).await?;
        unsent.retain(|notice| notice.state == MailState::Pending);
        Ok(unsent)
    }
}

/// Shows what there is, however much.
pub(crate) struct UnsentUnlimited;

impl BreaksNotices for UnsentUnlimited {
    async fn unsent(store: &MemoryStore, organization: OrganizationId, _: u32) -> Answer<Vec<Notice>> {
        Notices::unsent(store, organization, u32::MAX).await
    }
}

/// Gives the contact what somebody is gone for.
async fn redirected(store: &MemoryStore, notice: &Notice) -> Answer<Notice> {
    let addressee = match notice.addressee {
        Some(id) => whoever(store, id).await?.map(|found| found.id),
        None => None,
    };
    Ok(Notice {
        addressee,
        ..notice.clone()
    })
}

/// Has the contact read what was for somebody who is gone.
pub(crate) struct ContactReadsItInstead;

impl BreaksNotices for ContactReadsItInstead {
    async fn queue(store: &MemoryStore, notice: &Notice) -> Answer<()> {
        let notice = redirected(store, notice).await?;
        Notices::queue(store, &notice).await
    }

    async fn announce(
        store: &MemoryStore,
        token: AuthorizationTokenId,
        notices: &[Notice],
        next: Option<Timestamp>,
        now: Timestamp,
    ) -> Answer<bool> {
        let mut all = Vec::new();
        for notice in notices {
            all.push(redirected(store, notice).await?);
        }
        Notices::announce(store, token, &all, next, now).await
    }
}

/// Fails where whom a notice is for is gone.
pub(crate) struct NobodyToTellIsAnError;

impl BreaksNotices for NobodyToTellIsAnError {
    async fn queue(store: &MemoryStore, notice: &Notice) -> Answer<()> {
        if redirected(store, notice).await?.addressee != notice.addressee {
            return Err(StoreError::new("FOREIGN KEY constraint failed"));
        }
        Notices::queue(store, notice).await
    }

    async fn announce(
        store: &MemoryStore,
        token: AuthorizationTokenId,
        notices: &[Notice],
        next: Option<Timestamp>,
        now: Timestamp,
    ) -> Answer<bool> {
        for notice in notices {
            if redirected(store, notice).await?.addressee != notice.addressee {
                return Err(StoreError::new("FOREIGN KEY constraint failed"));
            }
        }
        Notices::announce(store, token, notices, next, now).await
    }
}

/// Announces whatever it is asked to.
pub(crate) struct AnnouncedAlways;

impl BreaksNotices for AnnouncedAlways {
    async fn announce(
        store: &MemoryStore,
        token: AuthorizationTokenId,
        notices: &[Notice],
        next: Option<Timestamp>,
        now: Timestamp,
    ) -> Answer<bool> {
        if !Notices::announce(store, token, notices, next, now).await? {
            for notice in notices {
                Notices::queue(store, notice).await?;
            }
        }
        Ok(true)
    }
}

/// Looks whether an announcement is due, and makes it in another step.
pub(crate) struct AnnouncedInTwoSteps;

impl BreaksNotices for AnnouncedInTwoSteps {
    async fn announce(
        store: &MemoryStore,
        token: AuthorizationTokenId,
        notices: &[Notice],
        next: Option<Timestamp>,
        now: Timestamp,
    ) -> Answer<bool> {
        let found = AuthorizationTokens::find_by_id(store, token).await?;
        let announce_at = found.and_then(|found| found.token.announce_at);
        if announce_at.is_none_or(|at| at.is_ahead_of(now)) {
            return Ok(false);
        }
        meanwhile().await;
        AnnouncedAlways::announce(store, token, notices, next, now).await
    }
}

/// Announces once, and never again.
pub(crate) struct NextForgotten;

impl BreaksNotices for NextForgotten {
    async fn announce(
        store: &MemoryStore,
        token: AuthorizationTokenId,
        notices: &[Notice],
        _: Option<Timestamp>,
        now: Timestamp,
    ) -> Answer<bool> {
        Notices::announce(store, token, notices, None, now).await
    }
}

/// Announces, and tells nobody.
pub(crate) struct AnnouncedToNobody;

impl BreaksNotices for AnnouncedToNobody {
    async fn announce(
        store: &MemoryStore,
        token: AuthorizationTokenId,
        _: &[Notice],
        next: Option<Timestamp>,
        now: Timestamp,
    ) -> Answer<bool> {
        Notices::announce(store, token, &[], next, now).await
    }
}

/// Writes, for each flaw, how it sees what is to be announced.
macro_rules! missees {
    ($($(#[$doc:meta])* $flaw:ident: |$store:ident, $now:ident, $limit:ident| $missee:expr;)*) => {$(
        $(#[$doc])*
        pub(crate) struct $flaw;

        impl BreaksNotices for $flaw {
            async fn to_announce(
                $store: &MemoryStore,
                $now: Timestamp,
                $limit: u32,
            ) -> Answer<Vec<AuthorizationTokenId>> {
                $missee
            }
        }
    )*};
}

missees! {
    /// Sees first what became due last.
    LatestAnnouncementFirst: |store, now, limit| {
        let mut due = Notices::to_announce(store, now, u32::MAX).await?;
        due.reverse();
        due.truncate(usize::try_from(limit).unwrap());
        Ok(due)
    };
    /// Sees all there is to announce.
    AnnouncementsUnlimited: |store, now, _limit| Notices::to_announce(store, now, u32::MAX).await;
    /// Sees an announcement a moment after it is due.
    AnnouncedLate: |store, now, limit| Notices::to_announce(store, now.plus_millis(-1), limit).await;
    /// Sees only what is worth announcing.
    OnlyTheServedAnnounced: |store, now, limit| {
        let mut worth = Vec::new();
        for id in Notices::to_announce(store, now, limit).await? {
            let found = AuthorizationTokens::find_by_id(store, id).await?;
            if found.is_some_and(|found| found.standing(now).is_served()) {
                worth.push(id);
            }
        }
        Ok(worth)
    };
}
