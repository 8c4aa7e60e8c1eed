//! Several instances of the service on one PostgreSQL: what they answer and write together.

use std::fmt;
use std::thread;

use super::load::{Answers, Load};
use super::report::Spread;
use super::subject::Subject;
use super::{ASKED, Database, Extent, Filled, Tools};
use crate::failure::Failure;
use crate::postgres::Server;
use crate::say;

/// How many there are.
const INSTANCES: [u32; 3] = [1, 2, 4];

/// Connections to all of them together.
const CONNECTIONS: u32 = 64;

/// Seconds for which they write: each token of the sample is rotated once at most.
const WRITING: u64 = 2;

/// More than all of them rotate in a second.
const ROTATED: u64 = 2_500;

/// What came of so many of them, round by round.
pub(crate) struct Line {
    instances: u32,
    verified: Vec<Sum>,
    rotated: Vec<Sum>,
}

/// What several did at the same time.
struct Sum {
    rate: f64,
    /// The slowest of them.
    slow: f64,
}

impl FromIterator<Answers> for Sum {
    fn from_iter<T: IntoIterator<Item = Answers>>(answers: T) -> Self {
        let none = Self { rate: 0.0, slow: 0.0 };
        answers.into_iter().fold(none, |sum, answers| Self {
            rate: sum.rate + answers.rate,
            slow: sum.slow.max(answers.slow),
        })
    }
}

/// Measures it: one, several, and one again, so that what else the machine does meets all of them.
pub(super) fn measured(tools: &Tools, extent: &Extent) -> Result<Vec<Line>, Failure> {
    let server = Server::start_durable(&tools.programs, None)?;
    let filled = Filled::with(tools, Database::Postgres(&server), extent.tokens)?;
    let mut lines = INSTANCES.map(|instances| Line {
        instances,
        verified: Vec::new(),
        rotated: Vec::new(),
    });
    // Those that are verified stay as they are.
    let [asked, ..] = ASKED;
    let mut rotated = asked.tokens;
    for _ in 0..extent.rounds {
        for line in &mut lines {
            let services: Result<Vec<_>, _> =
                (0..line.instances).map(|_| filled.serve(tools, |_| ())).collect();
            let mut services = services?;
            let connections = CONNECTIONS / line.instances;
            let load = Load {
                connections,
                seconds: extent.seconds,
                sample: &filled.sample,
                asked,
            };
            line.verified.push(at_once(&mut services, |_, service| {
                tools.wrk.ask(service, &load)
            })?);
            let seconds = WRITING.min(extent.seconds);
            let each = ROTATED * seconds / u64::from(line.instances);
            let first = rotated;
            let written = at_once(&mut services, |number, service| {
                let from = first + each * number;
                tools
                    .wrk
                    .rotate(service, &filled.sample, from, connections, seconds)
                    .map(|(answers, _)| answers)
            });
            line.rotated.push(written?);
            rotated += ROTATED * seconds;
        }
    }
    for line in &lines {
        say::line(&line.to_string());
    }
    Ok(lines.into())
}

/// Asks all of them at the same time.
fn at_once(
    services: &mut [Subject],
    ask: impl Fn(u64, &mut Subject) -> Result<Answers, Failure> + Sync,
) -> Result<Sum, Failure> {
    thread::scope(|scope| {
        let ask = &ask;
        let asking: Vec<_> = (0..)
            .zip(services)
            .map(|(number, service)| scope.spawn(move || ask(number, service)))
            .collect();
        asking
            .into_iter()
            .map(|asking| {
                asking
                    .join()
                    .unwrap_or_else(|_| Err(Failure::new("an asking thread has panicked")))
            })
            .collect()
    })
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let over = |sums: &[Sum], figure: fn(&Sum) -> f64| Spread::of(sums.iter().map(figure).collect());
        let verified = over(&self.verified, |sum| sum.rate);
        let rotated = over(&self.rotated, |sum| sum.rate);
        write!(
            f,
            "| {} | **{:.0}** ({:.0} to {:.0}) | {:.1} | **{:.0}** ({:.0} to {:.0}) | {:.1} |",
            self.instances,
            verified.middle,
            verified.least,
            verified.most,
            over(&self.verified, |sum| sum.slow).middle,
            rotated.middle,
            rotated.least,
            rotated.most,
            over(&self.rotated, |sum| sum.slow).middle,
        )
    }
}
