//! Removing the changes that nobody needs any more.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use symbolon_domain::port::StoreError;

use super::changes::Mark;
use crate::DieselStore;

/// How long changes stay after they were seen here: much longer than anybody keeps a token that was read before. When a row
/// was written says nothing: its transaction may have committed a moment ago.
const STAYS: Duration = Duration::from_mins(5);

/// Up to where changes were seen, and when.
#[derive(Default)]
pub(crate) struct Sweep(Mutex<Option<(Instant, Mark)>>);

impl Sweep {
    fn seen(&self) -> MutexGuard<'_, Option<(Instant, Mark)>> {
        // A panic elsewhere leaves it whole: every change of it is a single step.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl DieselStore {
    /// Removes the changes that an earlier call has seen five minutes ago, and says how many.
    pub(crate) async fn forget_changes(&self, now: Instant) -> Result<u64, StoreError> {
        let seen = self.lookups.sweep.seen().clone();
        let removed = match seen {
            Some((at, _)) if now.saturating_duration_since(at) < STAYS => return Ok(0),
            Some((_, mark)) => {
                self.in_steps(move |connection, most| mark.remove_some(connection, most))
                    .await?
            }
            None => 0,
        };
        let mark = self.read(Mark::now).await?;
        *self.lookups.sweep.seen() = Some((now, mark));
        Ok(removed)
    }
}
