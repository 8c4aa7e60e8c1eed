//! What time it is.

use crate::time::Timestamp;

/// The one account of time.
pub trait Clock: Send + Sync {
    /// The current instant.
    ///
    /// Never earlier than what the same clock said before: an adapter over a clock that can step back must hold still
    /// until it has caught up.
    fn now(&self) -> Timestamp;
}
