//! Rings, rows, values and random sources for this crate's tests.

use std::sync::atomic::{AtomicU8, Ordering};

use serde_json::{Value, json};
use symbolon_domain::{
    id::OrganizationId,
    port::entropy::{Entropy, EntropyError},
    sealed::{SealBinding, SealPurpose},
    second_factor::{RecoveryCode, TotpSecret},
    secret::{
        AccessSecret, AdministratorLinkSecret, AdministratorSessionSecret, BrowserSecret, SessionSecret,
        SignInSecret, TokenSecret,
    },
};
use uuid::Uuid;

use crate::{KeyRing, KeyRingError};

/// The keys of the known ring in base64: the bytes 0 to 31, 32 to 63 and 64 to 95.
pub(crate) const KEYS: [&str; 3] = [
    "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=",
    "QEFCQ0RFRkdISUpLTE1OT1BRUlNUVVZXWFlaW1xdXl8=",
];
/// More keys: 32 bytes of 1, of 2 and of 3.
pub(crate) const MORE_KEYS: [&str; 3] = [
    "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=",
    "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=",
    "AwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwM=",
];

/// A key as the file has it.
pub(crate) fn key(id: &str, state: &str, key: &str) -> Value {
    json!({"id": id, "state": state, "created": "2026-01-31T12:00:00.000Z", "key": key})
}

/// The known ring as the file has it.
pub(crate) fn document() -> Value {
    let [seal, pepper, audit] = KEYS;
    json!({
        "version": 1,
        "deployment_id": "0192f0c1-d2e3-4f5a-8b6c-7d8e9fa0b1c2",
        "seal": [key("seal0001", "active", seal)],
        "pepper": [key("pepper01", "active", pepper)],
        "audit": [key("audit001", "active", audit)],
    })
}

/// Reads the known ring after a change.
pub(crate) fn try_ring(change: impl FnOnce(&mut Value)) -> Result<KeyRing, KeyRingError> {
    let mut document = document();
    change(&mut document);
    KeyRing::parse(&document.to_string())
}

/// The known ring after a change that leaves it a ring.
pub(crate) fn ring(change: impl FnOnce(&mut Value)) -> KeyRing {
    try_ring(change).unwrap()
}

/// Adds a key to a list of the ring's document.
pub(crate) fn add(document: &mut Value, list: &str, key: Value) {
    document[list].as_array_mut().unwrap().push(key);
}

pub(crate) fn secret() -> TokenSecret {
    TokenSecret::parse("symorg_0123456789ABCDEFGHIJKLMNOPQRST14swJc").unwrap()
}

pub(crate) fn access_secret() -> AccessSecret {
    AccessSecret::generate(&Counting::from(0)).unwrap()
}

pub(crate) fn session_secret() -> SessionSecret {
    SessionSecret::generate(&Counting::from(0)).unwrap()
}

pub(crate) fn sign_in_secret() -> SignInSecret {
    SignInSecret::generate(&Counting::from(0)).unwrap()
}

pub(crate) fn browser_secret() -> BrowserSecret {
    BrowserSecret::generate(&Counting::from(0)).unwrap()
}

pub(crate) fn administrator_session_secret() -> AdministratorSessionSecret {
    AdministratorSessionSecret::generate(&Counting::from(0)).unwrap()
}

pub(crate) fn administrator_link_secret() -> AdministratorLinkSecret {
    AdministratorLinkSecret::generate(&Counting::from(0)).unwrap()
}

pub(crate) fn totp_secret() -> TotpSecret {
    TotpSecret::generate(&Counting::from(0)).unwrap()
}

pub(crate) fn recovery_code() -> RecoveryCode {
    RecoveryCode::generate(&Counting::from(0)).unwrap()
}

/// Everything that a copy can be for.
pub(crate) const PURPOSES: [SealPurpose; 5] = [
    SealPurpose::Reveal,
    SealPurpose::Answer,
    SealPurpose::Link,
    SealPurpose::AdministratorLink,
    SealPurpose::SecondFactor,
];

/// The row that the known value belongs to.
pub(crate) fn row(purpose: SealPurpose) -> SealBinding {
    SealBinding {
        purpose,
        organization: OrganizationId::from_uuid(Uuid::from_u128(0x0193_6d2a_0000_7000_8000_0000_0000_000a)),
        token: Uuid::from_u128(0x0193_6d2a_0000_7000_8000_0000_0000_000b),
        generation: 3,
    }
}

/// Counts upwards from a byte.
pub(crate) struct Counting(AtomicU8);

impl Counting {
    pub(crate) fn from(start: u8) -> Self {
        Self(AtomicU8::new(start))
    }
}

impl Entropy for Counting {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), EntropyError> {
        bytes.fill_with(|| self.0.fetch_add(1, Ordering::Relaxed));
        Ok(())
    }
}

/// Never gives a byte.
pub(crate) struct Dry;

impl Entropy for Dry {
    fn fill(&self, _: &mut [u8]) -> Result<(), EntropyError> {
        Err(EntropyError)
    }
}
