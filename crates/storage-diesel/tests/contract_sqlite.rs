//! SQLite keeps every promise of the stores.

#[path = "support/stores.rs"]
mod support;

use std::sync::Arc;

use symbolon_contract::{Fixture, store_contract};
use symbolon_domain::port::{
    activity::ActivityLog, authorization_tokens::AuthorizationTokens, canaries::Canaries,
    organizations::Organizations, readiness::Readiness,
};

struct Sqlite(support::Sqlite);

impl Fixture for Sqlite {
    async fn fresh() -> Self {
        Self(support::Sqlite::migrated())
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

store_contract!(Sqlite);
