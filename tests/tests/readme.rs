//! The documents say what the program does: their options, command lines, endpoints, pages, mails, errors, tests and links
//! are compared with it.
//!
//! Command lines are only parsed, by asking for their help: a wrong option is noticed before help is given, and nothing runs.
#![cfg(test)]

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::{Path, PathBuf},
};

use reqwest::StatusCode;
use symbolon_tests::command;

/// Documents with command lines that users paste.
const WITH_COMMANDS: [&str; 5] = [
    "README.md",
    "docs/API.md",
    "docs/CONTRIBUTING.md",
    "docs/OPERATIONS.md",
    "docs/RECIPIENTS.md",
];

/// What stands for an id in them.
const IDS: [&str; 4] = ["ORGANIZATION_ID", "RECIPIENT_ID", "TEMPLATE_ID", "TOKEN_ID"];

/// How the settings of a sign-in provider begin.
const PROVIDER: &str = "[[sign_in]]";

/// An id, where a document says what to put there.
const SOME_ID: &str = "01a20008-01bb-7a21-9ea5-9c5a723baec1";

#[test]
fn every_option_is_in_the_configuration_table_and_no_other() {
    let help = symbolon(&["serve", "--help"]).1;
    let mut offered = options(&help);
    offered.remove("--help");
    let documented: BTreeMap<_, _> = rows("docs/OPERATIONS.md")
        .into_iter()
        .filter(|cells| cells.first().is_some_and(|cell| cell.starts_with("`--")))
        .map(|cells| {
            let [option, environment, default, _] = cells.as_slice() else {
                panic!("a row of four cells: {cells:?}");
            };
            let given = |cell: &str| (cell != "–").then(|| bare(cell));
            (bare(option), (given(environment), given(default)))
        })
        .collect();
    assert_eq!(documented, offered);
}

#[test]
fn every_key_of_the_sample_file_is_an_option() {
    let keys: Vec<_> = blocks("docs/OPERATIONS.md", "toml")
        .into_iter()
        .filter(|block| !block.contains(PROVIDER))
        .collect::<String>()
        .lines()
        .filter_map(|line| line.split_once(" = "))
        .map(|(key, _)| format!("--{key}"))
        .collect();
    let offered = options(&symbolon(&["serve", "--help"]).1);
    assert!(keys.len() > 3, "the sample file is found: {keys:?}");
    for key in keys {
        assert!(offered.contains_key(&key), "{key}");
    }
}

#[test]
fn the_sample_of_providers_is_that_of_the_code() {
    let documented = blocks("docs/OPERATIONS.md", "toml")
        .into_iter()
        .find(|block| block.contains(PROVIDER));
    assert_eq!(documented, Some(read("crates/identity/example.toml")));
}

#[test]
fn every_command_line_is_understood() {
    for document in WITH_COMMANDS {
        let lines: Vec<_> = blocks(document, "sh")
            .iter()
            .flat_map(|block| commands(block))
            .collect();
        let needed = if document == "docs/OPERATIONS.md" { 10 } else { 0 };
        assert!(
            lines.len() >= needed,
            "{document}: only {} commands are found",
            lines.len()
        );
        for words in lines {
            let mut words: Vec<_> = words.iter().map(String::as_str).collect();
            let line = words.join(" ");
            words.push("--help");
            let (is_understood, said) = symbolon(&words);
            assert!(is_understood, "{document}: symbolon {line}\n{said}");
        }
    }
}

#[test]
fn the_readme_says_how_to_begin() {
    let readme = read("README.md");
    for command in ["cargo run --release -- demo", "cargo xtask test"] {
        assert!(readme.contains(&format!("```sh\n{command}\n```")), "{command}");
    }
}

