//! What can go wrong, in words for the operator's log.
//!
//! No text repeats a value, a statement's parameters or a password: of a database's own report only its message is
//! taken, never its details, which quote the row.

use std::path::PathBuf;

use diesel::result::{DatabaseErrorKind, Error};
use symbolon_domain::port::StoreError;

/// A store cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The directory of the SQLite file is missing.
    #[error("the directory {} does not exist; create it, or choose another place for the database", .0.display())]
    NoDirectory(PathBuf),
    /// The SQLite file cannot be made or opened for writing.
    #[error("the database file cannot be opened for writing: {0}")]
    File(#[source] std::io::Error),
    /// The SQLite in this program can lose committed data.
    #[error("SQLite {0} can lose committed data; at least 3.51.3 is needed, so build with the bundled one")]
    OldSqlite(String),
    /// The name of the schema needs quoting, or is too long.
    #[error(
        "the schema's name must be 1 to 63 lower-case letters, digits and _, and begin with a letter or _"
    )]
    SchemaName,
    /// The store did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What failed of a query, in words.
pub(crate) fn store_error(error: &Error) -> StoreError {
    StoreError::new(match error {
        Error::DatabaseError(kind, report) => {
            let message = report.message();
            match kind {
                DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand => {
                    format!("the connection was lost: {message}")
                }
                _ => format!("the database refused: {message}"),
            }
        }
        Error::DeserializationError(reason) => format!("what is stored cannot be read: {reason}"),
        Error::BrokenTransactionManager | Error::RollbackErrorOnCommit { .. } => {
            "a transaction did not end as it should".to_owned()
        }
        Error::NotFound => "a row that must be there is missing".to_owned(),
        other => format!("a query failed: {other}"),
    })
}

/// A stored value that the domain does not know.
#[derive(Debug, thiserror::Error)]
#[error("{column} in a row of {table}")]
pub(crate) struct Unreadable {
    pub(crate) table: &'static str,
    pub(crate) column: &'static str,
}

impl From<Unreadable> for Error {
    fn from(unreadable: Unreadable) -> Self {
        Self::DeserializationError(Box::new(unreadable))
    }
}
