//! What can be wrong with a SQLite file.

use std::path::Path;

use diesel::QueryResult;

use super::{Finding, Severity, ask};
use crate::{connection::AnyConnection, settings::Settings};

pub(super) fn findings(connection: &mut AnyConnection, settings: &Settings) -> QueryResult<Vec<Finding>> {
    let version = ask(connection, "SELECT sqlite_version() AS answer")?;
    let journal = ask(
        connection,
        "SELECT journal_mode AS answer FROM pragma_journal_mode",
    )?;
    let synchronous = ask(
        connection,
        "SELECT CAST(synchronous AS TEXT) AS answer FROM pragma_synchronous",
    )?;
    let foreign_keys = ask(
        connection,
        "SELECT CAST(foreign_keys AS TEXT) AS answer FROM pragma_foreign_keys",
    )?;
    let check = ask(
        connection,
        "SELECT coalesce(group_concat(quick_check, '; '), '') AS answer \
         FROM (SELECT quick_check FROM pragma_quick_check LIMIT 5)",
    )?;
    let orphans = ask(
        connection,
        "SELECT CAST(count(*) AS TEXT) AS answer FROM pragma_foreign_key_check",
    )?;
    let mut findings = vec![
        // Opening has refused older ones.
        Finding::good("SQLite version", version),
        Finding::check(
            "journal mode",
            &journal,
            journal == "wal",
            Severity::Bad,
            "the file system may not support shared memory: move the database to a local disk",
        ),
        Finding::check(
            "durability",
            format!("synchronous = {synchronous}"),
            matches!(synchronous.as_str(), "2" | "3"),
            Severity::Bad,
            "a power failure can lose acknowledged changes; this build does not set FULL",
        ),
        Finding::check(
            "foreign keys",
            if foreign_keys == "1" {
                "enforced"
            } else {
                "not enforced"
            },
            foreign_keys == "1",
            Severity::Bad,
            "this build of SQLite cannot enforce foreign keys; use the bundled one",
        ),
        Finding::check(
            "integrity",
            &check,
            check == "ok",
            Severity::Bad,
            "the file is damaged: stop the service, keep a copy, and restore the last good backup",
        ),
        Finding::check(
            "references",
            format!("{orphans} rows refer to nothing"),
            orphans == "0",
            Severity::Bad,
            "something else has changed the file: restore the last good backup",
        ),
    ];
    findings.extend(settings.url.sqlite_path().and_then(permissions));
    Ok(findings)
}

/// Whether anybody but its owner can open the file.
#[cfg(unix)]
fn permissions(path: &Path) -> Option<Finding> {
    use std::os::unix::fs::PermissionsExt;

    /// What the group and everybody else may do.
    const OTHERS: u32 = 0o077;

    let mode = path.metadata().ok()?.permissions().mode() & 0o777;
    Some(Finding::check(
        "file mode",
        format!("{mode:04o}"),
        mode & OTHERS == 0,
        Severity::Attention,
        "others can open the database: chmod 600 it, and the files beside it that begin with its name",
    ))
}

#[cfg(not(unix))]
fn permissions(_: &Path) -> Option<Finding> {
    None
}
