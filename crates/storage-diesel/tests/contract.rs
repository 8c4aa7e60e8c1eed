//! Both databases keep every promise of the stores.

#[path = "support/stores.rs"]
mod support;

/// The tests of one database, whose fixture this function makes.
macro_rules! keeps_every_promise {
    ($database:ident, $fixture:ty, $fresh:expr) => {
        mod $database {
            use std::sync::Arc;

            use symbolon_contract::{Fixture, store_contract};
            use symbolon_domain::port::{
                access_tokens::AccessTokens, activity::ActivityLog,
                administrator_sessions::AdministratorSessions, administrators::Administrators,
                authorization_tokens::AuthorizationTokens, canaries::Canaries, jobs::Jobs, notices::Notices,
                organizations::Organizations, outbox::Outbox, readiness::Readiness, recipients::Recipients,
                sessions::Sessions, sign_in_attempts::SignInAttempts, sign_ins::SignIns, tallies::Tallies,
                templates::Templates,
            };

            use symbolon_storage_diesel::DieselStore;

            use super::support;

            struct Database($fixture);

            impl Fixture for Database {
                async fn fresh() -> Self {
                    Self($fresh())
                }

                fn organizations(&self) -> Arc<dyn Organizations> {
                    Arc::new(self.0.store.clone())
                }

                fn tokens(&self) -> Arc<dyn AuthorizationTokens> {
                    Arc::new(self.0.store.clone())
                }

                fn tokens_elsewhere(&self) -> Arc<dyn AuthorizationTokens> {
                    Arc::new(DieselStore::open(self.0.settings.clone()).expect("it is open already"))
                }

                fn access_elsewhere(&self) -> Arc<dyn AccessTokens> {
                    Arc::new(DieselStore::open(self.0.settings.clone()).expect("it is open already"))
                }

                fn templates(&self) -> Arc<dyn Templates> {
                    Arc::new(self.0.store.clone())
                }

                fn recipients(&self) -> Arc<dyn Recipients> {
                    Arc::new(self.0.store.clone())
                }

                fn access(&self) -> Arc<dyn AccessTokens> {
                    Arc::new(self.0.store.clone())
                }

                fn outbox(&self) -> Arc<dyn Outbox> {
                    Arc::new(self.0.store.clone())
                }

                fn sessions(&self) -> Arc<dyn Sessions> {
                    Arc::new(self.0.store.clone())
                }

                fn sign_ins(&self) -> Arc<dyn SignIns> {
                    Arc::new(self.0.store.clone())
                }

                fn administrators(&self) -> Arc<dyn Administrators> {
                    Arc::new(self.0.store.clone())
                }

                fn administrator_sessions(&self) -> Arc<dyn AdministratorSessions> {
                    Arc::new(self.0.store.clone())
                }

                fn attempts(&self) -> Arc<dyn SignInAttempts> {
                    Arc::new(self.0.store.clone())
                }

                fn notices(&self) -> Arc<dyn Notices> {
                    Arc::new(self.0.store.clone())
                }

                fn jobs(&self) -> Arc<dyn Jobs> {
                    Arc::new(self.0.store.clone())
                }

                fn tallies(&self) -> Arc<dyn Tallies> {
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

            store_contract!(Database);
        }
    };
}

keeps_every_promise!(sqlite, support::Sqlite, support::Sqlite::migrated);
keeps_every_promise!(postgres, support::Postgres, support::Postgres::ready_for_races);
