//! `cargo xtask bench`: how near the service comes to the limit, a bare server that looks nothing up; and how much it writes.
//!
//! Both stand ready and are asked in turn, so that what else the machine does meets both; of each pair of rounds the ratio is
//! taken, and of the ratios the median. Beside it stands what a request costs in processor time, service and database
//! together, which is the steadier figure.

mod growth;
mod imports;
mod instances;
mod load;
mod peers;
mod place;
mod plot;
mod report;
mod subject;
mod writes;

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
/// in memory, guesses among these, and while one is changed fifty times a second.
const ASKED: [Asked; 4] = [
    Asked {
        name: "2,000 tokens",
        tokens: 2_000,
        has_unknown: false,
        has_changes: false,
    },
    Asked {
        name: "100,000 tokens",
        tokens: 100_000,
        has_unknown: false,
        has_changes: false,
    },
    Asked {
        name: "100,000, one in five unknown",
        tokens: 100_000,
        has_unknown: true,
        has_changes: false,
    },
    Asked {
        name: "2,000 tokens, another rotated on and on",
        tokens: 2_000,
        has_unknown: false,
        has_changes: true,
    },
];

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Part {
    /// Verifying a token, beside the limit
    Verify,
    /// Rotating a token, one at a time and many at once
    Writes,
    /// Issuing to everybody in a file, beside a copy of the same rows
    Import,
    /// Several instances on one PostgreSQL
    Instances,
    /// Other services that verify tokens
    Peers,
    /// What all of it costs with few rows and with many
    Growth,
}

/// How much is to be measured.
pub(crate) struct Extent {
    /// Only this; otherwise everything.
    pub(crate) only: Option<Part>,
    /// Tokens in each database.
    pub(crate) tokens: u64,
    /// Rows of the file that is imported.
    pub(crate) rows: u64,
    /// Whether other services are measured too.
    pub(crate) has_peers: bool,
    /// Rows of the databases that grow.
    pub(crate) sizes: Vec<u64>,
    /// Seconds of each round.
    pub(crate) seconds: u64,
    /// Rounds of each figure.
    pub(crate) rounds: usize,
    /// Connections at once.
    pub(crate) connections: Vec<u32>,
}

/// Measures; where it is everything, writes `docs/BENCHMARKS.md`.
///
/// # Errors
/// When something does not build or start, or an answer is not what it must be.
pub(crate) fn run(extent: &Extent) -> Result<(), Failure> {
    let tools = Tools {
        wrk: Wrk::find_or_install()?,
        programs: Programs::find_or_install()?,
        built: build()?,
        place: cargo::target_directory()?.join("bench"),
    };
    fs::create_dir_all(&tools.place)
        .map_err(Failure::because("cannot make a directory for the databases"))?;
    let mut report = Report::new(extent);
    let is_asked = |part| extent.only.is_none_or(|only| only == part);
    if is_asked(Part::Verify) {
        verify(&tools, extent, &mut report)?;
    }
    if is_asked(Part::Writes) {
        report.add_writes(writes::measured(&tools, extent)?);
    }
    if is_asked(Part::Import) {
        report.add_imports(imports::measured(&tools, extent)?);
    }
    if extent.only == Some(Part::Peers) || extent.has_peers {
        report.add_peers(peers::measured(&tools, extent)?);
    }
    if is_asked(Part::Instances) {
        report.add_instances(instances::measured(&tools, extent)?);
    }
    if is_asked(Part::Growth) {
        report.add_growth(growth::measured(&tools, extent)?);
    }
    if extent.only.is_some() {
        say::line("not written down: only a part was measured");
        return Ok(());
    }
    let path = cargo::root().join("docs/BENCHMARKS.md");
    fs::write(&path, report.to_string()).map_err(Failure::because("cannot write docs/BENCHMARKS.md"))?;
    plot::draw(report.growth(), &cargo::root().join("docs/benchmarks"))?;
    say::line("written to docs/BENCHMARKS.md");
    Ok(())
}

/// What it takes to measure.
struct Tools {
    wrk: Wrk,
    programs: Programs,
    /// Where the service and what it is compared with are built.
    built: PathBuf,
    /// Where databases are kept.
    place: PathBuf,
}

