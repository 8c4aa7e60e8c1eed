//! Something that a provider says of itself, kept for a while, and asked for once whoever many want it.

use std::{future::Future, sync::Arc};

use symbolon_domain::{
    port::{clock::Clock, sign_in::SignInError},
    time::Timestamp,
};
use tokio::sync::{Mutex, OwnedMutexGuard};

/// How long it is believed, in seconds: a day.
const LIFE: i64 = 24 * 60 * 60;
/// How long it is still believed where the provider cannot be reached: another day.
const LAST_RESORT: i64 = 2 * LIFE;
/// How long nobody asks again after a failure, in seconds.
const AFTER_FAILURE: i64 = 10;
/// How long nobody asks again after a [renewal](Shelf::renew), in seconds.
const AFTER_RENEWAL: i64 = 60;

/// Keeps one thing.
pub(crate) struct Shelf<T> {
    slot: Arc<Mutex<Slot<T>>>,
    clock: Arc<dyn Clock>,
}

struct Slot<T> {
    kept: Option<(Arc<T>, Timestamp)>,
    failure: Option<(SignInError, Timestamp)>,
    renewed_at: Option<Timestamp>,
}

impl<T: Send + Sync + 'static> Shelf<T> {
    /// An empty shelf.
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        let slot = Slot {
            kept: None,
            failure: None,
            renewed_at: None,
        };
        Self {
            slot: Arc::new(Mutex::new(slot)),
            clock,
        }
    }

    /// What is kept, or else what `fetch` brings. Others who ask meanwhile wait for the same answer.
    pub(crate) async fn get<F>(&self, fetch: F) -> Result<Arc<T>, SignInError>
    where
        F: Future<Output = Result<T, SignInError>> + Send + 'static,
    {
        let slot = Arc::clone(&self.slot).lock_owned().await;
        let now = self.clock.now();
        if let Some(answer) = slot.answer(now) {
            return answer;
        }
        match fill(slot, now, fetch).await {
            // What was kept before may do for a while.
            Err(error) => self.slot.lock().await.answer(now).unwrap_or(Err(error)),
            fetched => fetched,
        }
    }

    /// What `fetch` brings now, because what was `seen` does not do; or what somebody else has brought since.
    ///
    /// `None` where that was tried within the last minute.
    pub(crate) async fn renew<F>(&self, seen: &Arc<T>, fetch: F) -> Result<Option<Arc<T>>, SignInError>
    where
        F: Future<Output = Result<T, SignInError>> + Send + 'static,
    {
        let mut slot = Arc::clone(&self.slot).lock_owned().await;
        let now = self.clock.now();
        if let Some((kept, _)) = &slot.kept
            && !Arc::ptr_eq(kept, seen)
        {
            return Ok(Some(Arc::clone(kept)));
        }
        if slot
            .renewed_at
            .is_some_and(|at| at.plus_seconds(AFTER_RENEWAL).is_ahead_of(now))
        {
            return Ok(None);
        }
        slot.renewed_at = Some(now);
        fill(slot, now, fetch).await.map(Some)
    }
}

/// Fetches in a task of its own, so that a caller who goes away does not leave the others without an answer.
async fn fill<T, F>(
    mut slot: OwnedMutexGuard<Slot<T>>,
    now: Timestamp,
    fetch: F,
) -> Result<Arc<T>, SignInError>
where
    T: Send + Sync + 'static,
    F: Future<Output = Result<T, SignInError>> + Send + 'static,
{
    tokio::spawn(async move {
        match fetch.await {
            Ok(thing) => {
                let thing = Arc::new(thing);
                slot.kept = Some((Arc::clone(&thing), now));
                slot.failure = None;
                Ok(thing)
            }
            Err(error) => {
                slot.failure = Some((error.clone(), now));
                Err(error)
            }
        }
    })
    .await
    .unwrap_or_else(|_| Err(SignInError::Unreachable("asking it was interrupted".into())))
}

impl<T> Slot<T> {
    /// The answer for now; `None` where the provider has to be asked.
    fn answer(&self, now: Timestamp) -> Option<Result<Arc<T>, SignInError>> {
        let kept_for = |seconds| {
            let (thing, at) = self.kept.as_ref()?;
            at.plus_seconds(seconds)
                .is_ahead_of(now)
                .then(|| Arc::clone(thing))
        };
        if let Some(thing) = kept_for(LIFE) {
            return Some(Ok(thing));
        }
        let (error, at) = self.failure.as_ref()?;
        if !at.plus_seconds(AFTER_FAILURE).is_ahead_of(now) {
            return None;
        }
        match error {
            SignInError::Unreachable(_) => Some(kept_for(LAST_RESORT).ok_or_else(|| error.clone())),
            _ => Some(Err(error.clone())),
        }
    }
}

#[cfg(test)]
mod tests;
