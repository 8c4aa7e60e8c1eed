//! What came of it all, as a table.

use std::fmt;
use std::fs;

use super::Extent;
use super::growth;
use super::imports;
use super::instances;
use super::load::Answers;
use super::peers;
use super::subject::Subject;
use super::writes;

/// The answers of the limit and of the service, round by round.
pub(crate) struct Line {
    database: &'static str,
    asked: &'static str,
    connections: u32,
    rounds: Vec<(Answers, Answers)>,
}

impl Line {
    pub(crate) const fn new(database: &'static str, asked: &'static str, connections: u32) -> Self {
        Self {
            database,
            asked,
            connections,
            rounds: Vec::new(),
        }
    }

    /// A round: first the limit's answers, then the service's.
    pub(crate) fn take(&mut self, limit: Answers, service: Answers) {
        self.rounds.push((limit, service));
    }

    fn over(&self, figure: impl Fn(&(Answers, Answers)) -> f64) -> Spread {
        Spread::of(self.rounds.iter().map(figure).collect())
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ratio = self.over(|(limit, service)| service.rate / limit.rate);
        let costs = [
            self.over(|(limit, _)| limit.cost),
            self.over(|(_, service)| service.cost),
        ];
        let slow = [
            self.over(|(limit, _)| limit.slow),
            self.over(|(_, service)| service.slow),
        ];
        let [limit_cost, cost] = costs.map(|cost| cost.middle);
        let [limit_slow, slow] = slow.map(|slow| slow.middle);
        let rate = self.over(|(_, service)| service.rate).middle;
        write!(
            f,
            "| {} | {} | {} | **{:.2}** ({:.2} to {:.2}) | {rate:.0} | {limit_cost:.1} | {cost:.1} | {limit_slow:.1} | {slow:.1} |",
            self.database, self.connections, self.asked, ratio.middle, ratio.least, ratio.most,
        )
    }
}

/// The median of some figures, and how far they lie apart.
pub(crate) struct Spread {
    pub(crate) least: f64,
    pub(crate) middle: f64,
    pub(crate) most: f64,
}

impl Spread {
    pub(crate) fn of(mut figures: Vec<f64>) -> Self {
        figures.sort_unstable_by(f64::total_cmp);
        let at = |place: usize| figures.get(place).copied().unwrap_or(f64::NAN);
        Self {
            least: at(0),
            middle: at(figures.len() / 2),
            most: at(figures.len().saturating_sub(1)),
        }
    }
}

/// The whole document.
pub(crate) struct Report {
    head: String,
    lines: Vec<Line>,
    memory: Vec<String>,
    writes: Vec<writes::Line>,
    imports: Vec<imports::Line>,
    peers: Vec<peers::Line>,
    instances: Vec<instances::Line>,
    growth: Vec<growth::Line>,
}

impl Report {
    pub(crate) fn new(extent: &Extent) -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let model = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let model = model
            .lines()
            .find_map(|line| line.strip_prefix("model name")?.split_once(':'))
            .map_or("unknown", |(_, name)| name.trim());
        Self {
            head: format!(
                "{} tokens; {} rounds of {} s each; {processors} processors ({model}), which the load, the service and the \
                 database share.",
                extent.tokens, extent.rounds, extent.seconds
            ),
            lines: Vec::new(),
            memory: Vec::new(),
            writes: Vec::new(),
            imports: Vec::new(),
            peers: Vec::new(),
            instances: Vec::new(),
            growth: Vec::new(),
        }
    }

    pub(crate) fn add(&mut self, line: Line) {
        self.lines.push(line);
    }

    pub(crate) fn add_writes(&mut self, lines: Vec<writes::Line>) {
        self.writes.extend(lines);
    }

    pub(crate) fn add_imports(&mut self, lines: Vec<imports::Line>) {
        self.imports.extend(lines);
    }

    pub(crate) fn add_peers(&mut self, lines: Vec<peers::Line>) {
        self.peers.extend(lines);
    }

    pub(crate) fn add_instances(&mut self, lines: Vec<instances::Line>) {
        self.instances.extend(lines);
    }

    pub(crate) fn add_growth(&mut self, lines: Vec<growth::Line>) {
        self.growth.extend(lines);
    }

    pub(crate) fn growth(&self) -> &[growth::Line] {
        &self.growth
    }

    pub(crate) fn memory(&mut self, database: &'static str, service: &mut Subject) {
        self.memory
            .push(format!("{database}: {} MiB", service.mebibytes()));
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{TITLE}\n\n{}\n\n{VERIFY}\n\n{HEADS}", self.head)?;
        for line in &self.lines {
            writeln!(f, "{line}")?;
        }
        writeln!(
            f,
            "\nMemory of the service after this load: {}.",
            self.memory.join("; ")
        )?;
        if !self.peers.is_empty() {
            writeln!(f, "\n{PEERS}")?;
        }
        for line in &self.peers {
            writeln!(f, "{line}")?;
        }
        writeln!(f, "\n{WRITES}")?;
        for line in &self.writes {
            writeln!(f, "{line}")?;
        }
        writeln!(f, "\n{IMPORTS}")?;
        for line in &self.imports {
            writeln!(f, "{line}")?;
        }
        writeln!(f, "\n{INSTANCES}")?;
        for line in &self.instances {
            writeln!(f, "{line}")?;
        }
        writeln!(f, "\n{GROWTH}")?;
        for line in &self.growth {
            writeln!(f, "{line}")?;
        }
        write!(f, "\n{PLOTS}")?;
        Ok(())
    }
}

