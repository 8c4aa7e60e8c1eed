//! A PostgreSQL for one run of the tests: found or installed, started on a free port, and gone afterwards.
//!
//! Its keeper is a shell (`postgres/keeper.sh`) whose standard input is a pipe from here; when the pipe closes, the
//! keeper stops the server and removes its directory. So it is gone after a failure, a panic or a `kill -9` too.

mod account;
mod find;
mod install;

use std::fs::DirBuilder;
use std::io::{self, BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::{DirBuilderExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::Instant;

use crate::failure::Failure;
use crate::say;
use account::Account;
pub(crate) use account::is_root;

/// PostgreSQL's own programs, as found on this machine.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Programs {
    directory: PathBuf,
    /// As in `15.18`.
    version: String,
}

impl Programs {
    /// Finds them, or installs them where this program may.
    ///
    /// # Errors
    /// When there are none; says which package has them.
    pub(crate) fn find_or_install() -> Result<Self, Failure> {
        if let Some(programs) = find::find() {
            return Ok(programs);
        }
        install::install()?;
        find::find()
            .ok_or_else(|| Failure::new("PostgreSQL is installed, but its programs are in no known place"))
    }
}

impl Programs {
    /// One of the programs for clients.
    pub(crate) fn command(&self, name: &str) -> Command {
        Command::new(self.directory.join(name))
    }
}

/// A disk that takes longer to make data durable.
#[derive(Clone, Copy)]
pub(crate) struct SlowDisk<'a> {
    /// The library that is put between a program and the system.
    pub(crate) library: &'a Path,
    /// How many microseconds longer.
    pub(crate) later: u32,
}

/// How a server makes data durable.
#[derive(Clone, Copy)]
enum Disk<'a> {
    /// Not at all.
    Ignored,
    Awaited,
    Slow(SlowDisk<'a>),
}

impl SlowDisk<'_> {
    /// Lets a program have it, whose library is here.
    pub(crate) fn under(self, command: &mut Command, library: &Path) {
        command
            .env("LD_PRELOAD", library)
            .env("SLOW_SYNC_MICROS", self.later.to_string());
    }
}

/// A running server. Dropping it stops it and removes its files.
pub(crate) struct Server {
    keeper: Child,
    pipe: Option<ChildStdin>,
    port: u16,
    directory: PathBuf,
}

impl Server {
    /// Starts a server that only this machine can reach, with the superuser `symbolon` and no password. It does not wait
    /// for the disk.
    ///
    /// # Errors
    /// When it does not come up; the end of its log is then on the standard error.
    pub(crate) fn start(programs: &Programs) -> Result<Self, Failure> {
        Self::start_on_disk(programs, Disk::Ignored)
    }

    /// Starts one that makes everything durable, on a disk that is slowed down or as it is.
    ///
    /// # Errors
    /// As [`start`](Self::start).
    pub(crate) fn start_durable(programs: &Programs, slow: Option<SlowDisk<'_>>) -> Result<Self, Failure> {
        Self::start_on_disk(programs, slow.map_or(Disk::Awaited, Disk::Slow))
    }

    fn start_on_disk(programs: &Programs, disk: Disk<'_>) -> Result<Self, Failure> {
        let start = Instant::now();
        let account = Account::unprivileged()?;
        // Somebody else may take a port between our look and the server's: then we look again.
        for _ in 0..5 {
            let port = free_port().map_err(Failure::because("no free port"))?;
            if let Some(server) = Self::start_on(port, programs, &account, disk)? {
                let version = &programs.version;
                say::timed(
                    &format!("PostgreSQL {version} on {}:{port}", Ipv4Addr::LOCALHOST),
                    start,
                );
                return Ok(server);
            }
        }
        Err(Failure::new("every port that was free a moment ago is taken"))
    }

    /// The address of the superuser, for the tests.
    pub(crate) fn url(&self) -> String {
        format!(
            "postgres://symbolon@{}:{}/postgres",
            Ipv4Addr::LOCALHOST,
            self.port
        )
    }

