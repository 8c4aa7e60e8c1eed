//! Known texts under each key, kept in the store, so that a wrong key ring is found at the start and not as a
//! thousand refused tokens.

use async_trait::async_trait;

use super::StoreError;
use crate::sealed::KeyId;

/// What a key made of a known text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Canary {
    /// Which key. Unique among the keys of a deployment, whatever they are for.
    pub key: KeyId,
    /// What it made; 1 to 255 bytes, opaque to the store.
    pub proof: Vec<u8>,
}

/// Keeps canaries.
#[async_trait]
pub trait Canaries: Send + Sync {
    /// All canaries, in the order of their keys.
    async fn list(&self) -> Result<Vec<Canary>, StoreError>;

    /// Adds canaries for keys that have none; what is there already stays as it is.
    ///
    /// Of any number of concurrent calls for one key, exactly one canary is kept.
    async fn add(&self, canaries: &[Canary]) -> Result<(), StoreError>;
}
