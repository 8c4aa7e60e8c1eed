//! What is done with the keys of a ring: the domain's `Vault`.
//!
//! Each part owns one list of the ring: digests the peppers, sealed copies the seal keys, fingerprints the audit keys.
//! Every key is expanded once, when the vault is made.

mod canary;
mod digests;
mod fingerprints;
mod seals;
#[cfg(test)]
mod tests;

use std::{fmt, sync::Arc};

use symbolon_domain::{
    idempotency::RequestFingerprint,
    port::{
        canaries::Canary,
        entropy::Entropy,
        vault::{ForeignCanary, Vault, VaultError},
    },
    sealed::{SealBinding, SealedSecret, TokenDigest},
    secret::{OpenedSecret, Secret},
};
use zeroize::Zeroizing;

pub use self::seals::{MAX_SEALS, SEALS_BEFORE_WARNING};
use self::{canary::CanaryKeys, digests::Digests, fingerprints::Fingerprints, seals::Seals};
use crate::{KeyRing, SystemEntropy};

/// A vault that keeps the keys of one ring in memory.
///
/// Digests are HMAC-SHA256 under a pepper; sealed copies and notes are AES-256-GCM under keys derived, one per purpose,
/// from the active seal key, and bound to their deployment, copies also to their row. Keys of any state find and open what they have made.
pub struct RingVault {
    digests: Digests,
    seals: Seals,
    fingerprints: Fingerprints,
    canaries: CanaryKeys,
    entropy: Arc<dyn Entropy>,
}

impl RingVault {
    /// A vault with the keys of this ring.
    #[must_use]
    pub fn new(ring: &KeyRing) -> Self {
        // Not a parameter: a nonce that repeats gives the key away.
        Self::with_entropy(ring, Arc::new(SystemEntropy::new()))
    }

    fn with_entropy(ring: &KeyRing, entropy: Arc<dyn Entropy>) -> Self {
        Self {
            digests: Digests::new(&ring.pepper),
            seals: Seals::new(&ring.seal, ring.deployment),
            fingerprints: Fingerprints::new(&ring.audit),
            canaries: CanaryKeys::new(ring),
            entropy,
        }
    }

    /// How many copies and notes this process has sealed under the active key.
    #[must_use]
    pub fn seals_made(&self) -> u64 {
        self.seals.made()
    }

    /// Whether it is time for a new seal key: this process has sealed [`SEALS_BEFORE_WARNING`] copies under this one.
    #[must_use]
    pub fn needs_new_seal_key(&self) -> bool {
        self.seals_made() >= SEALS_BEFORE_WARNING
    }
}

impl Vault for RingVault {
    fn digest(&self, secret: &dyn Secret) -> TokenDigest {
        self.digests.active(secret)
    }

    fn other_digests(&self, secret: &dyn Secret) -> Vec<TokenDigest> {
        self.digests.others(secret)
    }

    fn seal(&self, secret: &dyn Secret, binding: &SealBinding) -> Result<SealedSecret, VaultError> {
        self.seals.seal(secret, binding, self.entropy.as_ref())
    }

    fn open(&self, sealed: &SealedSecret, binding: &SealBinding) -> Result<OpenedSecret, VaultError> {
        let text = self.seals.open(sealed, binding).ok_or(VaultError::Unsealable)?;
        Ok(OpenedSecret::new(text))
    }

    fn seal_note(&self, note: &[u8]) -> Result<Vec<u8>, VaultError> {
        self.seals.seal_note(note, self.entropy.as_ref())
    }

    fn open_note(&self, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        self.seals.open_note(sealed)
    }

    fn fingerprint(&self, parts: &[&[u8]]) -> RequestFingerprint {
        self.fingerprints.of(parts)
    }

    fn canaries(&self) -> Result<Vec<Canary>, VaultError> {
        self.canaries.make(self.entropy.as_ref())
    }

    fn recognize(&self, canary: &Canary) -> Result<(), ForeignCanary> {
        self.canaries.recognize(canary)
    }
}

/// Shows that there is a vault, and nothing of its keys.
impl fmt::Debug for RingVault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RingVault(…)")
    }
}

/// The 32 bytes of an HMAC-SHA256.
fn bytes_of(tag: &ring::hmac::Tag) -> [u8; 32] {
    tag.as_ref().try_into().expect("HMAC-SHA256 gives 32 bytes")
}
