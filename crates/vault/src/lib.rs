//! Symbolon's digests, sealed copies, key ring and randomness.
//!
//! The only crate that holds keys. It knows what is sealed and for which row; it knows nothing of stores, of HTTP, of
//! the environment, and it reads no clock.
//!
//! ```
//! use symbolon_domain::{port::vault::Vault, secret::TokenSecret, time::Timestamp};
//! use symbolon_vault::{KeyRing, RingVault, SystemEntropy};
//!
//! let ring = KeyRing::generate(&SystemEntropy::new(), Timestamp::from_millis(0)).unwrap();
//! let vault = RingVault::new(&ring);
//! let secret = TokenSecret::generate(&SystemEntropy::new()).unwrap();
//! assert_eq!(vault.digest(&secret), vault.digest(&secret));
//! ```
//!
//! | what | where |
//! | --- | --- |
//! | the keys, their states, and how they are written down | [`KeyRing`] |
//! | the file they are kept in, and who may read it | [`KeyFile`] |
//! | what is done with them | [`RingVault`] |
//! | random bytes of the operating system | [`SystemEntropy`] |
//!
//! What is wiped from memory: a [`KeyRing`], the texts it was read from and written to, and every opened value. What
//! is not: the expanded keys inside a [`RingVault`], which live as long as the process. File modes are those of Unix;
//! the crate builds nowhere else.

mod derivation;
mod entropy;
mod fields;
mod frame;
mod key;
mod key_file;
mod key_ring;
#[cfg(test)]
mod sample;
mod vault;

pub use entropy::SystemEntropy;
pub use key::{KeyState, KeyUse};
pub use key_file::{KeyFile, KeyFileError, KeyFileOrigin, NewKeyFile};
pub use key_ring::{KeyRing, KeyRingError};
pub use vault::{MAX_SEALS, RingVault, SEALS_BEFORE_WARNING};
