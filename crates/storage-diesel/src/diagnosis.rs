//! What an operator wants to know of a database: which it is, and whether it is in good order.

mod postgres;
mod sqlite;

use diesel::{prelude::*, sql_types::Text};
use symbolon_domain::{port::StoreError, time::Timestamp};

use crate::{
    DieselStore,
    connection::AnyConnection,
    error::store_error,
    lists, migration,
    transaction::snapshot,
    types::{At, Instant},
};

/// Which database this is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Database {
    /// Its make.
    pub kind: DatabaseKind,
    /// Its version, as it tells it.
    pub version: String,
}

/// The makes of database that can be served from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatabaseKind {
    /// A file beside the program.
    Sqlite,
    /// A server.
    Postgres,
}

impl DatabaseKind {
    /// As people write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// As it should be.
    Good,
    /// It works, and could be safer.
    Attention,
    /// Data or service are in danger.
    Bad,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at, in a few words.
    pub name: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What was found.
    pub text: String,
    /// What to do, unless it is good.
    pub advice: Option<&'static str>,
}

impl Finding {
    fn good(name: &'static str, text: impl Into<String>) -> Self {
        Self {
            name,
            severity: Severity::Good,
            text: text.into(),
            advice: None,
        }
    }

    /// Good if it holds, else of this severity, with advice.
    fn check(
        name: &'static str,
        text: impl Into<String>,
        holds: bool,
        otherwise: Severity,
        advice: &'static str,
    ) -> Self {
        let good = Self::good(name, text);
        if holds {
            return good;
        }
        Self {
            severity: otherwise,
            advice: Some(advice),
            ..good
        }
    }
}

impl DieselStore {
    /// Which database this is.
    ///
    /// # Errors
    /// Where it does not answer.
    pub fn database(&self) -> Result<Database, StoreError> {
        let mut connection = self.maintenance()?;
        let (kind, question) = match connection {
            AnyConnection::Sqlite(_) => (DatabaseKind::Sqlite, "SELECT sqlite_version() AS answer"),
            AnyConnection::Postgres(_) => (
                DatabaseKind::Postgres,
                "SELECT current_setting('server_version') AS answer",
            ),
        };
        let version = ask(&mut connection, question).map_err(|error| store_error(&error))?;
        Ok(Database { kind, version })
    }

    /// Looks at everything that endangers data or service. A database that does not answer is a finding too.
    #[must_use]
    pub fn diagnose(&self) -> Vec<Finding> {
        let found = self.maintenance().and_then(|mut connection| {
            let mut findings = match &mut connection {
                AnyConnection::Sqlite(_) => sqlite::findings(&mut connection, &self.settings),
                AnyConnection::Postgres(_) => postgres::findings(&mut connection, &self.settings),
            }
            .map_err(|error| store_error(&error))?;
            let migrations = migrations(&mut connection)?;
            let are_tables_ours = migrations.severity == Severity::Good;
            findings.push(migrations);
            if are_tables_ours {
                findings.push(lists(&mut connection).map_err(|error| store_error(&error))?);
            }
            Ok(findings)
        });
        found.unwrap_or_else(|error| {
            vec![Finding::check(
                "database",
                error.to_string(),
                false,
                Severity::Bad,
                "see that the database runs, that the URL names it, and that it is the primary",
            )]
        })
    }

    /// What time the database thinks it is; the service keeps its own.
    ///
    /// # Errors
    /// Where it does not answer.
    pub async fn clock(&self) -> Result<Timestamp, StoreError> {
        self.read(|connection| {
            let question = match connection {
                AnyConnection::Sqlite(_) => "SELECT CAST(unixepoch('subsec') * 1000 AS INTEGER) AS at",
                AnyConnection::Postgres(_) => "SELECT clock_timestamp() AS at",
            };
            Ok(diesel::sql_query(question).get_result::<Clock>(connection)?.at.0)
        })
        .await
    }
}

/// Whether the tables are those of this program.
fn migrations(connection: &mut AnyConnection) -> Result<Finding, StoreError> {
    const NAME: &str = "migrations";
    if let Err(error) = migration::refuse_newer(connection) {
        let reason = store_error(&error).to_string();
        let advice = "start that newer version, or restore the backup from before";
        return Ok(Finding::check(NAME, reason, false, Severity::Bad, advice));
    }
    let pending = migration::pending(connection).map_err(|error| store_error(&error))?;
    let text = match pending.len() {
        0 => "all are applied".to_owned(),
        count => format!("{count} are still to be applied"),
    };
    let advice = "run `symbolon migrate`";
    Ok(Finding::check(
        NAME,
        text,
        pending.is_empty(),
        Severity::Bad,
        advice,
    ))
}

/// Whether lists say how many there are.
fn lists(connection: &mut AnyConnection) -> QueryResult<Finding> {
    let are_right = snapshot(connection, lists::are_right)?;
    let text = if are_right {
        "each says how many it has"
    } else {
        "some say that they have more than there are, or fewer"
    };
    Ok(Finding::check(
        "lists",
        text,
        are_right,
        Severity::Attention,
        "run `symbolon migrate`, which counts them anew; some may have been removed by other means than this program",
    ))
}

#[derive(QueryableByName)]
struct Clock {
    #[diesel(sql_type = Instant)]
    at: At,
}

#[derive(QueryableByName)]
struct Answer {
    #[diesel(sql_type = Text)]
    answer: String,
}

/// The one answer to a question that names it `answer`.
fn ask(connection: &mut AnyConnection, question: &str) -> QueryResult<String> {
    diesel::sql_query(question)
        .get_result::<Answer>(connection)
        .map(|row| row.answer)
}
