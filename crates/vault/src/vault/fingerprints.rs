//! Keyed digests of requests, under a key derived from the active audit key.

use ring::hmac;
use symbolon_domain::idempotency::RequestFingerprint;

use crate::{
    derivation::{self, Label},
    fields,
    key_ring::KeySet,
};

pub(super) struct Fingerprints {
    key: hmac::Key,
}

impl Fingerprints {
    pub(super) fn new(audit: &KeySet) -> Self {
        Self {
            key: derivation::mac_key(&audit.active.secret, Label::Fingerprint),
        }
    }

    pub(super) fn of(&self, parts: &[&[u8]]) -> RequestFingerprint {
        let mut context = hmac::Context::with_key(&self.key);
        fields::feed(parts, |bytes| context.update(bytes));
        RequestFingerprint(super::bytes_of(&context.sign()))
    }
}
