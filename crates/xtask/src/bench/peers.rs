//! Other services that verify tokens, on PostgreSQL and with a process for each processor, as in production; beside the same
//! limit.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::available_parallelism;

use super::load::{Answers, Load};
use super::report::Spread;
use super::subject::Subject;
use super::{ASKED, Database, Extent, Filled, Tools};
use crate::failure::Failure;
use crate::postgres::Server;
use crate::{cargo, parts, say};

/// How many connections ask at once.
const CONNECTIONS: u32 = 64;

/// Threads of each of gunicorn's processes: connections that are kept open wait at no other.
const THREADS: &str = "8";

/// A peer, by the name of its package.
#[derive(Debug, Clone, Copy)]
enum Peer {
    Node(&'static str),
    Python(&'static str),
}

const PEERS: [Peer; 4] = [
    Peer::Node("oidc-provider"),
    Peer::Node("better-auth"),
    Peer::Python("djangorestframework-api-key"),
    Peer::Python("django-rest-knox"),
];

/// The answers of the limit and of the peer, round by round.
pub(crate) struct Line {
    peer: &'static str,
    rounds: Vec<(Answers, Answers)>,
}

/// Where their programs and packages are.
struct Packages {
    source: PathBuf,
    /// Has `node_modules`.
    node: PathBuf,
    python: PathBuf,
}

/// Installs them, and measures each.
pub(super) fn measured(tools: &Tools, extent: &Extent) -> Result<Vec<Line>, Failure> {
    let source = cargo::root().join("crates/xtask/src/bench/peers");
    let packages = Packages {
        node: parts::packages_of_node(&source.join("node"))?,
        python: parts::packages_of_python(&source.join("python"))?,
        source,
    };
    // The limit looks nothing up, but is shown tokens.
    let filled = Filled::with(tools, Database::Sqlite, extent.tokens)?;
    let [asked, ..] = ASKED;
    let load = Load {
        connections: CONNECTIONS,
        seconds: extent.seconds,
        sample: &filled.sample,
        asked,
    };
    let limit = Command::new(tools.built.join("examples/limit"));
    let mut limit = Subject::start(limit, |address| vec![address.to_string()])?;
    let mut lines = Vec::new();
    for peer in PEERS {
        let server = Server::start(&tools.programs)?;
        let sample = tools.place.join("peer.sample");
        let (mut service, sample) = peer.serve(&packages, &server, &sample)?;
        let mut line = Line {
            peer: peer.name(),
            rounds: Vec::new(),
        };
        for _ in 0..extent.rounds {
            let limit = tools.wrk.ask(&mut limit, &load)?;
            let load = Load {
                sample: &sample,
                ..load
            };
            line.rounds
                .push((limit, tools.wrk.ask_peer(&mut service, peer.name(), &load)?));
        }
        say::line(&line.to_string());
        lines.push(line);
    }
    Ok(lines)
}

impl Peer {
    const fn name(self) -> &'static str {
        match self {
            Self::Node(name) | Self::Python(name) => name,
        }
    }

    /// Starts it on an empty database, which it fills; with the file of its tokens.
    fn serve(
        self,
        packages: &Packages,
        server: &Server,
        sample: &Path,
    ) -> Result<(Subject, PathBuf), Failure> {
        let database = server.url();
        let mut subject = match self {
            Self::Node(name) => {
                // Packages are looked for from where a program lies.
                let program = packages.node.join(format!("{name}.mjs"));
                for file in ["serve.mjs".to_owned(), format!("{name}.mjs")] {
                    std::fs::copy(
                        packages.source.join("node").join(&file),
                        packages.node.join(&file),
                    )
                    .map_err(Failure::because(format!("cannot copy {file}")))?;
                }
                let mut command = Command::new("node");
                command.env("NODE_ENV", "production").arg(program);
                let sample = sample.display().to_string();
                Subject::start(command, |address| vec![database, sample, address.to_string()])?
            }
            Self::Python(name) => {
                let environment = |command: &mut Command| {
                    command
                        .current_dir(packages.source.join("python"))
                        .env("PYTHONDONTWRITEBYTECODE", "1")
                        .env("PEER_DATABASE", &database)
                        .env("PEER_SAMPLE", sample);
                };
                let mut fill = Command::new(&packages.python);
                environment(fill.args(["peer.py", "fill"]));
                cargo::run(&mut fill, name)?;
                let mut command = Command::new(&packages.python);
                environment(&mut command);
                let workers = available_parallelism().map_or(1, usize::from).to_string();
                command.args(["-m", "gunicorn", "peer:application"]);
                command.args([
                    "--workers",
                    &workers,
                    "--threads",
                    THREADS,
                    "--log-level",
                    "warning",
                ]);
                Subject::start(command, |address| vec!["--bind".to_owned(), address.to_string()])?
            }
        };
        subject.beside(server.process()?);
        let sample = match self {
            Self::Node(_) => sample.to_owned(),
            Self::Python(name) => PathBuf::from(format!("{}-{name}", sample.display())),
        };
        Ok((subject, sample))
    }
}

impl Line {
    fn over(&self, figure: impl Fn(&(Answers, Answers)) -> f64) -> Spread {
        Spread::of(self.rounds.iter().map(figure).collect())
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ratio = self.over(|(limit, peer)| peer.rate / limit.rate);
        write!(
            f,
            "| {} | **{:.4}** ({:.4} to {:.4}) | {:.0} | {:.0} | {:.1} |",
            self.peer,
            ratio.middle,
            ratio.least,
            ratio.most,
            self.over(|(_, peer)| peer.rate).middle,
            self.over(|(_, peer)| peer.cost).middle,
            self.over(|(_, peer)| peer.slow).middle,
        )
    }
}
