//! PostgreSQL keeps every promise of the stores.

#[path = "support/stores.rs"]
mod support;

use std::sync::Arc;

use symbolon_contract::{Fixture, store_contract};
use symbolon_domain::port::{
    activity::ActivityLog, authorization_tokens::AuthorizationTokens, canaries::Canaries,
    organizations::Organizations, readiness::Readiness,
};

struct Postgres(support::Postgres);

impl Fixture for Postgres {
    async fn fresh() -> Self {
        Self(support::Postgres::ready_for_races())
    }

    fn organizations(&self) -> Arc<dyn Organizations> {
        Arc::new(self.0.store.clone())
    }

    fn tokens(&self) -> Arc<dyn AuthorizationTokens> {
        Arc::new(self.0.store.clone())
    }

    fn activity(&self) -> Arc<dyn ActivityLog> {
        Arc::new(self.0.store.clone())
    }

    fn canaries(&self) -> Arc<dyn Canaries> {
        Arc::new(self.0.store.clone())
    }

    fn readiness(&self) -> Arc<dyn Readiness> {
        Arc::new(self.0.store.clone())
    }
}

store_contract!(Postgres);
