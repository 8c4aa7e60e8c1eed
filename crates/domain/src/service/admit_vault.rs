//! Does this key ring belong to this store? Asked at every start: a wrong ring must be a refusal to start, never a
//! service that answers 401 to everybody.

use super::Fault;
use crate::port::{
    canaries::Canaries,
    vault::{ForeignCanary, Vault},
};

/// Compares a vault with the canaries of a store, and leaves canaries for keys that have none.
pub struct AdmitVault<'a> {
    /// The vault.
    pub vault: &'a dyn Vault,
    /// The store's canaries.
    pub canaries: &'a dyn Canaries,
}

/// Why the vault is not admitted.
#[derive(Debug, thiserror::Error)]
pub enum AdmitVaultError {
    /// The store was made with another key ring.
    #[error(transparent)]
    Foreign(#[from] ForeignCanary),
    /// Nothing can be said.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl AdmitVault<'_> {
    /// Succeeds if and only if the vault holds every key that the store was ever used with.
    ///
    /// Of several vaults that come to an empty store at once, one is admitted, and the others change nothing.
    ///
    /// # Errors
    /// Why not.
    pub async fn run(self) -> Result<(), AdmitVaultError> {
        let own = self.vault.canaries().map_err(Fault::from)?;
        for canary in self.canaries.admit(&own).await.map_err(Fault::from)? {
            self.vault.recognize(&canary)?;
        }
        Ok(())
    }
}
