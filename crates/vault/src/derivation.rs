//! One key per use, derived from a key of the ring, so that no two uses ever share one.

use ring::{
    aead::{AES_256_GCM, LessSafeKey, UnboundKey},
    hkdf, hmac,
};

use crate::key::SecretKey;

/// The salt of every derivation (RFC 5869, section 3.1): sets these keys apart from whatever else a master might be
/// used for.
const SALT: &[u8] = b"symbolon-key-v1";

/// What the derived keys are for. Their labels are fixed for ever: another label is another key.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Label {
    /// Sealed copies that lists show again.
    SealReveal,
    /// Sealed copies that repeat a lost answer.
    SealAnswer,
    /// Sealed copies of recipients' links.
    SealLink,
    /// Sealed copies of administrators' links.
    SealAdministratorLink,
    /// Sealed copies of what authenticator apps share with this service.
    SealSecondFactor,
    /// Notes that come back.
    SealNote,
    /// The known text by which a key is recognized.
    Canary,
    /// Fingerprints of requests.
    Fingerprint,
}

impl Label {
    const fn as_bytes(self) -> &'static [u8] {
        match self {
            Self::SealReveal => b"seal-org",
            Self::SealAnswer => b"seal-answer",
            Self::SealLink => b"seal-recipient",
            Self::SealAdministratorLink => b"seal-administrator-link",
            Self::SealSecondFactor => b"seal-second-factor",
            Self::SealNote => b"seal-note",
            Self::Canary => b"canary",
            Self::Fingerprint => b"request-fingerprint",
        }
    }
}

/// An AES-256-GCM key for one use.
pub(crate) fn sealing_key(master: &SecretKey, label: Label) -> LessSafeKey {
    let prk = extract(master);
    let info = [label.as_bytes()];
    let key = prk.expand(&info, &AES_256_GCM).expect(SHORT_ENOUGH);
    LessSafeKey::new(UnboundKey::from(key))
}

/// An HMAC-SHA256 key for one use.
pub(crate) fn mac_key(master: &SecretKey, label: Label) -> hmac::Key {
    let prk = extract(master);
    let info = [label.as_bytes()];
    let key = prk.expand(&info, hmac::HMAC_SHA256).expect(SHORT_ENOUGH);
    hmac::Key::from(key)
}

/// Why an expansion cannot fail: it does only beyond 255 × 32 bytes (RFC 5869, section 2.3), and all here take 32.
const SHORT_ENOUGH: &str = "32 bytes are less than HKDF-SHA256's limit";

fn extract(master: &SecretKey) -> hkdf::Prk {
    hkdf::Salt::new(hkdf::HKDF_SHA256, SALT).extract(master.expose())
}
