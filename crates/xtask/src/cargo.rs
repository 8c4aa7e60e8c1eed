//! Cargo, called from a program that cargo itself started, and what cargo knows of the workspace.

use std::io;
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};

use serde_json::Value;

use crate::failure::Failure;
use crate::leash::Leash;

/// A call of the cargo that started this program, in the workspace's root and without a standard input.
///
/// The variables that `cargo run` sets for this package are taken away again: build scripts that watch them would run
/// anew at every change between `cargo xtask` and a plain `cargo`.
pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(program());
    command.args(arguments).current_dir(root()).stdin(Stdio::null());
    for (name, _) in environment() {
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") || name == "CARGO_BIN_NAME" {
            command.env_remove(name);
        }
    }
    command
}

/// Runs `command` to its end. If this program ends first, `command` ends with all the processes it started.
///
/// # Errors
/// When it cannot be started, or ends with anything but success.
pub(crate) fn run(command: &mut Command, what: &str) -> Result<(), Failure> {
    let status = Leash::spawn(command)
        .and_then(|mut leash| leash.child().wait())
        .map_err(Failure::because(format!("cannot run {what}")))?;
    succeed(status, what)
}

fn succeed(status: ExitStatus, what: &str) -> Result<(), Failure> {
    if status.success() {
        Ok(())
    } else {
        Err(Failure::new(format!("{what} failed ({status})")))
    }
}

/// What `cargo metadata` says of the workspace, without its dependencies: needs no network.
pub(crate) fn metadata() -> Result<Value, Failure> {
    let what = "cargo metadata";
    let output = command(&["metadata", "--format-version", "1", "--no-deps"])
        .stderr(Stdio::inherit())
        .output()
        .map_err(Failure::because(format!("cannot run {what}")))?;
    succeed(output.status, what)?;
    serde_json::from_slice(&output.stdout).map_err(Failure::because(format!("cannot read {what}")))
}

/// The directory that cargo builds into, wherever the configuration put it.
pub(crate) fn target_directory() -> Result<PathBuf, Failure> {
    metadata()?
        .get("target_directory")
        .and_then(Value::as_str)
        .map(PathBuf::from)
        .ok_or_else(|| Failure::new("cargo metadata names no target_directory"))
}

/// The workspace's root: this package lies two levels below it.
///
/// Cargo says at run time where this package is. What it said at compile time is second best, for two clones that
/// build into one directory share the binary.
pub(crate) fn root() -> PathBuf {
    #[expect(
        clippy::disallowed_methods,
        reason = "a chore's configuration is cargo's environment"
    )]
    let package = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let package = PathBuf::from(package);
    package.ancestors().nth(2).unwrap_or(&package).to_owned()
}

/// Whether cargo has the subcommand `name`.
pub(crate) fn has(name: &str) -> io::Result<bool> {
    let output = command(&[name, "--version"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    Ok(output.success())
}

#[expect(
    clippy::disallowed_methods,
    reason = "a chore's configuration is cargo's environment"
)]
fn program() -> std::ffi::OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

fn environment() -> impl Iterator<Item = (String, std::ffi::OsString)> {
    std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value)))
}
