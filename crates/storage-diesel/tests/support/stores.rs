//! Stores of their own for tests: a file in a temporary directory, a schema on the test server; and what they begin with.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::allow_attributes,
    reason = "each test program uses a part of it"
)]

use std::sync::atomic::{AtomicU32, Ordering};

use symbolon_contract::sample::Samples;
use symbolon_domain::{
    activity::Action,
    port::{organizations::Organizations, templates::Templates},
    template::Template,
};
use symbolon_storage_diesel::{DatabaseUrl, DieselStore, Settings};
use tempfile::TempDir;

/// A SQLite file that is removed with the fixture.
pub struct Sqlite {
    pub store: DieselStore,
    pub settings: Settings,
    pub directory: TempDir,
}

impl Sqlite {
    /// Without tables.
    pub fn empty() -> Self {
        Self::with(|_| ())
    }

    /// With all tables.
    pub fn migrated() -> Self {
        let fixture = Self::empty();
        fixture.store.migrate().expect("the migrations apply");
        fixture
    }

    /// Without tables, and with other settings than the defaults.
    pub fn with(change: impl FnOnce(&mut Settings)) -> Self {
        let directory = tempfile::tempdir().expect("there is a temporary directory");
        let mut settings = Settings::new(DatabaseUrl::sqlite_file(directory.path().join("symbolon.db")));
        change(&mut settings);
        Self {
            store: DieselStore::open(settings.clone()).expect("the file can be made"),
            settings,
            directory,
        }
    }
}

/// A schema on the test server that is dropped with the fixture.
pub struct Postgres {
    pub store: DieselStore,
    pub settings: Settings,
}

impl Postgres {
    /// Without tables.
    pub fn empty() -> Self {
        Self::with(|_| ())
    }

    /// With all tables, and with all its connections open: rivals that wait for a connection come one after the other,
    /// and are none.
    pub fn ready_for_races() -> Self {
        let fixture = Self::with(|settings| settings.idle_connections = settings.connections);
        fixture.store.migrate().expect("the migrations apply");
        fixture
    }

    /// Without tables, and with other settings than the defaults.
    pub fn with(change: impl FnOnce(&mut Settings)) -> Self {
        static SCHEMAS: AtomicU32 = AtomicU32::new(0);
        let number = SCHEMAS.fetch_add(1, Ordering::Relaxed);
        let mut settings = Settings {
            postgres_schema: Some(format!("test_{}_{number}", std::process::id())),
            ..Settings::new(DatabaseUrl::parse(&test_server()).expect("SYMBOLON_TEST_POSTGRES is a URL"))
        };
        change(&mut settings);
        Self {
            store: DieselStore::open(settings.clone()).expect("the name is one"),
            settings,
        }
    }

    /// With all tables.
    pub fn migrated() -> Self {
        let fixture = Self::empty();
        fixture.store.migrate().expect("the migrations apply");
        fixture
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // A schema that stays goes with the server, which the tests do not outlive.
        let _ = self.store.drop_schema();
    }
}

/// The URL of a PostgreSQL server that tests may fill.
#[expect(
    clippy::disallowed_methods,
    reason = "tests are told of the server by the environment"
)]
pub fn test_server() -> String {
    std::env::var("SYMBOLON_TEST_POSTGRES").expect(
        "these tests need a PostgreSQL server: run them with `cargo xtask test`, which starts one, or set \
         SYMBOLON_TEST_POSTGRES to the URL of a superuser on a server of no value",
    )
}

/// A template on a new organization, kept.
pub async fn template(store: &DieselStore, samples: &Samples) -> Template {
    let organization = samples.organization();
    let entry = samples.entry(organization.id, Action::OrganizationCreated);
    Organizations::insert(store, &organization, &entry)
        .await
        .expect("the organization can be kept");
    let template = samples.template(organization.id);
    let entry = samples.entry(organization.id, Action::TemplateCreated);
    let is_kept = Templates::insert(store, &template, &entry).await;
    assert!(is_kept.expect("the template can be kept"));
    template
}
