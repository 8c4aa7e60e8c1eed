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

/// For how long after a use was written further uses of the same token are not, in seconds: a program that calls all day
/// would have its token written every few.
const WRITTEN_AGAIN_AFTER: i64 = 30;

/// Uses that wait to be written.
#[derive(Debug, Default)]
pub struct PendingUses {
    uses: Mutex<Uses>,
}

#[derive(Debug, Default)]
struct Uses {
    waiting: HashMap<AuthorizationTokenId, Timestamp>,
    /// What was written a moment ago.
    written: HashMap<AuthorizationTokenId, Timestamp>,
}

impl PendingUses {
    /// Notes that a token was used, unless that was written in the last 30 seconds; costs no I/O.
    pub fn note(&self, token: AuthorizationTokenId, at: Timestamp) {
        self.lock().note(token, at);
    }

    /// Writes what waits, and says how many tokens that were.
    ///
    /// # Errors
    /// Where the store cannot answer; what waited then waits on.
    pub async fn flush(&self, tokens: &dyn AuthorizationTokens) -> Result<usize, StoreError> {
        let uses: Vec<_> = std::mem::take(&mut self.lock().waiting).into_iter().collect();
        if uses.is_empty() {
            return Ok(0);
        }
        let written = tokens.record_use(&uses).await;
        let mut kept = self.lock();
        match written {
            Ok(()) => kept.remember(&uses),
            Err(_) => {
                for (token, at) in &uses {
                    kept.note(*token, *at);
                }
            }
        }
        written.map(|()| uses.len())
    }

    fn lock(&self) -> MutexGuard<'_, Uses> {
        // Every change is a single insertion, so a panic elsewhere leaves the maps whole.
        self.uses.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Uses {
    fn note(&mut self, token: AuthorizationTokenId, at: Timestamp) {
        let is_recent = |written: &Timestamp| written.plus_seconds(WRITTEN_AGAIN_AFTER).is_ahead_of(at);
        if self.written.get(&token).is_some_and(is_recent) {
            return;
        }
        if self.waiting.len() < MAX_WAITING || self.waiting.contains_key(&token) {
            let latest = self.waiting.entry(token).or_insert(at);
            *latest = at.max(*latest);
        }
    }

    /// Remembers what was written, and forgets what was so too long ago to matter.
    fn remember(&mut self, uses: &[(AuthorizationTokenId, Timestamp)]) {
        let latest = uses.iter().map(|(_, at)| *at).max();
        self.written.retain(|_, at| {
            latest.is_some_and(|latest| at.plus_seconds(WRITTEN_AGAIN_AFTER).is_ahead_of(latest))
        });
        // Where there is no room, some are written more often.
        let room = MAX_WAITING.saturating_sub(self.written.len());
        self.written.extend(uses.iter().take(room).copied());
    }
}
