//! Flaws in the outbox.

use symbolon_contract::sample::now;
use symbolon_domain::{
    access_token::{Dossier, Posting},
    activity::ActivityEntry,
    id::{MailId, OrganizationId, RecipientId},
    mail::{Mail, MailKind, MailState},
    page::PageRequest,
    port::{
        StoreError,
        access_tokens::AccessTokens,
        activity::ActivityLog as _,
        organizations::Organizations,
        outbox::{Attempt, Outbox, Resending},
        recipients::{RecipientFilter, RecipientOrder, Recipients},
    },
    time::Timestamp,
};
use symbolon_storage_memory::MemoryStore;

use crate::flaw::{Answer, BreaksOutbox, meanwhile};

/// Every mail there is.
async fn mails(store: &MemoryStore) -> Answer<Vec<Mail>> {
    let all = PageRequest::new(1, 100);
    let (filter, order) = (RecipientFilter::default(), RecipientOrder::default());
    let mut mails = Vec::new();
    for organization in Organizations::list(store, all).await?.items {
        let recipients = Recipients::list(store, organization.id, &filter, order, all).await?;
        for dossier in recipients.items {
            mails.extend(Outbox::about(store, organization.id, &[dossier.recipient.id]).await?);
        }
    }
    Ok(mails)
}

/// The mail that is due with this posting, the one that has been so the longest first.
async fn due(store: &MemoryStore, now: Timestamp, posting: Posting) -> Answer<Vec<(Mail, Dossier)>> {
    let mut due = Vec::new();
    for mail in mails(store).await? {
        let found = AccessTokens::find_by_id(store, mail.token).await?;
        if let Some(dossier) = found
            && mail.state == MailState::Pending
            && !mail.due_at.is_ahead_of(now)
            && dossier.posting(mail.kind) == posting
        {
            due.push((mail, dossier));
        }
    }
    due.sort_by_key(|(mail, _)| (mail.due_at, mail.id));
    Ok(due)
}

async fn lease(store: &MemoryStore, mail: MailId, until: Timestamp) -> Answer<()> {
    let attempt = Attempt::Again {
        due_at: until,
        failure: "it is under way".to_owned(),
    };
    Outbox::settle(store, mail, &attempt).await
}

type Taken = Option<(Mail, Dossier)>;

/// Leaves a mail due while it is under way.
pub(crate) struct LeaseIgnored;

impl BreaksOutbox for LeaseIgnored {
    async fn take_due(store: &MemoryStore, now: Timestamp, _: Timestamp) -> Answer<Taken> {
        Outbox::take_due(store, now, now).await
    }
}

/// Looks what is due, and takes it in another step.
pub(crate) struct TakenInTwoSteps;

impl BreaksOutbox for TakenInTwoSteps {
    async fn take_due(store: &MemoryStore, now: Timestamp, until: Timestamp) -> Answer<Taken> {
        let Some(found) = due(store, now, Posting::Send).await?.into_iter().next() else {
            return Outbox::take_due(store, now, until).await;
        };
        meanwhile().await;
        lease(store, found.0.id, until).await?;
        Ok(Some(found))
    }
}

/// Sends whatever is due.
pub(crate) struct UselessMailSent;

impl BreaksOutbox for UselessMailSent {
    async fn take_due(store: &MemoryStore, now: Timestamp, until: Timestamp) -> Answer<Taken> {
        if let Some(found) = due(store, now, Posting::Drop).await?.into_iter().next() {
            lease(store, found.0.id, until).await?;
            return Ok(Some(found));
        }
        Outbox::take_due(store, now, until).await
    }
}

/// Leaves useless mail pending until it is due.
pub(crate) struct UselessMailKept;

impl BreaksOutbox for UselessMailKept {
    async fn about(
        store: &MemoryStore,
        organization: OrganizationId,
        recipients: &[RecipientId],
    ) -> Answer<Vec<Mail>> {
        let mut mails = Outbox::about(store, organization, recipients).await?;
        for mail in &mut mails {
            if mail.state == MailState::Dropped && mail.due_at.is_ahead_of(now()) {
                mail.state = MailState::Pending;
            }
        }
        Ok(mails)
    }
}

/// Sends what has to wait.
pub(crate) struct WaitingMailSent;

