//! The passwords of administrators, as Argon2id hashes.
//!
//! Hashing takes memory and time on purpose. So it is done on threads of its own, a few at once, and whoever would have to
//! wait too long is told so. Knows nothing of people, stores and pages.

mod cost;
mod hasher;
#[cfg(test)]
mod tests;
mod turns;

use std::{num::NonZeroU8, sync::Arc};

use async_trait::async_trait;
use symbolon_domain::{
    password::{Password, PasswordHash},
    port::passwords::{PasswordCheck, Passwords, PasswordsError},
};
use tokio::task::spawn_blocking;

pub use self::cost::PasswordCost;
use self::{hasher::Hasher, turns::Turns};

/// Hashes and checks passwords with Argon2id (RFC 9106). Cheap to clone; all clones share their turns.
///
/// It is used within a tokio runtime. Two passwords are worked at once, and each takes the memory of its
/// [cost](PasswordCost) meanwhile; at most 16 more wait, for 5 seconds at most, and everybody beyond is told
/// [`Busy`](PasswordsError::Busy). Salts come from the operating system; the password is wiped from memory afterwards.
#[derive(Clone)]
pub struct Argon2Passwords {
    hasher: Arc<Hasher>,
    turns: Turns,
}

impl Argon2Passwords {
    const AT_ONCE: NonZeroU8 = NonZeroU8::new(2).unwrap();

    /// Passwords at the [cost of today](PasswordCost::TODAY). This hashes once.
    ///
    /// # Errors
    /// [`PasswordsError::Failed`] where there is no memory or no randomness for it.
    pub fn new() -> Result<Self, PasswordsError> {
        Self::with_cost(PasswordCost::TODAY)
    }

    /// Passwords at another cost. Hashes that cost less are made anew when their password is given.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn with_cost(cost: PasswordCost) -> Result<Self, PasswordsError> {
        Ok(Self {
            hasher: Arc::new(Hasher::new(cost)?),
            turns: Turns::new(Self::AT_ONCE),
        })
    }

    /// The same, with so many passwords worked at once. Clones that were made before keep to their own number.
    #[must_use]
    pub fn at_once(self, at_once: NonZeroU8) -> Self {
        Self {
            turns: Turns::new(at_once),
            ..self
        }
    }

    /// Does this on a thread that may be blocked, when it is its turn.
    ///
    /// What has begun is finished, also where nobody waits for it any more: until then it has its turn.
    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Hasher) -> Result<T, PasswordsError> + Send + 'static,
    ) -> Result<T, PasswordsError> {
        let turn = self.turns.take().await?;
        let hasher = Arc::clone(&self.hasher);
        spawn_blocking(move || {
            let done = work(&hasher);
            drop(turn);
            done
        })
        .await
        .unwrap_or(Err(PasswordsError::Failed))
    }
}

#[async_trait]
impl Passwords for Argon2Passwords {
    async fn hash(&self, password: Password) -> Result<PasswordHash, PasswordsError> {
        self.in_turn(move |hasher| hasher.hash(&password)).await
    }

    async fn check(
        &self,
        password: Password,
        hash: Option<PasswordHash>,
    ) -> Result<PasswordCheck, PasswordsError> {
        self.in_turn(move |hasher| hasher.check(&password, hash.as_ref()))
            .await
    }
}
