//! Up, down and up again.

use symbolon_storage_diesel::{DieselStore, sqlite_migrations};

use crate::{
    raw::{Column, Raw},
    support::{Postgres, Sqlite},
};

/// What a migrated database holds, if going up, down and up again leads there each time.
fn up_down_up(store: &DieselStore, raw: &mut Raw) -> Vec<Column> {
    let all = store.pending_migrations().unwrap();
    assert!(all.first().unwrap().ends_with("_organizations"), "{all:?}");
    assert!(all.is_sorted());

    assert_eq!(store.migrate().unwrap(), all);
    assert_eq!(store.pending_migrations().unwrap(), Vec::<String>::new());
    assert_eq!(store.migrate().unwrap(), Vec::<String>::new());
    let (objects, columns) = (raw.objects(), raw.columns());

    let last_two: Vec<_> = all.iter().rev().take(2).cloned().collect();
    assert_eq!(store.revert(2).unwrap(), last_two);
    assert_eq!(store.pending_migrations().unwrap().len(), 2);
    assert_eq!(store.migrate().unwrap().len(), 2);
    assert_eq!((raw.objects(), raw.columns()), (objects.clone(), columns));

    assert_eq!(store.revert(100).unwrap().len(), all.len());
    assert_eq!(raw.objects(), Vec::<String>::new());
    assert_eq!(store.revert(1).unwrap(), Vec::<String>::new());

    store.migrate().unwrap();
    assert_eq!(raw.objects(), objects);
    raw.columns()
}

#[test]
fn sqlite_goes_up_down_and_up() {
    let fixture = Sqlite::empty();
    assert_eq!(
        fixture.store.pending_migrations().unwrap(),
        sqlite_migrations().unwrap()
    );
    up_down_up(&fixture.store, &mut Raw::beside_sqlite(&fixture));
}

#[test]
fn postgres_goes_up_down_and_up() {
    let fixture = Postgres::empty();
    up_down_up(&fixture.store, &mut Raw::beside_postgres(&fixture));
}

/// A program must not touch what a later one has made.
fn a_newer_database_is_refused(store: &DieselStore, raw: &mut Raw) {
    store.migrate().unwrap();
    raw.execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('99991231000001')")
        .unwrap();
    for refusal in [store.pending_migrations(), store.migrate()] {
        let reason = refusal.unwrap_err().to_string();
        assert!(reason.contains("a newer version of Symbolon"), "{reason}");
    }
    let findings = store.diagnose();
    let found = findings
        .iter()
        .find(|finding| finding.name == "migrations")
        .unwrap();
    assert!(found.text.contains("a newer version of Symbolon"), "{found:?}");
}

#[test]
fn a_newer_sqlite_database_is_refused() {
    let fixture = Sqlite::empty();
    a_newer_database_is_refused(&fixture.store, &mut Raw::beside_sqlite(&fixture));
}

#[test]
fn a_newer_postgres_database_is_refused() {
    let fixture = Postgres::empty();
    a_newer_database_is_refused(&fixture.store, &mut Raw::beside_postgres(&fixture));
}

/// What SQLite keeps a value of PostgreSQL's type as.
fn kept_as(postgres: &str) -> &'static str {
    match postgres {
        "uuid" | "bytea" => "blob",
        "text" => "text",
        "smallint" | "bigint" | "boolean" | "timestamp with time zone" | "xid8" => "integer",
        other => panic!("{other} has no counterpart"),
    }
}

#[test]
fn both_databases_have_the_same_columns() {
    let (sqlite, postgres) = (Sqlite::migrated(), Postgres::migrated());
    let in_sqlite = Raw::beside_sqlite(&sqlite).columns();
    let in_postgres: Vec<_> = Raw::beside_postgres(&postgres)
        .columns()
        .into_iter()
        .map(|column| Column {
            kind: kept_as(&column.kind).to_owned(),
            ..column
        })
        .collect();
    assert_eq!(in_sqlite, in_postgres);
}