impl BreaksOutbox for WaitingMailSent {
    async fn take_due(store: &MemoryStore, now: Timestamp, until: Timestamp) -> Answer<Taken> {
        if let Some(found) = due(store, now, Posting::Wait).await?.into_iter().next() {
            lease(store, found.0.id, until).await?;
            return Ok(Some(found));
        }
        Outbox::take_due(store, now, until).await
    }
}

/// Gives up what has to wait.
pub(crate) struct WaitingMailGivenUp;

impl BreaksOutbox for WaitingMailGivenUp {
    async fn take_due(store: &MemoryStore, now: Timestamp, until: Timestamp) -> Answer<Taken> {
        for (mail, _) in due(store, now, Posting::Wait).await? {
            let failure = "it is paused".to_owned();
            Outbox::settle(store, mail.id, &Attempt::Failed { failure }).await?;
        }
        Outbox::take_due(store, now, until).await
    }
}

/// Stops at what has to wait.
pub(crate) struct WaitingMailBlocks;

impl BreaksOutbox for WaitingMailBlocks {
    async fn take_due(store: &MemoryStore, now: Timestamp, until: Timestamp) -> Answer<Taken> {
        if due(store, now, Posting::Wait).await?.is_empty() {
            Outbox::take_due(store, now, until).await
        } else {
            Ok(None)
        }
    }
}

/// Judges what is not due yet.
pub(crate) struct JudgedTooEarly;

impl BreaksOutbox for JudgedTooEarly {
    async fn take_due(store: &MemoryStore, now: Timestamp, until: Timestamp) -> Answer<Taken> {
        let later = now.plus_seconds(24 * 60 * 60);
        if due(store, later, Posting::Send).await?.is_empty() {
            return Outbox::take_due(store, later, until).await;
        }
        Outbox::take_due(store, now, until).await
    }
}

/// Takes what came last.
pub(crate) struct NewestMailFirst;

impl BreaksOutbox for NewestMailFirst {
    async fn take_due(store: &MemoryStore, now: Timestamp, until: Timestamp) -> Answer<Taken> {
        let Some(found) = due(store, now, Posting::Send).await?.pop() else {
            return Ok(None);
        };
        lease(store, found.0.id, until).await?;
        Ok(Some(found))
    }
}

/// Takes a mail a moment after it is due.
pub(crate) struct DueExclusive;

impl BreaksOutbox for DueExclusive {
    async fn take_due(store: &MemoryStore, now: Timestamp, until: Timestamp) -> Answer<Taken> {
        Outbox::take_due(store, now.plus_millis(-1), until).await
    }
}

/// Forgets how often it was tried.
pub(crate) struct AttemptsNotCounted;

impl BreaksOutbox for AttemptsNotCounted {
    async fn about(
        store: &MemoryStore,
        organization: OrganizationId,
        recipients: &[RecipientId],
    ) -> Answer<Vec<Mail>> {
        let mut mails = Outbox::about(store, organization, recipients).await?;
        for mail in &mut mails {
            mail.attempts = 0;
        }
        Ok(mails)
    }
}

/// Tries a mail at once that is to be tried later.
pub(crate) struct PauseBetweenAttemptsIgnored;

impl BreaksOutbox for PauseBetweenAttemptsIgnored {
    async fn settle(store: &MemoryStore, id: MailId, attempt: &Attempt) -> Answer<()> {
        match attempt {
            Attempt::Again { failure, .. } => {
                let at_once = Attempt::Again {
                    due_at: Timestamp::MIN,
                    failure: failure.clone(),
                };
                Outbox::settle(store, id, &at_once).await
            }
            other => Outbox::settle(store, id, other).await,
        }
    }
}

/// Tries for ever.
pub(crate) struct NeverGivesUp;

impl BreaksOutbox for NeverGivesUp {
    async fn settle(store: &MemoryStore, id: MailId, attempt: &Attempt) -> Answer<()> {
        match attempt {
            Attempt::Failed { failure } => {
                let again = Attempt::Again {
                    due_at: Timestamp::MIN,
                    failure: failure.clone(),
                };
                Outbox::settle(store, id, &again).await
            }
            other => Outbox::settle(store, id, other).await,
        }
    }
}

/// Does not believe in what was sent after all.
pub(crate) struct LateSuccessIgnored;

