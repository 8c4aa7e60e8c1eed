//! Waiting for what must become so, and no longer than that takes.

use std::time::{Duration, Instant};

/// How long anything may take before it counts as never: generous, for machines are slow at times.
pub const DEADLINE: Duration = Duration::from_mins(1);

/// How long it takes until we look again.
pub(crate) const AGAIN: Duration = Duration::from_millis(10);

/// Returns as soon as it holds.
pub async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let start = Instant::now();
    while !holds().await {
        assert!(start.elapsed() < DEADLINE, "never came true: {what}");
        tokio::time::sleep(AGAIN).await;
    }
}
