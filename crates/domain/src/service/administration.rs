//! What administrators do with their own accounts and with each other: setting up, joining, signing in, proving it again,
//! and saying who else may.

pub mod account;
pub mod announce_expiry;
pub mod deliver_notice;
pub mod links;
pub(super) mod notices;
pub mod password_sign_in;
pub mod provider_return;
pub mod second_factor;
pub mod sessions;
pub mod set_up;
pub mod show_once;
pub mod team;

use super::Fault;
use crate::port::{
    StoreError, entropy::EntropyError, one_time_codes::OneTimeCodes, passwords::Passwords,
    passwords::PasswordsError, vault::VaultError,
};

/// What passwords and codes are proved by.
#[derive(Clone, Copy)]
pub struct Proving<'a> {
    /// Hashes and checks passwords.
    pub passwords: &'a dyn Passwords,
    /// Knows the codes of authenticator apps.
    pub codes: &'a dyn OneTimeCodes,
}

/// Why nothing can be said about a proof.
#[derive(Debug, thiserror::Error)]
pub enum ProvingFault {
    /// Something outside failed.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// A password could not be hashed or checked.
    #[error(transparent)]
    Passwords(#[from] PasswordsError),
}

impl From<StoreError> for ProvingFault {
    fn from(error: StoreError) -> Self {
        Self::Fault(error.into())
    }
}

impl From<EntropyError> for ProvingFault {
    fn from(error: EntropyError) -> Self {
        Self::Fault(error.into())
    }
}

impl From<VaultError> for ProvingFault {
    fn from(error: VaultError) -> Self {
        Self::Fault(error.into())
    }
}
