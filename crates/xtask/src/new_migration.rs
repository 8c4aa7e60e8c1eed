//! `cargo xtask new-migration`: an empty migration for each database, under one name.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::failure::Failure;
use crate::{cargo, say};

const DATABASES: [&str; 2] = ["sqlite", "postgres"];
const FILES: [(&str, &str); 2] = [
    ("up.sql", "-- Why: \n"),
    (
        "down.sql",
        "-- Why: takes back what up.sql does; the data it added is lost.\n",
    ),
];
/// Leaves room for the date within what every file system can hold, and for a glance at a listing.
const LONGEST_NAME: usize = 60;

/// Creates the files, and prints their paths.
///
/// # Errors
/// When the name is not one, or a migration has it already; nothing is then written.
pub(crate) fn run(name: &str) -> Result<(), Failure> {
    judge(name)?;
    for path in create(&cargo::root().join("migrations"), &version()?, name)? {
        say::line(&format!("created {path}"));
    }
    Ok(())
}

/// Accepts `snake_case`: diesel splits at the first `_`, and both databases' tools see the name as a directory.
fn judge(name: &str) -> Result<(), Failure> {
    let words = || name.split('_');
    let is_word =
        |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    let starts_well = name.starts_with(|first: char| first.is_ascii_lowercase());
    if starts_well && name.len() <= LONGEST_NAME && words().all(is_word) {
        return Ok(());
    }
    Err(Failure::new(format!(
        "`{name}` is no name for a migration: use snake_case, at most {LONGEST_NAME} characters, such as add_templates"
    )))
}

/// Now, in UTC, in the form that diesel's own program gives to versions.
fn version() -> Result<String, Failure> {
    let what = "cannot ask `date` for the time";
    let output = Command::new("date")
        .args(["-u", "+%Y-%m-%d-%H%M%S"])
        .output()
        .map_err(Failure::because(what))?;
    String::from_utf8(output.stdout)
        .map(|date| date.trim().to_owned())
        .map_err(Failure::because(what))
}

fn create(migrations: &Path, version: &str, name: &str) -> Result<Vec<String>, Failure> {
    for database in DATABASES {
        for existing in names(&migrations.join(database))? {
            if existing.split_once('_').is_some_and(|(_, other)| other == name) {
                return Err(Failure::new(format!(
                    "{database} has a migration of that name already: {existing}"
                )));
            }
            if existing.as_str() >= version {
                return Err(Failure::new(format!(
                    "{existing} of {database} is newer than now ({version})"
                )));
            }
        }
    }
    let mut created = Vec::new();
    for database in DATABASES {
        let directory = migrations.join(database).join(format!("{version}_{name}"));
        let what = || format!("cannot write {}", directory.display());
        fs::create_dir_all(&directory).map_err(Failure::because(what()))?;
        for (file, text) in FILES {
            let path = directory.join(file);
            fs::write(&path, text).map_err(Failure::because(what()))?;
            created.push(path.display().to_string());
        }
    }
    Ok(created)
}

/// The names of all migrations in `directory`; none when it does not exist yet.
fn names(directory: &Path) -> Result<Vec<String>, Failure> {
    if !directory.exists() {
        return Ok(Vec::new());
    }
    let what = || format!("cannot read {}", directory.display());
    let entries = directory.read_dir().map_err(Failure::because(what()))?;
    entries
        .map(|entry| {
            Ok(entry
                .map_err(Failure::because(what()))?
                .file_name()
                .to_string_lossy()
                .into_owned())
        })
        .filter(|name| !name.as_ref().is_ok_and(|name| name.starts_with('.')))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use super::{create, judge, names, version};

    struct Scratch(PathBuf);

    impl Scratch {
        fn new(test: &str) -> Self {
            let path = std::env::temp_dir().join(format!("symbolon-xtask-{}-{test}", std::process::id()));
            fs::create_dir(&path).unwrap();
            Self(path)
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn names_are_snake_case() {
        for good in ["add_templates", "a", "activity_log_2"] {
            assert!(judge(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "Add",
            "add templates",
            "add-templates",
            "../up",
            "_add",
            "add_",
            "add__it",
            "2nd",
            "größe",
        ] {
            assert!(judge(bad).is_err(), "{bad}");
        }
        assert!(judge(&"a".repeat(61)).is_err());
    }

    #[test]
    fn both_databases_get_the_same_directory() {
        let scratch = Scratch::new("both");
        let created = create(&scratch.0, "2026-11-02-101500", "add_templates").unwrap();
        assert_eq!(created.len(), 4);
        for database in ["sqlite", "postgres"] {
            assert_eq!(
                names(&scratch.0.join(database)).unwrap(),
                ["2026-11-02-101500_add_templates"]
            );
        }
        let up = fs::read_to_string(scratch.0.join("sqlite/2026-11-02-101500_add_templates/up.sql")).unwrap();
        assert!(up.starts_with("-- Why: "));
    }

    #[test]
    fn a_name_is_used_once_and_versions_only_grow() {
        let scratch = Scratch::new("once");
        create(&scratch.0, "2026-11-02-101500", "add_templates").unwrap();
        assert!(create(&scratch.0, "2026-11-02-101501", "add_templates").is_err());
        assert!(create(&scratch.0, "2026-11-02-101459", "add_others").is_err());
        assert!(create(&scratch.0, "2026-11-02-101501", "add_others").is_ok());
    }

    #[test]
    fn versions_look_like_those_of_diesel() {
        let version = version().unwrap();
        let shape: String = version
            .chars()
            .map(|c| if c.is_ascii_digit() { '0' } else { c })
            .collect();
        assert_eq!(shape, "0000-00-00-000000");
    }
}
