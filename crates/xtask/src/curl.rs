//! curl, which the journeys use as the README's readers do.

use std::process::{Command, Stdio};

use crate::debian;
use crate::failure::Failure;
use crate::postgres::is_root;

const ADVICE: &str = "\
the tests need curl, for they paste the lines that the demonstration prints. Please install the package curl:
  Debian, Ubuntu   apt-get install curl       (as root, `cargo xtask test` does it for you)
  Fedora           dnf install curl
  Arch             pacman -S curl
  Alpine           apk add curl bash
  macOS            has it";

const DEBIAN: &str = "\
set -eu
apt-get -q update
apt-get -q -y --no-install-recommends -o DPkg::Lock::Timeout=300 install curl
";

/// Finds it, or installs it where this program may.
///
/// # Errors
/// When there is none; says which package has it.
pub(crate) fn find_or_install() -> Result<(), Failure> {
    let found = Command::new("curl")
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if found.is_ok_and(|status| status.success()) {
        return Ok(());
    }
    debian::install("curl", DEBIAN, ADVICE, is_root())
}
