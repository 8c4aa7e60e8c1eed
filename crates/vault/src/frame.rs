//! The bytes of a sealed copy: `0x01 ‖ key id (8) ‖ nonce (12) ‖ ciphertext ‖ tag (16)`, by AES-256-GCM.
//!
//! The nonce is drawn afresh each time; what a copy is bound to goes into the authenticated data and is not kept.

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce};
use symbolon_domain::{
    port::{entropy::Entropy, vault::VaultError},
    sealed::KeyId,
};
use zeroize::Zeroizing;

/// The only version there is. It is not authenticated, and need not be: any other is refused.
const VERSION: u8 = 1;

/// A sealed copy, taken apart.
pub(crate) struct Frame<'a> {
    /// The key that it says it was sealed with.
    pub(crate) key: KeyId,
    nonce: [u8; NONCE_LEN],
    ciphertext_and_tag: &'a [u8],
}

impl<'a> Frame<'a> {
    /// Takes a sealed copy apart; `None` where it cannot be one.
    pub(crate) fn parse(sealed: &'a [u8]) -> Option<Self> {
        let (&[version], rest) = sealed.split_first_chunk()?;
        let (key, rest) = rest.split_first_chunk::<8>()?;
        let (nonce, ciphertext_and_tag) = rest.split_first_chunk()?;
        let key = std::str::from_utf8(key).ok().and_then(KeyId::parse)?;
        (version == VERSION).then_some(Self {
            key,
            nonce: *nonce,
            ciphertext_and_tag,
        })
    }

    /// What was sealed; `None` where the key, the binding or any bit is another.
    pub(crate) fn open(&self, key: &LessSafeKey, binding: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let mut text = Zeroizing::new(self.ciphertext_and_tag.to_vec());
        let nonce = Nonce::assume_unique_for_key(self.nonce);
        let length = key
            .open_in_place(nonce, Aad::from(binding), &mut text)
            .ok()?
            .len();
        text.truncate(length);
        Some(text)
    }
}

/// Seals a text under a key and for a binding.
pub(crate) fn seal(
    text: &[u8],
    id: KeyId,
    key: &LessSafeKey,
    binding: &[u8],
    entropy: &dyn Entropy,
) -> Result<Vec<u8>, VaultError> {
    let mut nonce = [0; NONCE_LEN];
    entropy.fill(&mut nonce).map_err(|_| VaultError::Entropy)?;

    // Encrypted where it stands, so that no copy of the text is left; wiped should that fail.
    let mut ciphertext = Zeroizing::new(text.to_vec());
    let tag = key
        .seal_in_place_separate_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(binding),
            &mut ciphertext,
        )
        .expect("texts are far shorter than the cipher's limit of 64 GiB");

    let overhead = 1 + id.as_bytes().len() + NONCE_LEN + AES_256_GCM.tag_len();
    let mut sealed = Vec::with_capacity(overhead + ciphertext.len());
    sealed.push(VERSION);
    sealed.extend_from_slice(id.as_bytes());
    sealed.extend_from_slice(&nonce);
    sealed.extend_from_slice(&ciphertext);
    sealed.extend_from_slice(tag.as_ref());
    Ok(sealed)
}
