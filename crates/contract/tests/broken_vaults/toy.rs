//! A vault in a hundred lines that protects nothing: it shows that the promises can be kept, and what breaks them.

use std::{
    collections::hash_map::DefaultHasher,
    hash::{Hash, Hasher},
    sync::atomic::{AtomicU64, Ordering},
};

use symbolon_domain::{
    idempotency::RequestFingerprint,
    port::{
        canaries::Canary,
        vault::{ForeignCanary, Vault, VaultError},
    },
    sealed::{KeyId, SealBinding, SealPurpose, SealedSecret, TokenDigest},
    secret::TokenSecret,
};

/// What a toy does wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flaw {
    ForgetfulDigest,
    ShortDigest,
    KeylessDigest,
    OwnDigestAmongOthers,
    PartsRunTogether,
    CaseIgnored,
    SameNonce,
    NotSealed,
    NoTag,
    TailIgnored,
    NoBinding,
    WrongError,
    OtherValue,
    OneCanary,
    EveryCanary,
    NoCanary,
    MissingIsDifferent,
}

/// The toy.
pub(crate) struct Toy {
    key: u64,
    flaw: Option<Flaw>,
    calls: AtomicU64,
}

const VALUE: usize = 43;
const VERSION: u8 = 1;

impl Toy {
    /// A toy with a key of its own.
    pub(crate) fn with(flaw: Option<Flaw>) -> Self {
        static MADE: AtomicU64 = AtomicU64::new(1);
        Self {
            key: MADE.fetch_add(1, Ordering::Relaxed),
            flaw,
            calls: AtomicU64::new(0),
        }
    }

    fn has(&self, flaw: Flaw) -> bool {
        self.flaw == Some(flaw)
    }

    /// 32 bytes that depend on the key and on each part.
    fn mac(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        let key = if self.has(Flaw::KeylessDigest) {
            0
        } else {
            self.key
        };
        let mut bytes = [0; 32];
        for (number, chunk) in bytes.chunks_mut(8).enumerate() {
            let mut hasher = DefaultHasher::new();
            if self.has(Flaw::PartsRunTogether) {
                (key, number, purpose, parts.concat()).hash(&mut hasher);
            } else {
                (key, number, purpose, parts).hash(&mut hasher);
            }
            chunk.copy_from_slice(&hasher.finish().to_be_bytes());
        }
        bytes
    }

    fn mask(&self, nonce: &[u8], text: &[u8]) -> Vec<u8> {
        if self.has(Flaw::NotSealed) {
            return text.to_vec();
        }
        let stream = [self.mac("low", &[nonce]), self.mac("high", &[nonce])].concat();
        text.iter().zip(stream).map(|(text, mask)| text ^ mask).collect()
    }

    fn tag(&self, nonce: &[u8], masked: &[u8], binding: &SealBinding) -> [u8; 32] {
        let purpose: &[u8] = match binding.purpose {
            SealPurpose::Reveal => b"reveal",
            SealPurpose::Answer => b"answer",
        };
        let row: [&[u8]; 4] = [
            purpose,
            binding.organization.as_uuid().as_bytes(),
            binding.token.as_uuid().as_bytes(),
            &binding.generation.to_be_bytes(),
        ];
        let row = if self.has(Flaw::NoBinding) { &[] } else { &row[..] };
        self.mac("seal", &[&[nonce, masked], row].concat())
    }

    fn proof(&self, key: KeyId) -> Vec<u8> {
        self.mac("canary", &[key.as_bytes()]).to_vec()
    }
}

impl Vault for Toy {
    fn digest(&self, secret: &TokenSecret) -> TokenDigest {
        let mut bytes = self.mac("digest", &[secret.expose().as_bytes()]);
        if self.has(Flaw::ShortDigest) {
            bytes[1..].fill(0);
        }
        if self.has(Flaw::ForgetfulDigest) {
            bytes[0] = self.calls.fetch_add(1, Ordering::Relaxed).to_be_bytes()[7];
        }
        TokenDigest {
            pepper: pepper(),
            bytes,
        }
    }

