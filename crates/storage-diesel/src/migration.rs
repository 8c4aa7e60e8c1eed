//! Making and changing the tables: the migrations are in the program.
//!
//! Everything that is to be applied is applied in one transaction, which also keeps a second migrator waiting: when its
//! turn comes, it finds nothing left to do. So a migration cannot contain what PostgreSQL refuses in transactions, such as
//! `CREATE INDEX CONCURRENTLY`.

use diesel::{
    connection::SimpleConnection,
    migration::{Migration, MigrationSource},
    pg::Pg,
    prelude::*,
    result::Error,
    sql_types::Text,
    sqlite::Sqlite,
};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use symbolon_domain::port::StoreError;

use crate::{
    DieselStore,
    connection::AnyConnection,
    error::store_error,
    transaction::{Stop, write},
};

const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

/// Any number would do, as long as all migrators take the same and nobody else does: "symbolon" in ASCII.
const ADVISORY_LOCK: i64 = 0x7379_6d62_6f6c_6f6e;

/// The names of the migrations that make a new SQLite file, in their order.
///
/// # Errors
/// Never, as long as the names in the program are well formed, which its tests see to.
pub fn sqlite_migrations() -> Result<Vec<String>, StoreError> {
    let mut migrations = named::<Sqlite>(&SQLITE).map_err(|error| store_error(&error))?;
    migrations.sort_unstable();
    Ok(migrations.into_iter().map(|(_, name)| name).collect())
}

impl DieselStore {
    /// The names of the migrations that are still to be applied, in their order. Changes nothing.
    ///
    /// # Errors
    /// Where the database does not answer, or a newer version of Symbolon has changed it.
    pub fn pending_migrations(&self) -> Result<Vec<String>, StoreError> {
        let mut connection = self.maintenance()?;
        refuse_newer(&mut connection)
            .and_then(|()| pending(&mut connection))
            .map_err(|error| store_error(&error))
    }

    /// Applies all migrations that are still to be applied, and names them. Of several migrators at once, one applies them,
    /// the others wait and find nothing left. No search finds the recipients whom a version without words has added: see
    /// [`make_words`](Self::make_words).
    ///
    /// # Errors
    /// Where the database does not answer, a newer version of Symbolon has changed it, or a migration fails; then none
    /// of them is applied.
    pub fn migrate(&self) -> Result<Vec<String>, StoreError> {
        self.migrating(|connection| {
            refuse_newer(connection)?;
            let names = pending(connection)?;
            match connection {
                AnyConnection::Sqlite(sqlite) => sqlite.run_pending_migrations(SQLITE).map(drop),
                AnyConnection::Postgres(postgres) => postgres.run_pending_migrations(POSTGRES).map(drop),
            }
            .map_err(Error::QueryBuilderError)?;
            Ok(names)
        })
    }

    /// Takes back the last `count` migrations, and names them, the last first. What the tables held is lost.
    ///
    /// # Errors
    /// As [`migrate`](Self::migrate).
    pub fn revert(&self, count: usize) -> Result<Vec<String>, StoreError> {
        self.migrating(|connection| {
            let before = applied(connection)?;
            for _ in 0..count.min(before.len()) {
                match connection {
                    AnyConnection::Sqlite(sqlite) => sqlite.revert_last_migration(SQLITE).map(drop),
                    AnyConnection::Postgres(postgres) => postgres.revert_last_migration(POSTGRES).map(drop),
                }
                .map_err(Error::QueryBuilderError)?;
            }
            let after = applied(connection)?;
            let mut names: Vec<_> = known(connection)?
                .into_iter()
                .filter(|(version, _)| before.contains(version) && !after.contains(version))
                .map(|(_, name)| name)
                .collect();
            names.reverse();
            Ok(names)
        })
    }

