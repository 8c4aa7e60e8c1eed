//! Flaws in keeping a new token.

use symbolon_domain::{
    authorization_token::{AuthorizationToken, MAX_LIVE_TOKENS, TokenFilter, TokenStates},
    page::PageRequest,
    permissions::Permissions,
    port::{
        activity::ActivityLog,
        authorization_tokens::{AuthorizationTokens, Insertion, Record},
    },
    sealed::SealedSecret,
    text::Description,
    time::Timestamp,
};
use symbolon_storage_memory::MemoryStore;

use crate::flaw::{Answer, BreaksAuthorizationTokens, meanwhile};

async fn count(
    store: &MemoryStore,
    token: &AuthorizationToken,
    states: TokenStates,
    now: Timestamp,
) -> Answer<u64> {
    let filter = TokenFilter {
        visible_to: Permissions::ALL,
        states,
    };
    let page = PageRequest::new(1, 1);
    let page = AuthorizationTokens::list(store, token.organization, filter, page, now).await?;
    Ok(page.total_count)
}

/// Counts, and inserts afterwards: at an instant at which all tokens have expired, the limit below is never reached.
pub(crate) struct LimitCountedBefore;

impl BreaksAuthorizationTokens for LimitCountedBefore {
    async fn insert(
        store: &MemoryStore,
        token: &AuthorizationToken,
        record: Record<'_>,
        now: Timestamp,
    ) -> Answer<Insertion> {
        if count(store, token, TokenStates::Live, now).await? >= MAX_LIVE_TOKENS {
            return Ok(Insertion::LimitReached);
        }
        meanwhile().await;
        AuthorizationTokens::insert(store, token, record, Timestamp::MAX).await
    }
}

/// Counts every token that the organization ever had.
pub(crate) struct LimitCountsTheRetired;

impl BreaksAuthorizationTokens for LimitCountsTheRetired {
    async fn insert(
        store: &MemoryStore,
        token: &AuthorizationToken,
        record: Record<'_>,
        now: Timestamp,
    ) -> Answer<Insertion> {
        if count(store, token, TokenStates::All, now).await? >= MAX_LIVE_TOKENS {
            return Ok(Insertion::LimitReached);
        }
        AuthorizationTokens::insert(store, token, record, now).await
    }
}

/// Judges the limit before the key and the caller.
pub(crate) struct LimitJudgedFirst;

impl BreaksAuthorizationTokens for LimitJudgedFirst {
    async fn insert(
        store: &MemoryStore,
        token: &AuthorizationToken,
        record: Record<'_>,
        now: Timestamp,
    ) -> Answer<Insertion> {
        if count(store, token, TokenStates::Live, now).await? >= MAX_LIVE_TOKENS {
            return Ok(Insertion::LimitReached);
        }
        AuthorizationTokens::insert(store, token, record, now).await
    }
}

/// Leaves it to the use case whether the caller is still good.
pub(crate) struct CallerUnchecked;

impl BreaksAuthorizationTokens for CallerUnchecked {
    async fn insert(
        store: &MemoryStore,
        token: &AuthorizationToken,
        record: Record<'_>,
        now: Timestamp,
    ) -> Answer<Insertion> {
        let by_nobody = AuthorizationToken {
            created_by: None,
            ..token.clone()
        };
        AuthorizationTokens::insert(store, &by_nobody, record, now).await
    }
}

/// Never looks whether the key was used.
pub(crate) struct InsertionKeyUnchecked;

impl BreaksAuthorizationTokens for InsertionKeyUnchecked {
    async fn insert(
        store: &MemoryStore,
        token: &AuthorizationToken,
        record: Record<'_>,
        now: Timestamp,
    ) -> Answer<Insertion> {
        let without_key = Record {
            answer: None,
            ..record
        };
        AuthorizationTokens::insert(store, token, without_key, now).await
    }
}

/// Writes to the log first and is refused afterwards.
pub(crate) struct RefusedInsertionIsEntered;

impl BreaksAuthorizationTokens for RefusedInsertionIsEntered {
    async fn insert(
        store: &MemoryStore,
        token: &AuthorizationToken,
        record: Record<'_>,
        now: Timestamp,
    ) -> Answer<Insertion> {
        let insertion = AuthorizationTokens::insert(store, token, record, now).await?;
        if insertion != Insertion::Inserted {
            store.append(record.entry).await?;
        }
        Ok(insertion)
    }
}

/// Writes flaws that keep another token than the one that was given.
macro_rules! kept_otherwise {
    ($($(#[$doc:meta])* $flaw:ident = $change:expr;)*) => {$(
        $(#[$doc])*
        pub(crate) struct $flaw;

        impl BreaksAuthorizationTokens for $flaw {
            async fn insert(
                store: &MemoryStore,
                token: &AuthorizationToken,
                record: Record<'_>,
                now: Timestamp,
            ) -> Answer<Insertion> {
                let change: fn(&mut AuthorizationToken) = $change;
                let mut token = token.clone();
                change(&mut token);
                AuthorizationTokens::insert(store, &token, record, now).await
            }
        }
    )*};
}

kept_otherwise! {
    /// A column that nobody missed.
    FieldForgotten = |token| token.replayable_until = None;
    /// A column of 255 bytes.
    BytesForCharacters = |token| {
        if let Some(description) = &token.description {
            let text = description.as_str();
            let end = (0..=text.len().min(255)).rev().find(|end| text.is_char_boundary(*end));
            token.description = Description::parse(&text[..end.unwrap()]).ok();
        }
    };
    /// A column of whole seconds.
    SecondsOnly = |token| {
        let seconds = token.created_at.as_millis().div_euclid(1_000);
        token.created_at = Timestamp::from_millis(seconds * 1_000);
    };
    /// A column of 32 bits with a sign.
    SignedCounts = |token| {
        token.generation = token.generation.min(i32::MAX.unsigned_abs());
    };
    /// No column for the predecessor.
    PredecessorForgotten = |token| {
        token.rotated_from = None;
    };
    /// A column of text.
    TextForBytes = |token| {
        if let Some(sealed) = &token.sealed {
            let text = String::from_utf8_lossy(sealed.as_bytes()).into_owned();
            token.sealed = Some(SealedSecret::from_bytes(text.into_bytes()));
        }
    };
}
