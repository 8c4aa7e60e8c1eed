//! How a connection to SQLite is set up.

use std::{path::Path, time::Duration};

use diesel::{Connection, RunQueryDsl, SqliteConnection, connection::SimpleConnection, sql_types::Text};

use super::{ConnectError, Role};
use crate::error::OpenError;

/// SQLite before this version can lose committed data in WAL mode.
const OLDEST: [u64; 3] = [3, 51, 3];

/// How much of the file a reader maps into its memory: enough for the upper levels of every index, little enough that
/// several readers of a large file stay small.
const MAPPED_BYTES: u32 = 64 * 1024 * 1024;

/// How many pages of the log are brought into the file at once, by whoever writes when there are so many: 32 MiB. SQLite's
/// 1,000 would be reached many times a second, and each time the disk is waited for twice.
const CHECKPOINT_PAGES: u32 = 8_192;

/// How much of the file whoever writes keeps in their memory, at most.
const WRITER_CACHE_KIBIBYTES: u32 = 16 * 1024;

/// A write-ahead log that has grown beyond this is cut back to it: 64 MiB.
const JOURNAL_BYTES: u32 = 64 * 1024 * 1024;

/// Opens the file, which must be there: [`create`] makes it.
pub(crate) fn connect(
    path: &Path,
    role: Role,
    busy_timeout: Duration,
) -> Result<SqliteConnection, ConnectError> {
    let failed = |reason: String| ConnectError(format!("the SQLite file cannot be opened: {reason}"));
    let path = path
        .to_str()
        .ok_or_else(|| failed("its path is not UTF-8".to_owned()))?;
    // A path that begins with `file:` would be read as a URI.
    let path = if path.starts_with("file:") {
        format!("./{path}")
    } else {
        path.to_owned()
    };
    let mut connection = SqliteConnection::establish(&path).map_err(|error| failed(error.to_string()))?;
    connection
        .batch_execute(&pragmas(role, busy_timeout))
        .map_err(|error| failed(error.to_string()))?;
    Ok(connection)
}

/// The busy timeout is first, for turning on WAL may already have to wait for another process.
fn pragmas(role: Role, busy_timeout: Duration) -> String {
    let own = match role {
        Role::Reader => format!("PRAGMA mmap_size = {MAPPED_BYTES}; PRAGMA query_only = ON;"),
        Role::Writer | Role::Maintenance => format!(
            "PRAGMA journal_mode = WAL; PRAGMA journal_size_limit = {JOURNAL_BYTES}; PRAGMA secure_delete = ON; \
             PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}; PRAGMA cache_size = -{WRITER_CACHE_KIBIBYTES};"
        ),
    };
    format!(
        "PRAGMA busy_timeout = {}; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
         PRAGMA trusted_schema = OFF; {own}",
        busy_timeout.as_millis()
    )
}

/// Makes the file if there is none, for its owner only. What SQLite puts beside it inherits its mode.
pub(crate) fn create(path: &Path) -> Result<(), OpenError> {
    let directory = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    if !directory.is_dir() {
        return Err(OpenError::NoDirectory(directory.to_owned()));
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop).map_err(OpenError::File)
}

#[derive(diesel::QueryableByName)]
struct Version {
    #[diesel(sql_type = Text)]
    version: String,
}

/// Which SQLite this is.
pub(crate) fn version(connection: &mut SqliteConnection) -> diesel::QueryResult<String> {
    diesel::sql_query("SELECT sqlite_version() AS version")
        .get_result::<Version>(connection)
        .map(|row| row.version)
}

/// Refuses a version that can lose data.
pub(crate) fn require_version(version: &str) -> Result<(), OpenError> {
    let parts: Option<Vec<u64>> = version.split('.').map(|part| part.parse().ok()).collect();
    match parts {
        Some(parts) if parts.as_slice() >= OLDEST.as_slice() => Ok(()),
        _ => Err(OpenError::OldSqlite(version.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_that_can_lose_data_are_refused() {
        for version in ["3.51.3", "3.51.10", "3.52.0", "3.53.1", "4.0.0"] {
            assert!(require_version(version).is_ok(), "{version}");
        }
        for version in ["3.51.2", "3.9.9", "3.51", "2.99.99", "", "unknown"] {
            assert!(require_version(version).is_err(), "{version}");
        }
    }
}
