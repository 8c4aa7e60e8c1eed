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
    secret::{OpenedSecret, Secret, SecretKind, TokenSecret},
};
use zeroize::Zeroizing;

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
    KindIgnored,
    KindIgnoredUnderOldPeppers,
    OneKeyForLinksAndReveals,
    OneKeyForAllLinks,
    OneKeyForAdministrators,
    AdministratorsIgnored,
    NoteNonceRepeats,
    NoteNotSealed,
    NoteNotAuthenticated,
    NoteTailIgnored,
    NotePadded,
    NoteKeyless,
    NoteIsACopy,
    NoteCutShort,
}

/// The toy.
pub(crate) struct Toy {
    key: u64,
    flaw: Option<Flaw>,
    calls: AtomicU64,
}

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
        let stream = (0_u32..).flat_map(|block| self.mac("stream", &[nonce, &block.to_be_bytes()]));
        text.iter().zip(stream).map(|(text, mask)| text ^ mask).collect()
    }

    fn tag(&self, nonce: &[u8], masked: &[u8], binding: &SealBinding) -> [u8; 32] {
        let purpose: &[u8] = match binding.purpose {
            SealPurpose::Reveal => b"reveal",
            SealPurpose::Answer => b"answer",
            SealPurpose::Link if self.has(Flaw::OneKeyForLinksAndReveals) => b"reveal",
            SealPurpose::Link => b"link",
            SealPurpose::AdministratorLink if self.has(Flaw::OneKeyForAllLinks) => b"link",
            SealPurpose::AdministratorLink => b"administrator link",
            SealPurpose::SecondFactor if self.has(Flaw::OneKeyForAdministrators) => b"administrator link",
            SealPurpose::SecondFactor => b"second factor",
        };
        let row: [&[u8]; 4] = [
            purpose,
            binding.organization.as_uuid().as_bytes(),
            binding.token.as_bytes(),
            &binding.generation.to_be_bytes(),
        ];
        let row = if self.has(Flaw::NoBinding) { &[] } else { &row[..] };
        self.mac("seal", &[&[nonce, masked], row].concat())
    }

    fn proof(&self, key: KeyId) -> Vec<u8> {
        self.mac("canary", &[key.as_bytes()]).to_vec()
    }
}

impl Toy {
    /// What is sealed is authenticated with these parts.
    fn seal_bytes(&self, text: &[u8], same_nonce: bool, tag: impl Fn(&[u8], &[u8]) -> [u8; 32]) -> Vec<u8> {
        let call = self.calls.fetch_add(1, Ordering::Relaxed);
        let nonce = if same_nonce { 0 } else { call }.to_be_bytes();
        let masked = self.mask(&nonce, text);
        [&[VERSION], &nonce[..], &masked, &tag(&nonce, &masked)].concat()
    }

    fn note_tag(&self, nonce: &[u8], masked: &[u8]) -> [u8; 32] {
        if self.has(Flaw::NoteIsACopy) {
            return self.mac("seal", &[nonce, masked]);
        }
        if self.has(Flaw::NoteKeyless) {
            return Self {
                key: 0,
                flaw: None,
                calls: AtomicU64::new(0),
            }
            .mac("note", &[nonce, masked]);
        }
        self.mac("note", &[nonce, masked])
    }
}

