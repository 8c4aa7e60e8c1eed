//! Symbolon's stores on SQLite and on PostgreSQL: one set of queries for both.
//!
//! [`DieselStore`] implements every storage port of the domain; `symbolon-contract` proves it on both databases. A port's
//! file here has the name of the port's file in the domain.
//!
//! ```no_run
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use symbolon_storage_diesel::{DatabaseUrl, DieselStore, Settings};
//!
//! let store = DieselStore::open(Settings::new(DatabaseUrl::parse("sqlite:symbolon.db")?))?;
//! store.migrate()?;
//! # Ok(())
//! # }
//! ```
//!
//! # A map
//!
//! | what | where |
//! | --- | --- |
//! | the URL, and how it is shown without a password | `database_url` |
//! | one connection, set up | `connection` |
//! | many rows at once | `insertion` |
//! | statements that are prepared once | `cached` |
//! | a bounded number of them, and the hand-off to a thread | `pool` |
//! | every `BEGIN` and `COMMIT` | `transaction` |
//! | writes that share a commit, on SQLite | `group_commit` |
//! | authorization tokens for every request: in batches, and kept while nothing changes them | `lookup` |
//! | what differs between the databases: instants and ids | `types` |
//! | tables, and rows to and from the domain | `schema`, `row` |
//! | an access token with everything that decides about it, in one statement | `dossiers` |
//! | the domain's judgement as SQL conditions | `standing` |
//! | what a step adds to the numbers | `tallies` |
//! | making and changing the tables | `migration` |
//! | what `doctor` asks | `diagnosis` |

mod access_tokens;
mod activity;
mod administrator_sessions;
mod administrators;
mod authorization_tokens;
mod cached;
mod canaries;
mod connection;
mod database_url;
mod diagnosis;
mod dossiers;
mod error;
mod group_commit;
mod insertion;
mod jobs;
mod lists;
mod lookup;
mod migration;
mod notices;
mod organizations;
mod outbox;
mod paging;
#[cfg(test)]
mod plan;
mod pool;
mod readiness;
mod recipients;
mod retention;
mod row;
mod schema;
mod sessions;
mod settings;
mod sign_in_attempts;
mod sign_ins;
mod standing;
mod store;
mod tallies;
mod templates;
mod transaction;
mod types;

#[cfg(test)]
extern crate self as symbolon_storage_diesel;
#[cfg(test)]
#[path = "../tests/support/stores.rs"]
mod support;

pub use database_url::{DatabaseUrl, DatabaseUrlError};
pub use diagnosis::{Database, DatabaseKind, Finding, Severity};
pub use error::OpenError;
pub use migration::sqlite_migrations;
pub use recipients::WordsMade;
pub use settings::Settings;
pub use store::DieselStore;
