//! A database that the program `symbolon` works on.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::{Database, Tools};
use crate::cargo;
use crate::failure::Failure;
use crate::leash::Leash;

/// Where it is, and the key ring that belongs to it.
pub(crate) struct Place {
    pub(crate) url: String,
    /// The file, where it is one.
    pub(crate) file: PathBuf,
}

impl Place {
    /// A database of this name, with tables.
    pub(crate) fn of(tools: &Tools, database: Database<'_>, name: &str) -> Result<Self, Failure> {
        let file = tools.place.join(name).with_extension("db");
        let url = match database {
            Database::Sqlite => format!("sqlite:{}", file.display()),
            Database::Postgres(server) => server.url(),
        };
        let place = Self { url, file };
        cargo::run(
            place.symbolon(tools, &["migrate"]).stdout(Stdio::null()),
            "symbolon migrate",
        )?;
        Ok(place)
    }

    /// The key ring.
    pub(crate) fn ring(&self) -> PathBuf {
        self.file.with_extension("keyring")
    }

    /// The program, on this database.
    pub(crate) fn symbolon(&self, tools: &Tools, arguments: &[&str]) -> Command {
        let mut command = Command::new(tools.built.join("symbolon"));
        command
            .args(arguments)
            .current_dir(&tools.place)
            .env("SYMBOLON_DATABASE", &self.url)
            .env("SYMBOLON_KEYRING_FILE", self.ring())
            .env("SYMBOLON_DATA_DIR", &tools.place)
            .env("SYMBOLON_LOG", "warn");
        command
    }

    /// Does something, and says what stands at this place of the answer.
    pub(crate) fn told(&self, tools: &Tools, arguments: &[&str], at: &str) -> Result<String, Failure> {
        let output = self
            .symbolon(tools, arguments)
            .arg("--json")
            .stderr(Stdio::inherit())
            .output()
            .map_err(Failure::because("cannot run symbolon"))?;
        let answer: Value = serde_json::from_slice(&output.stdout)
            .map_err(|error| Failure::new(format!("symbolon did not answer: {error}")))?;
        answer
            .pointer(at)
            .and_then(Value::as_str)
            .map(str::to_owned)
            .ok_or_else(|| Failure::new(format!("symbolon's answer has no {at}")))
    }

    /// Makes a template of this organization.
    pub(crate) fn template(&self, tools: &Tools, owner: &str) -> Result<String, Failure> {
        let create = [
            "templates",
            "create",
            "--kind",
            "certificate",
            "--name",
            "First aid",
        ];
        self.told(tools, &[&create[..], &["--organization", owner]].concat(), "/id")
    }

    /// Issues to everybody in a file. How long it took, and how many MiB of memory at most.
    pub(crate) fn import(
        &self,
        tools: &Tools,
        template: &str,
        file: &Path,
    ) -> Result<(Duration, u64), Failure> {
        let begun = Instant::now();
        let mut command = self.symbolon(tools, &["recipients", "import", "--template", template]);
        command.arg(file).stdin(Stdio::null()).stdout(Stdio::null());
        let mut leash = Leash::spawn(&mut command).map_err(Failure::because("cannot run symbolon"))?;
        let mut mebibytes = 0;
        loop {
            mebibytes = mebibytes.max(peak(leash.child().id()));
            let ended = leash.child().try_wait();
            match ended.map_err(Failure::because("symbolon is gone"))? {
                None => thread::sleep(Duration::from_millis(10)),
                Some(status) if status.success() => return Ok((begun.elapsed(), mebibytes)),
                Some(status) => return Err(Failure::new(format!("the import ended with {status}"))),
            }
        }
    }
}

/// The most memory that a process has held so far, in MiB.
fn peak(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok());
    kibibytes.unwrap_or(0) / 1024
}