impl Vault for Toy {
    fn digest(&self, secret: &dyn Secret) -> TokenDigest {
        let kind = match kind(secret) {
            _ if self.has(Flaw::KindIgnored) => 0,
            6.. if self.has(Flaw::AdministratorsIgnored) => 6,
            kind => kind,
        };
        let mut bytes = self.mac("digest", &[&[kind], secret.expose().as_bytes()]);
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

    fn other_digests(&self, secret: &dyn Secret) -> Vec<TokenDigest> {
        if self.has(Flaw::OwnDigestAmongOthers) {
            return vec![self.digest(secret)];
        }
        let is_ignored = self.has(Flaw::KindIgnoredUnderOldPeppers) || self.has(Flaw::KindIgnored);
        let kind = if is_ignored { 0 } else { kind(secret) };
        vec![TokenDigest {
            pepper: KeyId::parse("pepper00").unwrap(),
            bytes: self.mac("old digest", &[&[kind], secret.expose().as_bytes()]),
        }]
    }

    fn seal(&self, secret: &dyn Secret, binding: &SealBinding) -> Result<SealedSecret, VaultError> {
        let text = secret.expose().as_bytes();
        let sealed = self.seal_bytes(text, self.has(Flaw::SameNonce), |nonce, masked| {
            self.tag(nonce, masked, binding)
        });
        Ok(SealedSecret::from_bytes(sealed))
    }

    fn open(&self, sealed: &SealedSecret, binding: &SealBinding) -> Result<OpenedSecret, VaultError> {
        let bytes = sealed.as_bytes();
        let shut = if self.has(Flaw::WrongError) {
            VaultError::Entropy
        } else {
            VaultError::Unsealable
        };
        let Some((nonce, masked, tag)) = parts(bytes) else {
            return Err(VaultError::Unsealable);
        };
        if self.has(Flaw::NoTag) || self.has(Flaw::OtherValue) {
            let other = TokenSecret::generate(&Ones).unwrap();
            return Ok(opened(other.expose().as_bytes().to_vec()));
        }
        let is_copy = |masked: &[u8], tag: &[u8]| tag == self.tag(nonce, masked, binding);
        let is_note = self.has(Flaw::NoteIsACopy) && tag == self.note_tag(nonce, masked);
        if self.has(Flaw::TailIgnored) && bytes[0] == VERSION && bytes.len() > 43 {
            let (masked, tag) = (
                &bytes[9..bytes.len() - 33],
                &bytes[bytes.len() - 33..bytes.len() - 1],
            );
            if is_copy(masked, tag) {
                return Ok(opened(self.mask(nonce, masked)));
            }
        }
        if bytes[0] != VERSION || !(is_copy(masked, tag) || is_note) {
            return Err(shut);
        }
        Ok(opened(self.mask(nonce, masked)))
    }

    fn seal_note(&self, note: &[u8]) -> Result<Vec<u8>, VaultError> {
        if self.has(Flaw::NoteNotSealed) {
            let nonce = self.calls.fetch_add(1, Ordering::Relaxed).to_be_bytes();
            return Ok([&[VERSION], &nonce[..], note, &self.note_tag(&nonce, note)].concat());
        }
        let mut text = note.to_vec();
        if self.has(Flaw::NotePadded) {
            // As long as the number of its zeros.
            text.extend(note.iter().filter(|byte| **byte == 0));
        }
        if self.has(Flaw::NoteCutShort) {
            text.truncate(256);
        }
        Ok(
            self.seal_bytes(&text, self.has(Flaw::NoteNonceRepeats), |nonce, masked| {
                self.note_tag(nonce, masked)
            }),
        )
    }

    fn open_note(&self, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, masked, tag) = parts(sealed)?;
        let sealed_rightly = sealed[0] == VERSION && tag == self.note_tag(nonce, masked);
        let is_copy = self.has(Flaw::NoteIsACopy) && sealed[0] == VERSION;
        let shorter = (sealed.len() > 42).then(|| &sealed[..sealed.len() - 1]);
        let with_tail = shorter.and_then(parts).is_some_and(|(nonce, masked, tag)| {
            self.has(Flaw::NoteTailIgnored) && tag == self.note_tag(nonce, masked)
        });
        if !(sealed_rightly || is_copy || with_tail || self.has(Flaw::NoteNotAuthenticated)) {
            return None;
        }
        if self.has(Flaw::NoteNotSealed) {
            return Some(Zeroizing::new(masked.to_vec()));
        }
        Some(Zeroizing::new(self.mask(nonce, masked)))
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

/// Nonce, masked text and tag of what was sealed.
fn parts(sealed: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let end = sealed.len().checked_sub(32).filter(|end| *end >= 9)?;
    Some((&sealed[1..9], &sealed[9..end], &sealed[end..]))
}

fn opened(text: Vec<u8>) -> OpenedSecret {
    OpenedSecret::new(Zeroizing::new(text))
}

fn kind(secret: &dyn Secret) -> u8 {
    match secret.kind() {
        SecretKind::AuthorizationToken => 1,
        SecretKind::AccessToken => 2,
        SecretKind::Session => 3,
        SecretKind::SignIn => 4,
        SecretKind::SignInBrowser => 5,
        SecretKind::AdministratorSession => 6,
        SecretKind::AdministratorLink => 7,
        SecretKind::Totp => 8,
        SecretKind::RecoveryCode => 9,
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
