//! Installs PostgreSQL where that is one safe command, and names the package everywhere else.

use super::account::is_root;
use crate::debian;
use crate::failure::Failure;

const ADVICE: &str = "\
the tests need PostgreSQL's server programs (initdb and postgres), and none were found. Please install them:
  Debian, Ubuntu   apt-get install postgresql       (as root, `cargo xtask test` does it for you)
  Fedora           dnf install postgresql-server
  Arch             pacman -S postgresql
  Alpine           apk add postgresql
  macOS            brew install postgresql
No server of the system is started or used. Or set SYMBOLON_TEST_POSTGRES to the URL of a superuser on a server that
the tests may use, such as postgres://symbolon:password@db.example.org/postgres";

/// Debian's package makes and starts a server of its own, `main`. Nobody asked for one, so the package is told not to:
/// by a file that is taken away again, so that the machine is left as any other.
const DEBIAN: &str = "\
set -eu
directory=/etc/postgresql-common/createcluster.d
file=$directory/symbolon-xtask.conf
clean() { rm -f \"$file\"; rmdir \"$directory\" 2>/dev/null || :; }
trap clean EXIT
trap 'exit 1' HUP INT TERM
mkdir -p \"$directory\"
echo 'create_main_cluster = false' >\"$file\"
apt-get -q update
apt-get -q -y --no-install-recommends -o DPkg::Lock::Timeout=300 install postgresql
";

/// Installs the programs, if this is Debian or one of its relatives and we are root.
///
/// # Errors
/// When it is not, with advice; or when the installation fails.
pub(super) fn install() -> Result<(), Failure> {
    debian::install("PostgreSQL", DEBIAN, ADVICE, is_root())
}
