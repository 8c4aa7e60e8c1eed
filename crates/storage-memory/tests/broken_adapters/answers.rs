//! Flaws in keeping answers.

use symbolon_domain::{
    authorization_token::AuthorizationToken,
    id::AuthorizationTokenId,
    idempotency::{IdempotencyKey, StoredAnswer},
    port::authorization_tokens::{AuthorizationTokens, Insertion, Record},
    time::Timestamp,
};
use symbolon_storage_memory::MemoryStore;

use crate::flaw::{Answer, BreaksAuthorizationTokens};

/// Gives answers for good.
pub(crate) struct NeverExpires;

impl BreaksAuthorizationTokens for NeverExpires {
    async fn answer(
        store: &MemoryStore,
        caller: AuthorizationTokenId,
        key: &IdempotencyKey,
        _: Timestamp,
    ) -> Answer<Option<StoredAnswer>> {
        AuthorizationTokens::answer(store, caller, key, Timestamp::MIN).await
    }
}

/// Gives an answer at the very instant of its expiry.
pub(crate) struct InclusiveAnswerExpiry;

impl BreaksAuthorizationTokens for InclusiveAnswerExpiry {
    async fn answer(
        store: &MemoryStore,
        caller: AuthorizationTokenId,
        key: &IdempotencyKey,
        now: Timestamp,
    ) -> Answer<Option<StoredAnswer>> {
        AuthorizationTokens::answer(store, caller, key, now.plus_millis(-1)).await
    }
}

/// Compares keys as a database does whose collation folds case.
pub(crate) struct CaseIgnored;

impl BreaksAuthorizationTokens for CaseIgnored {
    async fn answer(
        store: &MemoryStore,
        caller: AuthorizationTokenId,
        key: &IdempotencyKey,
        now: Timestamp,
    ) -> Answer<Option<StoredAnswer>> {
        let key = IdempotencyKey::parse(&key.as_str().to_lowercase()).unwrap();
        AuthorizationTokens::answer(store, caller, &key, now).await
    }
}

/// Has a row under the key, and does not look how old it is.
pub(crate) struct KeyTakenForGood;

impl BreaksAuthorizationTokens for KeyTakenForGood {
    async fn insert(
        store: &MemoryStore,
        token: &AuthorizationToken,
        record: Record<'_>,
        now: Timestamp,
    ) -> Answer<Insertion> {
        if let Some(answer) = record.answer {
            let (caller, key) = (answer.caller, &answer.request.key);
            let stored = AuthorizationTokens::answer(store, caller, key, Timestamp::MIN).await?;
            if let Some(stored) = stored {
                return Ok(Insertion::Answered(Box::new(stored)));
            }
        }
        AuthorizationTokens::insert(store, token, record, now).await
    }
}

/// Counts an answer, for everyone who asks, whether or not there was one.
pub(crate) struct EveryoneCounts;

impl BreaksAuthorizationTokens for EveryoneCounts {
    async fn forget_answers(store: &MemoryStore, now: Timestamp) -> Answer<u64> {
        Ok(AuthorizationTokens::forget_answers(store, now).await?.max(1))
    }
}
