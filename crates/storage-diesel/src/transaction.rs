//! All transactions: every write of the crate goes through [`DieselStore::write`].
//!
//! On SQLite a write begins with `BEGIN IMMEDIATE`: a transaction that reads first and writes later loses every race
//! with "database is locked", whatever the busy timeout. On PostgreSQL it runs at READ COMMITTED, where a statement sees
//! what was committed before it began, and conditional updates decide who wins.

#[cfg(test)]
mod tests;

use diesel::{
    Connection, QueryResult,
    connection::{AnsiTransactionManager, TransactionManager},
    result::{DatabaseErrorKind, Error},
    sql_query,
};
use symbolon_domain::port::StoreError;

use crate::{DieselStore, cached::ExecuteCached as _, connection::AnyConnection, error::store_error};

/// How often a write is tried that the database broke off in favour of another.
const TRIES: u32 = 4;

/// Why a write ends without a commit.
#[derive(Debug)]
pub(crate) enum Stop<T> {
    /// It came too late, and has changed nothing: its outcome.
    Outcome(T),
    /// What it saw changed under its eyes: to be tried again from the start.
    Again,
    /// A query failed.
    Failed(Error),
}

impl<T> From<Error> for Stop<T> {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl DieselStore {
    /// Queries that change nothing.
    pub(crate) async fn read<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut AnyConnection) -> QueryResult<T> + Send + 'static,
    {
        self.readers
            .with(|connection| work(connection).map_err(|error| store_error(&error)))
            .await
    }

    /// One transaction: all of it is durable when this returns, or nothing of it is.
    ///
    /// The work may run more than once. On SQLite it shares its commit with whoever writes at the same time: see
    /// [`group_commit`](crate::group_commit).
    pub(crate) async fn write<T, F>(&self, mut work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnMut(&mut AnyConnection) -> Result<T, Stop<T>> + Send + 'static,
    {
        if self.settings.url.is_sqlite() {
            return self.group.write(&self.writers, work).await;
        }
        self.writers
            .with(move |connection| write(connection, &mut work).map_err(|error| store_error(&error)))
            .await
    }
}

/// See [`DieselStore::write`]; by itself.
pub(crate) fn write<T>(
    connection: &mut AnyConnection,
    mut work: impl FnMut(&mut AnyConnection) -> Result<T, Stop<T>>,
) -> QueryResult<T> {
    let begin = begin_to_write(connection);
    let mut tries = 1;
    loop {
        let ended = transaction(connection, begin, &mut work);
        if let Some(done) = verdict(ended, tries) {
            return done;
        }
        tries += 1;
    }
}

/// Several [`step`]s that are kept together. It is not repeated.
pub(crate) fn group(
    connection: &mut AnyConnection,
    mut work: impl FnMut(&mut AnyConnection) -> QueryResult<()>,
) -> QueryResult<()> {
    let begin = begin_to_write(connection);
    let ended = transaction(connection, begin, &mut |connection| {
        work(connection).map_err(Stop::<()>::Failed)
    });
    verdict(ended, TRIES).unwrap_or(Ok(()))
}

/// One step of a [`group`]: all of it is done in its transaction, or nothing of it is.
///
/// # Errors
/// The transaction is lost. That the step itself failed is told within.
pub(crate) fn step<T>(
    connection: &mut AnyConnection,
    work: &mut impl FnMut(&mut AnyConnection) -> Result<T, Stop<T>>,
) -> QueryResult<QueryResult<T>> {
    let mut tries = 1;
    loop {
        told(connection, "SAVEPOINT step")?;
        let ended = work(connection);
        // Where the database has ended the transaction by itself there is no such savepoint any more.
        let end = if ended.is_ok() {
            told(connection, "RELEASE step")
        } else {
            told(connection, "ROLLBACK TO step").and_then(|()| told(connection, "RELEASE step"))
        };
        match (end, ended) {
            (Err(_), Err(Stop::Failed(first))) => return Err(first),
            (Err(error), _) => return Err(error),
            (Ok(()), ended) => {
                if let Some(done) = verdict(ended, tries) {
                    return Ok(done);
                }
            }
        }
        tries += 1;
    }
}

fn told(connection: &mut AnyConnection, text: &str) -> QueryResult<()> {
    sql_query(text).execute_cached(connection).map(drop)
}

const fn begin_to_write(connection: &AnyConnection) -> &'static str {
    match connection {
        AnyConnection::Sqlite(_) => "BEGIN IMMEDIATE",
        AnyConnection::Postgres(_) => "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
    }
}

/// What came of a write; `None` if it is to be tried again.
fn verdict<T>(ended: Result<T, Stop<T>>, tries: u32) -> Option<QueryResult<T>> {
    match ended {
        Ok(done) | Err(Stop::Outcome(done)) => Some(Ok(done)),
        Err(Stop::Failed(error)) if tries < TRIES && was_broken_off(&error) => {
            tracing::debug!("a write was broken off in favour of another, and is tried again");
            None
        }
        Err(Stop::Again) if tries < TRIES => None,
        Err(Stop::Failed(error)) => Some(Err(error)),
        Err(Stop::Again) => Some(Err(Error::RollbackTransaction)),
    }
}

/// Several queries that see the same state.
pub(crate) fn snapshot<T>(
    connection: &mut AnyConnection,
    mut work: impl FnMut(&mut AnyConnection) -> QueryResult<T>,
) -> QueryResult<T> {
    let begin = match connection {
        AnyConnection::Sqlite(_) => "BEGIN DEFERRED",
        AnyConnection::Postgres(_) => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    };
    match transaction(connection, begin, &mut |connection| {
        work(connection).map_err(Stop::<T>::Failed)
    }) {
        Ok(seen) | Err(Stop::Outcome(seen)) => Ok(seen),
        Err(Stop::Failed(error)) => Err(error),
        Err(Stop::Again) => Err(Error::RollbackTransaction),
    }
}

fn transaction<T>(
    connection: &mut AnyConnection,
    begin: &str,
    work: &mut impl FnMut(&mut AnyConnection) -> Result<T, Stop<T>>,
) -> Result<T, Stop<T>> {
    type Manager = <AnyConnection as Connection>::TransactionManager;

    match connection {
        AnyConnection::Sqlite(sqlite) => AnsiTransactionManager::begin_transaction_sql(sqlite, begin)?,
        AnyConnection::Postgres(postgres) => AnsiTransactionManager::begin_transaction_sql(postgres, begin)?,
    }
    match work(connection) {
        Ok(done) => {
            Manager::commit_transaction(connection)?;
            Ok(done)
        }
        Err(stop) => {
            // Where even this fails the connection is dropped, which ends its transaction as well; the first failure is
            // the one to tell.
            match (Manager::rollback_transaction(connection), stop) {
                (Err(error), Stop::Outcome(_) | Stop::Again) => Err(Stop::Failed(error)),
                (_, stop) => Err(stop),
            }
        }
    }
}

/// Whether PostgreSQL ended a transaction so that another could go on: SQLSTATE 40001 and 40P01. Of the second diesel
/// tells only the message; where the server speaks another language, the call fails instead of being tried again.
fn was_broken_off(error: &Error) -> bool {
    match error {
        Error::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => true,
        Error::DatabaseError(DatabaseErrorKind::Unknown, report) => {
            report.message().contains("deadlock detected")
        }
        _ => false,
    }
}
