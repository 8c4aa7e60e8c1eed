//! `cargo xtask test`: every test there is, on SQLite and on PostgreSQL, with one command.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::time::Instant;

use crate::failure::Failure;
use crate::leash::Leash;
use crate::postgres::{Programs, Server};
use crate::tally::Tally;
use crate::{cargo, curl, say};

/// Where the tests find PostgreSQL: the URL of a superuser, who may create databases.
const POSTGRES: &str = "SYMBOLON_TEST_POSTGRES";
/// Where the tests find the built binary: an absolute path.
const BINARY: &str = "SYMBOLON_BIN";

/// What the chore reads and what it hands to the tests.
pub(crate) const ENVIRONMENT: &str = "\
Environment:
  SYMBOLON_TEST_POSTGRES  URL of a superuser on a PostgreSQL for the tests.
                          Set it, and no server is started; otherwise
                          it is set for the tests.
  SYMBOLON_BIN            Set for the tests: the absolute path of the
                          binary that was built.";

/// Runs the tests, and prints their number as the last line.
///
/// # Errors
/// When anything that the tests need is missing, the build fails, or one test does.
pub(crate) fn run(cargo_test: &[String]) -> Result<(), Failure> {
    let start = Instant::now();
    let mut tally = Tally::default();
    let outcome = prepare_and_run(cargo_test, &mut tally);
    if let Err(failure) = &outcome {
        failure.tell();
    }
    let Tally {
        passed,
        ignored,
        binaries,
        ..
    } = tally;
    // What ends a run without any test's failing, such as a build that does not compile, is one failure too.
    let failed = tally.failures().max(u64::from(outcome.is_err()));
    let numbers = format!("{binaries} test binaries: {passed} passed, {failed} failed, {ignored} ignored");
    say::timed(&numbers, start);
    close(passed, failed);
    outcome.map_err(|_| Failure::Told)
}

/// Prints the line that closes every run of the tests.
pub(crate) fn close(passed: u64, failed: u64) {
    let _ = writeln!(std::io::stdout(), "{passed} passed, {failed} failed");
}

fn prepare_and_run(cargo_test: &[String], tally: &mut Tally) -> Result<(), Failure> {
    let postgres = Postgres::prepare()?;
    let scope = Scope::of(cargo_test);
    if scope.needs_binary() {
        curl::find_or_install()?;
        build()?;
    }
    let binary = cargo::target_directory()?
        .join("debug")
        .join(format!("symbolon{}", std::env::consts::EXE_SUFFIX));
    let server = postgres.start()?;
    let status = stream(cargo_test, &scope, &server.url(), &binary, tally);
    server.stop();
    let status = status?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::new(format!("cargo test failed ({status})")))
    }
}

fn build() -> Result<(), Failure> {
    let start = Instant::now();
    say::line("building the workspace …");
    // The same features and profile as the tests: what is built here is not built again.
    cargo::run(
        &mut cargo::command(&["build", "--workspace", "--all-targets"]),
        "cargo build",
    )?;
    say::timed("workspace built", start);
    Ok(())
}

/// Runs `cargo test`, passes its output through line by line, and counts.
fn stream(
    cargo_test: &[String],
    scope: &Scope,
    postgres: &str,
    binary: &Path,
    tally: &mut Tally,
) -> Result<ExitStatus, Failure> {
    let start = Instant::now();
    say::line("running the tests …");
    let mut command = cargo::command(&["test", "--no-fail-fast"]);
    command
        .args(scope.arguments())
        .args(cargo_test)
        .env(POSTGRES, postgres)
        .env(BINARY, binary);
    let mut leash =
        Leash::spawn(command.stdout(Stdio::piped())).map_err(Failure::because("cannot run cargo test"))?;
    if let Some(output) = leash.child().stdout.take() {
        let mut output = BufReader::new(output);
        let mut line = Vec::new();
        while output
            .read_until(b'\n', &mut line)
            .map_err(Failure::because("cannot read from cargo test"))?
            > 0
        {
            let _ = std::io::stdout().write_all(&line);
            tally.read(&String::from_utf8_lossy(&line));
            line.clear();
        }
    }
    let status = leash
        .child()
        .wait()
        .map_err(Failure::because("cannot wait for cargo test"))?;
    say::timed("tests ran", start);
    Ok(status)
}

