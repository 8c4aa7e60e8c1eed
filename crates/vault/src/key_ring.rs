//! All keys of a deployment, and the rules they obey together: one active key per list, no name and no key twice.

mod error;
mod format;
#[cfg(test)]
mod tests;

use symbolon_domain::{
    port::entropy::{Entropy, EntropyError},
    time::Timestamp,
};
use uuid::Uuid;
use zeroize::Zeroizing;

pub use self::error::KeyRingError;
use crate::key::{KeyState, KeyUse, RingKey};

/// The most peppers that may be `decrypt_only` at once: each costs another look-up for a token that nobody knows.
const MAX_RETIRED_PEPPERS: usize = 2;

/// The keys of one deployment. Wiped from memory when dropped; cannot be cloned or printed.
///
/// ```compile_fail
/// # use symbolon_vault::KeyRing;
/// fn leak(ring: &KeyRing) -> String {
///     ring.to_string() // there is no Display
/// }
/// ```
///
/// ```compile_fail
/// # use symbolon_vault::KeyRing;
/// fn copy(ring: &KeyRing) -> KeyRing {
///     KeyRing::clone(ring) // nor Clone
/// }
/// ```
#[derive(Debug)]
#[cfg_attr(test, derive(PartialEq, Eq))]
pub struct KeyRing {
    /// Which deployment the keys belong to; what is sealed in one does not open in another.
    pub(crate) deployment: Uuid,
    pub(crate) seal: KeySet,
    pub(crate) pepper: KeySet,
    pub(crate) audit: KeySet,
}

impl KeyRing {
    /// A fresh ring for a new deployment, made `now`, with one active key per list.
    ///
    /// # Errors
    /// When the random source fails.
    pub fn generate(entropy: &dyn Entropy, now: Timestamp) -> Result<Self, EntropyError> {
        let mut deployment = [0; 16];
        entropy.fill(&mut deployment)?;
        Ok(Self {
            deployment: uuid::Builder::from_random_bytes(deployment).into_uuid(),
            seal: KeySet::of_one(RingKey::generate(KeyUse::Seal, entropy, now)?),
            pepper: KeySet::of_one(RingKey::generate(KeyUse::Pepper, entropy, now)?),
            audit: KeySet::of_one(RingKey::generate(KeyUse::Audit, entropy, now)?),
        })
    }

    /// Reads a ring from the JSON that [`to_json`](Self::to_json) writes.
    ///
    /// The caller wipes the text it hands in.
    ///
    /// # Errors
    /// [`KeyRingError`] says what is wrong and what to do, and shows no part of a key.
    pub fn parse(json: &str) -> Result<Self, KeyRingError> {
        format::read(json.as_bytes())
    }

    /// The same from bytes, which need not be text at all.
    pub(crate) fn parse_bytes(json: &[u8]) -> Result<Self, KeyRingError> {
        format::read(json)
    }

    /// The ring as JSON, with its keys: for the place it is kept in, and for nothing else.
    #[must_use]
    pub fn to_json(&self) -> Zeroizing<String> {
        format::write(self)
    }

    /// A ring of these keys, if they obey the rules.
    fn assembled(
        deployment: Uuid,
        seal: Vec<RingKey>,
        pepper: Vec<RingKey>,
        audit: Vec<RingKey>,
    ) -> Result<Self, KeyRingError> {
        let ring = Self {
            deployment,
            seal: KeySet::assembled(KeyUse::Seal, seal)?,
            pepper: KeySet::assembled(KeyUse::Pepper, pepper)?,
            audit: KeySet::assembled(KeyUse::Audit, audit)?,
        };
        ring.require_distinct_keys()?;
        let retired = ring.pepper.others.iter();
        if retired.filter(|key| key.state == KeyState::DecryptOnly).count() > MAX_RETIRED_PEPPERS {
            return Err(KeyRingError::TooManyRetiredPeppers);
        }
        Ok(ring)
    }

    /// Names are unique for canaries to tell keys apart; keys are, for the theft of one must not be that of two.
    fn require_distinct_keys(&self) -> Result<(), KeyRingError> {
        let keys: Vec<&RingKey> = [&self.seal, &self.pepper, &self.audit]
            .into_iter()
            .flat_map(KeySet::iter)
            .collect();
        for (place, one) in keys.iter().enumerate() {
            for other in keys.iter().skip(place + 1) {
                if one.id == other.id {
                    return Err(KeyRingError::DuplicateId(one.id));
                }
                if one.secret.is_same_as(&other.secret) {
                    return Err(KeyRingError::SharedKey(one.id, other.id));
                }
            }
        }
        Ok(())
    }
}

/// The keys of one list, of which exactly one is active.
#[derive(Debug)]
#[cfg_attr(test, derive(PartialEq, Eq))]
pub(crate) struct KeySet {
    pub(crate) active: RingKey,
    /// Staged and retired ones, in the order of the file.
    pub(crate) others: Vec<RingKey>,
}

impl KeySet {
    fn of_one(active: RingKey) -> Self {
        Self {
            active,
            others: Vec::new(),
        }
    }

    fn assembled(key_use: KeyUse, keys: Vec<RingKey>) -> Result<Self, KeyRingError> {
        let (mut active, others): (Vec<_>, Vec<_>) =
            keys.into_iter().partition(|key| key.state == KeyState::Active);
        let Some(first) = active.pop() else {
            return Err(KeyRingError::NoActiveKey(key_use));
        };
        if active.is_empty() {
            Ok(Self {
                active: first,
                others,
            })
        } else {
            Err(KeyRingError::SeveralActiveKeys(key_use))
        }
    }

    /// All keys, the active one first.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &RingKey> {
        std::iter::once(&self.active).chain(&self.others)
    }
}
