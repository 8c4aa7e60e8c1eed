//! Flaws in telling administrators of tokens.

use symbolon_domain::{
    activity::ActivityEntry,
    authorization_token::AuthorizationToken,
    id::AuthorizationTokenId,
    notice::Notice,
    port::{
        authorization_tokens::{AuthorizationTokens, Insertion, Record, Rotation},
        notices::Notices,
    },
    time::Timestamp,
};
use symbolon_storage_memory::MemoryStore;

use crate::flaw::{Answer, BreaksAuthorizationTokens};

/// Tells nobody of a new token.
pub(crate) struct NewTokenUntold;

impl BreaksAuthorizationTokens for NewTokenUntold {
    async fn insert(
        store: &MemoryStore,
        token: &AuthorizationToken,
        record: Record<'_>,
        now: Timestamp,
    ) -> Answer<Insertion> {
        let untold = Record {
            notices: &[],
            ..record
        };
        AuthorizationTokens::insert(store, token, untold, now).await
    }
}

/// Tells of a new token before it is made, if it is.
pub(crate) struct NewTokenToldBefore;

impl BreaksAuthorizationTokens for NewTokenToldBefore {
    async fn insert(
        store: &MemoryStore,
        token: &AuthorizationToken,
        record: Record<'_>,
        now: Timestamp,
    ) -> Answer<Insertion> {
        tell(store, record.notices).await?;
        let told = Record {
            notices: &[],
            ..record
        };
        AuthorizationTokens::insert(store, token, told, now).await
    }
}

/// Tells of every rotation that was asked for.
pub(crate) struct LostRotationTold;

impl BreaksAuthorizationTokens for LostRotationTold {
    async fn rotate(
        store: &MemoryStore,
        current: AuthorizationTokenId,
        successor: &AuthorizationToken,
        grace_until: Option<Timestamp>,
        record: Record<'_>,
        now: Timestamp,
    ) -> Answer<Rotation> {
        tell(store, record.notices).await?;
        let told = Record {
            notices: &[],
            ..record
        };
        AuthorizationTokens::rotate(store, current, successor, grace_until, told, now).await
    }
}

/// Tells nobody of reuse.
pub(crate) struct ReuseUntold;

impl BreaksAuthorizationTokens for ReuseUntold {
    async fn record_reuse(
        store: &MemoryStore,
        id: AuthorizationTokenId,
        entry: &ActivityEntry,
        _: &[Notice],
        now: Timestamp,
    ) -> Answer<()> {
        AuthorizationTokens::record_reuse(store, id, entry, &[], now).await
    }
}

/// Tells of every use of a token that was rotated away.
pub(crate) struct EveryReuseTold;

impl BreaksAuthorizationTokens for EveryReuseTold {
    async fn record_reuse(
        store: &MemoryStore,
        id: AuthorizationTokenId,
        entry: &ActivityEntry,
        notices: &[Notice],
        now: Timestamp,
    ) -> Answer<()> {
        AuthorizationTokens::record_reuse(store, id, entry, &[], now).await?;
        tell(store, notices).await
    }
}

/// Tells nothing of reuse while something else about the token waits to be told.
pub(crate) struct AnyNoticeHidesReuse;

impl BreaksAuthorizationTokens for AnyNoticeHidesReuse {
    async fn record_reuse(
        store: &MemoryStore,
        id: AuthorizationTokenId,
        entry: &ActivityEntry,
        notices: &[Notice],
        now: Timestamp,
    ) -> Answer<()> {
        let waiting = store.unsent(entry.organization, 100).await?;
        let is_hidden = waiting.iter().any(|notice| notice.subject.token() == Some(id));
        let told = if is_hidden { &[] } else { notices };
        AuthorizationTokens::record_reuse(store, id, entry, told, now).await
    }
}

/// Takes a notice that was sent for one that never was.
pub(crate) struct SentIsForgotten;

impl BreaksAuthorizationTokens for SentIsForgotten {
    async fn record_reuse(
        store: &MemoryStore,
        id: AuthorizationTokenId,
        entry: &ActivityEntry,
        notices: &[Notice],
        now: Timestamp,
    ) -> Answer<()> {
        AuthorizationTokens::record_reuse(store, id, entry, notices, now).await?;
        let waiting = store.unsent(entry.organization, 100).await?;
        if waiting.iter().any(|notice| notice.subject.token() == Some(id)) {
            return Ok(());
        }
        let anew: Vec<_> = notices
            .iter()
            .filter(|notice| notice.created_at == now)
            .cloned()
            .collect();
        tell(store, &anew).await
    }
}

async fn tell(store: &MemoryStore, notices: &[Notice]) -> Answer<()> {
    for notice in notices {
        store.queue(notice).await?;
    }
    Ok(())
}
