//! Flaws in what administrators do with access tokens.

use symbolon_domain::{
    access_token::{AccessToken, ResetRequest},
    id::{AccessTokenId, OrganizationId, RecipientId},
    port::{
        StoreError,
        access_tokens::{AccessChange, AccessRecord, AccessTokens, ResetRequesting},
        activity::ActivityLog,
        recipients::Recipients,
    },
    time::Timestamp,
};
use symbolon_storage_memory::MemoryStore;

use crate::flaw::{Answer, BreaksAccessTokens};

/// The organization of the recipient, whoever asks.
async fn owner(store: &MemoryStore, id: RecipientId, asking: OrganizationId) -> Answer<OrganizationId> {
    let found = Recipients::find_by_id(store, id).await?;
    Ok(found.map_or(asking, |found| found.organization.id))
}

/// Says that the binding was cleared.
pub(crate) struct ResetKeepsTheBinding;

impl BreaksAccessTokens for ResetKeepsTheBinding {
    async fn reset(
        store: &MemoryStore,
        _: OrganizationId,
        _: RecipientId,
        record: AccessRecord<'_>,
    ) -> Answer<AccessChange> {
        store.append(record.entry).await?;
        Ok(AccessChange::Changed)
    }
}

/// Takes an id for enough.
pub(crate) struct ResetsForAnyone;

impl BreaksAccessTokens for ResetsForAnyone {
    async fn reset(
        store: &MemoryStore,
        organization: OrganizationId,
        recipient: RecipientId,
        record: AccessRecord<'_>,
    ) -> Answer<AccessChange> {
        let organization = owner(store, recipient, organization).await?;
        AccessTokens::reset(store, organization, recipient, record).await
    }
}

/// Takes what is free already for reset now.
pub(crate) struct ResetsTwice;

impl BreaksAccessTokens for ResetsTwice {
    async fn reset(
        store: &MemoryStore,
        organization: OrganizationId,
        recipient: RecipientId,
        record: AccessRecord<'_>,
    ) -> Answer<AccessChange> {
        match AccessTokens::reset(store, organization, recipient, record).await? {
            AccessChange::Refused(_) => Ok(AccessChange::Changed),
            other => Ok(other),
        }
    }
}

/// Looks at the token, and not at the credential.
pub(crate) struct ResetsWhatIsRevoked;

impl BreaksAccessTokens for ResetsWhatIsRevoked {
    async fn reset(
        store: &MemoryStore,
        organization: OrganizationId,
        recipient: RecipientId,
        record: AccessRecord<'_>,
    ) -> Answer<AccessChange> {
        match AccessTokens::reset(store, organization, recipient, record).await? {
            AccessChange::CredentialRevoked => Ok(AccessChange::Changed),
            other => Ok(other),
        }
    }
}

/// Does to the token that is there what was decided about another.
pub(crate) struct ResetsTheSuccessor;

impl BreaksAccessTokens for ResetsTheSuccessor {
    async fn reset(
        store: &MemoryStore,
        organization: OrganizationId,
        recipient: RecipientId,
        record: AccessRecord<'_>,
    ) -> Answer<AccessChange> {
        let silent = AccessRecord { mail: None, ..record };
        match AccessTokens::reset(store, organization, recipient, record).await? {
            AccessChange::Overtaken => AccessTokens::reset(store, organization, recipient, silent).await,
            other => Ok(other),
        }
    }
}

/// Takes away what was claimed.
pub(crate) struct RevokingAccessUnbinds;

impl BreaksAccessTokens for RevokingAccessUnbinds {
    async fn revoke(
        store: &MemoryStore,
        organization: OrganizationId,
        recipient: RecipientId,
        record: AccessRecord<'_>,
        now: Timestamp,
    ) -> Answer<AccessChange> {
        AccessTokens::reset(store, organization, recipient, record).await?;
        AccessTokens::revoke(store, organization, recipient, record, now).await
    }
}

/// Takes an id for enough.
pub(crate) struct RevokesAccessForAnyone;

impl BreaksAccessTokens for RevokesAccessForAnyone {
    async fn revoke(
        store: &MemoryStore,
        organization: OrganizationId,
        recipient: RecipientId,
        record: AccessRecord<'_>,
        now: Timestamp,
    ) -> Answer<AccessChange> {
        let organization = owner(store, recipient, organization).await?;
        AccessTokens::revoke(store, organization, recipient, record, now).await
    }
}

/// Takes what is revoked already for revoked now.
pub(crate) struct RevokesAccessTwice;

impl BreaksAccessTokens for RevokesAccessTwice {
    async fn revoke(
        store: &MemoryStore,
        organization: OrganizationId,
        recipient: RecipientId,
        record: AccessRecord<'_>,
        now: Timestamp,
    ) -> Answer<AccessChange> {
        match AccessTokens::revoke(store, organization, recipient, record, now).await? {
            AccessChange::Refused(_) => {
                store.append(record.entry).await?;
                Ok(AccessChange::Changed)
            }
            other => Ok(other),
        }
    }
}

