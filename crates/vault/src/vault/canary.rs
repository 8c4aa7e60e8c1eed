//! Known texts by which each key of the ring is recognized at the start.
//!
//! A seal key seals one, pepper and audit keys digest one; each under a derived key of its own, so that canaries wear
//! nothing and give nothing away, and each bound to the deployment, the list and the key's id.

use ring::{aead::LessSafeKey, hmac};
use symbolon_domain::{
    port::{
        canaries::Canary,
        entropy::Entropy,
        vault::{ForeignCanary, VaultError},
    },
    sealed::KeyId,
};
use uuid::Uuid;

use crate::{
    KeyRing,
    derivation::{self, Label},
    fields,
    frame::{self, Frame},
    key::{KeyUse, RingKey},
};

/// What a seal key seals.
const KNOWN_TEXT: &[u8] = b"this key is the one";

/// A canary key for each key of the ring.
pub(super) struct CanaryKeys(Vec<CanaryKey>);

struct CanaryKey {
    id: KeyId,
    /// What the proof is made over, or bound to.
    context: Vec<u8>,
    means: Means,
}

enum Means {
    Seal(Box<LessSafeKey>),
    Digest(hmac::Key),
}

impl CanaryKeys {
    pub(super) fn new(ring: &KeyRing) -> Self {
        let lists = [
            (KeyUse::Seal, &ring.seal),
            (KeyUse::Pepper, &ring.pepper),
            (KeyUse::Audit, &ring.audit),
        ];
        let keys = lists
            .into_iter()
            .flat_map(|(key_use, keys)| keys.iter().map(move |key| (key_use, key)));
        let mut canaries: Vec<_> = keys
            .map(|(key_use, key)| CanaryKey::new(key_use, key, ring.deployment))
            .collect();
        canaries.sort_by_key(|key| key.id);
        Self(canaries)
    }

    /// One for each key, in the order of their ids.
    pub(super) fn make(&self, entropy: &dyn Entropy) -> Result<Vec<Canary>, VaultError> {
        self.0.iter().map(|key| key.make(entropy)).collect()
    }

    pub(super) fn recognize(&self, canary: &Canary) -> Result<(), ForeignCanary> {
        let key = self.0.iter().find(|key| key.id == canary.key);
        let key = key.ok_or(ForeignCanary::Missing(canary.key))?;
        if key.has_made(&canary.proof) {
            Ok(())
        } else {
            Err(ForeignCanary::Different(canary.key))
        }
    }
}

impl CanaryKey {
    fn new(key_use: KeyUse, key: &RingKey, deployment: Uuid) -> Self {
        let name = key_use.name().as_bytes();
        Self {
            id: key.id,
            context: fields::joined(&[b"key-canary-v1", deployment.as_bytes(), name, key.id.as_bytes()]),
            means: match key_use {
                KeyUse::Seal => Means::Seal(Box::new(derivation::sealing_key(&key.secret, Label::Canary))),
                KeyUse::Pepper | KeyUse::Audit => {
                    Means::Digest(derivation::mac_key(&key.secret, Label::Canary))
                }
            },
        }
    }

    fn make(&self, entropy: &dyn Entropy) -> Result<Canary, VaultError> {
        let proof = match &self.means {
            Means::Seal(key) => frame::seal(KNOWN_TEXT, self.id, key, &self.context, entropy)?,
            Means::Digest(key) => hmac::sign(key, &self.context).as_ref().to_vec(),
        };
        Ok(Canary { key: self.id, proof })
    }

    fn has_made(&self, proof: &[u8]) -> bool {
        match &self.means {
            // That it opens is the proof; the text adds nothing to it.
            Means::Seal(key) => Frame::parse(proof)
                .filter(|frame| frame.key == self.id)
                .is_some_and(|frame| frame.open(key, &self.context).is_some()),
            Means::Digest(key) => hmac::verify(key, &self.context, proof).is_ok(),
        }
    }
}
