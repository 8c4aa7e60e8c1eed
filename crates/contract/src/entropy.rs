//! The promises of [`Entropy`], as far as bytes can show them.
//!
//! No test tells good randomness from bytes that only look like it. These find what goes wrong in adapters: buffers
//! that are filled in part, sources that repeat themselves, letters that are likelier than others. The bounds are so
//! wide that a true source fails none of them in the lifetime of a universe.

use std::{
    collections::{BTreeMap, HashSet},
    thread,
};

use symbolon_domain::port::entropy::Entropy;

/// Every byte of a buffer of any length is filled, the first and the last included.
pub fn every_byte_is_filled<E: Entropy>(make: impl Fn() -> E) {
    let entropy = make();
    for length in [1, 2, 7, 8, 9, 31, 32, 33, 255, 256, 257, 1_000, 4_097] {
        let mut seen = vec![0; length];
        // That a byte is zero 32 times in a row by chance happens once in 2²⁵⁶.
        for _ in 0..32 {
            for (seen, byte) in seen.iter_mut().zip(draw(&entropy, length)) {
                *seen |= byte;
            }
        }
        let empty = seen.iter().position(|byte| *byte == 0);
        assert_eq!(empty, None, "of {length} bytes this one is never filled");
    }
}

/// Nothing is asked for, and nothing fails.
pub fn an_empty_buffer_is_filled<E: Entropy>(make: impl Fn() -> E) {
    assert_eq!(draw(&make(), 0), []);
}

/// What is drawn twice differs, from one source and from two.
pub fn no_two_draws_are_alike<E: Entropy>(make: impl Fn() -> E) {
    let (one, other) = (make(), make());
    let draws: HashSet<_> = [&one, &one, &other, &other]
        .iter()
        .map(|source| draw(*source, 32))
        .collect();
    assert_eq!(draws.len(), 4);
}

/// Nor do threads that share a source get the same.
pub fn no_two_threads_draw_alike<E: Entropy>(make: impl Fn() -> E) {
    let entropy = make();
    let draw_often = || -> Vec<_> { (0..256).map(|_| draw(&entropy, 16)).collect() };
    let draws: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(draw_often)).collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().expect("the source works in every thread"))
            .collect()
    });
    assert_eq!(draws.iter().collect::<HashSet<_>>().len(), draws.len());
}

/// A long draw does not repeat itself.
pub fn a_long_draw_does_not_repeat_itself<E: Entropy>(make: impl Fn() -> E) {
    let bytes = draw(&make(), 1 << 16);
    let blocks: HashSet<_> = bytes.chunks_exact(16).collect();
    assert_eq!(blocks.len(), bytes.len() / 16);
}

/// All values are about equally likely: in 65,536 bytes each is there 256 times, give or take 160 (10 sigma).
pub fn bytes_are_spread_evenly<E: Entropy>(make: impl Fn() -> E) {
    let mut counts = BTreeMap::new();
    for byte in draw(&make(), 1 << 16) {
        *counts.entry(byte).or_insert(0) += 1;
    }
    for value in 0..=u8::MAX {
        let count = counts.get(&value).copied().unwrap_or_default();
        assert!((96..=416).contains(&count), "{value} is there {count} times");
    }
}

/// Every bit is as often set as not, whatever its neighbours are: in 65,536 pairs of bytes each bit changes half the
/// time, give or take 1/32 (16 sigma).
pub fn bits_change_half_the_time<E: Entropy>(make: impl Fn() -> E) {
    let bytes = draw(&make(), (1 << 16) + 1);
    for bit in 0..8 {
        let pairs = bytes.iter().zip(bytes.iter().skip(1));
        let changes = pairs.filter(|(one, next)| (*one ^ *next) >> bit & 1 == 1).count();
        assert!(
            (30_720..=34_816).contains(&changes),
            "bit {bit} changes {changes} times"
        );
    }
}

fn draw(entropy: &impl Entropy, length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    entropy.fill(&mut bytes).expect("the random source works");
    bytes
}
