//! Flaws in rotation.

use symbolon_domain::{
    authorization_token::{AuthorizationToken, MAX_LIVE_TOKENS, Standing, TokenFilter, TokenStates},
    id::{AuthorizationTokenId, OrganizationId},
    page::{Page, PageRequest},
    permissions::Permissions,
    port::{
        StoreError,
        activity::ActivityLog,
        authorization_tokens::{AuthorizationTokens, Insertion, Record, Rotation},
    },
    time::Timestamp,
};
use symbolon_storage_memory::MemoryStore;

use crate::flaw::{Answer, BreaksAuthorizationTokens, meanwhile};

/// Keeps a successor without asking what became of the token before it.
async fn keep(
    store: &MemoryStore,
    successor: &AuthorizationToken,
    record: Record<'_>,
    now: Timestamp,
) -> Answer<Rotation> {
    AuthorizationTokens::insert(store, successor, record, now).await?;
    Ok(Rotation::Rotated)
}

/// Takes a token for good at the very instant of its expiry.
pub(crate) struct InclusiveExpiry;

impl BreaksAuthorizationTokens for InclusiveExpiry {
    async fn insert(
        store: &MemoryStore,
        token: &AuthorizationToken,
        record: Record<'_>,
        now: Timestamp,
    ) -> Answer<Insertion> {
        AuthorizationTokens::insert(store, token, record, now.plus_millis(-1)).await
    }

    async fn list(
        store: &MemoryStore,
        organization: OrganizationId,
        filter: TokenFilter,
        page: PageRequest,
        now: Timestamp,
    ) -> Answer<Page<AuthorizationToken>> {
        AuthorizationTokens::list(store, organization, filter, page, now.plus_millis(-1)).await
    }

    async fn rotate(
        store: &MemoryStore,
        current: AuthorizationTokenId,
        successor: &AuthorizationToken,
        grace_until: Option<Timestamp>,
        record: Record<'_>,
        now: Timestamp,
    ) -> Answer<Rotation> {
        let before = now.plus_millis(-1);
        AuthorizationTokens::rotate(store, current, successor, grace_until, record, before).await
    }
}

/// Lets the one who comes second win too.
pub(crate) struct TwoWinners;

impl BreaksAuthorizationTokens for TwoWinners {
    async fn rotate(
        store: &MemoryStore,
        current: AuthorizationTokenId,
        successor: &AuthorizationToken,
        grace_until: Option<Timestamp>,
        record: Record<'_>,
        now: Timestamp,
    ) -> Answer<Rotation> {
        match AuthorizationTokens::rotate(store, current, successor, grace_until, record, now).await? {
            Rotation::Refused(Standing::Rotated) => keep(store, successor, record, now).await,
            other => Ok(other),
        }
    }
}

/// Judges the token, and rotates it afterwards: right as long as one comes after the other.
pub(crate) struct JudgedBefore;

impl BreaksAuthorizationTokens for JudgedBefore {
    async fn rotate(
        store: &MemoryStore,
        current: AuthorizationTokenId,
        successor: &AuthorizationToken,
        grace_until: Option<Timestamp>,
        record: Record<'_>,
        now: Timestamp,
    ) -> Answer<Rotation> {
        let found = store.find_by_id(current).await?;
        let standing = found.map(|found| found.standing(now));
        meanwhile().await;
        match AuthorizationTokens::rotate(store, current, successor, grace_until, record, now).await? {
            Rotation::Refused(_) if standing == Some(Standing::Live) => {
                keep(store, successor, record, now).await
            }
            other => Ok(other),
        }
    }
}

/// Keeps the successor, and does not retire the token before it.
pub(crate) struct OrphanSuccessor;

impl BreaksAuthorizationTokens for OrphanSuccessor {
    async fn rotate(
        store: &MemoryStore,
        _: AuthorizationTokenId,
        successor: &AuthorizationToken,
        _: Option<Timestamp>,
        record: Record<'_>,
        now: Timestamp,
    ) -> Answer<Rotation> {
        keep(store, successor, record, now).await
    }
}

/// Tells those who come too late that the database is locked.
pub(crate) struct LoserIsAnError;