    fn other_digests(&self, secret: &TokenSecret) -> Vec<TokenDigest> {
        if self.has(Flaw::OwnDigestAmongOthers) {
            return vec![self.digest(secret)];
        }
        vec![TokenDigest {
            pepper: KeyId::parse("pepper00").unwrap(),
            bytes: self.mac("old digest", &[secret.expose().as_bytes()]),
        }]
    }

    fn seal(&self, secret: &TokenSecret, binding: &SealBinding) -> Result<SealedSecret, VaultError> {
        let call = self.calls.fetch_add(1, Ordering::Relaxed);
        let nonce = if self.has(Flaw::SameNonce) { 0 } else { call }.to_be_bytes();
        let masked = self.mask(&nonce, secret.expose().as_bytes());
        let tag = self.tag(&nonce, &masked, binding);
        Ok(SealedSecret::from_bytes(
            [&[VERSION], &nonce[..], &masked, &tag].concat(),
        ))
    }

    fn open(&self, sealed: &SealedSecret, binding: &SealBinding) -> Result<TokenSecret, VaultError> {
        let bytes = sealed.as_bytes();
        let shut = if self.has(Flaw::WrongError) {
            VaultError::Entropy
        } else {
            VaultError::Unsealable
        };
        let length = 9 + VALUE + 32;
        let fits = bytes.len() == length || (self.has(Flaw::TailIgnored) && bytes.len() > length);
        if !fits {
            return Err(VaultError::Unsealable);
        }
        let (nonce, masked, tag) = (&bytes[1..9], &bytes[9..9 + VALUE], &bytes[9 + VALUE..length]);
        if self.has(Flaw::NoTag) || self.has(Flaw::OtherValue) {
            return Ok(TokenSecret::generate(&Ones).unwrap());
        }
        if bytes[0] != VERSION || tag != self.tag(nonce, masked, binding) {
            return Err(shut);
        }
        let text = String::from_utf8(self.mask(nonce, masked)).map_err(|_| shut)?;
        TokenSecret::parse(&text).map_err(|_| shut)
    }

    fn fingerprint(&self, parts: &[&[u8]]) -> RequestFingerprint {
        if self.has(Flaw::CaseIgnored) {
            let parts: Vec<_> = parts.iter().map(|part| part.to_ascii_lowercase()).collect();
            let parts: Vec<_> = parts.iter().map(Vec::as_slice).collect();
            return RequestFingerprint(self.mac("fingerprint", &parts));
        }
        RequestFingerprint(self.mac("fingerprint", parts))
    }

    fn canaries(&self) -> Result<Vec<Canary>, VaultError> {
        let keys = ["sealing1", "pepper01"].map(|name| KeyId::parse(name).unwrap());
        let kept = if self.has(Flaw::OneCanary) { 1 } else { 2 };
        let canaries = keys.into_iter().take(kept).map(|key| Canary {
            key,
            proof: self.proof(key),
        });
        Ok(canaries.collect())
    }

    fn recognize(&self, canary: &Canary) -> Result<(), ForeignCanary> {
        let is_known = [pepper().as_str(), "sealing1"].contains(&canary.key.as_str());
        if self.has(Flaw::EveryCanary) {
            return Ok(());
        }
        if !is_known && !self.has(Flaw::MissingIsDifferent) {
            return Err(ForeignCanary::Missing(canary.key));
        }
        if self.has(Flaw::NoCanary) || canary.proof != self.proof(canary.key) {
            return Err(ForeignCanary::Different(canary.key));
        }
        Ok(())
    }
}

fn pepper() -> KeyId {
    KeyId::parse("pepper01").unwrap()
}

/// The source of the one value that a flawed toy always opens.
struct Ones;

impl symbolon_domain::port::entropy::Entropy for Ones {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), symbolon_domain::port::entropy::EntropyError> {
        bytes.fill(1);
        Ok(())
    }
}
