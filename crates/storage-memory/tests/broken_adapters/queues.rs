//! Flaws in the queue of those who wait for a reset.

use symbolon_domain::{
    access_token::Dossier,
    activity::ActivityEntry,
    id::{OrganizationId, RecipientId},
    mail::{Mail, MailKind, MailState},
    page::PageRequest,
    port::{
        access_tokens::{AccessChange, AccessRecord, AccessTokens},
        activity::ActivityLog,
        organizations::Organizations,
        outbox::Outbox,
        recipients::Recipients,
    },
    time::Timestamp,
};
use symbolon_storage_memory::MemoryStore;

use crate::flaw::{Answer, BreaksAccessTokens, BreaksOutbox, meanwhile};

/// Where in the queue.
type Place = Option<(Timestamp, RecipientId)>;

/// Lets whoever asked last come first.
pub(crate) struct LastComeFirst;

impl BreaksAccessTokens for LastComeFirst {
    async fn waiting_for_reset(
        store: &MemoryStore,
        organization: OrganizationId,
        after: Place,
        limit: u32,
    ) -> Answer<Vec<Dossier>> {
        let mut waiting = store.waiting_for_reset(organization, after, limit).await?;
        waiting.reverse();
        Ok(waiting)
    }
}

/// Goes on behind the instant, not behind the recipient.
pub(crate) struct SameInstantSkipped;

impl BreaksAccessTokens for SameInstantSkipped {
    async fn waiting_for_reset(
        store: &MemoryStore,
        organization: OrganizationId,
        after: Place,
        limit: u32,
    ) -> Answer<Vec<Dossier>> {
        let all = store.waiting_for_reset(organization, None, u32::MAX).await?;
        let is_later = |dossier: &Dossier| {
            let asked = dossier.token.reset_request.as_ref().map(|request| request.at);
            after.is_none_or(|(at, _)| asked > Some(at))
        };
        let later = all.into_iter().filter(is_later);
        Ok(later.take(usize::try_from(limit).unwrap()).collect())
    }
}

/// Begins with the one who was shown last.
pub(crate) struct LastShownAgain;

impl BreaksAccessTokens for LastShownAgain {
    async fn waiting_for_reset(
        store: &MemoryStore,
        organization: OrganizationId,
        after: Place,
        limit: u32,
    ) -> Answer<Vec<Dossier>> {
        let from = after.map(|(at, id)| (at.plus_millis(-1), id));
        store.waiting_for_reset(organization, from, limit).await
    }
}

/// Shows everybody who waits for anybody.
pub(crate) struct OneQueueForAll;

impl BreaksAccessTokens for OneQueueForAll {
    async fn waiting_for_reset(
        store: &MemoryStore,
        _: OrganizationId,
        after: Place,
        limit: u32,
    ) -> Answer<Vec<Dossier>> {
        let mut waiting = Vec::new();
        for organization in Organizations::list(store, PageRequest::new(1, 100)).await?.items {
            waiting.extend(store.waiting_for_reset(organization.id, after, limit).await?);
        }
        Ok(waiting)
    }
}

/// Hides who waits on a template that is paused.
pub(crate) struct PausedDoNotWait;

impl BreaksAccessTokens for PausedDoNotWait {
    async fn waiting_for_reset(
        store: &MemoryStore,
        organization: OrganizationId,
        after: Place,
        limit: u32,
    ) -> Answer<Vec<Dossier>> {
        let mut waiting = store.waiting_for_reset(organization, after, limit).await?;
        waiting.retain(|dossier| dossier.template.paused_at.is_none());
        Ok(waiting)
    }
}

/// Says that it is dismissed, and enters it.
pub(crate) struct DismissedInTheLogOnly;

impl BreaksAccessTokens for DismissedInTheLogOnly {
    async fn dismiss_reset(
        store: &MemoryStore,
        _: OrganizationId,
        _: RecipientId,
        _: Timestamp,
        entry: &ActivityEntry,
    ) -> Answer<bool> {
        store.append(entry).await?;
        Ok(true)
    }
}

/// Clears the binding with the request.
pub(crate) struct DismissalGrants;

impl BreaksAccessTokens for DismissalGrants {
    async fn dismiss_reset(
        store: &MemoryStore,
        organization: OrganizationId,
        recipient: RecipientId,
        asked_at: Timestamp,
        entry: &ActivityEntry,
    ) -> Answer<bool> {
        let is_dismissed = store
            .dismiss_reset(organization, recipient, asked_at, entry)
            .await?;
        if is_dismissed {
            let record = AccessRecord { entry, mail: None };
            store.reset(organization, recipient, record).await?;
        }
        Ok(is_dismissed)
    }
}

