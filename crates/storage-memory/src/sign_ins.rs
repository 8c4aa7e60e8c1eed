//! Sign-ins under way in memory.

use async_trait::async_trait;
use symbolon_domain::{
    id::AccessTokenId,
    port::{StoreError, sign_ins::SignIns},
    sealed::TokenDigest,
    sign_in::{MAX_PENDING_PER_TOKEN, PendingSignIn},
    time::Timestamp,
};

use crate::{MemoryStore, dossier::taken, state::State};

#[async_trait]
impl SignIns for MemoryStore {
    async fn begin(&self, sign_in: &PendingSignIn, now: Timestamp) -> Result<(), StoreError> {
        let mut state = self.lock();
        if state.sign_ins.contains_key(&sign_in.state) {
            return Err(taken());
        }
        if let Some(token) = sign_in.purpose.token() {
            if !state.access.contains_key(&token) {
                return Ok(());
            }
            make_room(&mut state, token, now);
        }
        state.sign_ins.insert(sign_in.state, sign_in.clone());
        Ok(())
    }

    async fn finish(
        &self,
        state: &TokenDigest,
        browser: &TokenDigest,
        now: Timestamp,
    ) -> Result<Option<PendingSignIn>, StoreError> {
        let mut kept = self.lock();
        let is_theirs = kept
            .sign_ins
            .get(state)
            .is_some_and(|found| found.browser == *browser && found.expires_at.is_ahead_of(now));
        Ok(is_theirs.then(|| kept.sign_ins.remove(state)).flatten())
    }

    async fn forget(&self, now: Timestamp) -> Result<u64, StoreError> {
        let mut state = self.lock();
        let before = state.sign_ins.len();
        state
            .sign_ins
            .retain(|_, sign_in| sign_in.expires_at.is_ahead_of(now));
        Ok(u64::try_from(before - state.sign_ins.len()).unwrap_or(u64::MAX))
    }
}

/// Leaves room for one more sign-in for this token.
fn make_room(state: &mut State, token: AccessTokenId, now: Timestamp) {
    let mut waiting: Vec<_> = state
        .sign_ins
        .values()
        .filter(|sign_in| sign_in.purpose.token() == Some(token) && sign_in.expires_at.is_ahead_of(now))
        .map(|sign_in| (sign_in.expires_at, sign_in.state))
        .collect();
    waiting.sort_by_key(|(expires_at, _)| *expires_at);
    let surplus = (waiting.len() + 1).saturating_sub(MAX_PENDING_PER_TOKEN);
    for (_, oldest) in waiting.into_iter().take(surplus) {
        state.sign_ins.remove(&oldest);
    }
}
