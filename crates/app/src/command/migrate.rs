//! `migrate`: brings the database to the shape this version needs, or back; and does what a new shape leaves to be done.

use symbolon_storage_diesel::{DieselStore, sqlite_migrations};

use crate::{
    assembly::{blocking, missing_file, open},
    failure::Failure,
    options::{Migrate, Options},
    progress::{Progress, thousands},
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
        let without_words = store.count_without_words().await?;
        let nothing = if without_words == 0 {
            "Nothing to do: the database is up to date."
        } else {
            "No migration is lacking."
        };
        // First, for what is applied is applied, whatever becomes of the rest.
        report(options, &applied, "Applied", nothing)?;
        make_words(&store, without_words).await?;
        return mend_lists(&store).await;
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

/// Makes the words of recipients who have none. A service does so too while it serves: whoever breaks this off has lost
/// nothing.
async fn make_words(store: &DieselStore, total: u64) -> Result<(), Failure> {
    if total == 0 {
        return Ok(());
    }
    eprintln!(
        "Recipients without words, by which a search finds them: {}. Words are made now; what runs may go on.",
        thousands(total)
    );
    let (mut progress, mut rows, mut after) = (Progress::begin(total), 0, None);
    while let Some(made) = store.make_words(after).await? {
        after = Some(made.last);
        rows += made.recipients;
        progress.reached(rows, rows);
    }
    drop(progress);
    eprintln!("Searches find them.");
    Ok(())
}

/// Counts anew how many lists say there are, where it is wrong.
async fn mend_lists(store: &DieselStore) -> Result<(), Failure> {
    if blocking(store, DieselStore::mend_lists).await? {
        eprintln!("Lists were wrong about how many recipients or tokens there are; they were counted anew.");
    }
    Ok(())
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
