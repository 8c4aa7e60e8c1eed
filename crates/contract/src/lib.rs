//! What every adapter of a Symbolon port must promise, as tests.
//!
//! The doc comments of [`symbolon_domain::port`] say what an adapter promises. Here each of these promises is a function
//! that panics where it is not kept: an adapter that passes them all can serve the product. The tests of Symbolon's own
//! adapters are these, and nothing here knows any adapter.
//!
//! # How to test your adapter
//!
//! Name this crate among the `dev-dependencies`, say in `tests/contract.rs` how to make a store and where its ports are,
//! and have the macro write the tests:
//!
//! ```
//! use std::sync::Arc;
//!
//! use symbolon_contract::{Fixture, store_contract};
//! use symbolon_domain::port::{
//!     access_tokens::AccessTokens, activity::ActivityLog, administrator_sessions::AdministratorSessions,
//!     administrators::Administrators, authorization_tokens::AuthorizationTokens, canaries::Canaries,
//!     jobs::Jobs, notices::Notices, organizations::Organizations, outbox::Outbox, readiness::Readiness,
//!     recipients::Recipients, sessions::Sessions, sign_in_attempts::SignInAttempts, sign_ins::SignIns,
//!     tallies::Tallies, templates::Templates,
//! };
//! # // An adapter that is as good as its reader's imagination.
//! # struct MyStore;
//! # impl MyStore {
//! #     async fn in_a_new_database() -> Self { Self }
//! #     fn organizations(&self) -> Arc<dyn Organizations> { unimplemented!() }
//! #     fn tokens(&self) -> Arc<dyn AuthorizationTokens> { unimplemented!() }
//! #     fn templates(&self) -> Arc<dyn Templates> { unimplemented!() }
//! #     fn recipients(&self) -> Arc<dyn Recipients> { unimplemented!() }
//! #     fn access(&self) -> Arc<dyn AccessTokens> { unimplemented!() }
//! #     fn outbox(&self) -> Arc<dyn Outbox> { unimplemented!() }
//! #     fn sessions(&self) -> Arc<dyn Sessions> { unimplemented!() }
//! #     fn sign_ins(&self) -> Arc<dyn SignIns> { unimplemented!() }
//! #     fn administrators(&self) -> Arc<dyn Administrators> { unimplemented!() }
//! #     fn administrator_sessions(&self) -> Arc<dyn AdministratorSessions> { unimplemented!() }
//! #     fn attempts(&self) -> Arc<dyn SignInAttempts> { unimplemented!() }
//! #     fn notices(&self) -> Arc<dyn Notices> { unimplemented!() }
//! #     fn jobs(&self) -> Arc<dyn Jobs> { unimplemented!() }
//! #     fn tallies(&self) -> Arc<dyn Tallies> { unimplemented!() }
//! #     fn activity(&self) -> Arc<dyn ActivityLog> { unimplemented!() }
//! #     fn canaries(&self) -> Arc<dyn Canaries> { unimplemented!() }
//! #     fn readiness(&self) -> Arc<dyn Readiness> { unimplemented!() }
//! # }
//!
//! struct MyFixture(MyStore);
//!
//! impl Fixture for MyFixture {
//!     async fn fresh() -> Self {
//!         Self(MyStore::in_a_new_database().await)
//!     }
//!
//!     fn organizations(&self) -> Arc<dyn Organizations> {
//!         self.0.organizations()
//!     }
//!
//!     fn tokens(&self) -> Arc<dyn AuthorizationTokens> {
//!         self.0.tokens()
//!     }
//!
//!     fn templates(&self) -> Arc<dyn Templates> {
//!         self.0.templates()
//!     }
//!
//!     fn recipients(&self) -> Arc<dyn Recipients> {
//!         self.0.recipients()
//!     }
//!
//!     fn access(&self) -> Arc<dyn AccessTokens> {
//!         self.0.access()
//!     }
//!
//!     fn outbox(&self) -> Arc<dyn Outbox> {
//!         self.0.outbox()
//!     }
//!
//!     fn sessions(&self) -> Arc<dyn Sessions> {
//!         self.0.sessions()
//!     }
//!
//!     fn sign_ins(&self) -> Arc<dyn SignIns> {
//!         self.0.sign_ins()
//!     }
//!
//!     fn administrators(&self) -> Arc<dyn Administrators> {
//!         self.0.administrators()
//!     }
//!
//!     fn administrator_sessions(&self) -> Arc<dyn AdministratorSessions> {
//!         self.0.administrator_sessions()
//!     }
//!
//!     fn attempts(&self) -> Arc<dyn SignInAttempts> {
//!         self.0.attempts()
//!     }
//!
//!     fn notices(&self) -> Arc<dyn Notices> {
//!         self.0.notices()
//!     }
//!
//!     fn jobs(&self) -> Arc<dyn Jobs> {
//!         self.0.jobs()
//!     }
//!
//!     fn tallies(&self) -> Arc<dyn Tallies> {
//!         self.0.tallies()
//!     }
//!
//!     fn activity(&self) -> Arc<dyn ActivityLog> {
//!         self.0.activity()
//!     }
//!
//!     fn canaries(&self) -> Arc<dyn Canaries> {
//!         self.0.canaries()
//!     }
//!
//!     fn readiness(&self) -> Arc<dyn Readiness> {
//!         self.0.readiness()
//!     }
//! }
//!
//! store_contract!(MyFixture);
//! # fn main() {}
//! ```
//!
//! That is one test per promise, named as a sentence: `authorization_tokens::rotation_has_exactly_one_winner`. A promise
//! that is added here is a test of your adapter when it next is built. The other ports are simpler; a closure makes them:
//!
//! | port | macro | given |
//! | --- | --- | --- |
//! | the stores | [`store_contract!`] | a [`Fixture`] |
//! | `Vault` | [`vault_contract!`] | `\|\| MyVault::with_fresh_keys()` |
//! | `Entropy` | [`entropy_contract!`] | `\|\| MyEntropy` |
//! | `Clock` | [`clock_contract!`] | `\|\| MyClock::new()` |
//!
//! # What is asked of the machine
//!
//! Every promise has a store of its own, so they run at once. Races ([`race`]) let 64 rivals through one gate on four
//! threads. Nothing sleeps and nothing is timed: a slow store is a slow test and never a failed one. What no caller can
//! bring about (a store that fails, a clock that steps back, durability) is for the adapter's own tests.
//!
//! # When a promise fails
//!
//! The name of the test says what is promised, the doc comment of the function what that means, the panic what was
//! given instead. [`sample`] computes everything from a counter, so what fails outside of a race fails again.
#![expect(
    clippy::missing_panics_doc,
    reason = "a promise that is not kept panics: that is what it is for"
)]

mod fixture;
mod pages;
mod promises;
mod run;
mod scene;
mod standings;

pub mod access_tokens;
pub mod activity;
pub mod administrator_sessions;
pub mod administrators;
pub mod authorization_tokens;
pub mod canaries;
pub mod clock;
pub mod entropy;
pub mod history;
pub mod jobs;
pub mod notices;
pub mod organizations;
pub mod outbox;
pub mod race;
pub mod readiness;
pub mod recipients;
pub mod sample;
pub mod sessions;
pub mod sign_in_attempts;
pub mod sign_ins;
pub mod tallies;
pub mod templates;
pub mod vault;

pub use fixture::Fixture;
pub use promises::{CLOCK_PROMISES, ENTROPY_PROMISES, STORE_PROMISES, VAULT_PROMISES};
pub use run::run;