#[test]
fn every_endpoint_is_described_and_no_other() {
    let source = read("crates/http/src/api.rs");
    let paths: BTreeMap<_, _> = source
        .lines()
        .filter_map(|line| line.strip_prefix("const ")?.split_once(": &str = "))
        .map(|(name, path)| (name, path.trim_matches(['"', ';'])))
        .collect();
    let field = |text: &str, name: &str| -> String {
        let (_, rest) = text.split_once(name).expect(name);
        rest.split([',', '\n'])
            .next()
            .expect("a first part")
            .trim_matches([' ', '"'])
            .to_owned()
    };
    let served: BTreeSet<_> = source
        .split("    Endpoint {\n")
        .skip(1)
        .map(|endpoint| {
            let path = field(endpoint, "path:");
            format!("{} {}", field(endpoint, "method:"), paths[path.as_str()])
        })
        .collect();
    assert!(served.len() > 5, "the endpoints are found: {served:?}");
    let described: BTreeSet<_> = read("docs/API.md")
        .lines()
        .filter(|line| line.starts_with('`') && line.ends_with('`') && line.contains(" /v1"))
        .map(bare)
        .collect();
    assert_eq!(described, served);
}

#[test]
fn every_page_is_described_and_no_other() {
    let source = read("crates/http/src/page.rs");
    let constants: BTreeMap<_, _> = source
        .lines()
        .filter_map(|line| line.strip_prefix("const ")?.split_once(": &str = "))
        .map(|(name, path)| (name, path.trim_matches(['"', ';'])))
        .collect();
    let served: BTreeSet<_> = source
        .lines()
        .filter_map(|line| line.strip_prefix("    page(\"")?.split_once("\", "))
        .map(|(method, rest)| {
            let path = rest.split(", |").next().expect("a first part");
            let path = constants
                .get(path)
                .copied()
                .unwrap_or_else(|| path.trim_matches('"'));
            format!("{method} {path}")
        })
        .collect();
    assert!(served.len() > 15, "the pages are found: {served:?}");
    let described: BTreeSet<_> = rows("docs/RECIPIENTS.md")
        .into_iter()
        .filter_map(|cells| cells.first().map(|cell| bare(cell)))
        .filter(|cell| cell.starts_with("GET /") || cell.starts_with("POST /"))
        .collect();
    assert_eq!(described, served);
}

#[test]
fn every_mail_is_described_and_no_other() {
    let source = read("crates/domain/src/mail.rs");
    let (_, rest) = source.split_once("    MailKind {\n").expect("the kinds");
    let (kinds, _) = rest.split_once("    }\n").expect("their end");
    let sent: BTreeSet<_> = kinds
        .lines()
        .filter_map(|line| line.split_once(" = "))
        .map(|(_, name)| name.trim_matches(['"', ';']).to_owned())
        .collect();
    assert!(sent.len() > 3, "the kinds are found: {sent:?}");
    let mut tables = section("docs/RECIPIENTS.md", "## Mail\n");
    tables.retain(|cells| cells.first().is_some_and(|cell| cell.starts_with('`')));
    let described: BTreeSet<_> = tables.iter().map(|cells| bare(&cells[0])).collect();
    assert_eq!(described, sent);
}

#[test]
fn every_test_that_a_case_names_is_there() {
    let mut sources = String::new();
    for directory in ["crates", "tests"] {
        gather(&root().join(directory), &mut sources);
    }
    let mut cases = 0;
    for cells in rows("docs/SECURITY.md") {
        let (Some(case), Some(tests)) = (cells.first(), cells.last()) else {
            continue;
        };
        let is_case = case.len() == 3
            && case.starts_with(['A', 'B', 'C'])
            && case.chars().skip(1).all(|digit| digit.is_ascii_digit());
        if !is_case {
            continue;
        }
        cases += 1;
        let named: Vec<_> = tests.split('`').skip(1).step_by(2).collect();
        assert!(!named.is_empty(), "{case} names no test");
        for test in named {
            let is_there = ["(", "<"]
                .iter()
                .any(|end| sources.contains(&format!("fn {test}{end}")));
            assert!(is_there, "{case}: there is no test {test}");
        }
    }
    assert!(cases > 20, "only {cases} cases are found");
}