const TITLE: &str = "\
# Benchmarks

Made by `cargo xtask bench`; not to be edited.";

const VERIFY: &str = "\
## Verifying a token

`GET …/authorization_tokens/current`, each time with another token. The limit is a bare server of the same framework that
reads the same header, looks nothing up and answers as much. Both are asked in turn. The ratio is that of their answers in a
second: median of the rounds, least and most. The cost is processor time for each answer, in microseconds, that of the
database included. p99 is in milliseconds.";

const HEADS: &str = "\
| database | connections | asked with | ratio to the limit | answers/s | cost of the limit | cost | p99 of the limit | p99 |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |";

const PEERS: &str = "\
## Other services

What others do with the same task: 2,000 tokens, verified by 64 connections. Each is on PostgreSQL, with a process for each
processor and connections that are kept: oidc-provider by introspection (RFC 7662), better-auth by its plugin for API keys,
Django REST framework by django-rest-knox and by djangorestframework-api-key, under gunicorn. The limit is the same bare server.

| peer | ratio to the limit | answers/s | cost | p99 |
| --- | --- | --- | --- | --- |";

const WRITES: &str = "\
## Rotating a token

`POST …/authorization_tokens/rotate`, each time of another token, answered when it is durable. One client at a time needs a
commit for each; what 64 at once need is shared. \"Disk later by\" is what a library between the service and the system adds
to each wait for the disk. p99 is in milliseconds.

| database | disk later by | rotations/s, one at a time | 64 at once | ratio | p99, one | p99, 64 |
| --- | --- | --- | --- | --- | --- | --- |";

const IMPORTS: &str = "\
## Issuing to everybody in a file

`symbolon recipients import`: for each row a recipient, an access token, its digest and sealed copy, a mail that waits, an
entry of the log, and the words of a search. Beside it the same rows copied into empty tables by the database's own program
(SQLite's shell in one transaction; `pg_dump` and `psql`, which is COPY), with the same indexes and triggers.

| database | rows | imported/s | copied/s | ratio | memory at most |
| --- | --- | --- | --- | --- | --- |";

const INSTANCES: &str = "\
## Several instances

So many instances on one PostgreSQL that waits for its disk, all on this machine, with 64 connections to all of them together:
2,000 tokens verified again and again, then others rotated. What they do together, in a second; p99 is that of the slowest of
them, in milliseconds.

| instances | verified/s | p99 | rotated/s | p99 |
| --- | --- | --- | --- | --- |";

const GROWTH: &str = "\
## Growth

So many authorization tokens, of which 100,000 are shown by 64 connections, as above; and in another database so many
recipients of one organization with their access tokens. Pages have 50 of them: the first, one in the midst, the last, asked
for one after the other, in milliseconds. A claim, without the sign-in, is durable before the next begins, in microseconds. The
import has 20,000 rows. The start is that of the service, until its first answer; its memory, in MiB, is what it holds then.

| database | rows | verify, ratio to the limit | cost | pages | claim | imported/s | start, ms | memory |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |";

const PLOTS: &str = "\
![What it costs to verify a token, by how many there are](benchmarks/verify.svg)
![How long the slowest page of a list takes, by how many recipients there are](benchmarks/lists.svg)
![How long a claim takes, by how many recipients there are](benchmarks/claims.svg)
![How many rows are imported in a second, by how many recipients there are](benchmarks/imports.svg)
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_medians_of_ratios() {
        let answers = |rate| Answers {
            rate,
            slow: 2.0,
            cost: 10.0,
        };
        let mut line = Line::new("SQLite", "known tokens", 64);
        for (limit, service) in [(100.0, 50.0), (200.0, 20.0), (100.0, 80.0)] {
            line.take(answers(limit), answers(service));
        }
        assert_eq!(
            line.to_string(),
            "| SQLite | 64 | known tokens | **0.50** (0.10 to 0.80) | 50 | 10.0 | 10.0 | 2.0 | 2.0 |"
        );
    }
}