/// Grants what nobody asks for any more.
pub(crate) struct GrantsTooLate;

impl BreaksAccessTokens for GrantsTooLate {
    async fn grant_reset(
        store: &MemoryStore,
        organization: OrganizationId,
        recipient: RecipientId,
        _: Timestamp,
        record: AccessRecord<'_>,
    ) -> Answer<bool> {
        let change = store.reset(organization, recipient, record).await?;
        Ok(change == AccessChange::Changed)
    }
}

/// Looks whether somebody asks, and resets in a second step.
pub(crate) struct GrantsInTwoSteps;

impl BreaksAccessTokens for GrantsInTwoSteps {
    async fn grant_reset(
        store: &MemoryStore,
        organization: OrganizationId,
        recipient: RecipientId,
        asked_at: Timestamp,
        record: AccessRecord<'_>,
    ) -> Answer<bool> {
        let found = Recipients::find(store, organization, recipient).await?;
        let request = found.and_then(|dossier| dossier.token.reset_request);
        if request.is_none_or(|request| request.at != asked_at) {
            return Ok(false);
        }
        meanwhile().await;
        store.reset(organization, recipient, record).await?;
        Ok(true)
    }
}

/// Dismisses whatever waits by now.
pub(crate) struct DismissesAnother;

impl BreaksAccessTokens for DismissesAnother {
    async fn dismiss_reset(
        store: &MemoryStore,
        organization: OrganizationId,
        recipient: RecipientId,
        _: Timestamp,
        entry: &ActivityEntry,
    ) -> Answer<bool> {
        let found = Recipients::find(store, organization, recipient).await?;
        let Some(request) = found.and_then(|dossier| dossier.token.reset_request) else {
            return Ok(false);
        };
        store
            .dismiss_reset(organization, recipient, request.at, entry)
            .await
    }
}

/// Takes the caller's word for whose recipient it is.
pub(crate) struct DismissesForAnyone;

impl BreaksAccessTokens for DismissesForAnyone {
    async fn dismiss_reset(
        store: &MemoryStore,
        organization: OrganizationId,
        recipient: RecipientId,
        asked_at: Timestamp,
        entry: &ActivityEntry,
    ) -> Answer<bool> {
        let found = Recipients::find_by_id(store, recipient).await?;
        let owner = found.map_or(organization, |dossier| dossier.organization.id);
        store.dismiss_reset(owner, recipient, asked_at, entry).await
    }
}

/// Enters what was not there to dismiss.
pub(crate) struct LostDismissalIsEntered;

impl BreaksAccessTokens for LostDismissalIsEntered {
    async fn dismiss_reset(
        store: &MemoryStore,
        organization: OrganizationId,
        recipient: RecipientId,
        asked_at: Timestamp,
        entry: &ActivityEntry,
    ) -> Answer<bool> {
        let is_dismissed = store
            .dismiss_reset(organization, recipient, asked_at, entry)
            .await?;
        if !is_dismissed {
            store.append(entry).await?;
        }
        Ok(is_dismissed)
    }
}

/// Looks whether there is a request, and clears it later.
pub(crate) struct DismissedInTwoSteps;

impl BreaksAccessTokens for DismissedInTwoSteps {
    async fn dismiss_reset(
        store: &MemoryStore,
        organization: OrganizationId,
        recipient: RecipientId,
        asked_at: Timestamp,
        entry: &ActivityEntry,
    ) -> Answer<bool> {
        let found = Recipients::find(store, organization, recipient).await?;
        let request = found.and_then(|dossier| dossier.token.reset_request);
        if request.is_none_or(|request| request.at != asked_at) {
            return Ok(false);
        }
        meanwhile().await;
        store
            .dismiss_reset(organization, recipient, asked_at, entry)
            .await?;
        Ok(true)
    }
}

/// Sends the mail about a request that was dismissed.
pub(crate) struct DismissedIsMailed;

impl BreaksOutbox for DismissedIsMailed {
    async fn about(
        store: &MemoryStore,
        organization: OrganizationId,
        recipients: &[RecipientId],
    ) -> Answer<Vec<Mail>> {
        let mut mails = Outbox::about(store, organization, recipients).await?;
        for mail in &mut mails {
            if mail.kind == MailKind::ResetRequested {
                mail.state = MailState::Pending;
            }
        }
        Ok(mails)
    }
}
