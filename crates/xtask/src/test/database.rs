//! The PostgreSQL of the tests: the caller's, or one of our own.

use std::time::Instant;

use super::POSTGRES;
use crate::failure::Failure;
use crate::postgres::{Programs, Server};
use crate::say;

/// The PostgreSQL that the tests are going to use.
pub(super) enum Postgres {
    /// The caller's own, by its URL. Never stopped.
    Given(String),
    Own(Programs),
}

/// It, ready for the tests.
pub(super) enum Running {
    Given(String),
    Own(Server),
}

impl Postgres {
    /// Finds it before the long build: whoever has to install something wants to know at once.
    pub(super) fn prepare() -> Result<Self, Failure> {
        #[expect(
            clippy::disallowed_methods,
            reason = "a chore's configuration is its environment"
        )]
        let given = std::env::var(POSTGRES).ok().filter(|url| !url.is_empty());
        match given {
            Some(url) => {
                let place = url.rsplit_once('@').map_or(url.as_str(), |(_, place)| place);
                say::line(&format!("using the PostgreSQL at {place}, as {POSTGRES} says"));
                Ok(Self::Given(url))
            }
            None => Programs::find_or_install().map(Self::Own),
        }
    }

    /// Starts it, unless it is the caller's.
    pub(super) fn start(self) -> Result<Running, Failure> {
        match self {
            Self::Given(url) => Ok(Running::Given(url)),
            Self::Own(programs) => Server::start(&programs).map(Running::Own),
        }
    }
}

impl Running {
    /// Where a superuser reaches it.
    pub(super) fn url(&self) -> String {
        match self {
            Self::Given(url) => url.clone(),
            Self::Own(server) => server.url(),
        }
    }

    /// Stops it, unless it is the caller's.
    pub(super) fn stop(self) {
        let start = Instant::now();
        if let Self::Own(server) = self {
            drop(server);
            say::timed("PostgreSQL stopped", start);
        }
    }
}
