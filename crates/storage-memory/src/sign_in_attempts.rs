//! Attempts to sign in to the dashboard, in memory.

use async_trait::async_trait;
use symbolon_domain::{
    idempotency::RequestFingerprint,
    port::{StoreError, sign_in_attempts::SignInAttempts},
    sign_in_attempts::{Attempt, attempt},
    time::Timestamp,
};

use crate::MemoryStore;

#[async_trait]
impl SignInAttempts for MemoryStore {
    async fn begin(&self, account: &RequestFingerprint, now: Timestamp) -> Result<Attempt, StoreError> {
        let mut state = self.lock();
        let judged = attempt(state.attempts.get(&account.0).copied(), now);
        if let Attempt::Allowed(attempts) = judged {
            state.attempts.insert(account.0, attempts);
        }
        Ok(judged)
    }

    async fn clear(&self, account: &RequestFingerprint) -> Result<bool, StoreError> {
        Ok(self.lock().attempts.remove(&account.0).is_some())
    }

    async fn forget(&self, now: Timestamp) -> Result<u64, StoreError> {
        let mut state = self.lock();
        let before = state.attempts.len();
        state
            .attempts
            .retain(|_, attempts| attempts.remembered_until.is_ahead_of(now));
        Ok(u64::try_from(before - state.attempts.len()).unwrap_or(u64::MAX))
    }
}
