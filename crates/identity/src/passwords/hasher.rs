//! Argon2id itself: hashing a password, and comparing one with what was kept. It blocks, and knows no turns.

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version,
    password_hash::{Error, phc},
};
use symbolon_domain::{
    password::{Password, PasswordHash},
    port::passwords::{PasswordCheck, PasswordsError},
};

use super::PasswordCost;

/// Hashes with one cost.
pub(super) struct Hasher {
    cost: PasswordCost,
    argon2: Argon2<'static>,
    /// What is computed where there is nothing to compare with. It is the hash of what is no password: of no text.
    pub(super) nobody: phc::PasswordHash,
}

/// What was kept, read.
struct Kept {
    hash: phc::PasswordHash,
    /// Whether it would be made with more today.
    is_weak: bool,
}

impl Hasher {
    pub(super) fn new(cost: PasswordCost) -> Result<Self, PasswordsError> {
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, cost.params());
        let nobody = argon2.hash_password(b"").map_err(failed)?;
        Ok(Self { cost, argon2, nobody })
    }

    /// A hash with a fresh salt.
    pub(super) fn hash(&self, password: &Password) -> Result<PasswordHash, PasswordsError> {
        let hash = self
            .argon2
            .hash_password(password.expose().as_bytes())
            .map_err(failed)?;
        Ok(PasswordHash::from_kept(hash.to_string()))
    }

    /// Whether it is the password of what was kept.
    pub(super) fn check(
        &self,
        password: &Password,
        kept: Option<&PasswordHash>,
    ) -> Result<PasswordCheck, PasswordsError> {
        let Some(kept) = kept.and_then(|kept| self.read(kept)) else {
            self.compare(password, &self.nobody)?;
            return Ok(PasswordCheck::Wrong);
        };
        if !self.compare(password, &kept.hash)? {
            return Ok(PasswordCheck::Wrong);
        }
        Ok(if kept.is_weak {
            // Right it is, also where the stronger hash has to wait for another day.
            self.hash(password)
                .map_or(PasswordCheck::Right, PasswordCheck::RightAndRehashed)
        } else {
            PasswordCheck::Right
        })
    }

    /// Reads what was kept, as far as nothing but computing it can fail afterwards.
    fn read(&self, kept: &PasswordHash) -> Option<Kept> {
        let hash = phc::PasswordHash::new(kept.as_str()).ok()?;
        let algorithm = Algorithm::new(hash.algorithm).ok()?;
        let version = hash.version.map(Version::try_from).transpose().ok()?;
        let made_with = Params::try_from(&hash).ok()?;
        if hash.salt.is_none() || hash.hash.is_none() || !PasswordCost::is_bearable(&made_with) {
            return None;
        }
        let is_of_today = algorithm == Algorithm::Argon2id && version == Some(Version::V0x13);
        Some(Kept {
            is_weak: !is_of_today || self.cost.exceeds(&made_with),
            hash,
        })
    }

    /// Computes the password's hash in the same way, and compares the two in constant time.
    fn compare(&self, password: &Password, hash: &phc::PasswordHash) -> Result<bool, PasswordsError> {
        match self.argon2.verify_password(password.expose().as_bytes(), hash) {
            Ok(()) => Ok(true),
            Err(Error::PasswordInvalid) => Ok(false),
            Err(error) => Err(failed(error)),
        }
    }
}

/// For want of memory or of randomness: anything else was seen to before.
fn failed(_: Error) -> PasswordsError {
    PasswordsError::Failed
}
