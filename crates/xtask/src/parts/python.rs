//! A Python with the packages that the journeys use: an SMTP server.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{PYTHON, Variable, asked, cache, find, given, run};
use crate::debian;
use crate::failure::Failure;
use crate::postgres::is_root;

const ADVICE: &str = "\
the tests need Python 3.11 or later with venv. Please install it:
  Debian, Ubuntu   apt-get install python3 python3-venv       (as root, `cargo xtask test` does it for you)
  Fedora           dnf install python3
  Arch             pacman -S python
  Alpine           apk add python3
  macOS            brew install python
Or set SYMBOLON_TEST_PYTHON to a Python that has aiosmtpd";

const DEBIAN: &str = "\
set -eu
apt-get -q update
apt-get -q -y --no-install-recommends -o DPkg::Lock::Timeout=300 install python3 python3-venv
";

/// The file that says which packages.
const FILE: &str = "requirements.txt";

/// Fails where something is missing, and else says which Python it is: a virtual environment is good for one only.
const WHO: &str = "\
import ensurepip, sys, venv
assert sys.version_info >= (3, 11)
print(sys.version, sys.base_prefix)";

/// Finds the packages in the cache, or installs them as the file in `source` says.
///
/// # Errors
/// When there is no Python, with advice; or when the installation fails.
pub(super) fn find_or_install(source: &Path, cache: &Path) -> Result<Variable, Failure> {
    if let Some(python) = given(PYTHON) {
        return Ok((PYTHON, python));
    }
    Ok((PYTHON, interpreter(source, cache)?.into()))
}

/// A Python that has the packages that the file in `source` names.
///
/// # Errors
/// As [`find_or_install`].
pub(super) fn interpreter(source: &Path, cache: &Path) -> Result<PathBuf, Failure> {
    let mut who = identity();
    if who.is_none() {
        debian::install("Python", DEBIAN, ADVICE, is_root())?;
        who = identity();
    }
    let who = who.ok_or_else(|| Failure::new(ADVICE))?;
    let requirements = source.join(FILE);
    let wanted = std::fs::read_to_string(&requirements).map_err(Failure::because(format!(
        "cannot read {}",
        requirements.display()
    )))?;
    let directory = cache::get(cache, "python", (who, wanted), |directory| {
        install(&requirements, directory)
    })?;
    Ok(in_environment(&directory))
}

fn identity() -> Option<String> {
    asked(&find(&["python3"])?, &["-c", WHO])
}

/// The directory is renamed afterwards. Its Python does not mind, for it looks around from where it is; the scripts
/// beside it would, and nobody uses them.
fn install(requirements: &Path, directory: &Path) -> Result<(), Failure> {
    run(
        Command::new("python3").args(["-m", "venv"]).arg(directory),
        "python3 -m venv",
    )?;
    let options = [
        "--disable-pip-version-check",
        "--no-input",
        "--require-hashes",
        "-r",
    ];
    run(
        Command::new(in_environment(directory))
            .args(["-m", "pip", "install"])
            .args(options)
            .arg(requirements),
        "pip install",
    )
}

fn in_environment(directory: &Path) -> PathBuf {
    directory.join("bin").join("python")
}
