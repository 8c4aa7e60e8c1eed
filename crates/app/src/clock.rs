//! The clock of the operating system, held still while it steps back.

use std::{
    sync::atomic::{AtomicI64, Ordering},
    time::{SystemTime, UNIX_EPOCH},
};

use symbolon_domain::{port::clock::Clock, time::Timestamp};

/// How far the system's clock may fall behind before it is said, in milliseconds.
const WORTH_SAYING: i64 = 5_000;

/// The system's clock, which never says an earlier instant than it said before.
#[derive(Debug)]
pub(crate) struct SystemClock {
    latest: AtomicI64,
    behind: std::sync::atomic::AtomicBool,
}

impl SystemClock {
    pub(crate) const fn new() -> Self {
        Self {
            latest: AtomicI64::new(i64::MIN),
            behind: std::sync::atomic::AtomicBool::new(false),
        }
    }

    /// The latest of what the system says and what was said before.
    fn advance_to(&self, system: i64) -> i64 {
        let latest = self.latest.fetch_max(system, Ordering::SeqCst).max(system);
        let is_behind = latest - system > WORTH_SAYING;
        if self.behind.swap(is_behind, Ordering::Relaxed) != is_behind && is_behind {
            tracing::warn!(
                behind_ms = latest - system,
                "the system's clock stepped back; time stands still until it has caught up"
            );
        }
        latest
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        #[expect(clippy::disallowed_methods, reason = "this is the Clock port's adapter")]
        let now = SystemTime::now();
        // Before 1970 a clock is not set; it then counts as 1970.
        let millis = now
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| since.as_millis());
        Timestamp::from_millis(self.advance_to(i64::try_from(millis).unwrap_or(i64::MAX)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    symbolon_contract::clock_contract!(SystemClock::new);

    #[test]
    fn it_stands_still_while_the_system_steps_back() {
        let clock = SystemClock::new();
        assert_eq!(clock.advance_to(10_000), 10_000);
        assert_eq!(clock.advance_to(4_000), 10_000);
        assert_eq!(clock.advance_to(10_001), 10_001);
    }
}
