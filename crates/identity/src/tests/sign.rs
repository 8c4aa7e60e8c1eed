//! ID tokens, signed well or badly.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use openidconnect::{
    JsonWebKeyId, PrivateSigningKey as _,
    core::{
        CoreEdDsaPrivateSigningKey, CoreHmacKey, CoreJwsSigningAlgorithm as Alg, CoreRsaPrivateSigningKey,
    },
};
use serde_json::{Value, json};

const ED25519: &str = include_str!("../../testdata/ed25519.pem");
const ED25519_NEXT: &str = include_str!("../../testdata/ed25519-next.pem");
const RSA: &str = include_str!("../../testdata/rsa.pem");

fn eddsa_key(id: &str) -> CoreEdDsaPrivateSigningKey {
    let pem = if id == "key-1" { ED25519 } else { ED25519_NEXT };
    CoreEdDsaPrivateSigningKey::from_ed25519_pem(pem, Some(JsonWebKeyId::new(id.to_owned()))).unwrap()
}

fn rsa_key() -> CoreRsaPrivateSigningKey {
    CoreRsaPrivateSigningKey::from_pem(RSA, Some(JsonWebKeyId::new("rsa-1".to_owned()))).unwrap()
}

/// The public key set: the Ed25519 key of this name, and the RSA key.
pub(super) fn key_set(id: &str) -> Value {
    json!({ "keys": [eddsa_key(id).as_verification_key(), rsa_key().as_verification_key()] })
}

/// A token signed by the Ed25519 key of this name: `key-1`, or any other for the next one.
pub(super) fn eddsa(id: &str, claims: &Value) -> String {
    let head = json!({ "alg": "EdDSA", "kid": id });
    token(&head, claims, |data| {
        eddsa_key(id).sign(&Alg::EdDsa, data).unwrap()
    })
}

/// A token signed by the RSA key.
pub(super) fn rs256(claims: &Value) -> String {
    let head = json!({ "alg": "RS256", "kid": "rsa-1", "typ": "JWT" });
    token(&head, claims, |data| {
        rsa_key().sign(&Alg::RsaSsaPkcs1V15Sha256, data).unwrap()
    })
}

/// A token "signed" with a secret that everybody may know.
pub(super) fn hs256(key_id: Option<&str>, secret: &[u8], claims: &Value) -> String {
    let mut head = json!({ "alg": "HS256" });
    if let Some(id) = key_id {
        head["kid"] = json!(id);
    }
    let key = CoreHmacKey::new(secret);
    token(&head, claims, |data| key.sign(&Alg::HmacSha256, data).unwrap())
}

/// Any token.
pub(super) fn token(head: &Value, claims: &Value, sign: impl FnOnce(&[u8]) -> Vec<u8>) -> String {
    let text = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", text(head), text(claims));
    let signature = BASE64_URL_SAFE_NO_PAD.encode(sign(signed.as_bytes()));
    format!("{signed}.{signature}")
}