/// How much of the workspace is tested.
#[derive(Debug, PartialEq, Eq)]
enum Scope {
    Workspace,
    /// The packages that the caller named; whether the journeys through the binary are among them.
    Packages {
        journeys: bool,
    },
}

impl Scope {
    /// Reads the arguments for cargo, up to those for the test binaries.
    fn of(cargo_test: &[String]) -> Self {
        let own: Vec<&str> = cargo_test
            .iter()
            .map(String::as_str)
            .take_while(|argument| *argument != "--")
            .collect();
        let names_package = |argument: &&str| argument.starts_with("-p") || argument.starts_with("--package");
        if own.iter().any(names_package) {
            Self::Packages {
                journeys: own.iter().any(|argument| argument.ends_with("symbolon-tests")),
            }
        } else {
            Self::Workspace
        }
    }

    fn needs_binary(&self) -> bool {
        matches!(self, Self::Workspace | Self::Packages { journeys: true })
    }

    fn arguments(&self) -> &'static [&'static str] {
        match self {
            Self::Workspace => &["--workspace"],
            Self::Packages { .. } => &[],
        }
    }
}

/// The PostgreSQL that the tests are going to use.
enum Postgres {
    /// The caller's own, by its URL. Never stopped.
    Given(String),
    Own(Programs),
}

enum Running {
    Given(String),
    Own(Server),
}

impl Postgres {
    /// Finds it before the long build: whoever has to install something wants to know at once.
    fn prepare() -> Result<Self, Failure> {
        #[expect(
            clippy::disallowed_methods,
            reason = "a chore's configuration is its environment"
        )]
        let given = std::env::var(POSTGRES).ok().filter(|url| !url.is_empty());
        match given {
            Some(url) => {
                let place = url.rsplit_once('@').map_or(url.as_str(), |(_, place)| place);
                say::line(&format!("using the PostgreSQL at {place}, as {POSTGRES} says"));
                Ok(Self::Given(url))
            }
            None => Programs::find_or_install().map(Self::Own),
        }
    }

    fn start(self) -> Result<Running, Failure> {
        match self {
            Self::Given(url) => Ok(Running::Given(url)),
            Self::Own(programs) => Server::start(&programs).map(Running::Own),
        }
    }
}

impl Running {
    fn url(&self) -> String {
        match self {
            Self::Given(url) => url.clone(),
            Self::Own(server) => server.url(),
        }
    }

    fn stop(self) {
        let start = Instant::now();
        if let Self::Own(server) = self {
            drop(server);
            say::timed("PostgreSQL stopped", start);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Scope;

    fn scope(arguments: &str) -> Scope {
        Scope::of(
            &arguments
                .split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>(),
        )
    }

    #[test]
    fn everything_is_tested_unless_a_package_is_named() {
        assert_eq!(scope(""), Scope::Workspace);
        assert_eq!(scope("rotation -- --nocapture"), Scope::Workspace);
        assert_eq!(scope("-- -p"), Scope::Workspace);
        assert_eq!(scope("-p xtask"), Scope::Packages { journeys: false });
        assert_eq!(
            scope("--package=symbolon-domain"),
            Scope::Packages { journeys: false }
        );
    }

    #[test]
    fn the_journeys_need_the_binary() {
        assert!(scope("").needs_binary());
        assert!(scope("-p symbolon-tests").needs_binary());
        assert!(scope("--package=symbolon-tests").needs_binary());
        assert!(!scope("-p symbolon-domain").needs_binary());
    }
}
