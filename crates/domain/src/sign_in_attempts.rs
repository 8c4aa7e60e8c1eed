//! How guessing at an account is slowed down: every attempt counts as a failure until it has succeeded, so that no number of
//! attempts at once is worth more than one.

use crate::time::Timestamp;

/// After so many failures in a row, an account has to wait until the next day, or for somebody who unlocks it.
pub const MAX_FAILURES: u32 = 100;
/// Failures are forgotten after so many seconds without another: 1 day.
pub const FORGET_SECONDS: i64 = 24 * 60 * 60;

/// How long to wait after so many failures in a row, in seconds.
#[must_use]
pub const fn pause_after(failures: u32) -> i64 {
    match failures {
        0 => 0,
        1..3 => 1,
        3..9 => 3,
        9..25 => 5,
        25..MAX_FAILURES => 10,
        MAX_FAILURES.. => FORGET_SECONDS,
    }
}

/// What is kept of the attempts at an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempts {
    /// Failures in a row.
    pub failures: u32,
    /// Until when no attempt is taken.
    pub blocked_until: Timestamp,
    /// Until when they are remembered.
    pub remembered_until: Timestamp,
}

/// What becomes of an attempt that begins now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// It may be made, and counts as failed until it succeeds: this is what is kept.
    Allowed(Attempts),
    /// It comes too soon; nothing is counted.
    TooSoon {
        /// From when on one may be made.
        from: Timestamp,
    },
}

/// Judges an attempt that begins now, by what is kept of earlier ones.
#[must_use]
pub fn attempt(earlier: Option<Attempts>, now: Timestamp) -> Attempt {
    let remembered = earlier.filter(|attempts| attempts.remembered_until.is_ahead_of(now));
    if let Some(attempts) = remembered
        && attempts.blocked_until.is_ahead_of(now)
    {
        return Attempt::TooSoon {
            from: attempts.blocked_until,
        };
    }
    let failures = remembered
        .map_or(0, |attempts| attempts.failures)
        .saturating_add(1);
    Attempt::Allowed(Attempts {
        failures,
        blocked_until: now.plus_seconds(pause_after(failures)),
        remembered_until: now.plus_seconds(FORGET_SECONDS),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(seconds * 1_000)
    }

    /// How many attempts somebody has who tries every second, within so many seconds.
    fn tried(seconds: i64) -> u32 {
        let mut kept = None;
        let mut tried = 0;
        for second in 0..seconds {
            if let Attempt::Allowed(attempts) = attempt(kept, at(second)) {
                kept = Some(attempts);
                tried += 1;
            }
        }
        tried
    }

    #[test]
    fn guessing_grows_slower_and_ends_for_the_day() {
        // 2 at a pause of 1 s, 6 of 3 s, 16 of 5 s, 75 of 10 s, and the hundredth closes the account.
        assert_eq!(tried(2), 2);
        assert_eq!(tried(2 + 6 * 3), 8);
        assert_eq!(tried(2 + 6 * 3 + 16 * 5), 24);
        assert_eq!(tried(100_000 - 14_000), 100);
        assert_eq!(tried(86_400 + 850 + 1), 101);
    }

    #[test]
    fn too_soon_counts_nothing_and_says_from_when() {
        let Attempt::Allowed(first) = attempt(None, at(0)) else {
            panic!("the first attempt is allowed");
        };
        assert_eq!((first.failures, first.blocked_until), (1, at(1)));
        assert_eq!(attempt(Some(first), at(0)), Attempt::TooSoon { from: at(1) });
        let Attempt::Allowed(second) = attempt(Some(first), at(1)) else {
            panic!("a second later it is allowed");
        };
        assert_eq!(second.failures, 2);
    }

    #[test]
    fn failures_are_forgotten_after_a_day() {
        let old = Attempts {
            failures: 99,
            blocked_until: at(10),
            remembered_until: at(FORGET_SECONDS),
        };
        let Attempt::Allowed(fresh) = attempt(Some(old), at(FORGET_SECONDS)) else {
            panic!("a day later it is allowed");
        };
        assert_eq!(fresh.failures, 1);
    }
}