impl BreaksOutbox for LateSuccessIgnored {
    async fn settle(store: &MemoryStore, id: MailId, attempt: &Attempt) -> Answer<()> {
        let kept = mails(store).await?.into_iter().find(|mail| mail.id == id);
        if kept.is_some_and(|mail| mail.state == MailState::Pending) {
            Outbox::settle(store, id, attempt).await
        } else {
            Ok(())
        }
    }
}

/// Fails for a mail that is gone.
pub(crate) struct SettlingNothingIsAnError;

impl BreaksOutbox for SettlingNothingIsAnError {
    async fn settle(store: &MemoryStore, id: MailId, attempt: &Attempt) -> Answer<()> {
        if mails(store).await?.iter().any(|mail| mail.id == id) {
            Outbox::settle(store, id, attempt).await
        } else {
            Err(StoreError::new("no row was updated"))
        }
    }
}

/// Mails as often as it is asked.
pub(crate) struct ResendingUnlimited;

impl BreaksOutbox for ResendingUnlimited {
    async fn queue_again(
        store: &MemoryStore,
        organization: OrganizationId,
        recipient: RecipientId,
        mail: &Mail,
        entry: &ActivityEntry,
        _: Timestamp,
    ) -> Answer<Resending> {
        let whenever = Timestamp::MAX;
        Outbox::queue_again(store, organization, recipient, mail, entry, whenever).await
    }
}

/// Queues the same link although a mail with it waits.
pub(crate) struct WaitingLinkQueued;

impl BreaksOutbox for WaitingLinkQueued {
    async fn queue_again(
        store: &MemoryStore,
        organization: OrganizationId,
        recipient: RecipientId,
        mail: &Mail,
        entry: &ActivityEntry,
        now: Timestamp,
    ) -> Answer<Resending> {
        match Outbox::queue_again(store, organization, recipient, mail, entry, now).await? {
            Resending::AlreadyWaiting => {
                store.append(entry).await?;
                Ok(Resending::Queued)
            }
            other => Ok(other),
        }
    }
}

/// Looks whether one waits, and queues in another step.
pub(crate) struct ResentInTwoSteps;

impl BreaksOutbox for ResentInTwoSteps {
    async fn queue_again(
        store: &MemoryStore,
        organization: OrganizationId,
        recipient: RecipientId,
        mail: &Mail,
        entry: &ActivityEntry,
        now: Timestamp,
    ) -> Answer<Resending> {
        let mails = Outbox::about(store, organization, &[recipient]).await?;
        if mails.iter().any(|mail| mail.kind == MailKind::AccessAgain) {
            return Outbox::queue_again(store, organization, recipient, mail, entry, now).await;
        }
        meanwhile().await;
        match Outbox::queue_again(store, organization, recipient, mail, entry, now).await? {
            Resending::AlreadyWaiting => {
                store.append(entry).await?;
                Ok(Resending::Queued)
            }
            other => Ok(other),
        }
    }
}

/// Has a limit for each token.
pub(crate) struct ReplacingMakesRoom;

impl BreaksOutbox for ReplacingMakesRoom {
    async fn queue_again(
        store: &MemoryStore,
        organization: OrganizationId,
        recipient: RecipientId,
        mail: &Mail,
        entry: &ActivityEntry,
        now: Timestamp,
    ) -> Answer<Resending> {
        let mails = Outbox::about(store, organization, &[recipient]).await?;
        let is_again = |earlier: &Mail| earlier.kind == MailKind::AccessAgain && earlier.token == mail.token;
        let now = if mails.iter().any(is_again) {
            now
        } else {
            Timestamp::MAX
        };
        Outbox::queue_again(store, organization, recipient, mail, entry, now).await
    }
}

/// Mails links that are good for nothing.
pub(crate) struct UselessLinkQueued;

impl BreaksOutbox for UselessLinkQueued {
    async fn queue_again(
        store: &MemoryStore,
        organization: OrganizationId,
        recipient: RecipientId,
        mail: &Mail,
        entry: &ActivityEntry,
        now: Timestamp,
    ) -> Answer<Resending> {
        match Outbox::queue_again(store, organization, recipient, mail, entry, now).await? {
            Resending::Moot | Resending::Overtaken => Ok(Resending::Queued),
            other => Ok(other),
        }
    }
}
