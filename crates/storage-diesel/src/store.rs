//! The store: opening it, and what operators do with it besides the ports.

use std::sync::Arc;

use diesel::connection::SimpleConnection as _;
use symbolon_domain::port::StoreError;

use crate::{
    connection::{AnyConnection, Role, sqlite},
    error::{OpenError, store_error},
    group_commit::Group,
    lookup::Lookups,
    pool::Connections,
    settings::{Settings, is_schema_name},
};

/// A store on SQLite or PostgreSQL. Cheap to clone; clones share their connections.
///
/// The ports' calls need a tokio runtime with its timer. What is not `async` blocks, on a connection of its own.
#[derive(Clone)]
pub struct DieselStore {
    pub(crate) settings: Arc<Settings>,
    pub(crate) readers: Connections,
    pub(crate) writers: Connections,
    pub(crate) group: Arc<Group>,
    pub(crate) lookups: Arc<Lookups>,
}

impl DieselStore {
    /// Opens the store, and makes the SQLite file where there is none (its directory must exist). Changes no tables:
    /// see [`migrate`](Self::migrate).
    ///
    /// Does not connect to PostgreSQL: a server that is not there yet is found by the first call, and again by later
    /// ones until it is there.
    ///
    /// # Errors
    /// [`OpenError`] says what to do.
    pub fn open(settings: Settings) -> Result<Self, OpenError> {
        if settings
            .postgres_schema
            .as_deref()
            .is_some_and(|name| !is_schema_name(name))
        {
            return Err(OpenError::SchemaName);
        }
        let (readers, writers) = if let Some(path) = settings.url.sqlite_path() {
            sqlite::create(path)?;
            // Once now: it turns the file to WAL, which readers could not.
            let connection = Role::Writer.connect(&settings).map_err(StoreError::from)?;
            if let AnyConnection::Sqlite(mut connection) = connection {
                let version = sqlite::version(&mut connection).map_err(|error| store_error(&error))?;
                sqlite::require_version(&version)?;
            }
            (
                Connections::new(&settings, Role::Reader, settings.connections),
                Connections::new(&settings, Role::Writer, 1),
            )
        } else {
            let connections = Connections::new(&settings, Role::Writer, settings.connections);
            (connections.clone(), connections)
        };
        Ok(Self {
            settings: Arc::new(settings),
            readers,
            writers,
            group: Arc::default(),
            lookups: Arc::new(Lookups::new()),
        })
    }

    /// Brings what was written last from SQLite's log into its file, and empties the log: what was deleted is then in
    /// neither. For the end of a service, whose connections may outlive it by a moment. PostgreSQL does it by itself.
    ///
    /// Leaves the log to whoever closes the file last where another process is reading.
    ///
    /// # Errors
    /// [`StoreError`] where the database cannot do it now; nothing is lost by that.
    pub async fn empty_log(&self) -> Result<(), StoreError> {
        self.writers
            .with(|connection| match connection {
                AnyConnection::Sqlite(sqlite) => sqlite
                    .batch_execute("PRAGMA wal_checkpoint(TRUNCATE)")
                    .map_err(|error| store_error(&error)),
                AnyConnection::Postgres(_) => Ok(()),
            })
            .await
    }

    /// A connection beside the pool, with no limit on how long a statement takes.
    pub(crate) fn maintenance(&self) -> Result<AnyConnection, StoreError> {
        Role::Maintenance
            .connect(&self.settings)
            .map_err(StoreError::from)
    }
}
