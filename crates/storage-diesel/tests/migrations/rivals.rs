//! Several migrators at once: two processes that start together.

use std::{sync::Barrier, thread};

use symbolon_storage_diesel::{DieselStore, Settings, sqlite_migrations};

use crate::support::{Postgres, Sqlite};

const RIVALS: usize = 4;

/// One applies everything, the others find nothing left, and nobody fails.
fn one_applies_them_all(settings: &Settings) {
    let start = Barrier::new(RIVALS);
    let mut applied: Vec<usize> = thread::scope(|scope| {
        let rivals: Vec<_> = (0..RIVALS)
            .map(|_| {
                scope.spawn(|| {
                    let store = DieselStore::open(settings.clone()).unwrap();
                    start.wait();
                    store.migrate().unwrap().len()
                })
            })
            .collect();
        rivals.into_iter().map(|rival| rival.join().unwrap()).collect()
    });
    applied.sort_unstable();
    let all = sqlite_migrations().unwrap().len();
    assert_eq!(applied, [0, 0, 0, all]);
}

#[test]
fn on_sqlite_one_applies_them_all() {
    one_applies_them_all(&Sqlite::empty().settings);
}

#[test]
fn on_postgres_one_applies_them_all() {
    let fixture = Postgres::empty();
    one_applies_them_all(&fixture.settings);
}
