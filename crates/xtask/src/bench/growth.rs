//! Growth: what a few things cost with ten thousand rows, and with a thousand times as many.

use std::fmt;
use std::process::{Command, Stdio};

use super::load::{Answers, Load};
use super::place::Place;
use super::report::Spread;
use super::subject::Subject;
use super::{ASKED, Database, Extent, Filled, Tools, imports};
use crate::failure::Failure;
use crate::postgres::Server;
use crate::{cargo, curl, say};

/// How many connections ask at once.
const CONNECTIONS: u32 = 64;

/// How often a page of a list is asked for.
const TIMES: usize = 25;

/// Rows of a page.
const ROWS: u64 = 50;

/// Rows of the file that is imported.
const IMPORTED: u64 = 20_000;

/// What came of one database with so many rows.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) database: &'static str,
    /// So many authorization tokens, and in another database so many recipients with their access tokens.
    pub(crate) rows: u64,
    verified: Vec<(Answers, Answers)>,
    /// From the start of the service to its first answer, in milliseconds.
    pub(crate) start: f64,
    /// Memory that it holds then, in MiB.
    idle: u64,
    /// The first page of a list, one in the midst, and the last, in milliseconds.
    pub(crate) pages: [f64; 3],
    /// A claim, in microseconds.
    pub(crate) claim: f64,
    /// Imported rows in a second.
    pub(crate) import: f64,
}

/// Measures each database with each number of rows.
pub(super) fn measured(tools: &Tools, extent: &Extent) -> Result<Vec<Line>, Failure> {
    curl::find_or_install()?;
    let limit = Command::new(tools.built.join("examples/limit"));
    let mut limit = Subject::start(limit, |address| vec![address.to_string()])?;
    let mut lines = Vec::new();
    for is_sqlite in [true, false] {
        for &rows in &extent.sizes {
            let (server, other);
            let [of_tokens, of_people] = if is_sqlite {
                [Database::Sqlite; 2]
            } else {
                let start = || Server::start_durable(&tools.programs, None);
                (server, other) = (start()?, start()?);
                [Database::Postgres(&server), Database::Postgres(&other)]
            };
            let mut line = Line {
                database: of_tokens.name(),
                rows,
                verified: Vec::new(),
                start: 0.0,
                idle: 0,
                pages: [0.0; 3],
                claim: 0.0,
                import: 0.0,
            };
            line.take_tokens(tools, extent, of_tokens, &mut limit)?;
            line.take_people(tools, of_people)?;
            say::line(&line.to_string());
            lines.push(line);
        }
    }
    Ok(lines)
}

impl Line {
    fn take_tokens(
        &mut self,
        tools: &Tools,
        extent: &Extent,
        database: Database<'_>,
        limit: &mut Subject,
    ) -> Result<(), Failure> {
        let filled = Filled::with(tools, database, self.rows)?;
        let mut service = filled.serve(tools, |_| ())?;
        self.start = service.started.as_secs_f64() * 1e3;
        self.idle = service.mebibytes();
        let [_, asked, ..] = ASKED;
        let load = Load {
            connections: CONNECTIONS,
            seconds: extent.seconds,
            sample: &filled.sample,
            asked,
        };
        for _ in 0..extent.rounds {
            self.verified
                .push((tools.wrk.ask(limit, &load)?, tools.wrk.ask(&mut service, &load)?));
        }
        Ok(())
    }

    fn take_people(&mut self, tools: &Tools, database: Database<'_>) -> Result<(), Failure> {
        let name = format!("{}-people-{}", database.name().to_lowercase(), self.rows);
        let place = Place::of(tools, database, &name)?;
        say::line(&format!("{} with {} recipients", self.database, self.rows));
        let mut fill = Command::new(tools.built.join("examples/large"));
        fill.args([&place.url, &self.rows.to_string(), "lists"]);
        cargo::run(&mut fill, "filling the database")?;
        let owner = place.told(tools, &["organizations", "list"], "/0/id")?;

        let subject = tools.serve(database, &place.url, &place.ring(), |_| ())?;
        let create = [
            "tokens",
            "create",
            "--permissions",
            "read",
            "--organization",
            &owner,
        ];
        let token = place.told(tools, &create, "/token")?;
        let last = self.rows.div_ceil(ROWS);
        for (taken, page) in self.pages.iter_mut().zip([1, last / 2, last]) {
            let url = format!(
                "http://{}/v1/organizations/{owner}/badges?per={ROWS}&page={page}",
                subject.address
            );
            *taken = page_taken(&url, &token)?;
        }
        drop(subject);

        let output = Command::new(tools.built.join("examples/claims"))
            .arg(&place.url)
            .stderr(Stdio::inherit())
            .output()
            .map_err(Failure::because("cannot run claims"))?;
        let said = String::from_utf8_lossy(&output.stdout);
        self.claim = said
            .trim()
            .parse()
            .map_err(|_| Failure::new("claims did not say how long one takes"))?;

        let file = imports::written(&tools.place, IMPORTED)?;
        let template = place.template(tools, &owner)?;
        let (taken, _) = place.import(tools, &template, &file)?;
        self.import = f64::from(u32::try_from(IMPORTED).unwrap_or(u32::MAX)) / taken.as_secs_f64();
        Ok(())
    }

    fn over(&self, figure: impl Fn(&(Answers, Answers)) -> f64) -> Spread {
        Spread::of(self.verified.iter().map(figure).collect())
    }

    /// What a verification costs, in microseconds of processor time.
    pub(crate) fn verify(&self) -> f64 {
        self.over(|(_, service)| service.cost).middle
    }
}

/// How many milliseconds a page takes, the median of several on one connection.
fn page_taken(url: &str, token: &str) -> Result<f64, Failure> {
    let mut command = Command::new("curl");
    // Others on this machine can see it in the list of processes: it is a token of a database of no value.
    command
        .args(["--silent", "--fail", "--user", &format!("{token}:")])
        .args(["--write-out", "%{stderr}%{time_starttransfer}\n"]);
    for _ in 0..TIMES {
        command.args(["--output", "/dev/null", url]);
    }
    let output = command.output().map_err(Failure::because("cannot run curl"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    let taken: Vec<f64> = said.lines().filter_map(|line| line.parse().ok()).collect();
    if !output.status.success() || taken.len() < TIMES {
        return Err(Failure::new(format!("a page was not shown: {said}")));
    }
    Ok(Spread::of(taken).middle * 1e3)
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ratio = self.over(|(limit, service)| service.rate / limit.rate);
        let [first, midst, last] = self.pages;
        write!(
            f,
            "| {} | {} | **{:.2}** ({:.2} to {:.2}) | {:.1} | {first:.1} / {midst:.1} / {last:.1} | {:.0} | {:.0} | {:.0} | {} |",
            self.database,
            self.rows,
            ratio.middle,
            ratio.least,
            ratio.most,
            self.verify(),
            self.claim,
            self.import,
            self.start,
            self.idle,
        )
    }
}
