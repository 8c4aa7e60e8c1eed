//! The documents that name tests and pictures, compared with what there is. Those that name options, endpoints and pages
//! are compared in `readme.rs`.
#![cfg(test)]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

#[test]
fn every_sentence_of_the_seeds_names_a_test_that_is_there() {
    let mut sources = String::new();
    for directory in ["crates", "tests"] {
        gather(&root().join(directory), &mut sources);
    }
    let sentences = rows("docs/SEEDS.md");
    assert!(
        sentences.len() > 30,
        "only {} sentences are found",
        sentences.len()
    );
    let mut named = BTreeSet::new();
    for (sentence, cell) in &sentences {
        // What stands in backticks is a test, or the path of its file.
        let tests = cell
            .split('`')
            .skip(1)
            .step_by(2)
            .filter(|name| !name.contains('/'));
        let before = named.len();
        for test in tests.clone() {
            assert!(
                sources.contains(&format!("fn {test}(")),
                "{sentence}: there is no test {test}"
            );
            named.insert(test);
        }
        assert!(
            named.len() > before || tests.count() > 0,
            "{sentence} names no test"
        );
    }
    for file in ["recipients_sentences", "tokens_sentences"] {
        let source = read(&format!("tests/tests/dashboard/{file}.rs"));
        let tests: Vec<_> = source.split("worker_threads = 2)]\nasync fn ").skip(1).collect();
        assert!(tests.len() > 5, "the tests of {file} are found");
        for test in tests {
            let (name, _) = test.split_once('(').expect("a name");
            assert!(named.contains(name), "no sentence names {name}");
        }
    }
}

#[test]
fn every_picture_of_the_guide_is_one_that_the_tests_take() {
    let guide = read("docs/DASHBOARD.md");
    let shown: BTreeSet<_> = guide
        .split("](pictures/")
        .skip(1)
        .filter_map(|rest| rest.split_once(".png)"))
        .map(|(name, _)| name.to_owned())
        .collect();
    assert!(shown.len() > 5, "the pictures are found: {shown:?}");
    let mut looks = String::new();
    gather(&root().join("tests/tests/pages_look"), &mut looks);
    for name in &shown {
        assert!(
            looks.contains(&format!("\"{name}\"")),
            "no page is looked at as {name}"
        );
    }
    let files = fs::read_dir(root().join("docs/pictures")).expect("a directory");
    let kept: BTreeSet<_> = files
        .map(|file| file.expect("an entry").path())
        .map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned())
        .collect();
    assert_eq!(kept, shown, "run `cargo xtask pictures`");
}

/// The two cells of every row of every table, without those that head them.
fn rows(document: &str) -> Vec<(String, String)> {
    let text = read(document);
    let cells = text.lines().filter_map(|line| {
        let (first, second) = line.strip_prefix("| ")?.strip_suffix(" |")?.split_once(" | ")?;
        let is_body = first != "---" && first != "sentence";
        is_body.then(|| (first.to_owned(), second.to_owned()))
    });
    cells.collect()
}

/// Adds the text of every Rust file below a directory.
fn gather(directory: &Path, sources: &mut String) {
    for entry in fs::read_dir(directory).expect("a directory") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            gather(&path, sources);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            sources.push_str(&fs::read_to_string(&path).expect("a source"));
        }
    }
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests
        .parent()
        .expect("the tests lie in the repository")
        .to_owned()
}
