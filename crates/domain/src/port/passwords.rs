//! Hashing and checking of passwords: slow on purpose, and so bounded in number.

use async_trait::async_trait;

use crate::password::{Password, PasswordHash};

/// Hashes and checks passwords.
#[async_trait]
pub trait Passwords: Send + Sync {
    /// A hash to keep. Hashing the same password twice gives different hashes.
    ///
    /// # Errors
    /// [`PasswordsError`].
    async fn hash(&self, password: Password) -> Result<PasswordHash, PasswordsError>;

    /// Whether this is the password of that hash. Without a hash, and for one that cannot be read, it is not, and takes as
    /// long to say.
    ///
    /// # Errors
    /// [`PasswordsError`].
    async fn check(
        &self,
        password: Password,
        hash: Option<PasswordHash>,
    ) -> Result<PasswordCheck, PasswordsError>;
}

/// What a check has found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PasswordCheck {
    /// It is the password.
    Right,
    /// It is the password, and its hash is weaker than those that are made today: this one should take its place.
    RightAndRehashed(PasswordHash),
    /// It is not.
    Wrong,
}

/// Why nothing can be said about a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordsError {
    /// So many passwords are being checked that this one would have to wait too long.
    #[error("too many passwords are being checked at once")]
    Busy,
    /// The hash could not be computed.
    #[error("a password could not be hashed")]
    Failed,
}
