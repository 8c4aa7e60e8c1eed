//! The suite is itself tested: clocks and random sources that keep every promise, and ones that break one.

use std::{
    collections::hash_map::DefaultHasher,
    hash::{Hash, Hasher},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::atomic::{AtomicI64, AtomicU64, Ordering},
};

use symbolon_contract::{clock, entropy};
use symbolon_domain::{
    port::{
        clock::Clock,
        entropy::{Entropy, EntropyError},
    },
    time::Timestamp,
};

mod ticking {
    symbolon_contract::clock_contract!(super::Ticking::default);
}

mod scrambled {
    symbolon_contract::entropy_contract!(super::Scrambled::fresh);
}

/// Steps on by a millisecond with every reading.
#[derive(Default)]
struct Ticking(AtomicI64);

impl Clock for Ticking {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.fetch_add(1, Ordering::SeqCst))
    }
}

/// Looks random, and is far from it.
struct Scrambled {
    seed: u64,
    drawn: AtomicU64,
}

impl Scrambled {
    fn fresh() -> Self {
        static MADE: AtomicU64 = AtomicU64::new(0);
        Self {
            seed: MADE.fetch_add(1, Ordering::Relaxed),
            drawn: AtomicU64::new(0),
        }
    }
}

impl Entropy for Scrambled {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), EntropyError> {
        for chunk in bytes.chunks_mut(8) {
            let mut hasher = DefaultHasher::new();
            (self.seed, self.drawn.fetch_add(1, Ordering::Relaxed)).hash(&mut hasher);
            for (place, byte) in chunk.iter_mut().zip(hasher.finish().to_be_bytes()) {
                *place = byte;
            }
        }
        Ok(())
    }
}

/// A clock or a source that is whatever its closure makes of the number of the call.
struct Broken<F> {
    calls: AtomicU64,
    behaviour: F,
}

fn broken<F>(behaviour: F) -> Broken<F> {
    Broken {
        calls: AtomicU64::new(0),
        behaviour,
    }
}

impl<F: Fn(u64) -> i64 + Send + Sync> Clock for Broken<F> {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis((self.behaviour)(self.calls.fetch_add(1, Ordering::SeqCst)))
    }
}

impl<F: Fn(u64, &mut [u8]) + Send + Sync> Entropy for Broken<F> {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), EntropyError> {
        (self.behaviour)(self.calls.fetch_add(1, Ordering::SeqCst), bytes);
        Ok(())
    }
}

#[track_caller]
fn fails(promise: &str, run: impl FnOnce()) {
    let failed = catch_unwind(AssertUnwindSafe(run)).is_err();
    assert!(failed, "{promise} lets this pass");
}

#[test]
fn a_clock_that_steps_back_once_is_found() {
    let steps_back = |call: u64| i64::try_from(call).unwrap() - if call == 15_000 { 10 } else { 0 };
    fails("a_clock_never_steps_back", || {
        clock::a_clock_never_steps_back(|| broken(steps_back));
    });
}

#[test]
fn a_clock_of_which_each_thread_has_its_own_is_found() {
    std::thread_local! {
        static OWN: std::cell::Cell<i64> = const { std::cell::Cell::new(0) };
    }
    let own = |_: u64| OWN.replace(OWN.get() + 1);
    fails("a_clock_never_steps_back_between_threads", || {
        clock::a_clock_never_steps_back_between_threads(|| broken(own));
    });
}

#[test]
fn a_source_that_leaves_the_end_empty_is_found() {
    let short = |_: u64, bytes: &mut [u8]| {
        let full = bytes.len() / 8 * 8;
        Scrambled::fresh().fill(&mut bytes[..full]).unwrap();
    };
    fails("every_byte_is_filled", || {
        entropy::every_byte_is_filled(|| broken(short));
    });
}

#[test]
fn a_source_that_always_gives_the_same_is_found() {
    let same = |_: u64, bytes: &mut [u8]| {
        let source = Scrambled {
            seed: 7,
            drawn: AtomicU64::new(0),
        };
        source.fill(bytes).unwrap();
    };
    fails("no_two_draws_are_alike", || {
        entropy::no_two_draws_are_alike(|| broken(same));
    });
    fails("no_two_threads_draw_alike", || {
        entropy::no_two_threads_draw_alike(|| broken(same));
    });
}

#[test]
fn a_source_that_starts_over_is_found() {
    let cycle = |_: u64, bytes: &mut [u8]| {
        for (place, byte) in bytes.iter_mut().zip((0..=u8::MAX).cycle()) {
            *place = byte;
        }
    };
    fails("a_long_draw_does_not_repeat_itself", || {
        entropy::a_long_draw_does_not_repeat_itself(|| broken(cycle));
    });
    fails("bits_change_half_the_time", || {
        entropy::bits_change_half_the_time(|| broken(cycle));
    });
}

#[test]
fn a_source_that_gives_letters_only_is_found() {
    let letters = |_: u64, bytes: &mut [u8]| {
        Scrambled::fresh().fill(bytes).unwrap();
        for byte in bytes {
            *byte %= 62;
        }
    };
    fails("bytes_are_spread_evenly", || {
        entropy::bytes_are_spread_evenly(|| broken(letters));
    });
}
