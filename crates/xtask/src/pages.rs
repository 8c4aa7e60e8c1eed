//! `cargo xtask pages`: how long every page of the dashboard takes where there are many recipients.

use std::path::{Path, absolute};
use std::time::Instant;

use crate::failure::Failure;
use crate::test::BINARY;
use crate::{cargo, say};

/// What is timed is what is shipped.
const PROFILE: &str = "release";

/// Builds the service, fills the database where it is empty, and has the pages timed.
///
/// # Errors
/// When something does not build, or a program says that it cannot do its part.
pub(crate) fn run(url: &str, count: u64) -> Result<(), Failure> {
    let start = Instant::now();
    let (url, count) = (whole(url)?, count.to_string());
    let [program, filler] = ["symbolon", "large"];
    let what = ["-p", program, "--bin", program];
    build(&what)?;
    build(&["-p", "symbolon-storage-diesel", "--example", filler])?;
    say::timed("built", start);
    let built = cargo::target_directory()?.join(PROFILE);
    let words = [url.as_str(), count.as_str()];
    cargo::run(
        std::process::Command::new(built.join("examples").join(filler)).args(words),
        filler,
    )?;
    let bench = ["bench", "-p", "symbolon-tests", "--bench", "pages", "--"];
    let mut command = cargo::command(&bench);
    command.args(words).env(BINARY, built.join(program));
    cargo::run(&mut command, "cargo bench")
}

fn build(what: &[&str]) -> Result<(), Failure> {
    let mut command = cargo::command(&["build", "--profile", PROFILE]);
    cargo::run(command.args(what), "cargo build")
}

/// The URL, where it names a file by its whole path: those who read it run in different directories.
fn whole(url: &str) -> Result<String, Failure> {
    let Some(path) = url.strip_prefix("sqlite:") else {
        return Ok(url.to_owned());
    };
    let path = Path::new(path.strip_prefix("//").unwrap_or(path));
    let whole = absolute(path).map_err(Failure::because("the URL names no file"))?;
    Ok(format!("sqlite:{}", whole.display()))
}

#[cfg(test)]
mod tests {
    use super::whole;

    #[test]
    fn a_file_is_named_by_its_whole_path() {
        let here = std::env::current_dir().unwrap();
        assert_eq!(
            whole("sqlite:a/b.db").unwrap(),
            format!("sqlite:{}/a/b.db", here.display())
        );
        assert_eq!(whole("sqlite:///a/b.db").unwrap(), "sqlite:/a/b.db");
        assert_eq!(whole("postgres://h/a").unwrap(), "postgres://h/a");
    }
}
