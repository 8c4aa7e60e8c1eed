//! One key of the ring: its name, its state, and 32 secret bytes.

use std::fmt;

use base64::{Engine, prelude::BASE64_STANDARD};
use symbolon_domain::{
    port::entropy::{Entropy, EntropyError},
    sealed::KeyId,
    time::Timestamp,
};
use zeroize::Zeroizing;

/// Bytes of a key: what AES-256 takes, and HMAC-SHA256 and HKDF-SHA256 put to full use.
pub(crate) const KEY_LENGTH: usize = 32;

/// What a list of the ring is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyUse {
    /// Sealed copies.
    Seal,
    /// Digests that tokens are found by.
    Pepper,
    /// Fingerprints of requests, and later the chain of the activity log.
    Audit,
}

impl KeyUse {
    /// Its name in the file.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Seal => "seal",
            Self::Pepper => "pepper",
            Self::Audit => "audit",
        }
    }
}

impl fmt::Display for KeyUse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a key does at present. In every state it recognizes what was made with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyState {
    /// Handed to all instances, and not yet used for anything new.
    Staged,
    /// Used for everything new; exactly one key of each list.
    Active,
    /// No longer used for anything new.
    DecryptOnly,
}

impl KeyState {
    /// Its name in the file.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Staged => "staged",
            Self::Active => "active",
            Self::DecryptOnly => "decrypt_only",
        }
    }

    /// Reads its name.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        [Self::Staged, Self::Active, Self::DecryptOnly]
            .into_iter()
            .find(|state| state.name() == text)
    }
}

/// A key with its name.
#[derive(Debug)]
#[cfg_attr(test, derive(PartialEq, Eq))]
pub(crate) struct RingKey {
    pub(crate) id: KeyId,
    pub(crate) state: KeyState,
    pub(crate) created_at: Timestamp,
    pub(crate) secret: SecretKey,
}

impl RingKey {
    /// A fresh active key, whose name starts with the first letter of its use: keys of one ring never share a name.
    pub(crate) fn generate(
        key_use: KeyUse,
        entropy: &dyn Entropy,
        now: Timestamp,
    ) -> Result<Self, EntropyError> {
        Ok(Self {
            id: fresh_id(key_use, entropy)?,
            state: KeyState::Active,
            created_at: now,
            secret: SecretKey::generate(entropy)?,
        })
    }
}

/// The first letter of the use and seven letters of 5 random bits each. A name, not a secret.
fn fresh_id(key_use: KeyUse, entropy: &dyn Entropy) -> Result<KeyId, EntropyError> {
    const LETTERS: [char; 32] = [
        'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't',
        'u', 'v', 'w', 'x', 'y', 'z', '2', '3', '4', '5', '6', '7',
    ];
    let mut random = [0; 7];
    entropy.fill(&mut random)?;
    let letters = random
        .iter()
        .filter_map(|byte| LETTERS.get(usize::from(byte % 32)));
    let text: String = key_use.name().chars().take(1).chain(letters.copied()).collect();
    Ok(KeyId::parse(&text).expect("eight lower-case letters and digits"))
}

/// 32 secret bytes in one place of memory, wiped when dropped.
pub(crate) struct SecretKey(Box<Zeroizing<[u8; KEY_LENGTH]>>);

impl SecretKey {
    /// Draws a fresh key.
    fn generate(entropy: &dyn Entropy) -> Result<Self, EntropyError> {
        let mut key = Self::blank();
        entropy.fill(key.0.as_mut_slice())?;
        Ok(key)
    }

    /// Reads standard base64 with padding, of exactly 32 bytes.
    pub(crate) fn from_base64(text: &str) -> Option<Self> {
        let mut key = Self::blank();
        let length = BASE64_STANDARD.decode_slice(text, key.0.as_mut_slice()).ok()?;
        (length == KEY_LENGTH).then_some(key)
    }

    /// The form that [`from_base64`](Self::from_base64) reads.
    pub(crate) fn to_base64(&self) -> Zeroizing<String> {
        Zeroizing::new(BASE64_STANDARD.encode(self.0.as_slice()))
    }

    /// The bytes, for the cipher's and the digests' key schedules only.
    pub(crate) fn expose(&self) -> &[u8] {
        self.0.as_slice()
    }

    /// Whether both are the same bytes; takes the same time for all.
    pub(crate) fn is_same_as(&self, other: &Self) -> bool {
        let pairs = self.0.iter().zip(other.0.iter());
        pairs.fold(0, |difference, (one, other)| difference | (one ^ other)) == 0
    }

    /// Made in its final place, so that no copy is left where it was made.
    fn blank() -> Self {
        Self(Box::new(Zeroizing::new([0; KEY_LENGTH])))
    }
}

#[cfg(test)]
impl PartialEq for SecretKey {
    fn eq(&self, other: &Self) -> bool {
        self.is_same_as(other)
    }
}

#[cfg(test)]
impl Eq for SecretKey {}

/// Shows that there is a key, and nothing of it.
impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(…)")
    }
}
