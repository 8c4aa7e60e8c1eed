//! Who may work when: a few at once, a few more in a queue, and nobody else.

use std::{num::NonZeroU8, sync::Arc, time::Duration};

use symbolon_domain::port::passwords::PasswordsError;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

/// How many wait at most.
pub(super) const WAITING: usize = 16;
/// How long somebody waits at most.
const PATIENCE: Duration = Duration::from_secs(5);

/// Turns to be taken. Clones share them.
#[derive(Clone)]
pub(super) struct Turns {
    /// For those who work and those who wait.
    room: Arc<Semaphore>,
    /// For those who work.
    free: Arc<Semaphore>,
}

/// A turn, which ends when it is dropped.
pub(super) struct Turn {
    _free: OwnedSemaphorePermit,
    _room: OwnedSemaphorePermit,
}

impl Turns {
    pub(super) fn new(at_once: NonZeroU8) -> Self {
        let at_once = usize::from(at_once.get());
        Self {
            room: Arc::new(Semaphore::new(at_once + WAITING)),
            free: Arc::new(Semaphore::new(at_once)),
        }
    }

    /// Waits for a turn: first come, first served.
    pub(super) async fn take(&self) -> Result<Turn, PasswordsError> {
        let busy = || PasswordsError::Busy;
        let room = Arc::clone(&self.room).try_acquire_owned().map_err(|_| busy())?;
        let free = timeout(PATIENCE, Arc::clone(&self.free).acquire_owned())
            .await
            .map_err(|_| busy())?
            .map_err(|_| busy())?;
        Ok(Turn {
            _free: free,
            _room: room,
        })
    }
}