/// Replaces whatever is there, however often.
pub(crate) struct ReplacesTwice;

impl BreaksAccessTokens for ReplacesTwice {
    async fn replace(
        store: &MemoryStore,
        organization: OrganizationId,
        successor: &AccessToken,
        record: AccessRecord<'_>,
        now: Timestamp,
    ) -> Answer<AccessChange> {
        let change = store.replace(organization, successor, record, now).await?;
        if change != AccessChange::Overtaken {
            return Ok(change);
        }
        let found = Recipients::find(store, organization, successor.recipient).await?;
        let generation = found.map_or(0, |found| found.token.generation) + 1;
        let later = AccessToken {
            generation,
            ..successor.clone()
        };
        store.replace(organization, &later, record, now).await
    }
}

/// Takes an id for enough.
pub(crate) struct ReplacesForAnyone;

impl BreaksAccessTokens for ReplacesForAnyone {
    async fn replace(
        store: &MemoryStore,
        organization: OrganizationId,
        successor: &AccessToken,
        record: AccessRecord<'_>,
        now: Timestamp,
    ) -> Answer<AccessChange> {
        let organization = owner(store, successor.recipient, organization).await?;
        store.replace(organization, successor, record, now).await
    }
}

/// Gives out a new link to what is revoked.
pub(crate) struct ReplacesWhatIsRevoked;

impl BreaksAccessTokens for ReplacesWhatIsRevoked {
    async fn replace(
        store: &MemoryStore,
        organization: OrganizationId,
        successor: &AccessToken,
        record: AccessRecord<'_>,
        now: Timestamp,
    ) -> Answer<AccessChange> {
        match store.replace(organization, successor, record, now).await? {
            AccessChange::CredentialRevoked => Ok(AccessChange::Changed),
            other => Ok(other),
        }
    }
}

/// Tells the issuer of each.
pub(crate) struct EveryRequestKept;

impl BreaksAccessTokens for EveryRequestKept {
    async fn request_reset(
        store: &MemoryStore,
        id: AccessTokenId,
        request: &ResetRequest,
        record: AccessRecord<'_>,
    ) -> Answer<ResetRequesting> {
        match store.request_reset(id, request, record).await? {
            ResetRequesting::AlreadyRequested => {
                store.append(record.entry).await?;
                Ok(ResetRequesting::Requested)
            }
            other => Ok(other),
        }
    }
}

/// Keeps a request that nobody can grant.
pub(crate) struct RequestKeptAfterRevocation;

impl BreaksAccessTokens for RequestKeptAfterRevocation {
    async fn request_reset(
        store: &MemoryStore,
        id: AccessTokenId,
        request: &ResetRequest,
        record: AccessRecord<'_>,
    ) -> Answer<ResetRequesting> {
        match store.request_reset(id, request, record).await? {
            ResetRequesting::CredentialRevoked => {
                store.append(record.entry).await?;
                Ok(ResetRequesting::Requested)
            }
            other => Ok(other),
        }
    }
}

/// Keeps that there was a request, and not by whom.
pub(crate) struct RequesterForgotten;

impl BreaksAccessTokens for RequesterForgotten {
    async fn request_reset(
        store: &MemoryStore,
        id: AccessTokenId,
        request: &ResetRequest,
        record: AccessRecord<'_>,
    ) -> Answer<ResetRequesting> {
        let request = ResetRequest {
            by: None,
            ..request.clone()
        };
        store.request_reset(id, &request, record).await
    }
}

/// Counts the first of a batch.
pub(crate) struct FirstOpenOnly;

impl BreaksAccessTokens for FirstOpenOnly {
    async fn record_opens(store: &MemoryStore, opens: &[(AccessTokenId, u64, Timestamp)]) -> Answer<()> {
        AccessTokens::record_opens(store, &opens[..opens.len().min(1)]).await
    }
}

/// Fails a batch for a token that is gone.
pub(crate) struct UnknownOpenIsAnError;

impl BreaksAccessTokens for UnknownOpenIsAnError {
    async fn record_opens(store: &MemoryStore, opens: &[(AccessTokenId, u64, Timestamp)]) -> Answer<()> {
        for (id, ..) in opens {
            if AccessTokens::find_by_id(store, *id).await?.is_none() {
                return Err(StoreError::new("no row was updated"));
            }
        }
        AccessTokens::record_opens(store, opens).await
    }
}

/// Counts one for each batch.
pub(crate) struct BatchIsOneOpen;

impl BreaksAccessTokens for BatchIsOneOpen {
    async fn record_opens(store: &MemoryStore, opens: &[(AccessTokenId, u64, Timestamp)]) -> Answer<()> {
        let ones: Vec<_> = opens.iter().map(|(id, _, at)| (*id, 1, *at)).collect();
        AccessTokens::record_opens(store, &ones).await
    }
}
