//! Canaries in memory.

use async_trait::async_trait;
use symbolon_domain::port::{
    StoreError,
    canaries::{Canaries, Canary},
};

use crate::MemoryStore;

#[async_trait]
impl Canaries for MemoryStore {
    async fn list(&self) -> Result<Vec<Canary>, StoreError> {
        let state = self.lock();
        let canaries = state.canaries.iter().map(|(key, proof)| Canary {
            key: *key,
            proof: proof.clone(),
        });
        Ok(canaries.collect())
    }

    async fn add(&self, canaries: &[Canary]) -> Result<(), StoreError> {
        let mut state = self.lock();
        for canary in canaries {
            state
                .canaries
                .entry(canary.key)
                .or_insert_with(|| canary.proof.clone());
        }
        Ok(())
    }
}
