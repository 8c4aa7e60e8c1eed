//! The memory adapter keeps every promise of the stores.

use std::sync::Arc;

use symbolon_contract::{Fixture, store_contract};
use symbolon_domain::port::{
    access_tokens::AccessTokens, activity::ActivityLog, administrator_sessions::AdministratorSessions,
    administrators::Administrators, authorization_tokens::AuthorizationTokens, canaries::Canaries,
    jobs::Jobs, notices::Notices, organizations::Organizations, outbox::Outbox, readiness::Readiness,
    recipients::Recipients, sessions::Sessions, sign_in_attempts::SignInAttempts, sign_ins::SignIns,
    tallies::Tallies, templates::Templates,
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

    fn templates(&self) -> Arc<dyn Templates> {
        Arc::new(self.0.clone())
    }

    fn recipients(&self) -> Arc<dyn Recipients> {
        Arc::new(self.0.clone())
    }

    fn access(&self) -> Arc<dyn AccessTokens> {
        Arc::new(self.0.clone())
    }

    fn outbox(&self) -> Arc<dyn Outbox> {
        Arc::new(self.0.clone())
    }

    fn sessions(&self) -> Arc<dyn Sessions> {
        Arc::new(self.0.clone())
    }

    fn sign_ins(&self) -> Arc<dyn SignIns> {
        Arc::new(self.0.clone())
    }

    fn administrators(&self) -> Arc<dyn Administrators> {
        Arc::new(self.0.clone())
    }

    fn administrator_sessions(&self) -> Arc<dyn AdministratorSessions> {
        Arc::new(self.0.clone())
    }

    fn attempts(&self) -> Arc<dyn SignInAttempts> {
        Arc::new(self.0.clone())
    }

    fn notices(&self) -> Arc<dyn Notices> {
        Arc::new(self.0.clone())
    }

    fn jobs(&self) -> Arc<dyn Jobs> {
        Arc::new(self.0.clone())
    }

    fn tallies(&self) -> Arc<dyn Tallies> {
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