    /// The number of its first process; the others are its children.
    ///
    /// # Errors
    /// When it is gone.
    pub(crate) fn process(&self) -> Result<u32, Failure> {
        let file = self.directory.join("data/postmaster.pid");
        let text = std::fs::read_to_string(file).map_err(Failure::because("PostgreSQL is gone"))?;
        let number = text.lines().next().and_then(|line| line.parse().ok());
        number.ok_or_else(|| Failure::new("PostgreSQL's postmaster.pid does not begin with a number"))
    }

    /// `None` when the port is taken.
    fn start_on(
        port: u16,
        programs: &Programs,
        account: &Account,
        disk: Disk<'_>,
    ) -> Result<Option<Self>, Failure> {
        let directory =
            make_directory(account).map_err(Failure::because("cannot make a directory for PostgreSQL"))?;
        let mut server = Self::spawn(port, programs, account, directory, disk)
            .map_err(Failure::because("cannot run sh, PostgreSQL's keeper"))?;
        let mut word = String::new();
        if let Some(output) = server.keeper.stdout.take() {
            BufReader::new(output)
                .read_line(&mut word)
                .map_err(Failure::because("cannot read from PostgreSQL's keeper"))?;
        }
        match word.trim() {
            "ready" => Ok(Some(server)),
            "taken" => Ok(None),
            _ => Err(Failure::new(format!(
                "PostgreSQL {} from {} did not start, its own words are above",
                programs.version,
                programs.directory.display(),
            ))),
        }
    }

    fn spawn(
        port: u16,
        programs: &Programs,
        account: &Account,
        directory: PathBuf,
        disk: Disk<'_>,
    ) -> io::Result<Self> {
        let mut command = Command::new("sh");
        command
            .args(["-c", include_str!("postgres/keeper.sh"), "keeper"])
            .args([&programs.directory, &directory])
            .arg(port.to_string())
            .arg(if matches!(disk, Disk::Ignored) {
                "off"
            } else {
                "on"
            })
            .current_dir(&directory)
            .env_clear()
            .env("PATH", search_path())
            .env("LC_ALL", "C")
            // Ctrl-C goes to a terminal's whole process group; the keeper is to end with the pipe instead.
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        if let Account::Other { user, group } = account {
            command.uid(*user).gid(*group);
        }
        if let Disk::Slow(disk) = disk {
            // Where its account can read it.
            let library = directory.join("slow_sync.so");
            std::fs::copy(disk.library, &library)?;
            disk.under(&mut command, &library);
        }
        let mut keeper = command.spawn()?;
        Ok(Self {
            pipe: keeper.stdin.take(),
            keeper,
            port,
            directory,
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.pipe.take());
        let _ = self.keeper.wait();
        // The keeper has done this already, unless it was killed.
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}

/// A new directory that only `account` may enter.
///
/// For another account it lies in /tmp, for `TMPDIR` may be closed to it.
fn make_directory(account: &Account) -> io::Result<PathBuf> {
    let parent = match account {
        Account::Own => std::env::temp_dir(),
        Account::Other { .. } => PathBuf::from("/tmp"),
    };
    let directory = make_new(&parent)?;
    if let Account::Other { user, group } = account {
        chown(&directory, Some(*user), Some(*group))?;
    }
    Ok(directory)
}

/// Short names: the path of the server's Unix socket may have 107 bytes.
fn make_new(parent: &Path) -> io::Result<PathBuf> {
    let mut attempt = 0_u32;
    loop {
        let directory = parent.join(format!("symbolon-postgres-{}-{attempt}", std::process::id()));
        match DirBuilder::new().mode(0o700).create(&directory) {
            Ok(()) => return Ok(directory),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => attempt += 1,
            Err(error) => return Err(error),
        }
    }
}

fn free_port() -> io::Result<u16> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
        .local_addr()
        .map(|address| address.port())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the keeper and this chore look for programs in the same places"
)]
fn search_path() -> std::ffi::OsString {
    std::env::var_os("PATH").unwrap_or_else(|| "/usr/bin:/bin".into())
}
