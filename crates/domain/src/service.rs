//! The use cases, one file each: a struct holds what is asked for, and `run` does it with the [ports](crate::port).
//!
//! | use case | does |
//! | --- | --- |
//! | [`Authenticate`](authenticate::Authenticate) | turns a shown value into a [`Caller`](caller::Caller), or refuses it |
//! | [`CreateToken`](create_token::CreateToken) | makes a token with at most its maker's permissions |
//! | [`RotateToken`](rotate_token::RotateToken) | puts a successor in a token's place; one winner |
//! | [`RevokeToken`](revoke_token::RevokeToken) | ends a token |
//! | [`DescribeToken`](describe_token::DescribeToken) | changes what a token is said to be for |
//! | [`ListTokens`](list_tokens::ListTokens), [`ShowToken`](show_token::ShowToken) | show tokens, with values where the policy allows |
//! | [`PendingUses`](record_use::PendingUses) | writes `last_used_at` in batches |
//! | [`CreateOrganization`](create_organization::CreateOrganization), [`ChangeOrganization`](change_organization::ChangeOrganization) | make, cancel, reactivate |
//! | [`AdmitVault`](admit_vault::AdmitVault) | refuses a key ring that does not belong to the store |
//!
//! A use case reads the clock once, judges with the pure rules, and makes at most one changing call.

pub mod admit_vault;
pub mod authenticate;
pub mod caller;
pub mod change_organization;
pub mod create_organization;
pub mod create_token;
pub mod describe_token;
pub mod list_tokens;
pub mod record_use;
pub mod reveal;
pub mod revoke_token;
pub mod rotate_token;
pub mod show_token;

use crate::port::{StoreError, entropy::EntropyError, vault::VaultError};

/// Something outside failed, and nothing can be concluded about what was asked for.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There are no random bytes.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
    /// The vault could not seal or open.
    #[error(transparent)]
    Vault(#[from] VaultError),
}
