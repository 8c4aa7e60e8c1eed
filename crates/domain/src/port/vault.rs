//! Digests and sealed copies of secret values, under keys that only the vault knows.

use crate::{
    idempotency::RequestFingerprint,
    sealed::{KeyId, SealBinding, SealedSecret, TokenDigest},
    secret::{OpenedSecret, Secret},
};

use zeroize::Zeroizing;

use super::canaries::Canary;

/// Keeps the keys.
pub trait Vault: Send + Sync {
    /// The digest of a value under the active pepper: equal for equal values of one kind, and nothing can be learned
    /// from it without the pepper.
    fn digest(&self, secret: &dyn Secret) -> TokenDigest;

    /// The digests of a value under peppers that are no longer, or not yet, active; tokens made under them still work.
    fn other_digests(&self, secret: &dyn Secret) -> Vec<TokenDigest>;

    /// Seals a value for one row under the active key. Sealing the same value twice gives different bytes.
    ///
    /// # Errors
    /// Where the random source fails, or the key is worn out.
    fn seal(&self, secret: &dyn Secret, binding: &SealBinding) -> Result<SealedSecret, VaultError>;

    /// Opens a sealed copy for the row it was sealed for.
    ///
    /// # Errors
    /// [`VaultError::Unsealable`] where a bit was changed, the row is another, the key is not in the ring, or the
    /// version is unknown. There is no fallback.
    fn open(&self, sealed: &SealedSecret, binding: &SealBinding) -> Result<OpenedSecret, VaultError>;

    /// Seals a note that this service hands out to get it back, such as a cookie, under the active key.
    ///
    /// # Errors
    /// As [`seal`](Self::seal).
    fn seal_note(&self, note: &[u8]) -> Result<Vec<u8>, VaultError>;

    /// Opens a note that this deployment has sealed; `None` for everything else.
    fn open_note(&self, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>>;

    /// A keyed digest of the parts of a request; parts are told apart, so that `["a", "bc"]` differs from `["ab", "c"]`.
    fn fingerprint(&self, parts: &[&[u8]]) -> RequestFingerprint;

    /// A canary for each key of the ring.
    ///
    /// # Errors
    /// As [`seal`](Self::seal).
    fn canaries(&self) -> Result<Vec<Canary>, VaultError>;

    /// Whether the key that this canary names is in the ring and made the canary.
    ///
    /// # Errors
    /// [`ForeignCanary`] says which of the two does not hold.
    fn recognize(&self, canary: &Canary) -> Result<(), ForeignCanary>;
}

/// The vault could not do what it was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// The copy does not open.
    #[error(
        "a sealed copy does not open: it was changed, moved, or sealed under a key that is not in the ring"
    )]
    Unsealable,
    /// The random source failed.
    #[error("the random source of the operating system failed")]
    Entropy,
    /// The key has sealed as often as is safe.
    #[error("the sealing key has been used as often as is safe; add and promote a new one")]
    WornOut,
}

/// The ring is not the one that this database was made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ForeignCanary {
    /// The key is not in the ring.
    #[error("the key {0} is not in the key ring")]
    Missing(KeyId),
    /// There is a key of that name, but it is another.
    #[error("the key {0} of the key ring is not the one this database was made with")]
    Different(KeyId),
}
