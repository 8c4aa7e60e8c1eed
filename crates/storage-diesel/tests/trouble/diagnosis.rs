//! What `doctor` is told.

use symbolon_contract::sample::now;
use symbolon_storage_diesel::{DatabaseKind, DieselStore, Finding, Severity};

use crate::support::{Postgres, Sqlite};

fn worst(findings: &[Finding]) -> Severity {
    findings.iter().map(|finding| finding.severity).max().unwrap()
}

fn of<'a>(findings: &'a [Finding], name: &str) -> &'a Finding {
    findings.iter().find(|finding| finding.name == name).unwrap()
}

/// Advice where there is something to do, and only there.
fn are_complete(store: &DieselStore) -> Vec<Finding> {
    let findings = store.diagnose();
    for finding in &findings {
        assert_eq!(
            finding.advice.is_some(),
            finding.severity > Severity::Good,
            "{finding:?}"
        );
        assert!(!finding.text.is_empty(), "{finding:?}");
    }
    findings
}

#[test]
fn a_fresh_file_is_in_good_order() {
    let fixture = Sqlite::migrated();
    let findings = are_complete(&fixture.store);
    assert_eq!(worst(&findings), Severity::Good, "{findings:?}");
    let database = fixture.store.database().unwrap();
    assert_eq!(database.kind, DatabaseKind::Sqlite);
    assert_eq!(of(&findings, "SQLite version").text, database.version);
}

#[cfg(unix)]
#[test]
fn a_file_that_others_can_open_needs_attention() {
    use std::{fs, os::unix::fs::PermissionsExt};

    let fixture = Sqlite::migrated();
    let path = fixture.settings.url.sqlite_path().unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o644)).unwrap();
    let findings = are_complete(&fixture.store);
    assert_eq!(worst(&findings), Severity::Attention);
    assert_eq!(of(&findings, "file mode").severity, Severity::Attention);
}

#[test]
fn missing_tables_are_bad() {
    let fixture = Sqlite::empty();
    let findings = are_complete(&fixture.store);
    assert_eq!(of(&findings, "migrations").severity, Severity::Bad);
}

#[test]
fn a_server_is_asked_for_what_keeps_data_safe() {
    let fixture = Postgres::migrated();
    let findings = are_complete(&fixture.store);
    for name in ["PostgreSQL version", "writable", "connection", "migrations"] {
        assert_eq!(of(&findings, name).severity, Severity::Good, "{findings:?}");
    }
    // The servers of tests may do without durability, and then it must be said.
    let fsync = of(&findings, "fsync");
    assert_eq!(fsync.severity == Severity::Good, fsync.text == "on", "{fsync:?}");
    let database = fixture.store.database().unwrap();
    assert_eq!(database.kind, DatabaseKind::Postgres);
    assert_eq!(of(&findings, "PostgreSQL version").text, database.version);
}

#[tokio::test(flavor = "multi_thread")]
async fn both_databases_tell_the_time() {
    let (sqlite, postgres) = (Sqlite::migrated(), Postgres::migrated());
    let (one, other) = (
        sqlite.store.clock().await.unwrap(),
        postgres.store.clock().await.unwrap(),
    );
    // The same host, or one that is kept in step; and not the epoch.
    assert!(
        one.as_millis().abs_diff(other.as_millis()) < 60_000,
        "{one} {other}"
    );
    assert!(one > now().plus_seconds(-365 * 24 * 60 * 60), "{one}");
}
