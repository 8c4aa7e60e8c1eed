//! Where a store is, and how it is used.

use std::time::Duration;

use crate::database_url::DatabaseUrl;

/// Where a store is, and how it is used. Everything but the URL has a default: `Settings::new(url)`.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The database.
    pub url: DatabaseUrl,
    /// The PostgreSQL schema that holds the tables; where there is none of this name, migrating makes it. `None` leaves
    /// it to the server's `search_path`. SQLite has no schemas and passes over it.
    pub postgres_schema: Option<String>,
    /// The most connections to PostgreSQL, or readers of the SQLite file, at once. SQLite has one more that writes.
    pub connections: u32,
    /// How many connections to PostgreSQL are kept while nobody needs them: 1.
    pub idle_connections: u32,
    /// How long a call waits for a connection before it fails: 2 s.
    pub acquire_timeout: Duration,
    /// How long SQLite waits while another process writes: 5 s.
    pub busy_timeout: Duration,
}

impl Settings {
    /// The defaults for this database: 10 connections to PostgreSQL, 4 readers of SQLite.
    #[must_use]
    pub fn new(url: DatabaseUrl) -> Self {
        Self {
            connections: if url.is_sqlite() { 4 } else { 10 },
            url,
            postgres_schema: None,
            idle_connections: 1,
            acquire_timeout: Duration::from_secs(2),
            busy_timeout: Duration::from_secs(5),
        }
    }
}

/// Whether this can be the name of a schema without any quoting: lower-case letters, digits and `_`, at most 63 of them,
/// and no digit first.
pub(crate) fn is_schema_name(name: &str) -> bool {
    name.len() <= 63
        && name.starts_with(|first: char| first.is_ascii_lowercase() || first == '_')
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}