    /// Removes the PostgreSQL schema that the settings name, with everything in it. Without one, and on SQLite, there
    /// is nothing to remove.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub fn drop_schema(&self) -> Result<(), StoreError> {
        let Some(schema) = &self.settings.postgres_schema else {
            return Ok(());
        };
        match self.maintenance()? {
            AnyConnection::Sqlite(_) => Ok(()),
            AnyConnection::Postgres(mut postgres) => postgres
                .batch_execute(&format!("DROP SCHEMA IF EXISTS \"{schema}\" CASCADE"))
                .map_err(|error| store_error(&error)),
        }
    }

    /// Runs a step as the only migrator, in a transaction.
    fn migrating<T>(
        &self,
        mut step: impl FnMut(&mut AnyConnection) -> QueryResult<T>,
    ) -> Result<T, StoreError> {
        let schema = self.settings.postgres_schema.as_deref();
        write(&mut self.maintenance()?, |connection| {
            if let AnyConnection::Postgres(postgres) = connection {
                postgres.batch_execute(&format!("SELECT pg_advisory_xact_lock({ADVISORY_LOCK})"))?;
                if let Some(schema) = schema {
                    postgres.batch_execute(&format!("CREATE SCHEMA IF NOT EXISTS \"{schema}\""))?;
                }
            }
            step(connection).map_err(Stop::Failed)
        })
        .map_err(|error| store_error(&error))
    }
}

/// The names of the migrations that are still to be applied.
pub(crate) fn pending(connection: &mut AnyConnection) -> QueryResult<Vec<String>> {
    let applied = applied(connection)?;
    Ok(known(connection)?
        .into_iter()
        .filter(|(version, _)| !applied.contains(version))
        .map(|(_, name)| name)
        .collect())
}

/// A migration that this program does not have.
#[derive(Debug, thiserror::Error)]
#[error(
    "a newer version of Symbolon has changed the database (its migration {0}); run that version, or a later one"
)]
struct Newer(String);

/// Tables of a later version may mean something else: a start on them is refused. What runs already goes on, so that
/// instances can be replaced one after the other.
pub(crate) fn refuse_newer(connection: &mut AnyConnection) -> QueryResult<()> {
    let known = known(connection)?;
    let is_unknown = |version: &String| known.iter().all(|(known, _)| known != version);
    match applied(connection)?.into_iter().find(is_unknown) {
        None => Ok(()),
        Some(version) => Err(Error::DeserializationError(Box::new(Newer(version)))),
    }
}

/// The versions and names of all migrations in the program, in their order.
fn known(connection: &AnyConnection) -> QueryResult<Vec<(String, String)>> {
    let mut known = match connection {
        AnyConnection::Sqlite(_) => named::<Sqlite>(&SQLITE),
        AnyConnection::Postgres(_) => named::<Pg>(&POSTGRES),
    }?;
    known.sort_unstable();
    Ok(known)
}

fn named<DB: diesel::backend::Backend>(source: &EmbeddedMigrations) -> QueryResult<Vec<(String, String)>> {
    let migrations: Vec<Box<dyn Migration<DB>>> = source.migrations().map_err(Error::QueryBuilderError)?;
    Ok(migrations
        .iter()
        .map(|migration| {
            (
                migration.name().version().to_string(),
                migration.name().to_string(),
            )
        })
        .collect())
}

#[derive(QueryableByName)]
struct Applied {
    #[diesel(sql_type = Text)]
    version: String,
}

/// The versions that the database has, without making the table in which diesel keeps them.
fn applied(connection: &mut AnyConnection) -> QueryResult<Vec<String>> {
    let table = match connection {
        AnyConnection::Sqlite(_) => {
            "SELECT name AS version FROM sqlite_master WHERE type = 'table' AND name = '__diesel_schema_migrations'"
        }
        AnyConnection::Postgres(_) => {
            "SELECT 'there' AS version WHERE to_regclass('__diesel_schema_migrations') IS NOT NULL"
        }
    };
    if diesel::sql_query(table).load::<Applied>(connection)?.is_empty() {
        return Ok(Vec::new());
    }
    let versions =
        diesel::sql_query("SELECT version FROM __diesel_schema_migrations").load::<Applied>(connection)?;
    Ok(versions.into_iter().map(|row| row.version).collect())
}
