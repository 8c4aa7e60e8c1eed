//! What the journeys need besides the built binary and PostgreSQL: a browser, packages of npm, packages of Python.
//!
//! One file per part. A part is what the caller's environment names, else what is found on this machine, else what is
//! installed: programs by apt-get, where that is safe; packages into cargo's target directory.

mod browser;
mod cache;
mod node;
mod python;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::cargo;
use crate::failure::Failure;
use crate::leash::Leash;

/// A variable of the tests' environment.
pub(crate) type Variable = (&'static str, OsString);

/// Where the tests find chromedriver, which speaks `WebDriver`.
const CHROMEDRIVER: &str = "SYMBOLON_TEST_CHROMEDRIVER";
/// Where the tests find the browser that chromedriver starts.
const CHROMIUM: &str = "SYMBOLON_TEST_CHROMIUM";
/// The directory that holds `node_modules` with the packages of `tests/parts/openid/package.json`.
const NODE_MODULES: &str = "SYMBOLON_TEST_NODE_MODULES";
/// A Python that has the packages of `tests/parts/smtp/requirements.txt`.
const PYTHON: &str = "SYMBOLON_TEST_PYTHON";

/// Finds or installs every part.
///
/// # Errors
/// When one is missing and may not be installed, with advice; or when an installation fails.
pub(crate) fn find_or_install() -> Result<Vec<Variable>, Failure> {
    let cache = cargo::target_directory()?.join("test-parts");
    let sources = cargo::root().join("tests").join("parts");
    let mut variables = browser::find_or_install()?;
    variables.push(node::find_or_install(&sources.join("openid"), &cache)?);
    variables.push(python::find_or_install(&sources.join("smtp"), &cache)?);
    Ok(variables)
}

/// The directory that has the npm packages of the lock file in `source`, installed once.
///
/// # Errors
/// When there is no Node.js and none may be installed, with advice; or when the installation fails.
pub(crate) fn packages_of_node(source: &Path) -> Result<PathBuf, Failure> {
    node::packages(source, &cargo::target_directory()?.join("test-parts"))
}

/// A Python with the packages of `requirements.txt` in `source`, installed once.
///
/// # Errors
/// When there is no Python and none may be installed, with advice; or when the installation fails.
pub(crate) fn packages_of_python(source: &Path) -> Result<PathBuf, Failure> {
    python::interpreter(source, &cargo::target_directory()?.join("test-parts"))
}

/// What the caller wants to be used.
fn given(name: &str) -> Option<OsString> {
    #[expect(
        clippy::disallowed_methods,
        reason = "a chore's configuration is its environment"
    )]
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// The first of these programs that is in PATH.
fn find(names: &[&str]) -> Option<PathBuf> {
    #[expect(
        clippy::disallowed_methods,
        reason = "programs are looked for where the shell does it"
    )]
    let path = std::env::var_os("PATH")?;
    names.iter().find_map(|name| {
        std::env::split_paths(&path)
            .map(|directory| directory.join(name))
            .find(|program| program.is_absolute() && program.is_file())
    })
}

/// What `program` prints when called with `arguments`, if it succeeds.
fn asked(program: &Path, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .output();
    let output = output.ok().filter(|output| output.status.success())?;
    Some(String::from_utf8(output.stdout).ok()?.trim().to_owned())
}

/// Runs an installer to its end. What it prints goes to the standard error; it ends with this program.
fn run(command: &mut Command, what: &str) -> Result<(), Failure> {
    let status = Leash::spawn(command.stdin(Stdio::null()).stdout(std::io::stderr()))
        .and_then(|mut leash| leash.child().wait())
        .map_err(Failure::because(format!("cannot run {what}")))?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::new(format!(
            "{what} failed ({status}), its own words are above"
        )))
    }
}