#[test]
fn every_error_is_in_the_table_and_no_other() {
    let catalogue = read("crates/http/src/error/catalogue.rs");
    let known: BTreeSet<_> = catalogue
        .split("StatusCode::")
        .skip(1)
        .map(|row| {
            let (status, rest) = row.split_once(',').expect("a status, then a comma");
            let code = rest.split('"').nth(1).expect("a code in quotes");
            (status.to_owned(), code.to_owned())
        })
        .collect();
    assert!(known.len() > 20, "the errors are found: {known:?}");
    let documented: BTreeSet<_> = rows("docs/API.md")
        .into_iter()
        .filter_map(|cells| {
            let status = cells.first()?.parse::<u16>().ok()?;
            let status = StatusCode::from_u16(status).ok()?;
            let name = status.canonical_reason()?.replace(' ', "_").to_uppercase();
            Some((name, bare(cells.get(1)?)))
        })
        .collect();
    assert_eq!(documented, known);
}

#[test]
fn secret_scanners_are_given_the_patterns_of_the_code() {
    let source = read("crates/domain/src/secret.rs");
    for name in ["AUTHORIZATION_TOKEN_PATTERN", "ACCESS_TOKEN_PATTERN"] {
        let (_, rest) = source
            .split_once(&format!("pub const {name}: &str = \""))
            .expect(name);
        let (pattern, _) = rest.split_once('"').expect("its end");
        assert!(
            read("docs/API.md").contains(&format!("```\n{pattern}\n```")),
            "{pattern}"
        );
    }
}

#[test]
fn every_link_leads_somewhere() {
    let mut documents = vec!["README.md".to_owned()];
    for directory in ["docs", "docs/adr"] {
        let files = fs::read_dir(root().join(directory)).expect(directory);
        documents.extend(
            files
                .map(|file| file.expect("a file").path())
                .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
                .map(|path| format!("{directory}/{}", path.file_name().expect("a name").display())),
        );
    }
    for document in documents {
        for link in links(&read(&document)) {
            let (path, heading) = link.split_once('#').unwrap_or((&link, ""));
            let directory = Path::new(&document).parent().expect("a file has a directory");
            let target = match path {
                "" => PathBuf::from(&document),
                path => directory.join(path),
            };
            assert!(
                root().join(&target).exists(),
                "{document} links to {link}, which is not there"
            );
            assert!(
                heading.is_empty() || headings(&target).contains(heading),
                "{document} links to {link}, which has no such heading"
            );
        }
    }
}

/// Whether the program was content, and what it said.
fn symbolon(words: &[&str]) -> (bool, String) {
    #[expect(
        clippy::disallowed_methods,
        reason = "tests are told by the environment what to test"
    )]
    let binary = env::var_os("SYMBOLON_BIN").filter(|path| !path.is_empty());
    let binary = binary.expect("SYMBOLON_BIN is not set: run this test with `cargo xtask test`");
    let directory = tempfile::tempdir().expect("a directory");
    let output = command(binary)
        .args(words)
        .current_dir(&directory)
        .output()
        .expect("SYMBOLON_BIN can be run");
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(said).expect("text"))
}

/// The options that a help text names, with their environment variables and defaults.
fn options(help: &str) -> BTreeMap<String, (Option<String>, Option<String>)> {
    let mut options = BTreeMap::new();
    let mut texts: Vec<(String, String)> = Vec::new();
    for line in help.lines().map(str::trim) {
        let name = line.split([' ', ',']).find(|word| word.starts_with("--"));
        match name {
            Some(name) if line.starts_with('-') => texts.push((name.to_owned(), String::new())),
            _ => {
                if let Some((_, text)) = texts.last_mut() {
                    text.push_str(line);
                    text.push(' ');
                }
            }
        }
    }
    for (name, text) in texts {
        let noted = |note: &str| {
            let (_, rest) = text.split_once(note)?;
            rest.split(']').next().map(str::to_owned)
        };
        let environment = noted("[env: ").map(|note| note.trim_end_matches('=').to_owned());
        options.insert(name, (environment, noted("[default: ")));
    }
    options
}

