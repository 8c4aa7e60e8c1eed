//! Flaws in changes to one token.

use symbolon_domain::{
    activity::ActivityEntry,
    authorization_token::Standing,
    id::{AuthorizationTokenId, OrganizationId},
    notice::Notice,
    page::PageRequest,
    port::{
        StoreError,
        activity::ActivityLog,
        authorization_tokens::{AuthorizationTokens, TokenChange},
    },
    text::Description,
    time::Timestamp,
};
use symbolon_storage_memory::MemoryStore;

use crate::flaw::{Answer, BreaksAuthorizationTokens};

/// The organization that owns the token, whoever asks.
async fn owner(
    store: &MemoryStore,
    id: AuthorizationTokenId,
    asking: OrganizationId,
) -> Answer<OrganizationId> {
    let found = store.find_by_id(id).await?;
    Ok(found.map_or(asking, |found| found.owner.id))
}

/// Takes an id for enough.
pub(crate) struct RevokesForAnyone;

impl BreaksAuthorizationTokens for RevokesForAnyone {
    async fn revoke(
        store: &MemoryStore,
        organization: OrganizationId,
        id: AuthorizationTokenId,
        entry: &ActivityEntry,
        now: Timestamp,
    ) -> Answer<TokenChange> {
        let organization = owner(store, id, organization).await?;
        AuthorizationTokens::revoke(store, organization, id, entry, now).await
    }
}

/// Takes what is revoked already for revoked now.
pub(crate) struct RevokesTwice;

impl BreaksAuthorizationTokens for RevokesTwice {
    async fn revoke(
        store: &MemoryStore,
        organization: OrganizationId,
        id: AuthorizationTokenId,
        entry: &ActivityEntry,
        now: Timestamp,
    ) -> Answer<TokenChange> {
        let change = AuthorizationTokens::revoke(store, organization, id, entry, now).await?;
        if change == TokenChange::Refused(Standing::Revoked) {
            store.append(entry).await?;
            return Ok(TokenChange::Changed);
        }
        Ok(change)
    }
}

/// Revokes live tokens only.
pub(crate) struct NoRevocationInGrace;

impl BreaksAuthorizationTokens for NoRevocationInGrace {
    async fn revoke(
        store: &MemoryStore,
        organization: OrganizationId,
        id: AuthorizationTokenId,
        entry: &ActivityEntry,
        now: Timestamp,
    ) -> Answer<TokenChange> {
        let found = store.find_by_id(id).await?;
        if found.is_some_and(|found| found.standing(now) == Standing::Grace) {
            return Ok(TokenChange::Refused(Standing::Grace));
        }
        AuthorizationTokens::revoke(store, organization, id, entry, now).await
    }
}

/// Looks whether a token is retired, and not whether it has expired.
pub(crate) struct DescribesTheExpired;

impl BreaksAuthorizationTokens for DescribesTheExpired {
    async fn describe(
        store: &MemoryStore,
        organization: OrganizationId,
        id: AuthorizationTokenId,
        description: Option<&Description>,
        entry: &ActivityEntry,
        _: Timestamp,
    ) -> Answer<TokenChange> {
        AuthorizationTokens::describe(store, organization, id, description, entry, Timestamp::MIN).await
    }
}

/// Takes an id for enough.
pub(crate) struct DescribesForAnyone;

impl BreaksAuthorizationTokens for DescribesForAnyone {
    async fn describe(
        store: &MemoryStore,
        organization: OrganizationId,
        id: AuthorizationTokenId,
        description: Option<&Description>,
        entry: &ActivityEntry,
        now: Timestamp,
    ) -> Answer<TokenChange> {
        let organization = owner(store, id, organization).await?;
        AuthorizationTokens::describe(store, organization, id, description, entry, now).await
    }
}

/// Trusts the clock to go on.
pub(crate) struct ExpiryNotLatched;

impl BreaksAuthorizationTokens for ExpiryNotLatched {
    async fn mark_expired(_: &MemoryStore, _: AuthorizationTokenId, _: Timestamp) -> Answer<()> {
        Ok(())
    }
}

/// Fails a batch for a token that is gone.
pub(crate) struct UnknownUseIsAnError;

impl BreaksAuthorizationTokens for UnknownUseIsAnError {
    async fn record_use(store: &MemoryStore, uses: &[(AuthorizationTokenId, Timestamp)]) -> Answer<()> {
        for (id, _) in uses {
            if store.find_by_id(*id).await?.is_none() {
                return Err(StoreError::new("no row was updated"));
            }
        }
        AuthorizationTokens::record_use(store, uses).await
    }
}

/// Writes the first of a batch.
pub(crate) struct FirstUseOnly;

impl BreaksAuthorizationTokens for FirstUseOnly {
    async fn record_use(store: &MemoryStore, uses: &[(AuthorizationTokenId, Timestamp)]) -> Answer<()> {
        AuthorizationTokens::record_use(store, &uses[..uses.len().min(1)]).await
    }
}

/// Writes to the log, and counts nothing.
pub(crate) struct ReuseNotCounted;

impl BreaksAuthorizationTokens for ReuseNotCounted {
    async fn record_reuse(
        store: &MemoryStore,
        _: AuthorizationTokenId,
        entry: &ActivityEntry,
        _: &[Notice],
        _: Timestamp,
    ) -> Answer<()> {
        store.append(entry).await
    }
}

/// Writes each use to the log.
pub(crate) struct EveryReuseEntered;

impl BreaksAuthorizationTokens for EveryReuseEntered {
    async fn record_reuse(
        store: &MemoryStore,
        id: AuthorizationTokenId,
        entry: &ActivityEntry,
        notices: &[Notice],
        now: Timestamp,
    ) -> Answer<()> {
        let before = ActivityLog::list(store, entry.organization, PageRequest::default());
        let before = before.await?.total_count;
        AuthorizationTokens::record_reuse(store, id, entry, notices, now).await?;
        let after = ActivityLog::list(store, entry.organization, PageRequest::default());
        if after.await?.total_count == before {
            store.append(entry).await?;
        }
        Ok(())
    }
}

/// Takes an entry that is an hour old for one of this hour.
pub(crate) struct InclusiveHour;

impl BreaksAuthorizationTokens for InclusiveHour {
    async fn record_reuse(
        store: &MemoryStore,
        id: AuthorizationTokenId,
        entry: &ActivityEntry,
        notices: &[Notice],
        now: Timestamp,
    ) -> Answer<()> {
        let reused = store.find_by_id(id).await?;
        let is_first = reused.is_some_and(|reused| reused.token.reuse_count == 0);
        let shifted = if is_first { now } else { now.plus_millis(-1) };
        AuthorizationTokens::record_reuse(store, id, entry, notices, shifted).await
    }
}
