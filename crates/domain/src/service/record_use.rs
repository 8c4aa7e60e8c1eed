//! When each token was last used, gathered in memory and written in batches, off the path of requests.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::{
    id::AuthorizationTokenId,
    port::{StoreError, authorization_tokens::AuthorizationTokens},
    time::Timestamp,
};

/// The most tokens that wait at once, about 4 MiB. Beyond it uses of further tokens are dropped: `last_used_at` is a
/// courtesy, not a record.
const MAX_WAITING: usize = 100_000;

/// Uses that wait to be written.
#[derive(Debug, Default)]
pub struct PendingUses {
    waiting: Mutex<HashMap<AuthorizationTokenId, Timestamp>>,
}

impl PendingUses {
    /// Notes that a token was used; costs no I/O.
    pub fn note(&self, token: AuthorizationTokenId, at: Timestamp) {
        let mut waiting = self.lock();
        if waiting.len() < MAX_WAITING || waiting.contains_key(&token) {
            let latest = waiting.entry(token).or_insert(at);
            *latest = at.max(*latest);
        }
    }

    /// Writes what waits, and says how many tokens that were.
    ///
    /// # Errors
    /// Where the store cannot answer; what waited then waits on.
    pub async fn flush(&self, tokens: &dyn AuthorizationTokens) -> Result<usize, StoreError> {
        let uses: Vec<_> = std::mem::take(&mut *self.lock()).into_iter().collect();
        if uses.is_empty() {
            return Ok(0);
        }
        let written = tokens.record_use(&uses).await;
        if written.is_err() {
            for (token, at) in &uses {
                self.note(*token, *at);
            }
        }
        written.map(|()| uses.len())
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<AuthorizationTokenId, Timestamp>> {
        // Every change of the map is a single insertion, so a panic elsewhere leaves it whole.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
