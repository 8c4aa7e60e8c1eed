//! The files.

use std::{
    fs,
    path::{Path, PathBuf},
};

fn names(database: &str) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(directory(database))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort_unstable();
    names
}

fn directory(database: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../migrations")
        .join(database)
}

#[test]
fn both_databases_have_the_same_migrations() {
    assert_eq!(names("sqlite"), names("postgres"));
    assert!(!names("sqlite").is_empty());
}

#[test]
fn every_migration_can_be_taken_back_and_says_why_it_is() {
    for database in ["sqlite", "postgres"] {
        for name in names(database) {
            for file in ["up.sql", "down.sql"] {
                let path = directory(database).join(&name).join(file);
                let text = fs::read_to_string(&path).unwrap();
                assert!(
                    text.starts_with("-- "),
                    "{} opens with its reason",
                    path.display()
                );
            }
        }
    }
}
