//! SQLite locked, misplaced, damaged or not migrated.

use std::{fs, sync::Arc, time::Duration};

use diesel::{Connection, SqliteConnection, connection::SimpleConnection};
use symbolon_contract::sample::{Samples, now};
use symbolon_domain::{
    activity::Action,
    organization::Organization,
    port::{
        authorization_tokens::{AuthorizationTokens, Insertion, Record, Rotation},
        organizations::Organizations,
        readiness::Readiness,
    },
};
use symbolon_storage_diesel::{DatabaseUrl, DieselStore, OpenError, Settings, sqlite_migrations};

use crate::{calls, support::Sqlite};

async fn kept(store: &DieselStore, samples: &Samples) -> Organization {
    let organization = samples.organization();
    let entry = samples.entry(organization.id, Action::OrganizationCreated);
    Organizations::insert(store, &organization, &entry).await.unwrap();
    organization
}

#[tokio::test]
async fn a_service_that_ends_leaves_nothing_in_the_log() {
    let fixture = Sqlite::migrated();
    let (store, samples) = (&fixture.store, Samples::default());
    let organization = kept(store, &samples).await;
    // Both kinds of connections stay open, as they may when a process ends.
    assert!(
        Organizations::find(store, organization.id)
            .await
            .unwrap()
            .is_some()
    );
    let path = fixture.settings.url.sqlite_path().unwrap();
    let log = path.with_file_name(format!("{}-wal", path.file_name().unwrap().to_str().unwrap()));
    assert!(fs::metadata(&log).unwrap().len() > 0);
    store.empty_log().await.unwrap();
    assert_eq!(fs::metadata(&log).unwrap().len(), 0);
    let name = organization.name.to_string();
    let file = fs::read(path).unwrap();
    assert!(file.windows(name.len()).any(|bytes| bytes == name.as_bytes()));
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_see_at_once_what_was_written() {
    let fixture = Sqlite::migrated();
    let (store, samples) = (&fixture.store, Samples::default());
    // As another process has it.
    let beside = DieselStore::open(fixture.settings.clone()).unwrap();
    let organization = kept(store, &samples).await;
    for _ in 0..100 {
        let token = samples.token(organization.id);
        let entry = samples.entry_by(&token, Action::TokenCreated);
        let record = Record {
            entry: &entry,
            answer: None,
            notices: &[],
        };
        let insertion = AuthorizationTokens::insert(store, &token, record, now())
            .await
            .unwrap();
        assert_eq!(insertion, Insertion::Inserted);
        for reader in [store, &beside] {
            assert!(reader.find_by_digest(&token.digest).await.unwrap().is_some());
        }
        let entry = samples.entry_by(&token, Action::TokenRevoked);
        store
            .revoke(organization.id, token.id, &entry, now())
            .await
            .unwrap();
        for reader in [store, &beside] {
            let found = reader.find_by_digest(&token.digest).await.unwrap().unwrap();
            assert_eq!(found.token.revoked_at, Some(now()));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lock_of_another_process_is_not_waited_for_without_end() {
    let fixture = Sqlite::with(|settings| settings.busy_timeout = Duration::from_millis(300));
    fixture.store.migrate().unwrap();
    let (store, samples) = (&fixture.store, Samples::default());
    let before = kept(store, &samples).await;

    let path = fixture.settings.url.sqlite_path().unwrap().to_str().unwrap();
    let mut other = SqliteConnection::establish(path).unwrap();
    other.batch_execute("BEGIN IMMEDIATE").unwrap();
    let organization = samples.organization();
    let entry = samples.entry(organization.id, Action::OrganizationCreated);
    let insertion = Organizations::insert(store, &organization, &entry);
    let insertion = tokio::time::timeout(Duration::from_secs(30), insertion).await;
    let failure = insertion.expect("it must not wait without end").unwrap_err();
    assert!(failure.to_string().contains("locked"), "{failure}");
    // Reading goes on meanwhile.
    assert_eq!(Organizations::find(store, before.id).await.unwrap(), Some(before));

    other.batch_execute("ROLLBACK").unwrap();
    Organizations::insert(store, &organization, &entry).await.unwrap();
}

/// A transaction that reads before it writes must not lose to the other process: rotations are of that kind.
#[tokio::test(flavor = "multi_thread")]
async fn two_processes_that_write_at_once_do_not_fail() {
    let fixture = Sqlite::migrated();
    let samples = Arc::new(Samples::default());
    let organization = kept(&fixture.store, &samples).await;
    let processes = [0, 1].map(|_| {
        let (samples, owner) = (Arc::clone(&samples), organization.id);
        let store = DieselStore::open(fixture.settings.clone()).unwrap();
        tokio::spawn(async move {
            let mut current = samples.token(owner);
            let entry = samples.entry_by(&current, Action::TokenCreated);
            let record = Record {
                entry: &entry,
                answer: None,
                notices: &[],
            };
            let insertion = AuthorizationTokens::insert(&store, &current, record, now()).await;
            assert_eq!(insertion.unwrap(), Insertion::Inserted);
            for _ in 0..100 {
                let successor = samples.successor(&current);
                let entry = samples.entry_by(&current, Action::TokenRotated);
                let record = Record {
                    entry: &entry,
                    answer: None,
                    notices: &[],
                };
                let rotation = store.rotate(current.id, &successor, None, record, now()).await;
                assert_eq!(rotation.unwrap(), Rotation::Rotated);
                current = successor;
            }
        })
    });
    for process in processes {
        process.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_tables_every_call_fails() {
    let fixture = Sqlite::empty();
    for failure in calls::all_fail(&fixture.store).await {
        assert!(!failure.to_string().is_empty());
    }
    let failure = fixture.store.ready().await.unwrap_err();
    assert!(failure.to_string().contains("symbolon migrate"), "{failure}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_migration_is_not_ready() {
    let fixture = Sqlite::migrated();
    fixture.store.ready().await.unwrap();
    fixture.store.revert(1).unwrap();
    let failure = fixture.store.ready().await.unwrap_err();
    let last = sqlite_migrations().unwrap().pop().unwrap();
    assert!(failure.to_string().contains(&last), "{failure}");
}

#[test]
fn a_missing_directory_is_named() {
    let directory = tempfile::tempdir().unwrap();
    let missing = directory.path().join("missing");
    let settings = Settings::new(DatabaseUrl::sqlite_file(missing.join("symbolon.db")));
    match DieselStore::open(settings).map(drop) {
        Err(OpenError::NoDirectory(named)) => assert_eq!(named, missing),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_no_database_is_not_opened() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("symbolon.db");
    fs::write(&path, "This is not a database. ".repeat(100)).unwrap();
    let settings = Settings::new(DatabaseUrl::sqlite_file(&path));
    assert!(matches!(
        DieselStore::open(settings).map(drop),
        Err(OpenError::Store(_))
    ));
    let settings = Settings::new(DatabaseUrl::sqlite_file(directory.path()));
    assert!(matches!(
        DieselStore::open(settings).map(drop),
        Err(OpenError::File(_))
    ));
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn only_its_owner_can_open_the_file_and_those_beside_it() {
    use std::os::unix::fs::PermissionsExt;

    let fixture = Sqlite::migrated();
    kept(&fixture.store, &Samples::default()).await;
    let mut names = Vec::new();
    for entry in fs::read_dir(fixture.directory.path()).unwrap() {
        let entry = entry.unwrap();
        assert_eq!(
            entry.metadata().unwrap().permissions().mode() & 0o777,
            0o600,
            "{entry:?}"
        );
        names.push(entry.file_name().into_string().unwrap());
    }
    names.sort_unstable();
    assert_eq!(names, ["symbolon.db", "symbolon.db-shm", "symbolon.db-wal"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_path_that_looks_like_a_uri_is_a_path() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("a%20b?mode=memory&c#d.db");
    let store = DieselStore::open(Settings::new(DatabaseUrl::sqlite_file(&path))).unwrap();
    store.migrate().unwrap();
    store.ready().await.unwrap();
    assert!(path.is_file());
}
