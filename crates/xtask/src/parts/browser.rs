//! The browser and its driver, which have to be of one version and so come from one package archive.

use super::{CHROMEDRIVER, CHROMIUM, Variable, find, given};
use crate::debian;
use crate::failure::Failure;
use crate::postgres::is_root;

const ADVICE: &str = "\
the tests need chromium and chromedriver of the same version. Please install them:
  Debian           apt-get install chromium chromium-driver       (as root, `cargo xtask test` does it for you)
  Fedora           dnf install chromium chromedriver
  Arch             pacman -S chromium
  Alpine           apk add chromium chromium-chromedriver
  macOS            brew install --cask chromium chromedriver
Or set SYMBOLON_TEST_CHROMIUM and SYMBOLON_TEST_CHROMEDRIVER to the absolute paths of both programs";

const DEBIAN: &str = "\
set -eu
apt-get -q update
apt-get -q -y --no-install-recommends -o DPkg::Lock::Timeout=300 install chromium chromium-driver
";

const BROWSERS: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];
const DRIVERS: [&str; 1] = ["chromedriver"];

/// Finds both programs, or installs them where this program may.
///
/// # Errors
/// When one is missing; says which package has it.
pub(super) fn find_or_install() -> Result<Vec<Variable>, Failure> {
    if let Some(both) = find_both() {
        return Ok(both);
    }
    debian::install("chromium", DEBIAN, ADVICE, is_root())?;
    find_both().ok_or_else(|| Failure::new("chromium is installed, but not both of its programs are in PATH"))
}

fn find_both() -> Option<Vec<Variable>> {
    let one = |name, programs: &[&str]| given(name).or_else(|| find(programs).map(Into::into));
    Some(vec![
        (CHROMIUM, one(CHROMIUM, &BROWSERS)?),
        (CHROMEDRIVER, one(CHROMEDRIVER, &DRIVERS)?),
    ])
}