impl BreaksAuthorizationTokens for LoserIsAnError {
    async fn rotate(
        store: &MemoryStore,
        current: AuthorizationTokenId,
        successor: &AuthorizationToken,
        grace_until: Option<Timestamp>,
        record: Record<'_>,
        now: Timestamp,
    ) -> Answer<Rotation> {
        match AuthorizationTokens::rotate(store, current, successor, grace_until, record, now).await? {
            Rotation::Refused(_) => Err(StoreError::new("the database is locked")),
            other => Ok(other),
        }
    }
}

/// Writes to the log first and is refused afterwards.
pub(crate) struct RefusedRotationIsEntered;

impl BreaksAuthorizationTokens for RefusedRotationIsEntered {
    async fn rotate(
        store: &MemoryStore,
        current: AuthorizationTokenId,
        successor: &AuthorizationToken,
        grace_until: Option<Timestamp>,
        record: Record<'_>,
        now: Timestamp,
    ) -> Answer<Rotation> {
        let rotation =
            AuthorizationTokens::rotate(store, current, successor, grace_until, record, now).await?;
        if rotation != Rotation::Rotated {
            store.append(record.entry).await?;
        }
        Ok(rotation)
    }
}

/// Does not keep how long the token is served on.
pub(crate) struct GraceForgotten;

impl BreaksAuthorizationTokens for GraceForgotten {
    async fn rotate(
        store: &MemoryStore,
        current: AuthorizationTokenId,
        successor: &AuthorizationToken,
        _: Option<Timestamp>,
        record: Record<'_>,
        now: Timestamp,
    ) -> Answer<Rotation> {
        AuthorizationTokens::rotate(store, current, successor, None, record, now).await
    }
}

/// Rotates whatever is served.
pub(crate) struct RotatesInGrace;

impl BreaksAuthorizationTokens for RotatesInGrace {
    async fn rotate(
        store: &MemoryStore,
        current: AuthorizationTokenId,
        successor: &AuthorizationToken,
        grace_until: Option<Timestamp>,
        record: Record<'_>,
        now: Timestamp,
    ) -> Answer<Rotation> {
        match AuthorizationTokens::rotate(store, current, successor, grace_until, record, now).await? {
            Rotation::Refused(Standing::Grace) => keep(store, successor, record, now).await,
            other => Ok(other),
        }
    }
}

/// Says that the key is taken to one whose own rotation took it.
pub(crate) struct KeyJudgedFirst;

impl BreaksAuthorizationTokens for KeyJudgedFirst {
    async fn rotate(
        store: &MemoryStore,
        current: AuthorizationTokenId,
        successor: &AuthorizationToken,
        grace_until: Option<Timestamp>,
        record: Record<'_>,
        now: Timestamp,
    ) -> Answer<Rotation> {
        if let Some(answer) = record.answer {
            let stored = AuthorizationTokens::answer(store, answer.caller, &answer.request.key, now).await?;
            if stored.is_some() {
                return Ok(Rotation::KeyTaken);
            }
        }
        AuthorizationTokens::rotate(store, current, successor, grace_until, record, now).await
    }
}

/// Never looks whether the key was used.
pub(crate) struct RotationKeyUnchecked;

impl BreaksAuthorizationTokens for RotationKeyUnchecked {
    async fn rotate(
        store: &MemoryStore,
        current: AuthorizationTokenId,
        successor: &AuthorizationToken,
        grace_until: Option<Timestamp>,
        record: Record<'_>,
        now: Timestamp,
    ) -> Answer<Rotation> {
        let without_key = Record {
            answer: None,
            ..record
        };
        AuthorizationTokens::rotate(store, current, successor, grace_until, without_key, now).await
    }
}

/// Counts a successor as one token more.
pub(crate) struct LimitApplied;

impl BreaksAuthorizationTokens for LimitApplied {
    async fn rotate(
        store: &MemoryStore,
        current: AuthorizationTokenId,
        successor: &AuthorizationToken,
        grace_until: Option<Timestamp>,
        record: Record<'_>,
        now: Timestamp,
    ) -> Answer<Rotation> {
        let live = TokenFilter {
            visible_to: Permissions::ALL,
            states: TokenStates::Live,
        };
        let page = PageRequest::default();
        let page = AuthorizationTokens::list(store, successor.organization, live, page, now).await?;
        if page.total_count >= MAX_LIVE_TOKENS {
            return Ok(Rotation::Refused(Standing::Live));
        }
        AuthorizationTokens::rotate(store, current, successor, grace_until, record, now).await
    }
}
