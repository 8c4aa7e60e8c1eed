//! `cargo xtask test`: every test there is, on SQLite and on PostgreSQL, with one command.

mod database;
mod scope;

use std::io::{BufRead, BufReader, Write};
use std::process::{ExitStatus, Stdio};
use std::time::Instant;

use crate::failure::Failure;
use crate::leash::Leash;
use crate::parts::{self, Variable};
use crate::tally::Tally;
use crate::{cargo, curl, say};
use database::Postgres;
use scope::Scope;

/// Where the tests find PostgreSQL: the URL of a superuser, who may create databases.
const POSTGRES: &str = "SYMBOLON_TEST_POSTGRES";
/// Where the tests find the built binary: an absolute path.
pub(crate) const BINARY: &str = "SYMBOLON_BIN";

/// What the chore reads and what it hands to the tests.
pub(crate) const ENVIRONMENT: &str = "\
Environment:
  SYMBOLON_TEST_POSTGRES  URL of a superuser on a PostgreSQL for the tests.
                          Set it, and no server is started; otherwise
                          it is set for the tests.
  SYMBOLON_TEST_CHROMIUM, SYMBOLON_TEST_CHROMEDRIVER
                          Absolute paths of a browser and of its driver.
  SYMBOLON_TEST_NODE_MODULES
                          A directory that holds node_modules with the
                          packages of tests/parts/openid.
  SYMBOLON_TEST_PYTHON    A Python that has the packages of
                          tests/parts/smtp. Set these four, and nothing
                          is installed for them; otherwise they are set
                          for the tests.
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
    let mut variables = Vec::new();
    if scope.has_journeys() {
        curl::find_or_install()?;
        variables = parts::find_or_install()?;
        build()?;
    }
    let binary = cargo::target_directory()?
        .join("debug")
        .join(format!("symbolon{}", std::env::consts::EXE_SUFFIX));
    let server = postgres.start()?;
    variables.extend([(BINARY, binary.into()), (POSTGRES, server.url().into())]);
    let status = stream(cargo_test, &scope, &variables, tally);
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
    variables: &[Variable],
    tally: &mut Tally,
) -> Result<ExitStatus, Failure> {
    let start = Instant::now();
    say::line("running the tests …");
    let mut command = cargo::command(&["test", "--no-fail-fast"]);
    command
        .args(scope.arguments())
        .args(cargo_test)
        .envs(variables.iter().map(|(name, value)| (name, value)));
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
