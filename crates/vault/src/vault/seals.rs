//! Sealed copies of values, and sealed notes: under the active seal key, so many times and no more.

use std::sync::atomic::{AtomicU64, Ordering};

use ring::aead::LessSafeKey;
use symbolon_domain::{
    port::{entropy::Entropy, vault::VaultError},
    sealed::{KeyId, SealBinding, SealPurpose, SealedSecret},
    secret::Secret,
};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{
    derivation::{self, Label},
    fields,
    frame::{self, Frame},
    key::RingKey,
    key_ring::KeySet,
};

/// After so many seals under one key in one process it is time for a new one: 2³¹, half of the bound that
/// [`MAX_SEALS`] keeps clear of.
pub const SEALS_BEFORE_WARNING: u64 = 1 << 31;

/// So many seals are made under one key in one process, and no more: a tenth below 2³², the bound that NIST SP 800-38D
/// (section 8.3) sets for random nonces of 96 bits.
pub const MAX_SEALS: u64 = (1 << 32) * 9 / 10;

/// The seal keys.
pub(super) struct Seals {
    deployment: Uuid,
    active: SealKey,
    others: Vec<SealKey>,
    /// Seals made under the active key.
    made: AtomicU64,
}

/// One master key's derived keys, by purpose.
struct SealKey {
    id: KeyId,
    reveal: LessSafeKey,
    answer: LessSafeKey,
    link: LessSafeKey,
    administrator_link: LessSafeKey,
    second_factor: LessSafeKey,
    note: LessSafeKey,
}

impl Seals {
    pub(super) fn new(keys: &KeySet, deployment: Uuid) -> Self {
        Self {
            deployment,
            active: SealKey::new(&keys.active),
            others: keys.others.iter().map(SealKey::new).collect(),
            made: AtomicU64::new(0),
        }
    }

    pub(super) fn seal(
        &self,
        secret: &dyn Secret,
        binding: &SealBinding,
        entropy: &dyn Entropy,
    ) -> Result<SealedSecret, VaultError> {
        self.count_one()?;
        let key = &self.active;
        let bound_to = self.bound_to(binding, key.id);
        let text = secret.expose().as_bytes();
        frame::seal(text, key.id, key.for_purpose(binding.purpose), &bound_to, entropy)
            .map(SealedSecret::from_bytes)
    }

    /// `None` where the copy does not open; why, an attacker must not learn and an operator cannot know.
    pub(super) fn open(&self, sealed: &SealedSecret, binding: &SealBinding) -> Option<Zeroizing<Vec<u8>>> {
        let frame = Frame::parse(sealed.as_bytes())?;
        let key = self.keys().find(|key| key.id == frame.key)?;
        let bound_to = self.bound_to(binding, key.id);
        frame.open(key.for_purpose(binding.purpose), &bound_to)
    }

    /// A note is counted like a copy: it wears the same key.
    pub(super) fn seal_note(&self, note: &[u8], entropy: &dyn Entropy) -> Result<Vec<u8>, VaultError> {
        self.count_one()?;
        let key = &self.active;
        frame::seal(note, key.id, &key.note, &self.note_of(key.id), entropy)
    }

    pub(super) fn open_note(&self, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let frame = Frame::parse(sealed)?;
        let key = self.keys().find(|key| key.id == frame.key)?;
        frame.open(&key.note, &self.note_of(key.id))
    }

    pub(super) fn made(&self) -> u64 {
        self.made.load(Ordering::Relaxed)
    }

    /// Takes the next number up to the limit; of rivals for the last one, one gets it.
    fn count_one(&self) -> Result<(), VaultError> {
        let next = |made: u64| (made < MAX_SEALS).then_some(made + 1);
        let counted = self.made.fetch_update(Ordering::Relaxed, Ordering::Relaxed, next);
        counted.map(|_| ()).map_err(|_| VaultError::WornOut)
    }

    fn keys(&self) -> impl Iterator<Item = &SealKey> {
        std::iter::once(&self.active).chain(&self.others)
    }

    /// What a copy is authenticated with. Order and form are fixed for ever.
    fn bound_to(&self, binding: &SealBinding, key: KeyId) -> Vec<u8> {
        fields::joined(&[
            b"tok-seal-v1",
            self.deployment.as_bytes(),
            kind(binding.purpose),
            binding.organization.as_uuid().as_bytes(),
            binding.token.as_bytes(),
            &binding.generation.to_be_bytes(),
            key.as_bytes(),
        ])
    }

    /// What a note is authenticated with. Order and form are fixed for ever.
    fn note_of(&self, key: KeyId) -> Vec<u8> {
        fields::joined(&[b"note-seal-v1", self.deployment.as_bytes(), key.as_bytes()])
    }

    #[cfg(test)]
    pub(super) fn after(self, made: u64) -> Self {
        Self {
            made: AtomicU64::new(made),
            ..self
        }
    }
}

impl SealKey {
    fn new(key: &RingKey) -> Self {
        Self {
            id: key.id,
            reveal: derivation::sealing_key(&key.secret, Label::SealReveal),
            answer: derivation::sealing_key(&key.secret, Label::SealAnswer),
            link: derivation::sealing_key(&key.secret, Label::SealLink),
            administrator_link: derivation::sealing_key(&key.secret, Label::SealAdministratorLink),
            second_factor: derivation::sealing_key(&key.secret, Label::SealSecondFactor),
            note: derivation::sealing_key(&key.secret, Label::SealNote),
        }
    }

    const fn for_purpose(&self, purpose: SealPurpose) -> &LessSafeKey {
        match purpose {
            SealPurpose::Reveal => &self.reveal,
            SealPurpose::Answer => &self.answer,
            SealPurpose::Link => &self.link,
            SealPurpose::AdministratorLink => &self.administrator_link,
            SealPurpose::SecondFactor => &self.second_factor,
        }
    }
}

/// The purpose as it is authenticated. Fixed for ever.
const fn kind(purpose: SealPurpose) -> &'static [u8] {
    match purpose {
        SealPurpose::Reveal => b"org",
        SealPurpose::Answer => b"answer",
        SealPurpose::Link => b"rec",
        SealPurpose::AdministratorLink => b"lnk",
        SealPurpose::SecondFactor => b"otp",
    }
}
