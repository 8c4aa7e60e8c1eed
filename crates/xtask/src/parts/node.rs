//! Node.js, and the packages of npm that the journeys use: a sign-in provider, and a judge of accessibility.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{NODE_MODULES, Variable, asked, cache, find, given, run};
use crate::debian;
use crate::failure::Failure;
use crate::postgres::is_root;

const ADVICE: &str = "\
the tests need Node.js 20 or later, best 22, and npm. Please install them:
  Debian, Ubuntu   apt-get install nodejs npm       (as root, `cargo xtask test` does it for you)
  Fedora           dnf install nodejs npm
  Arch             pacman -S nodejs npm
  Alpine           apk add nodejs npm
  macOS            brew install node
Where the distribution's Node.js is older, the project's own packages are on nodejs.org";

/// Installs only what is missing: a Node.js from elsewhere may bring an npm that Debian's would be in conflict with.
const DEBIAN: &str = "\
set -eu
packages=
command -v node >/dev/null || packages=nodejs
command -v npm >/dev/null || packages=\"$packages npm\"
apt-get -q update
apt-get -q -y --no-install-recommends -o DPkg::Lock::Timeout=300 install $packages
";

/// The first that has all that the packages use.
const OLDEST: u32 = 20;

/// The files that say which packages.
const FILES: [&str; 2] = ["package.json", "package-lock.json"];

/// Finds the packages in the cache, or installs them from the lock file in `source`.
///
/// # Errors
/// When there is no Node.js or no npm, with advice; or when npm fails.
pub(super) fn find_or_install(source: &Path, cache: &Path) -> Result<Variable, Failure> {
    if let Some(directory) = given(NODE_MODULES) {
        find_node(false)?;
        return Ok((NODE_MODULES, directory));
    }
    Ok((NODE_MODULES, packages(source, cache)?.into()))
}

/// The directory that has the packages of the lock file in `source`.
///
/// # Errors
/// As [`find_or_install`].
pub(super) fn packages(source: &Path, cache: &Path) -> Result<PathBuf, Failure> {
    find_node(true)?;
    let wanted = FILES.map(|name| std::fs::read_to_string(source.join(name)).unwrap_or_default());
    cache::get(cache, "node", wanted, |directory| install(source, directory))
}

/// The tests run node in any case; npm is needed only to install.
fn find_node(with_npm: bool) -> Result<(), Failure> {
    if find(&["node"]).is_none() || (with_npm && find(&["npm"]).is_none()) {
        debian::install("Node.js", DEBIAN, ADVICE, is_root())?;
    }
    let node = find(&["node"]).ok_or_else(|| Failure::new(ADVICE))?;
    match asked(&node, &["--version"]) {
        Some(version) if major(&version).is_some_and(|major| major >= OLDEST) => Ok(()),
        answer => Err(Failure::new(format!(
            "{} is {}; {ADVICE}",
            node.display(),
            answer.as_deref().unwrap_or("of no version")
        ))),
    }
}

/// 20 of `v20.20.2`.
fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// Exactly what the lock file says, and no scripts of packages.
fn install(source: &Path, directory: &Path) -> Result<(), Failure> {
    for name in FILES {
        std::fs::copy(source.join(name), directory.join(name))
            .map_err(Failure::because(format!("cannot copy {name}")))?;
    }
    let options = [
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--no-update-notifier",
    ];
    run(
        Command::new("npm").arg("ci").args(options).current_dir(directory),
        "npm ci",
    )
}

#[cfg(test)]
mod tests {
    use super::{FILES, major};
    use crate::cargo;

    #[test]
    fn versions_of_node_are_read() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("v6.0.0"), Some(6));
        assert_eq!(major("20"), None);
    }

    #[test]
    fn the_lock_file_leaves_the_place_to_whoever_installs() {
        for place in ["tests/parts/openid", "crates/xtask/src/bench/peers/node"] {
            for name in FILES {
                let text = std::fs::read_to_string(cargo::root().join(place).join(name)).unwrap();
                assert!(
                    !text.contains("\"resolved\"") && !text.contains("registry"),
                    "{place}/{name}"
                );
            }
        }
    }
}
