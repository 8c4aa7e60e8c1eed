//! How often each link was opened, gathered in memory and written in batches, off the path of requests.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::{
    id::AccessTokenId,
    port::{StoreError, access_tokens::AccessTokens},
    time::Timestamp,
};

/// The most tokens that wait at once, about 5 MiB. Beyond it opens of further tokens are dropped: they are a hint, for
/// nobody can tell a mail scanner from a person.
const MAX_WAITING: usize = 100_000;

/// How many are written in one step, so that a claim never waits long for it.
const AT_ONCE: usize = 500;

/// Opened links that wait to be counted.
#[derive(Debug, Default)]
pub struct PendingOpens {
    waiting: Mutex<HashMap<AccessTokenId, (u64, Timestamp)>>,
}

impl PendingOpens {
    /// Notes that a link was opened; costs no I/O.
    pub fn note(&self, token: AccessTokenId, at: Timestamp) {
        self.add(token, 1, at);
    }

    fn add(&self, token: AccessTokenId, count: u64, at: Timestamp) {
        let mut waiting = self.lock();
        if waiting.len() < MAX_WAITING || waiting.contains_key(&token) {
            let (so_far, first) = waiting.entry(token).or_insert((0, at));
            *so_far = so_far.saturating_add(count);
            *first = at.min(*first);
        }
    }

    /// Writes what waits, and says how many tokens that were.
    ///
    /// # Errors
    /// Where the store cannot answer; what waited then waits on.
    pub async fn flush(&self, access: &dyn AccessTokens) -> Result<usize, StoreError> {
        let opens: Vec<_> = std::mem::take(&mut *self.lock())
            .into_iter()
            .map(|(token, (count, first))| (token, count, first))
            .collect();
        let mut written = 0;
        for part in opens.chunks(AT_ONCE) {
            if let Err(error) = access.record_opens(part).await {
                for (token, count, first) in opens.get(written..).unwrap_or_default() {
                    self.add(*token, *count, *first);
                }
                return Err(error);
            }
            written += part.len();
        }
        Ok(written)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<AccessTokenId, (u64, Timestamp)>> {
        // Every change of the map is a single insertion, so a panic elsewhere leaves it whole.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
