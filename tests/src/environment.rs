//! What the tests are told by their environment, and what the programs they start are told.

use std::{
    env,
    ffi::OsStr,
    path::{Path, PathBuf},
    process::Command,
};

const HOW: &str =
    "these tests need the built binary, a PostgreSQL and other parts: run them with `cargo xtask test`";

/// The built binary.
pub(crate) fn binary() -> PathBuf {
    let binary = PathBuf::from(told("SYMBOLON_BIN"));
    assert!(
        binary.is_absolute() && binary.is_file(),
        "SYMBOLON_BIN must be the absolute path of the binary, and is {}; {HOW}",
        binary.display()
    );
    binary
}

/// The URL of a superuser on a PostgreSQL of no value.
pub(crate) fn postgres() -> String {
    told("SYMBOLON_TEST_POSTGRES")
}

/// The program that speaks `WebDriver` and starts [`chromium`].
pub(crate) fn chromedriver() -> String {
    told("SYMBOLON_TEST_CHROMEDRIVER")
}

/// The browser.
pub(crate) fn chromium() -> String {
    told("SYMBOLON_TEST_CHROMIUM")
}

/// The directory that holds `node_modules`.
pub(crate) fn node_modules() -> PathBuf {
    PathBuf::from(told("SYMBOLON_TEST_NODE_MODULES"))
}

/// A Python that has aiosmtpd.
pub(crate) fn python() -> String {
    told("SYMBOLON_TEST_PYTHON")
}

#[expect(
    clippy::disallowed_methods,
    reason = "tests are told by the environment what to test"
)]
fn told(name: &str) -> String {
    match env::var(name) {
        Ok(value) if !value.is_empty() => value,
        _ => panic!("{name} is not set; {HOW}"),
    }
}

/// A program that is not influenced by how whoever runs the tests has configured Symbolon, libpq, curl, or the
/// languages of the parts.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    let foreign = env::vars_os().map(|(name, _)| name).filter(|name| {
        let name = name.to_string_lossy().to_ascii_uppercase();
        ["SYMBOLON_", "DATABASE_URL", "PG", "NO_COLOR", "NODE_", "PYTHON"]
            .iter()
            .any(|start| name.starts_with(start))
            || name.ends_with("_PROXY")
    });
    for name in foreign {
        command.env_remove(name);
    }
    command
}

/// The binary, to be run in a directory of its own.
pub(crate) fn symbolon(directory: &Path) -> Command {
    let mut command = command(binary());
    command.current_dir(directory);
    command
}
