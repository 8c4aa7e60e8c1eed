//! The memory adapter keeps every promise of the stores.

use std::sync::Arc;

use symbolon_contract::{Fixture, store_contract};
use symbolon_domain::port::{
    activity::ActivityLog, authorization_tokens::AuthorizationTokens, canaries::Canaries,
    organizations::Organizations, readiness::Readiness,
};
use symbolon_storage_memory::MemoryStore;

struct Memory(MemoryStore);

impl Fixture for Memory {
    async fn fresh() -> Self {
        Self(MemoryStore::new())
    }

    fn organizations(&self) -> Arc<dyn Organizations> {
        Arc::new(self.0.clone())
    }

    fn tokens(&self) -> Arc<dyn AuthorizationTokens> {
        Arc::new(self.0.clone())
    }

    fn activity(&self) -> Arc<dyn ActivityLog> {
        Arc::new(self.0.clone())
    }

    fn canaries(&self) -> Arc<dyn Canaries> {
        Arc::new(self.0.clone())
    }

    fn readiness(&self) -> Arc<dyn Readiness> {
        Arc::new(self.0.clone())
    }
}

store_contract!(Memory);
