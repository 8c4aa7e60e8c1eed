//! Random numbers for the moments and choices of a test, from a seed that is printed.

use std::{
    hash::{BuildHasher as _, RandomState},
    time::Duration,
};

/// A source of random numbers: `SplitMix64`.
#[derive(Debug)]
pub struct Chance(u64);

impl Chance {
    /// One with a fresh seed, which is printed so that a failure can be looked into.
    pub fn fresh() -> Self {
        let seed = random();
        eprintln!("seed {seed:#018x}");
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A time of so many milliseconds, both ends included.
    pub fn millis(&mut self, from: u64, to: u64) -> Duration {
        Duration::from_millis(from + self.next() % (to - from + 1))
    }

    /// Heads or tails.
    pub fn coin(&mut self) -> bool {
        self.next().is_multiple_of(2)
    }
}

/// A number that nobody has drawn before.
pub(crate) fn random() -> u64 {
    RandomState::new().hash_one(std::process::id())
}
