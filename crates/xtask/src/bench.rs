//! `cargo xtask bench`: how near the service comes to the limit, a bare server that looks nothing up.
//!
//! Both stand ready and are asked in turn, so that what else the machine does meets both; of each pair of rounds the ratio is
//! taken, and of the ratios the median. Beside it stands what a request costs in processor time, service and database
//! together, which is the steadier figure.

mod load;
mod report;
mod subject;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::failure::Failure;
use crate::postgres::{Programs, Server};
use crate::{cargo, say};
use load::{Asked, Load, Wrk};
use report::{Line, Report};
use subject::Subject;

/// What is timed is what is shipped.
const PROFILE: &str = "release";

/// What is shown: as the programs of a few hundred organizations do it, so many different tokens that hardly any is kept
/// in memory, and guesses among these.
const ASKED: [Asked; 3] = [
    Asked {
        name: "2,000 tokens",
        tokens: 2_000,
        has_unknown: false,
    },
    Asked {
        name: "100,000 tokens",
        tokens: 100_000,
        has_unknown: false,
    },
    Asked {
        name: "100,000, one in five unknown",
        tokens: 100_000,
        has_unknown: true,
    },
];

/// How much is to be measured.
pub(crate) struct Extent {
    /// Tokens in each database.
    pub(crate) tokens: u64,
    /// Seconds of each round.
    pub(crate) seconds: u64,
    /// Rounds of each figure.
    pub(crate) rounds: usize,
    /// Connections at once.
    pub(crate) connections: Vec<u32>,
}

/// Measures, and writes `docs/BENCHMARKS.md`.
///
/// # Errors
/// When something does not build or start, or an answer is not what it must be.
pub(crate) fn run(extent: &Extent) -> Result<(), Failure> {
    let wrk = Wrk::find_or_install()?;
    let programs = Programs::find_or_install()?;
    let built = build()?;
    let place = cargo::target_directory()?.join("bench");
    fs::create_dir_all(&place).map_err(Failure::because("cannot make a directory for the databases"))?;
    let server = Server::start(&programs)?;
    let mut limit = Subject::start(Command::new(built.join("examples/limit")), |address| {
        vec![address.to_string()]
    })?;

    let mut report = Report::new(extent);
    for database in [Database::Sqlite, Database::Postgres(&server)] {
        let filled = Filled::with(&built, &place, database, extent.tokens)?;
        let mut service = filled.serve(&built, &place)?;
        for &connections in &extent.connections {
            for asked in ASKED {
                let load = Load {
                    connections,
                    seconds: extent.seconds,
                    sample: &filled.sample,
                    asked,
                };
                let mut line = Line::new(database.name(), asked.name, connections);
                for _ in 0..extent.rounds {
                    line.take(wrk.ask(&mut limit, &load)?, wrk.ask(&mut service, &load)?);
                }
                say::line(&line.to_string());
                report.add(line);
            }
        }
        report.memory(database.name(), &mut service);
    }
    let path = cargo::root().join("docs/BENCHMARKS.md");
    fs::write(&path, report.to_string()).map_err(Failure::because("cannot write docs/BENCHMARKS.md"))?;
    say::line("written to docs/BENCHMARKS.md");
    Ok(())
}

/// Builds the service and what it is compared with, and says where they are.
fn build() -> Result<PathBuf, Failure> {
    let start = Instant::now();
    // All at once: a package alone would take its dependencies with other features, and build them anew.
    let mut command = cargo::command(&["build", "--profile", PROFILE, "--workspace"]);
    command.args(["--bin", "symbolon", "--example", "limit", "--example", "tokens"]);
    cargo::run(&mut command, "cargo build")?;
    say::timed("built", start);
    Ok(cargo::target_directory()?.join(PROFILE))
}

/// Which database, and where it runs.
#[derive(Clone, Copy)]
enum Database<'a> {
    Sqlite,
    Postgres(&'a Server),
}

impl Database<'_> {
    const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres(_) => "PostgreSQL",
        }
    }
}

/// A database that has its tokens.
struct Filled<'a> {
    database: Database<'a>,
    url: String,
    /// Where some values of its tokens are written down.
    sample: PathBuf,
}

impl<'a> Filled<'a> {
    fn with(built: &Path, place: &Path, database: Database<'a>, count: u64) -> Result<Self, Failure> {
        let name = format!("{}-{count}", database.name().to_lowercase());
        let filled = Self {
            database,
            url: match database {
                Database::Sqlite => format!("sqlite:{}", place.join(&name).with_extension("db").display()),
                Database::Postgres(server) => server.url(),
            },
            sample: place.join(&name).with_extension("sample"),
        };
        let mut command = Command::new(built.join("examples/tokens"));
        command
            .args([&filled.url, &count.to_string()])
            .args([&key_ring(place), &filled.sample]);
        say::line(&format!("{} with {count} tokens", database.name()));
        cargo::run(&mut command, "filling the database")?;
        Ok(filled)
    }

    fn serve(&self, built: &Path, place: &Path) -> Result<Subject, Failure> {
        let mut command = Command::new(built.join("symbolon"));
        command
            .current_dir(place)
            .env("SYMBOLON_DATABASE", &self.url)
            .env("SYMBOLON_KEYRING_FILE", key_ring(place))
            .env("SYMBOLON_DATA_DIR", place)
            .env("SYMBOLON_LOG", "warn");
        let mut subject = Subject::start(command, |address| {
            ["serve", "--migrate", "--operations-listen", "off", "--listen"]
                .map(str::to_owned)
                .into_iter()
                .chain([address.to_string()])
                .collect()
        })?;
        if let Database::Postgres(server) = self.database {
            subject.beside(server.process()?);
        }
        Ok(subject)
    }
}

fn key_ring(place: &Path) -> PathBuf {
    place.join("keyring.json")
}
