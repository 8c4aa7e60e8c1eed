//! The load: wrk, which costs little itself, and asks as fast as it is answered.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

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

/// Seconds of asking before anything is counted.
const WARM_UP: u64 = 1;

/// Shows tokens.
const VERIFY: &str = concat!(include_str!("tokens.lua"), include_str!("verify.lua"));

/// Rotates tokens, each once.
const ROTATE: &str = concat!(include_str!("tokens.lua"), include_str!("rotate.lua"));

/// Rotates one token on and on.
const ROTATE_ON: &str = concat!(include_str!("tokens.lua"), include_str!("rotate_on.lua"));

/// Shows tokens to another service.
const PEERS: &str = concat!(include_str!("tokens.lua"), include_str!("peers.lua"));

/// wrk, and its scripts.
pub(crate) struct Wrk {
    verify: PathBuf,
    rotate: PathBuf,
    rotate_on: PathBuf,
    peers: PathBuf,
}

/// What a server is asked.
#[derive(Clone, Copy)]
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
    /// Whether another token is rotated on and on meanwhile.
    pub(crate) has_changes: bool,
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
        let place = cargo::target_directory()?;
        let script = |name, text| {
            let path = place.join(name);
            std::fs::write(&path, text).map_err(Failure::because("cannot write wrk's script"))?;
            Ok(path)
        };
        Ok(Self {
            verify: script("bench-verify.lua", VERIFY)?,
            rotate: script("bench-rotate.lua", ROTATE)?,
            rotate_on: script("bench-rotate-on.lua", ROTATE_ON)?,
            peers: script("bench-peers.lua", PEERS)?,
        })
    }

    /// Loads a server, and says what came of it.
    pub(crate) fn ask(&self, subject: &mut Subject, load: &Load<'_>) -> Result<Answers, Failure> {
        let asked = load.asked;
        let expected = if asked.has_unknown { 0.25 } else { 0.0 };
        answers(subject, load, expected, |subject, seconds| {
            let mut command = wrk(&self.verify, load.connections, seconds, subject.address);
            command
                .arg(load.sample)
                .arg(asked.tokens.to_string())
                .arg(if asked.has_unknown { "unknown" } else { "known" });
            command
        })
    }

    /// The same of the service, while a token is rotated on and on, where the load has that.
    pub(crate) fn ask_amid_changes(
        &self,
        subject: &mut Subject,
        load: &Load<'_>,
    ) -> Result<Answers, Failure> {
        if !load.asked.has_changes {
            return self.ask(subject, load);
        }
        let mut changes = wrk(&self.rotate_on, 1, WARM_UP + load.seconds, subject.address);
        changes.arg(load.sample);
        thread::scope(|scope| {
            let changing = scope.spawn(|| done(changes)?.expect_refused(0.0));
            let answers = self.ask(subject, load);
            changing
                .join()
                .unwrap_or_else(|_| Err(Failure::new("the thread that changes has panicked")))?;
            answers
        })
    }

    /// The same of another service, which has a file of its own tokens.
    pub(crate) fn ask_peer(
        &self,
        subject: &mut Subject,
        peer: &str,
        load: &Load<'_>,
    ) -> Result<Answers, Failure> {
        answers(subject, load, 0.0, |subject, seconds| {
            let mut command = wrk(&self.peers, load.connections, seconds, subject.address);
            command.arg(peer).arg(load.sample);
            command
        })
    }

    /// Rotates tokens of a sample after the first so many, each once. What came of it, and how many are rotated then.
    pub(crate) fn rotate(
        &self,
        subject: &Subject,
        sample: &Path,
        rotated: u64,
        connections: u32,
        seconds: u64,
    ) -> Result<(Answers, u64), Failure> {
        let mut command = wrk(&self.rotate, connections, seconds, subject.address);
        command.arg(sample).arg(rotated.to_string());
        let done = done(command)?;
        done.expect_refused(0.0)?;
        let answers = Answers {
            rate: done.rate(),
            slow: done.number("slow"),
            cost: f64::NAN,
        };
        let count = done.0.get("requests").and_then(Value::as_u64).unwrap_or(0);
        // Those too whose answers came too late to be counted.
        Ok((answers, rotated + count + u64::from(connections)))
    }
}

/// Loads a server in the way that a command does for so many seconds; no greater part may be refused than is expected.
fn answers(
    subject: &mut Subject,
    load: &Load<'_>,
    expected: f64,
    command: impl Fn(&Subject, u64) -> Command,
) -> Result<Answers, Failure> {
    // What is in memory after this is what there would be after an hour.
    done(command(subject, WARM_UP))?;
    let before = subject.processor_seconds();
    let done = done(command(subject, load.seconds))?;
    let spent = subject.processor_seconds() - before;
    done.expect_refused(expected)?;
    Ok(Answers {
        rate: done.rate(),
        slow: done.number("slow"),
        cost: spent / done.number("requests") * 1e6,
    })
}

fn wrk(script: &Path, connections: u32, seconds: u64, address: SocketAddr) -> Command {
    let mut command = Command::new("wrk");
    command
        .args(["--threads", "1", "--connections", &connections.to_string()])
        .args([
            "--duration",
            &format!("{seconds}s"),
            "--timeout",
            "10s",
            "--script",
        ])
        .arg(script)
        .arg(format!("http://{address}"))
        .arg("--");
    command
}

/// What wrk says of its requests.
struct Done(Value);

fn done(mut command: Command) -> Result<Done, Failure> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(Failure::because("cannot run wrk"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines()
        .find_map(|line| serde_json::from_str(line.strip_prefix("result: ")?).ok())
        .map(Done)
        .ok_or_else(|| Failure::new(format!("wrk did not come to an end: {text}")))
}

impl Done {
    fn number(&self, name: &str) -> f64 {
        self.0.get(name).and_then(Value::as_f64).unwrap_or(f64::NAN)
    }

    /// Answers in a second.
    fn rate(&self) -> f64 {
        self.number("requests") / self.number("seconds")
    }

    /// That no greater part of the requests was refused, and all were answered.
    fn expect_refused(&self, part: f64) -> Result<(), Failure> {
        if self.number("broken") > 0.0 || self.number("refused") > self.number("requests") * part {
            return Err(Failure::new(format!(
                "not the answers there should be: {}",
                self.0
            )));
        }
        Ok(())
    }
}
