//! Digests that values are found by: `HMAC-SHA256(pepper, "tok-digest-v1" ‖ kind ‖ 0x00 ‖ value)`.
//!
//! Every request computes one, so nothing here allocates but the list of the other digests.

use ring::hmac;
use symbolon_domain::{
    sealed::{KeyId, TokenDigest},
    secret::{Secret, SecretKind},
};

use crate::{key::RingKey, key_ring::KeySet};

/// What precedes a value of this kind. Fixed for ever.
const fn context(kind: SecretKind) -> &'static [u8] {
    match kind {
        SecretKind::AuthorizationToken => b"tok-digest-v1org\0",
        SecretKind::AccessToken => b"tok-digest-v1rec\0",
        SecretKind::Session => b"tok-digest-v1ses\0",
        SecretKind::SignIn => b"tok-digest-v1sgn\0",
        SecretKind::SignInBrowser => b"tok-digest-v1brw\0",
        SecretKind::AdministratorSession => b"tok-digest-v1adm\0",
        SecretKind::AdministratorLink => b"tok-digest-v1lnk\0",
        SecretKind::Totp => b"tok-digest-v1otp\0",
        SecretKind::RecoveryCode => b"tok-digest-v1rcv\0",
    }
}

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

    pub(super) fn active(&self, secret: &dyn Secret) -> TokenDigest {
        self.active.digest(secret)
    }

    pub(super) fn others(&self, secret: &dyn Secret) -> Vec<TokenDigest> {
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

    fn digest(&self, secret: &dyn Secret) -> TokenDigest {
        let mut mac = hmac::Context::with_key(&self.key);
        mac.update(context(secret.kind()));
        mac.update(secret.expose().as_bytes());
        TokenDigest {
            pepper: self.id,
            bytes: super::bytes_of(&mac.sign()),
        }
    }
}
