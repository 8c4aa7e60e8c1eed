//! Writes: how many tokens are rotated in a second, each of them durable before it is answered.
//!
//! What a write costs is mostly that it waits for the disk. Disks differ, and that of a virtual machine may keep data in memory
//! and say that it is durable: so the same is measured with a disk that takes longer, by a library that is put between the
//! service and the system.

use std::fmt;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use super::load::Answers;
use super::report::Spread;
use super::{Database, Extent, Filled, Tools};
use crate::failure::Failure;
use crate::postgres::{Server, SlowDisk};
use crate::{cargo, say};

const SLOW_SYNC: &str = include_str!("slow_sync.c");

/// How many microseconds longer it takes to make data durable.
const LATER: [u32; 3] = [0, 1_000, 5_000];

/// How many rotate at once.
const MANY: u32 = 64;

/// More than are rotated in all rounds.
const TOKENS: u64 = 100_000;

/// What came of one at a time, and of many at once, round by round.
pub(crate) struct Line {
    database: &'static str,
    later: u32,
    rounds: Vec<(Answers, Answers)>,
}

/// Measures it, on databases that are made for it.
pub(super) fn measured(tools: &Tools, extent: &Extent) -> Result<Vec<Line>, Failure> {
    let library = &built_slow_sync()?;
    let mut lines = Vec::new();
    for is_sqlite in [true, false] {
        for later in LATER {
            let disk = SlowDisk { library, later };
            let server;
            let database = if is_sqlite {
                Database::Sqlite
            } else {
                server = Server::start_durable(&tools.programs, Some(disk))?;
                Database::Postgres(&server)
            };
            let filled = Filled::anew(tools, database, TOKENS)?;
            let subject = filled.serve(tools, |command| disk.under(command, library))?;
            let mut line = Line {
                database: database.name(),
                later,
                rounds: Vec::new(),
            };
            let mut rotated = 0;
            let mut ask = |connections| {
                let (answers, so_far) =
                    tools
                        .wrk
                        .rotate(&subject, &filled.sample, rotated, connections, extent.seconds)?;
                rotated = so_far;
                Ok(answers)
            };
            for _ in 0..extent.rounds {
                line.rounds.push((ask(1)?, ask(MANY)?));
            }
            say::line(&line.to_string());
            lines.push(line);
        }
    }
    Ok(lines)
}

fn built_slow_sync() -> Result<PathBuf, Failure> {
    let place = cargo::target_directory()?;
    let (source, library) = (place.join("slow_sync.c"), place.join("slow_sync.so"));
    fs::write(&source, SLOW_SYNC).map_err(Failure::because("cannot write slow_sync.c"))?;
    let mut command = Command::new("cc");
    command
        .args(["-O1", "-shared", "-fPIC", "-o"])
        .args([&library, &source]);
    cargo::run(&mut command, "cc")?;
    Ok(library)
}

impl Line {
    fn over(&self, figure: impl Fn(&(Answers, Answers)) -> f64) -> Spread {
        Spread::of(self.rounds.iter().map(figure).collect())
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ratio = self.over(|(one, many)| many.rate / one.rate);
        let rates = [self.over(|(one, _)| one.rate), self.over(|(_, many)| many.rate)];
        let slow = [self.over(|(one, _)| one.slow), self.over(|(_, many)| many.slow)];
        let [one, many] = rates.map(|rate| rate.middle);
        let [one_slow, many_slow] = slow.map(|slow| slow.middle);
        let later = f64::from(self.later) / 1e3;
        write!(
            f,
            "| {} | {later:.0} ms | {one:.0} | {many:.0} | **{:.1}** ({:.1} to {:.1}) | {one_slow:.1} | {many_slow:.1} |",
            self.database, ratio.middle, ratio.least, ratio.most,
        )
    }
}
