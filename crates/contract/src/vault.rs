//! The promises of [`Vault`](symbolon_domain::port::vault::Vault).
//!
//! That nothing can be learned from a digest or a sealed copy is a matter of the primitives that an adapter chooses; what
//! can be tried from outside is tried here.

mod canary;
mod digest;
mod note;
mod sealing;

pub use canary::*;
pub use digest::*;
pub use note::*;
pub use sealing::*;

use symbolon_domain::{
    port::entropy::{Entropy, EntropyError},
    secret::{AccessSecret, TokenSecret},
};

use crate::sample::mixed;

/// The authorization token's value with this number; a new one each time, for values cannot be cloned.
fn secret(number: u64) -> TokenSecret {
    TokenSecret::generate(&Numbered(number)).expect("the sample source does not fail")
}

/// The access token's value with this number.
fn access_secret(number: u64) -> AccessSecret {
    AccessSecret::generate(&Numbered(number)).expect("the sample source does not fail")
}

/// A source for samples: the same bytes for the same number.
struct Numbered(u64);

impl Entropy for Numbered {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), EntropyError> {
        for (place, byte) in bytes.iter_mut().zip(mixed(self.0)) {
            *place = byte;
        }
        Ok(())
    }
}

/// Every copy of these bytes in which one bit is another.
fn with_one_bit_changed(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    (0..bytes.len()).flat_map(move |place| {
        (0..8).map(move |bit| {
            let mut changed = bytes.to_vec();
            if let Some(byte) = changed.get_mut(place) {
                *byte ^= 1 << bit;
            }
            changed
        })
    })
}

/// These bytes cut short anywhere, at either end, and with more behind them.
fn of_another_length(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let shorter = (0..bytes.len()).flat_map(move |length| {
        let head = bytes.iter().copied().take(length).collect();
        let tail = bytes.iter().copied().skip(length + 1).collect();
        [head, tail]
    });
    let longer = [0, 1, 0xff].map(|more| bytes.iter().copied().chain([more]).collect());
    shorter.chain(longer)
}
