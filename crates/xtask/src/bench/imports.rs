//! Imports: how long the command line takes to issue to everybody in a file; beside it a copy of the rows that come of it, made
//! by the database's own program, which has nothing to check, to draw or to seal.

use std::fmt;
use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::place::Place;
use super::{Database, Extent, Tools, fresh_file};
use crate::failure::Failure;
use crate::postgres::{Server, is_root};
use crate::{cargo, debian, say};

/// What an import writes, in an order in which each finds what it refers to. Words follow recipients by triggers.
const TABLES: [&str; 6] = [
    "organizations",
    "templates",
    "recipients",
    "access_tokens",
    "mails",
    "activity",
];

const FIRST_NAMES: [&str; 12] = [
    "Maria", "Lukas", "Anna", "Elias", "Mia", "Peter", "Sofia", "Jonas", "Emma", "Paul", "Lena", "Felix",
];

const LAST_NAMES: [&str; 10] = [
    "Schmidt", "Krause", "Werner", "Meyer", "Wagner", "Becker", "Hoffmann", "Schulz", "Koch", "Bauer",
];

const DOMAINS: [&str; 5] = [
    "gmail.com",
    "outlook.com",
    "web.de",
    "uni-example.edu",
    "acme.example.com",
];

const ADVICE: &str = "the benchmarks of imports need sqlite3, and it was not found: apt-get install sqlite3";

const DEBIAN: &str = "\
set -eu
apt-get -q update
apt-get -q -y --no-install-recommends -o DPkg::Lock::Timeout=300 install sqlite3
";

/// What came of an import, and of the copy.
pub(crate) struct Line {
    database: &'static str,
    rows: u64,
    imported: Duration,
    copied: Duration,
    /// The most memory that the import has held, in MiB.
    mebibytes: u64,
}

/// Measures it, once on each database: it takes long.
pub(super) fn measured(tools: &Tools, extent: &Extent) -> Result<Vec<Line>, Failure> {
    if Command::new("sqlite3")
        .arg("-version")
        .stdout(Stdio::null())
        .status()
        .is_err()
    {
        debian::install("sqlite3", DEBIAN, ADVICE, is_root())?;
    }
    let file = written(&tools.place, extent.rows)?;
    let mut lines = Vec::new();
    for is_sqlite in [true, false] {
        let (server, other);
        let databases = if is_sqlite {
            [Database::Sqlite; 2]
        } else {
            let start = || Server::start_durable(&tools.programs, None);
            (server, other) = (start()?, start()?);
            [Database::Postgres(&server), Database::Postgres(&other)]
        };
        let [here, there] = databases;
        let [from, to] = [(here, "import"), (there, "copy")].map(|(database, name)| {
            fresh_file(tools, name);
            Place::of(tools, database, name)
        });
        let (from, to) = (from?, to?);
        say::line(&format!("{} rows into {}", extent.rows, here.name()));
        let create = ["organizations", "create", "Analytical Engines"];
        let owner = from.told(
            tools,
            &[&create[..], &["--contact", "ada@example.org"]].concat(),
            "/organization/id",
        )?;
        let template = from.template(tools, &owner)?;
        let (imported, mebibytes) = from.import(tools, &template, &file)?;
        let copied = match (here, there) {
            (Database::Postgres(here), Database::Postgres(there)) => copy_by_psql(tools, here, there)?,
            _ => copy_by_sqlite3(&from, &to)?,
        };
        let line = Line {
            database: here.name(),
            rows: extent.rows,
            imported,
            copied,
            mebibytes,
        };
        say::line(&line.to_string());
        lines.push(line);
    }
    Ok(lines)
}

/// A file of people, each with an address of their own.
pub(super) fn written(place: &Path, rows: u64) -> Result<PathBuf, Failure> {
    let path = place.join(format!("people-{rows}.csv"));
    let write = || -> std::io::Result<()> {
        let mut file = BufWriter::new(File::create(&path)?);
        writeln!(file, "first_name,last_name,email")?;
        for number in 0..rows {
            // In no order, as in most files.
            let chance = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
            let first = one_of(&FIRST_NAMES, chance);
            let last = one_of(&LAST_NAMES, chance / 12);
            let domain = one_of(&DOMAINS, chance / 120);
            let mail = format!("{first}.{last}{chance}n{number}@{domain}").to_lowercase();
            writeln!(file, "{first},{last},{mail}")?;
        }
        file.flush()
    };
    write().map_err(Failure::because("cannot write the file to import"))?;
    Ok(path)
}

fn one_of(names: &[&'static str], chance: u64) -> &'static str {
    let count = u64::try_from(names.len()).unwrap_or(1);
    let place = usize::try_from(chance % count).unwrap_or(0);
    names.get(place).copied().unwrap_or_default()
}

fn copy_by_sqlite3(from: &Place, to: &Place) -> Result<Duration, Failure> {
    let copies = TABLES.map(|table| format!("INSERT INTO {table} SELECT * FROM source.{table};"));
    let script = format!(
        "PRAGMA synchronous = FULL; ATTACH '{}' AS source; BEGIN; {} COMMIT;",
        from.file.display(),
        copies.join(" ")
    );
    let begun = Instant::now();
    let mut command = Command::new("sqlite3");
    cargo::run(command.arg("-bail").arg(&to.file).arg(script), "sqlite3")?;
    Ok(begun.elapsed())
}

fn copy_by_psql(tools: &Tools, from: &Server, to: &Server) -> Result<Duration, Failure> {
    let rows = tools.place.join("import.sql");
    let mut command = tools.programs.command("pg_dump");
    command.args(["--data-only", "--file"]).arg(&rows);
    command.args(TABLES.map(|table| format!("--table={table}")));
    cargo::run(command.arg(from.url()), "pg_dump")?;
    let begun = Instant::now();
    let mut command = tools.programs.command("psql");
    command
        .args(["--quiet", "--no-psqlrc", "--set", "ON_ERROR_STOP=1", "--file"])
        .arg(&rows)
        .arg(to.url())
        .stdout(Stdio::null());
    cargo::run(&mut command, "psql")?;
    let taken = begun.elapsed();
    let _ = fs::remove_file(rows);
    Ok(taken)
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [imported, copied] = [self.imported, self.copied].map(|taken| taken.as_secs_f64());
        #[expect(clippy::cast_precision_loss, clippy::as_conversions, reason = "some millions")]
        let rows = self.rows as f64;
        write!(
            f,
            "| {} | {} | {:.0} | {:.0} | **{:.2}** | {} MiB |",
            self.database,
            self.rows,
            rows / imported,
            rows / copied,
            copied / imported,
            self.mebibytes,
        )
    }
}
