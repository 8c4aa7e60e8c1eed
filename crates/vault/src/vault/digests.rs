//! Digests that tokens are found by: `HMAC-SHA256(pepper, "tok-digest-v1" ‖ kind ‖ 0x00 ‖ token)`.
//!
//! Every request computes one, so nothing here allocates but the list of the other digests.

use ring::hmac;
use symbolon_domain::{
    sealed::{KeyId, TokenDigest},
    secret::TokenSecret,
};

use crate::{key::RingKey, key_ring::KeySet};

/// What precedes the value of an authorization token, whose kind is `org`. Fixed for ever.
const CONTEXT: &[u8] = b"tok-digest-v1org\0";

/// The peppers.
pub(super) struct Digests {
    active: Pepper,
    others: Vec<Pepper>,
}

struct Pepper {
    id: KeyId,
    key: hmac::Key,
}

impl Digests {
    pub(super) fn new(peppers: &KeySet) -> Self {
        Self {
            active: Pepper::new(&peppers.active),
            others: peppers.others.iter().map(Pepper::new).collect(),
        }
    }

    pub(super) fn active(&self, secret: &TokenSecret) -> TokenDigest {
        self.active.digest(secret)
    }

    pub(super) fn others(&self, secret: &TokenSecret) -> Vec<TokenDigest> {
        self.others.iter().map(|pepper| pepper.digest(secret)).collect()
    }
}

impl Pepper {
    fn new(key: &RingKey) -> Self {
        Self {
            id: key.id,
            key: hmac::Key::new(hmac::HMAC_SHA256, key.secret.expose()),
        }
    }

    fn digest(&self, secret: &TokenSecret) -> TokenDigest {
        let mut context = hmac::Context::with_key(&self.key);
        context.update(CONTEXT);
        context.update(secret.expose().as_bytes());
        TokenDigest {
            pepper: self.id,
            bytes: super::bytes_of(&context.sign()),
        }
    }
}
