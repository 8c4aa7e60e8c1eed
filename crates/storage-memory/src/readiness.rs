//! Whether the memory can serve: always.

use async_trait::async_trait;
use symbolon_domain::port::{StoreError, readiness::Readiness};

use crate::MemoryStore;

#[async_trait]
impl Readiness for MemoryStore {
    async fn ready(&self) -> Result<(), StoreError> {
        Ok(())
    }
}
