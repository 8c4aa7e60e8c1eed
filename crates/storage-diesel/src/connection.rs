//! Connections: one type for both databases, and how a pool makes, tests and drops them.

pub(crate) mod postgres;
pub(crate) mod sqlite;

use diesel::{
    connection::SimpleConnection,
    r2d2::{ManageConnection, R2D2Connection},
};
use symbolon_domain::port::StoreError;

use crate::settings::Settings;

/// A connection to either database.
///
/// Its derived `establish` must not be used: it tries one database after the other, and with PostgreSQL out of reach
/// makes an empty SQLite file that is named like the URL. [`Role::connect`] goes by the URL's scheme.
#[derive(diesel::MultiConnection)]
pub(crate) enum AnyConnection {
    Sqlite(diesel::SqliteConnection),
    Postgres(diesel::PgConnection),
}

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Queries only. SQLite holds it to that.
    Reader,
    /// Everything that ports do.
    Writer,
    /// Migrations and diagnoses: these may take their time.
    Maintenance,
}

impl Role {
    /// A new connection for this role.
    pub(crate) fn connect(self, settings: &Settings) -> Result<AnyConnection, ConnectError> {
        match settings.url.sqlite_path() {
            Some(path) => sqlite::connect(path, self, settings.busy_timeout).map(AnyConnection::Sqlite),
            None => postgres::connect(settings, self).map(AnyConnection::Postgres),
        }
    }
}

/// A connection could not be made. Its text carries no password.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{0}")]
pub(crate) struct ConnectError(pub(crate) String);

impl From<ConnectError> for StoreError {
    fn from(error: ConnectError) -> Self {
        Self::new(error.0)
    }
}

/// Makes connections of one role for a pool.
#[derive(Debug)]
pub(crate) struct Manager {
    pub(crate) settings: Settings,
    pub(crate) role: Role,
}

impl ManageConnection for Manager {
    type Connection = AnyConnection;
    type Error = ConnectError;

    fn connect(&self) -> Result<AnyConnection, ConnectError> {
        self.role.connect(&self.settings)
    }

    fn is_valid(&self, connection: &mut AnyConnection) -> Result<(), ConnectError> {
        connection
            .batch_execute("SELECT 1")
            .map_err(|_| ConnectError("the connection was lost".to_owned()))
    }

    /// A connection whose transaction did not end well, or whose user panicked, is not given out again.
    fn has_broken(&self, connection: &mut AnyConnection) -> bool {
        std::thread::panicking() || connection.is_broken()
    }
}
