//! The documents that name tests and pictures, compared with what there is. Those that name options, endpoints and pages
//! are compared in `readme.rs`.
#![cfg(test)]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// How the sentences of the first seed begin, in their order.
const OF_ACCESS_TOKENS: [&str; 28] = [
    "Each recipient uses their own",
    "Access tokens are needed to",
    "For the recipients, the access",
    "This makes their experience simple",
    "For the administrators, all access",
    "Recipients will receive access to",
    "Their unique access tokens are",
    "If the button on the",
    "If the URL is still",
    "Please reach out to the",
    "This problem shows up when",
    "The error notification shows you",
    "In that case, please request",
    "Admins can manage the tokens",
    "Attention: The tokens should only",
    "If you use tokens from",
    "Tip: Always add yourself as",
    "Here are some actions that",
    "As an admin, you can",
    "Just copy your token and",
    "Since each token can only",
    "To reset a token, just",
    "You can revoke a token",
    "Revoking it will make this",
    "Attention: Revoking the token is",
    "If you revoke the token,",
    "But it will not impact",
    "If you would like to",
];

/// How those of the second begin.
const OF_AUTHORIZATION_TOKENS: [&str; 26] = [
    "The platform allows organizations to",
    "These can be created via",
    "Authorization tokens can be used",
    "Authorization token information can be",
    "Note that if you use",
    "New authorization tokens may be",
    "This has no affect on",
    "The new token will have",
    "Optional body parameter to include",
    "Authorization tokens are set to",
    "To facilitate the rotation of",
    "Upon rotating the authorization token,",
    "If description is not provided",
    "After generating an Authorization token,",
    "Authentication is handled via HTTP",
    "Depending on what tool you're",
    "For example, creating a badge",
    "As this example demonstrates, the",
    "For example, if the organization's",
    "Create the standard username:password string",
    "Base64 encode the username:password string",
    "Create the complete Authorization header",
    "Again, this process may be",
    "The authorization_token grants full permission",
    "therefore the authorization_token should be",
    "Administrators can view their organization's",
];

/// Where the tests are that have the sentences' names.
const FILES: [&str; 2] = ["recipients_sentences", "tokens_sentences"];

#[test]
fn every_sentence_of_the_seeds_has_its_row() {
    let rows = rows("docs/SEEDS.md");
    let mut left = rows.iter().map(|(sentence, _)| &**sentence);
    for beginning in OF_ACCESS_TOKENS.iter().chain(&OF_AUTHORIZATION_TOKENS) {
        let row = left.next().unwrap_or("nothing");
        assert!(row.starts_with(beginning), "instead of {beginning:?}: {row:?}");
    }
    assert_eq!(left.next(), None, "no seed has it");
}

#[test]
fn every_sentence_of_the_seeds_names_a_test_that_is_there() {
    let mut sources = String::new();
    for directory in ["crates", "tests"] {
        gather(&root().join(directory), &mut sources);
    }
    let browser_tests = browser_tests();
    for (sentence, cell) in rows("docs/SEEDS.md") {
        let named: Vec<_> = tests_in(&cell).collect();
        for test in &named {
            assert!(
                sources.contains(&format!("fn {test}(")),
                "{sentence}: there is no test {test}"
            );
        }
        assert!(
            named.iter().any(|test| browser_tests.contains(*test)),
            "{sentence} names no test with a browser"
        );
    }
}

#[test]
fn every_test_of_a_sentence_has_its_name() {
    let rows = rows("docs/SEEDS.md");
    for test in browser_tests() {
        let mut sentences = rows
            .iter()
            .filter(|(_, cell)| tests_in(cell).any(|named| named == test));
        assert!(
            sentences.any(|(sentence, _)| is_named_after(&test, sentence)),
            "no sentence that names {test} has these words"
        );
    }
}

/// The tests that a cell names: what stands in backticks and is no path of a file.
fn tests_in(cell: &str) -> impl Iterator<Item = &str> {
    let quoted = cell.split('`').skip(1).step_by(2);
    quoted.filter(|name| !name.contains('/'))
}

/// The tests in the files of the sentences.
fn browser_tests() -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for file in FILES {
        let source = read(&format!("tests/tests/dashboard/{file}.rs"));
        let tests: Vec<_> = source.split("worker_threads = 2)]\nasync fn ").skip(1).collect();
        assert!(tests.len() > 15, "the tests of {file} are found");
        let names = tests.iter().filter_map(|test| test.split_once('('));
        all.extend(names.map(|(name, _)| name.to_owned()));
    }
    all
}

/// Whether the words of the name are words of the sentence, in their order; the sentence may have more.
fn is_named_after(test: &str, sentence: &str) -> bool {
    let sentence = sentence.to_lowercase().replace('\'', "");
    let mut words = sentence.split(|sign: char| !sign.is_alphanumeric());
    test.split('_').all(|part| words.any(|word| word == part))
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
    // The words of each, with which `pages_look` compares what the page says.
    let wanted: BTreeSet<_> = shown
        .iter()
        .flat_map(|name| ["png", "txt"].map(|end| format!("{name}.{end}")))
        .collect();
    let files = fs::read_dir(root().join("docs/pictures")).expect("a directory");
    let kept: BTreeSet<_> = files
        .map(|file| file.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(kept, wanted, "run `cargo xtask pictures`");
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
