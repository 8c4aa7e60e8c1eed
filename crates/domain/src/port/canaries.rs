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

    /// Admits the keys that these canaries are of, as one step, and returns all canaries kept after it, in the order of
    /// their keys.
    ///
    /// Where every canary that is kept is of one of these keys (so also where none is kept), canaries are added for keys
    /// that have none; what is there already stays as it is. Otherwise the keys are not those of this store, and nothing
    /// is changed. Of any number of concurrent calls with different keys on an empty store, exactly one adds its own.
    async fn admit(&self, canaries: &[Canary]) -> Result<Vec<Canary>, StoreError>;
}
