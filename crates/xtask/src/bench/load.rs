//! The load: wrk, which costs little itself, and asks as fast as it is answered.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use super::subject::Subject;
use crate::failure::Failure;
use crate::postgres::is_root;
use crate::{cargo, debian};

const ADVICE: &str = "the benchmarks need wrk (https://github.com/wg/wrk), and it was not found: apt-get install wrk, \
    dnf install wrk, brew install wrk";

const DEBIAN: &str = "\
set -eu
apt-get -q update
apt-get -q -y --no-install-recommends -o DPkg::Lock::Timeout=300 install wrk
";

/// What wrk sends, and how it tells what came of it.
const SCRIPT: &str = include_str!("verify.lua");

/// wrk, and its script.
pub(crate) struct Wrk {
    script: PathBuf,
}

/// What a server is asked.
pub(crate) struct Load<'a> {
    pub(crate) connections: u32,
    pub(crate) seconds: u64,
    /// The file with tokens to show.
    pub(crate) sample: &'a Path,
    pub(crate) asked: Asked,
}

/// Which tokens are shown, each time one of them at random.
#[derive(Clone, Copy)]
pub(crate) struct Asked {
    pub(crate) name: &'static str,
    /// How many different ones.
    pub(crate) tokens: u64,
    /// Whether one token in five is one that nobody has given out.
    pub(crate) has_unknown: bool,
}

/// What came of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Answers {
    /// Answers in a second.
    pub(crate) rate: f64,
    /// Of a hundred answers, 99 took no longer than this many milliseconds.
    pub(crate) slow: f64,
    /// Microseconds of processor time for each answer.
    pub(crate) cost: f64,
}

impl Wrk {
    /// Finds wrk, or installs it where this program may.
    pub(crate) fn find_or_install() -> Result<Self, Failure> {
        let is_here = || {
            let asked = Command::new("wrk")
                .arg("-v")
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status();
            asked.is_ok()
        };
        if !is_here() {
            debian::install("wrk", DEBIAN, ADVICE, is_root())?;
        }
        let script = cargo::target_directory()?.join("bench-verify.lua");
        std::fs::write(&script, SCRIPT).map_err(Failure::because("cannot write wrk's script"))?;
        Ok(Self { script })
    }

    /// Loads a server, and says what came of it.
    pub(crate) fn ask(&self, subject: &mut Subject, load: &Load<'_>) -> Result<Answers, Failure> {
        // What is in memory after this is what there would be after an hour.
        self.run(subject, load, 1)?;
        let before = subject.processor_seconds();
        let done = self.run(subject, load, load.seconds)?;
        let spent = subject.processor_seconds() - before;
        let number = |name: &str| done.get(name).and_then(Value::as_f64).unwrap_or(f64::NAN);
        let (requests, refused) = (number("requests"), number("refused"));
        let expected = if load.asked.has_unknown { 0.25 } else { 0.0 };
        if number("broken") > 0.0 || refused > requests * expected {
            return Err(Failure::new(format!("not the answers there should be: {done}")));
        }
        Ok(Answers {
            rate: requests / number("seconds"),
            slow: number("slow"),
            cost: spent / requests * 1e6,
        })
    }

    fn run(&self, subject: &Subject, load: &Load<'_>, seconds: u64) -> Result<Value, Failure> {
        let mut command = Command::new("wrk");
        command
            .args(["--threads", "1", "--connections", &load.connections.to_string()])
            .args([
                "--duration",
                &format!("{seconds}s"),
                "--timeout",
                "10s",
                "--script",
            ])
            .arg(&self.script)
            .arg(format!("http://{}", subject.address))
            .arg("--")
            .arg(load.sample)
            .arg(load.asked.tokens.to_string())
            .arg(if load.asked.has_unknown {
                "unknown"
            } else {
                "known"
            });
        let output = command
            .stderr(Stdio::inherit())
            .output()
            .map_err(Failure::because("cannot run wrk"))?;
        let text = String::from_utf8_lossy(&output.stdout);
        text.lines()
            .find_map(|line| serde_json::from_str(line.strip_prefix("result: ")?).ok())
            .ok_or_else(|| Failure::new(format!("wrk did not come to an end: {text}")))
    }
}
