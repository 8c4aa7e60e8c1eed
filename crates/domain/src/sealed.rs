//! What is kept of a secret value instead of the value: a keyed digest to find it by, and where the value must be
//! shown again, a sealed copy. The keys are the vault's; nothing here can undo either.

use std::fmt;

use uuid::Uuid;

use crate::id::OrganizationId;

/// Names a key of the ring: eight lower-case letters or digits, so that it has one fixed place in a sealed copy.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId([u8; 8]);

impl KeyId {
    /// Reads a key's name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: [u8; 8] = text.as_bytes().try_into().ok()?;
        bytes
            .iter()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
            .then_some(Self(bytes))
    }

    /// The eight bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 8] {
        &self.0
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // ASCII by construction, so this never falls back.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyId({self})")
    }
}

/// The keyed digest of a token's value: unique among all tokens, and useless without the pepper.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TokenDigest {
    /// Under which pepper it was computed.
    pub pepper: KeyId,
    /// HMAC-SHA256, 32 bytes.
    pub bytes: [u8; 32],
}

/// Shows the pepper's name only, so that logs cannot be matched against a stolen database.
impl fmt::Debug for TokenDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TokenDigest({}, …)", self.pepper)
    }
}

/// A sealed copy of a token's value: opaque bytes that only the vault can open, and only for the row they belong to.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedSecret(Vec<u8>);

impl SealedSecret {
    /// The sealed copy that a vault made.
    #[must_use]
    pub const fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// What a store keeps.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for SealedSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SealedSecret({} bytes)", self.0.len())
    }
}

/// What a sealed copy is for; a copy sealed for one purpose does not open for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SealPurpose {
    /// To show the value again in lists.
    Reveal,
    /// To repeat a lost answer.
    Answer,
    /// To mail a recipient's link, and to show it to administrators.
    Link,
    /// To mail an administrator's link.
    AdministratorLink,
    /// To compare the codes of an authenticator app.
    SecondFactor,
}

/// The row a sealed copy belongs to: moved to another row, it does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SealBinding {
    /// What the copy is for.
    pub purpose: SealPurpose,
    /// Whose token it is.
    pub organization: OrganizationId,
    /// Which token it is.
    pub token: Uuid,
    /// How many rotations, or replacements, lie behind the token.
    pub generation: u32,
}
