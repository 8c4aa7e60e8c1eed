//! Flaws in counting attempts to sign in.

use std::{collections::HashMap, sync::Mutex};

use symbolon_domain::{
    idempotency::RequestFingerprint,
    port::sign_in_attempts::SignInAttempts,
    sign_in_attempts::{Attempt, Attempts, attempt},
    time::Timestamp,
};
use symbolon_storage_memory::MemoryStore;

use crate::flaw::{Answer, BreaksSignInAttempts, meanwhile};

/// Allows every attempt.
pub(crate) struct EveryGuessAllowed;

impl BreaksSignInAttempts for EveryGuessAllowed {
    async fn begin(store: &MemoryStore, account: &RequestFingerprint, now: Timestamp) -> Answer<Attempt> {
        Ok(match SignInAttempts::begin(store, account, now).await? {
            Attempt::TooSoon { .. } => attempt(None, now),
            allowed @ Attempt::Allowed(_) => allowed,
        })
    }
}

/// Takes every attempt for the first.
pub(crate) struct FailuresForgotten;

impl BreaksSignInAttempts for FailuresForgotten {
    async fn begin(store: &MemoryStore, account: &RequestFingerprint, now: Timestamp) -> Answer<Attempt> {
        let begun = SignInAttempts::begin(store, account, now).await?;
        if matches!(begun, Attempt::TooSoon { .. }) {
            return Ok(begun);
        }
        SignInAttempts::clear(store, account).await?;
        SignInAttempts::begin(store, account, now).await
    }
}

/// Has whoever comes too soon wait anew.
pub(crate) struct TooSoonCounts;

impl BreaksSignInAttempts for TooSoonCounts {
    async fn begin(store: &MemoryStore, account: &RequestFingerprint, now: Timestamp) -> Answer<Attempt> {
        Ok(match SignInAttempts::begin(store, account, now).await? {
            Attempt::TooSoon { from } => Attempt::TooSoon {
                from: from.max(now.plus_seconds(1)).plus_millis(1),
            },
            allowed @ Attempt::Allowed(_) => allowed,
        })
    }
}

/// Allows an attempt a moment too soon.
pub(crate) struct PauseTooShort;

impl BreaksSignInAttempts for PauseTooShort {
    async fn begin(store: &MemoryStore, account: &RequestFingerprint, now: Timestamp) -> Answer<Attempt> {
        SignInAttempts::begin(store, account, now.plus_millis(1)).await
    }
}

/// Tells accounts apart by the beginning of their fingerprints.
pub(crate) struct AccountsRunTogether;

impl BreaksSignInAttempts for AccountsRunTogether {
    async fn begin(store: &MemoryStore, account: &RequestFingerprint, now: Timestamp) -> Answer<Attempt> {
        let mut short = *account;
        short.0[16..].fill(0);
        SignInAttempts::begin(store, &short, now).await
    }
}

/// What is known of accounts, read in one step and written in another.
static KNOWN: Mutex<Option<HashMap<[u8; 32], Attempts>>> = Mutex::new(None);

/// Judges an attempt, and writes it in another step.
pub(crate) struct JudgedInTwoSteps;

impl BreaksSignInAttempts for JudgedInTwoSteps {
    async fn begin(_: &MemoryStore, account: &RequestFingerprint, now: Timestamp) -> Answer<Attempt> {
        let earlier = KNOWN
            .lock()
            .unwrap()
            .get_or_insert_default()
            .get(&account.0)
            .copied();
        let judged = attempt(earlier, now);
        meanwhile().await;
        if let Attempt::Allowed(attempts) = judged {
            KNOWN
                .lock()
                .unwrap()
                .get_or_insert_default()
                .insert(account.0, attempts);
        }
        Ok(judged)
    }
}

/// Says that a success has forgotten the failures.
pub(crate) struct SuccessForgetsNothing;

impl BreaksSignInAttempts for SuccessForgetsNothing {
    async fn clear(_: &MemoryStore, _: &RequestFingerprint) -> Answer<bool> {
        Ok(true)
    }
}

/// Says always that there was something to forget.
pub(crate) struct ClearedUnseen;

impl BreaksSignInAttempts for ClearedUnseen {
    async fn clear(store: &MemoryStore, account: &RequestFingerprint) -> Answer<bool> {
        SignInAttempts::clear(store, account).await?;
        Ok(true)
    }
}

/// Forgets failures a moment too early.
pub(crate) struct ForgottenEarly;

impl BreaksSignInAttempts for ForgottenEarly {
    async fn forget(store: &MemoryStore, now: Timestamp) -> Answer<u64> {
        SignInAttempts::forget(store, now.plus_millis(1)).await
    }
}

/// Forgets failures, and does not count them.
pub(crate) struct ForgottenUncounted;

impl BreaksSignInAttempts for ForgottenUncounted {
    async fn forget(store: &MemoryStore, now: Timestamp) -> Answer<u64> {
        SignInAttempts::forget(store, now).await?;
        Ok(0)
    }
}
