//! Canaries in memory.

use async_trait::async_trait;
use symbolon_domain::{
    port::{
        StoreError,
        canaries::{Canaries, Canary},
    },
    sealed::KeyId,
};

use crate::{MemoryStore, state::State};

#[async_trait]
impl Canaries for MemoryStore {
    async fn list(&self) -> Result<Vec<Canary>, StoreError> {
        Ok(kept(&self.lock()))
    }

    async fn admit(&self, canaries: &[Canary]) -> Result<Vec<Canary>, StoreError> {
        let mut state = self.lock();
        let is_of_these = |key: &KeyId| canaries.iter().any(|canary| canary.key == *key);
        if state.canaries.keys().all(is_of_these) {
            for canary in canaries {
                state
                    .canaries
                    .entry(canary.key)
                    .or_insert_with(|| canary.proof.clone());
            }
        }
        Ok(kept(&state))
    }
}

fn kept(state: &State) -> Vec<Canary> {
    let canaries = state.canaries.iter().map(|(key, proof)| Canary {
        key: *key,
        proof: proof.clone(),
    });
    canaries.collect()
}
