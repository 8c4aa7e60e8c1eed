//! The chores of this repository, the same on a developer's machine and in continuous integration.
//!
//! One file per chore, the words of the command line here. It knows nothing of the service: it only runs other
//! programs, so that it compiles in seconds. It wants a Unix: it leaves the cleaning up to small shell scripts.

mod arrows;
mod bench;
mod cargo;
mod ci;
mod curl;
mod debian;
mod failure;
mod leash;
mod new_migration;
mod pages;
mod parts;
mod pictures;
mod postgres;
mod say;
mod tally;
mod test;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The chores of Symbolon's repository.
///
/// On a fresh machine with Rust, cc, make and perl, `cargo xtask test` is all there is to know.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    chore: Chore,
}

const EXAMPLES: &str = "\
Examples:
  cargo xtask test                                every test there is, on SQLite and on PostgreSQL
  cargo xtask test -- -p symbolon-domain          the tests of one crate
  cargo xtask test -- rotation                    the tests with `rotation` in their name
  cargo xtask ci                                  what has to pass before a change is merged
  cargo xtask pages sqlite:large.db               how long pages take with a million recipients
  cargo xtask bench --rounds 3                    how near verifying a token comes to its limit, and more
  cargo xtask new-migration add_templates         two empty migrations with the same name";

#[derive(Subcommand)]
enum Chore {
    /// Run every test on SQLite and on a throw-away PostgreSQL
    ///
    /// Finds PostgreSQL's programs (as root on Debian or Ubuntu it installs them when they are missing), starts a
    /// server of its own on a free port of the loopback interface, builds everything, and runs unit tests, doctests,
    /// contract tests and the journeys through the built binary. Whatever happens, the server is stopped and its
    /// directory is removed.
    ///
    /// The journeys need a browser, Node.js and Python too. Those are found or installed in the same way, and their
    /// packages are installed below cargo's target directory, once for each state of the files in tests/parts.
    ///
    /// The last line says `N passed, N failed`; the exit code is 0 only when nothing failed.
    #[command(after_help = test::ENVIRONMENT)]
    Test {
        /// Passed to `cargo test`; with a package named by `-p`, only that package is tested
        #[arg(last = true, value_name = "ARGS")]
        cargo_test: Vec<String>,
    },
    /// Check format, lints, arrows and dependencies, then run the tests
    ///
    /// The steps go from the quickest to the slowest, and the first failure ends the run. The dependencies are
    /// checked with cargo-deny where that is installed (`cargo install cargo-deny --locked`).
    Ci,
    /// Check that the workspace's crates depend on each other only as the architecture says
    ///
    /// The allowed arrows, with their reasons, are one table in crates/xtask/src/arrows.rs. A new crate has to be
    /// added to it.
    Arrows,
    /// Take the pictures of the administrators' guide anew
    ///
    /// Runs the journeys that look at every page of the dashboard, and copies those that docs/DASHBOARD.md shows to
    /// docs/pictures.
    #[command(after_help = test::ENVIRONMENT)]
    Pictures,
    /// Time every page of the dashboard where there are many recipients
    ///
    /// Builds the service as it is shipped, fills the database with a large organization unless it has one, starts the
    /// service on it, and asks for each page as a browser does. Prints medians; nothing is judged by it.
    ///
    /// The key ring of these databases is kept below cargo's target directory.
    Pages {
        /// A database of no value: `sqlite:` and a path, or `postgres://…`
        url: String,
        /// How many recipients, where it is to be filled
        #[arg(default_value_t = 1_000_000)]
        count: u64,
    },
    /// Measure how near the service comes to a bare server that looks nothing up, and how much it writes
    ///
    /// Builds both as they are shipped, fills a SQLite file and a throw-away PostgreSQL with tokens, and asks them in turn
    /// with wrk (as root on Debian or Ubuntu it is installed when it is missing); then has tokens rotated, on disks that are
    /// slowed down, and a file imported. Writes docs/BENCHMARKS.md. Nothing is
    /// judged by it, and it is worth something only where the machine has nothing else to do.
    Bench {
        /// Only this, and nothing is written down
        #[arg(long)]
        only: Option<bench::Part>,
        /// How many tokens each database has
        #[arg(long, default_value_t = 1_000_000)]
        tokens: u64,
        /// How many rows the file has that is imported
        #[arg(long, default_value_t = 1_000_000)]
        rows: u64,
        /// Measure other services too: oidc-provider, better-auth, and two for Django, installed by npm and pip
        #[arg(long)]
        peers: bool,
        /// How many rows the databases have that are to show growth: what is made of ten million takes about an hour
        #[arg(long, value_delimiter = ',', default_value = "10000,100000,1000000,10000000")]
        sizes: Vec<u64>,
        /// Seconds of each round
        #[arg(long, default_value_t = 5)]
        seconds: u64,
        /// Rounds of each figure
        #[arg(long, default_value_t = 5)]
        rounds: usize,
        /// Connections at once
        #[arg(long, value_delimiter = ',', default_value = "8,64,256")]
        connections: Vec<u32>,
    },
    /// Create an empty migration for SQLite and for PostgreSQL under one name
    ///
    /// Writes `migrations/{sqlite,postgres}/<date>_<NAME>/{up,down}.sql`, each opening with a `Why:` to fill in.
    NewMigration {
        /// What it does, such as `add_templates`
        name: String,
    },
}

fn main() -> ExitCode {
    let done = match Cli::parse().chore {
        Chore::Test { cargo_test } => test::run(&cargo_test),
        Chore::Ci => ci::run(),
        Chore::Arrows => arrows::run(),
        Chore::Pictures => pictures::run(),
        Chore::Pages { url, count } => pages::run(&url, count),
        Chore::Bench {
            only,
            tokens,
            rows,
            peers,
            sizes,
            seconds,
            rounds,
            connections,
        } => bench::run(&bench::Extent {
            only,
            tokens,
            rows,
            has_peers: peers,
            sizes,
            seconds,
            rounds,
            connections,
        }),
        Chore::NewMigration { name } => new_migration::run(&name),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.tell();
            ExitCode::FAILURE
        }
    }
}