fn verify(tools: &Tools, extent: &Extent, report: &mut Report) -> Result<(), Failure> {
    let server = Server::start(&tools.programs)?;
    let limit = Command::new(tools.built.join("examples/limit"));
    let mut limit = Subject::start(limit, |address| vec![address.to_string()])?;
    for database in [Database::Sqlite, Database::Postgres(&server)] {
        let filled = Filled::with(tools, database, extent.tokens)?;
        let mut service = filled.serve(tools, |_| ())?;
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
                    line.take(
                        tools.wrk.ask(&mut limit, &load)?,
                        tools.wrk.ask_amid_changes(&mut service, &load)?,
                    );
                }
                say::line(&line.to_string());
                report.add(line);
            }
        }
        report.memory(database.name(), &mut service);
    }
    Ok(())
}

/// Builds the service and what it is compared with, and says where they are.
fn build() -> Result<PathBuf, Failure> {
    let start = Instant::now();
    // All at once: a package alone would take its dependencies with other features, and build them anew.
    let mut command = cargo::command(&["build", "--profile", PROFILE, "--workspace"]);
    command.args(["--bin", "symbolon"]);
    for example in ["limit", "tokens", "large", "claims"] {
        command.args(["--example", example]);
    }
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
    fn with(tools: &Tools, database: Database<'a>, count: u64) -> Result<Self, Failure> {
        let name = format!("{}-{count}", database.name().to_lowercase());
        Self::named(&name, tools, database, count)
    }

    /// A file that nobody has used before; so has to be the server.
    fn anew(tools: &Tools, database: Database<'a>, count: u64) -> Result<Self, Failure> {
        let name = format!("{}-writes", database.name().to_lowercase());
        fresh_file(tools, &name);
        Self::named(&name, tools, database, count)
    }

    fn named(name: &str, tools: &Tools, database: Database<'a>, count: u64) -> Result<Self, Failure> {
        let file = tools.place.join(name);
        let filled = Self {
            database,
            url: match database {
                Database::Sqlite => format!("sqlite:{}", file.with_extension("db").display()),
                Database::Postgres(server) => server.url(),
            },
            sample: file.with_extension("sample"),
        };
        let mut command = Command::new(tools.built.join("examples/tokens"));
        command
            .args([&filled.url, &count.to_string()])
            .args([&tools.key_ring(), &filled.sample]);
        say::line(&format!("{} with {count} tokens", database.name()));
        cargo::run(&mut command, "filling the database")?;
        Ok(filled)
    }

    /// Starts the service on it, with whatever else it gets.
    fn serve(&self, tools: &Tools, change: impl FnOnce(&mut Command)) -> Result<Subject, Failure> {
        tools.serve(self.database, &self.url, &tools.key_ring(), change)
    }
}

/// The name of a SQLite file that is not there.
fn fresh_file(tools: &Tools, name: &str) -> PathBuf {
    let file = tools.place.join(name).with_extension("db");
    for suffix in ["", "-wal", "-shm"] {
        // Mostly it is not there.
        let _ = fs::remove_file(format!("{}{suffix}", file.display()));
    }
    let _ = fs::remove_file(file.with_extension("keyring"));
    file
}

impl Tools {
    fn serve(
        &self,
        database: Database<'_>,
        url: &str,
        ring: &Path,
        change: impl FnOnce(&mut Command),
    ) -> Result<Subject, Failure> {
        let mut command = Command::new(self.built.join("symbolon"));
        command
            .current_dir(&self.place)
            .env("SYMBOLON_DATABASE", url)
            .env("SYMBOLON_KEYRING_FILE", ring)
            .env("SYMBOLON_DATA_DIR", &self.place)
            .env("SYMBOLON_LOG", "warn");
        change(&mut command);
        let mut subject = Subject::start(command, |address| {
            ["serve", "--migrate", "--operations-listen", "off", "--listen"]
                .map(str::to_owned)
                .into_iter()
                .chain([address.to_string()])
                .collect()
        })?;
        if let Database::Postgres(server) = database {
            subject.beside(server.process()?);
        }
        Ok(subject)
    }

    fn key_ring(&self) -> PathBuf {
        self.place.join("keyring.json")
    }
}
