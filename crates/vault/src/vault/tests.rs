//! What the vault gives, pinned to the byte, and what it refuses.

mod canaries;
mod digests;
mod notes;
mod seals;
mod vectors;

use crate::{RingVault, sample};

/// A vault with the known ring.
fn vault() -> RingVault {
    RingVault::new(&sample::ring(|_| {}))
}

#[test]
fn nothing_of_it_is_shown() {
    assert_eq!(format!("{:?}", vault()), "RingVault(…)");
}
