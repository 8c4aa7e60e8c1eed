//! Installing what the tests need, where that is one safe command: on Debian and its relatives, as root.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::failure::Failure;
use crate::say;

/// Runs a script that calls apt-get.
///
/// # Errors
/// When this is not Debian or we are not root, with the advice; or when the script fails.
pub(crate) fn install(what: &str, script: &str, advice: &str, is_root: bool) -> Result<(), Failure> {
    if !is_root || !Path::new("/usr/bin/apt-get").exists() {
        return Err(Failure::new(advice));
    }
    let start = Instant::now();
    say::line(&format!("installing {what} with apt-get …"));
    // Not on a leash: a package manager killed half-way leaves a worse mess than one that is let finish.
    let status = Command::new("sh")
        .args(["-c", script])
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdin(Stdio::null())
        .stdout(std::io::stderr())
        .status()
        .map_err(Failure::because("cannot run apt-get"))?;
    if !status.success() {
        return Err(Failure::new(format!("apt-get failed ({status}); {advice}")));
    }
    say::timed(&format!("{what} installed"), start);
    Ok(())
}
