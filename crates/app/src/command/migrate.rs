//! `migrate`: brings the database to the shape this version needs, or back.

use symbolon_storage_diesel::{DieselStore, sqlite_migrations};

use crate::{
    assembly::{blocking, missing_file, open},
    failure::Failure,
    options::{Migrate, Options},
    question::Question,
};

pub(super) async fn run(options: &Options, migrate: &Migrate) -> Result<(), Failure> {
    if migrate.dry_run && missing_file(options)?.is_some() {
        return report(options, &sqlite_migrations()?, "Would apply", "");
    }
    let (_, store) = open(options, None)?;
    if migrate.dry_run {
        let pending = blocking(&store, DieselStore::pending_migrations).await?;
        return report(
            options,
            &pending,
            "Would apply",
            "Nothing to do: the database is up to date.",
        );
    }
    let Some(count) = migrate.down else {
        let applied = blocking(&store, DieselStore::migrate).await?;
        return report(
            options,
            &applied,
            "Applied",
            "Nothing to do: the database is up to date.",
        );
    };
    if !migrate.yes {
        let asked = Question {
            consequence: format!("Undoing {count} migrations removes tables with all that is in them."),
            verb: "undo migrations",
            otherwise: "nothing was undone",
        };
        asked.ask()?;
    }
    let reverted = blocking(&store, move |store| store.revert(count)).await?;
    report(
        options,
        &reverted,
        "Undid",
        "Nothing to undo: the database is empty.",
    )
}

fn report(options: &Options, names: &[String], done: &str, nothing: &str) -> Result<(), Failure> {
    options.output().print(&names, || {
        if names.is_empty() {
            return nothing.to_owned();
        }
        names
            .iter()
            .map(|name| format!("{done} {name}"))
            .collect::<Vec<_>>()
            .join("\n")
    })
}