/// The arguments of every call of the program in a block of shell lines.
fn commands(block: &str) -> Vec<Vec<String>> {
    block
        .replace("\\\n", " ")
        .lines()
        .filter_map(|line| arguments(words(line)))
        .collect()
}

/// What follows `symbolon`, `sudo -u USER symbolon` or `cargo run … --`, if the line is one of these.
fn arguments(words: Vec<String>) -> Option<Vec<String>> {
    let word = |place: usize| words.get(place).map(String::as_str);
    let start = match (word(0)?, word(1)) {
        ("symbolon", _) => 1,
        ("sudo", Some("-u")) if word(3) == Some("symbolon") => 4,
        ("cargo", Some("run")) => 1 + words.iter().position(|word| word == "--")?,
        _ => return None,
    };
    Some(words.into_iter().skip(start).collect())
}

/// The words of a shell line, up to a comment, a pipe or a redirection, with what stands for ids filled in.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for character in line.chars() {
        match (quote, character) {
            (Some(open), _) if character == open => quote = None,
            (None, '"' | '\'') => quote = Some(character),
            (None, '#' | '|' | '>' | ';' | '&') => break,
            (None, ' ') => words.push(String::new()),
            _ => words.last_mut().expect("there is always one").push(character),
        }
    }
    words.retain(|word| !word.is_empty());
    words
        .into_iter()
        .map(|word| {
            if IDS.contains(&word.as_str()) {
                SOME_ID.to_owned()
            } else {
                word
            }
        })
        .collect()
}

/// The fenced blocks of a document that are in this language.
fn blocks(document: &str, language: &str) -> Vec<String> {
    let text = read(document);
    let mut blocks = Vec::new();
    let mut open: Option<(bool, String)> = None;
    for line in text.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(named)) => open = Some((named == language, String::new())),
            (Some(_), Some(_)) => {
                if let Some((true, block)) = open.take() {
                    blocks.push(block);
                }
            }
            (Some((_, block)), None) => {
                block.push_str(line);
                block.push('\n');
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "{document}: a block does not end");
    blocks
}

/// The cells of every row of every table below a heading of the second level.
fn section(document: &str, heading: &str) -> Vec<Vec<String>> {
    let text = read(document);
    let (_, rest) = text.split_once(heading).expect(heading);
    cells(rest.split("\n## ").next().expect("a first part"))
}

/// The cells of every row of every table.
fn rows(document: &str) -> Vec<Vec<String>> {
    cells(&read(document))
}

fn cells(text: &str) -> Vec<Vec<String>> {
    text.lines()
        .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |").map(str::to_owned))
        .map(|row| row.split(" | ").map(|cell| cell.trim().to_owned()).collect())
        .collect()
}

/// Where the links of a document lead to, but for those to other sites.
fn links(text: &str) -> Vec<String> {
    text.split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .filter(|link| !link.contains("://"))
        .map(str::to_owned)
        .collect()
}

/// The anchors of a document's headings.
fn headings(document: &Path) -> BTreeSet<String> {
    read(document)
        .lines()
        .filter(|line| line.starts_with('#'))
        .map(|line| {
            line.trim_start_matches('#')
                .trim()
                .to_lowercase()
                .replace(' ', "-")
                .replace(
                    |character: char| !character.is_alphanumeric() && character != '-' && character != '_',
                    "",
                )
        })
        .collect()
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

fn bare(cell: &str) -> String {
    cell.trim_matches('`').to_owned()
}

fn read(document: impl AsRef<Path>) -> String {
    let path = root().join(document);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the tests lie in the repository")
        .to_owned()
}
