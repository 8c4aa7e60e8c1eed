//! The key that signs ID tokens, and other texts that nobody can guess.

use base64::{
    Engine as _,
    prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD},
};
use openidconnect::{JsonWebKeyId, core::CoreEdDsaPrivateSigningKey};
use symbolon_domain::port::entropy::{Entropy, EntropyError};
use zeroize::Zeroizing;

use super::DemonstrationError;

/// What stands before the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410, section 7).
const PKCS8: [u8; 16] = [
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
];

/// A fresh Ed25519 key under a fresh name.
pub(super) fn fresh(entropy: &dyn Entropy) -> Result<CoreEdDsaPrivateSigningKey, DemonstrationError> {
    let mut seed = Zeroizing::new([0; 32]);
    entropy.fill(seed.as_mut())?;
    let id = JsonWebKeyId::new(random_text(entropy)?);
    let der = Zeroizing::new([PKCS8.as_slice(), seed.as_slice()].concat());
    let pem = Zeroizing::new(format!(
        "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
        BASE64_STANDARD.encode(&der)
    ));
    CoreEdDsaPrivateSigningKey::from_ed25519_pem(&pem, Some(id)).map_err(DemonstrationError::Setup)
}

/// 32 random bytes as 43 characters that can stand in an address.
pub(super) fn random_text(entropy: &dyn Entropy) -> Result<String, EntropyError> {
    let mut bytes = [0; 32];
    entropy.fill(&mut bytes)?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(bytes))
}
