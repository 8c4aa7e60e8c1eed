//! Looks for PostgreSQL's server programs where the distributions put them. Starts nothing but `--version`.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Programs, search_path};

/// Directories outside of PATH; a `*` stands for one name. The comments say who puts them there.
const PLACES: [&str; 10] = [
    "/usr/lib/postgresql/*/bin",                          // Debian, Ubuntu
    "/usr/pgsql-*/bin",         // PostgreSQL's own packages for Fedora and its relatives
    "/usr/lib/postgresql*/bin", // openSUSE
    "/usr/libexec/postgresql*", // Alpine
    "/opt/homebrew/opt/postgresql*/bin", // Homebrew on Apple's own processors
    "/usr/local/opt/postgresql*/bin", // Homebrew on Intel
    "/home/linuxbrew/.linuxbrew/opt/postgresql*/bin", // Homebrew on Linux
    "/Applications/Postgres.app/Contents/Versions/*/bin", // Postgres.app
    "/opt/local/lib/postgresql*/bin", // MacPorts
    "/usr/local/pgsql/bin",     // built from source
];

/// The programs of PATH if there are any, for they are somebody's choice; else the newest of all that are found.
pub(super) fn find() -> Option<Programs> {
    std::env::split_paths(&search_path())
        .find_map(|directory| look_in(&directory))
        .or_else(|| installed().max_by_key(|programs| order(&programs.version)))
}

fn installed() -> impl Iterator<Item = Programs> {
    let configured = asked(Path::new("pg_config"), "--bindir").map(PathBuf::from);
    let places = PLACES.iter().flat_map(|place| expand(Path::new(place)));
    configured
        .into_iter()
        .chain(places)
        .filter_map(|directory| look_in(&directory))
}

/// Both programs are needed; packages with PostgreSQL's client alone have neither.
fn look_in(directory: &Path) -> Option<Programs> {
    if !directory.is_absolute() || !directory.join("initdb").is_file() {
        return None;
    }
    let answer = asked(&directory.join("postgres"), "--version")?;
    Some(Programs {
        directory: directory.to_owned(),
        version: version(&answer)?.to_owned(),
    })
}

/// What `program` prints when called with `question`.
fn asked(program: &Path, question: &str) -> Option<String> {
    let output = Command::new(program).arg(question).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8(output.stdout).ok())?
        .map(|answer| answer.trim().to_owned())
}

/// `15.18` of `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`.
fn version(answer: &str) -> Option<&str> {
    answer
        .split_whitespace()
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))
}

/// Numbers to compare versions by; `17beta1` counts as 17.
fn order(version: &str) -> Vec<u32> {
    version
        .split('.')
        .map(|part| {
            part.chars()
                .take_while(char::is_ascii_digit)
                .collect::<String>()
                .parse()
                .unwrap_or(0)
        })
        .collect()
}

/// The directories that `pattern` stands for; it has at most one `*`, and that at the end of a name or alone.
fn expand(pattern: &Path) -> Vec<PathBuf> {
    let mut found = vec![PathBuf::from("/")];
    for name in pattern.iter().skip(1) {
        found = match name.to_str().and_then(|name| name.strip_suffix('*')) {
            None => found.iter().map(|directory| directory.join(name)).collect(),
            Some(start) => found
                .iter()
                .flat_map(|directory| children(directory, start))
                .collect(),
        };
    }
    found
}

fn children(directory: &Path, start: &str) -> Vec<PathBuf> {
    let entries = directory.read_dir().into_iter().flatten().flatten();
    entries
        .filter(|entry| {
            entry
                .file_name()
                .to_str()
                .is_some_and(|name| name.starts_with(start))
        })
        .map(|entry| entry.path())
        .collect()
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::{expand, order, version};

    #[test]
    fn versions_are_read_and_compared_as_numbers() {
        assert_eq!(
            version("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"),
            Some("15.18")
        );
        assert_eq!(version("postgres (PostgreSQL) 18beta1"), Some("18beta1"));
        assert_eq!(version("postgres (PostgreSQL)"), None);
        assert!(order("15.18") > order("15.9"));
        assert!(order("18beta1") > order("17.4"));
    }

    #[test]
    fn a_star_stands_for_the_rest_of_a_name() {
        let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        assert_eq!(
            expand(&crates.join("xta*").join("src")),
            [crates.join("xtask/src")]
        );
        assert!(expand(&crates.join("*").join("src")).contains(&crates.join("xtask/src")));
        assert_eq!(
            expand(&crates.join("no such*").join("src")),
            Vec::<PathBuf>::new()
        );
    }
}
