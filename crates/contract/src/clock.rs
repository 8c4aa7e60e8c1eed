//! The promises of [`Clock`].
//!
//! That a clock holds still while the one beneath it steps back, only its adapter can bring about; that is for the
//! adapter's own tests.

use std::{
    sync::{
        Barrier,
        atomic::{AtomicI64, Ordering},
    },
    thread,
};

use symbolon_domain::port::clock::Clock;

const THREADS: usize = 8;
const READINGS: u32 = 20_000;

/// What a clock says is never earlier than what it said before.
pub fn a_clock_never_steps_back<C: Clock>(make: impl Fn() -> C) {
    let clock = make();
    let mut before = clock.now();
    for _ in 0..READINGS {
        let now = clock.now();
        assert!(now >= before, "{now} after {before}");
        before = now;
    }
}

/// Nor is it for another thread: what one has read, no other reads an earlier instant after.
pub fn a_clock_never_steps_back_between_threads<C: Clock>(make: impl Fn() -> C) {
    let clock = make();
    let latest = AtomicI64::new(clock.now().as_millis());
    let gate = Barrier::new(THREADS);
    let read = || {
        gate.wait();
        for _ in 0..READINGS {
            let before = latest.load(Ordering::SeqCst);
            let now = clock.now().as_millis();
            assert!(now >= before, "{now} ms after {before} ms");
            latest.fetch_max(now, Ordering::SeqCst);
        }
    };
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(read);
        }
    });
}
