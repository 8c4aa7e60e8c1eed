//! Where one installation of Symbolon lives: its directory, its key ring and its database.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;
use tempfile::TempDir;

use crate::{client::Key, database::PostgresDatabase, environment, printed::Printed, service::Service};

/// Which database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A file in the data directory.
    Sqlite,
    /// A fresh database on the server of the tests.
    Postgres,
}

/// An installation, removed with this.
#[derive(Debug)]
pub struct Site {
    directory: TempDir,
    postgres: Option<PostgresDatabase>,
}

impl Site {
    /// One that is ready to be used.
    pub fn new(kind: Kind) -> Self {
        let site = Self::untouched(kind);
        if kind == Kind::Postgres {
            let _ = site.run(&["migrate"]).done();
        }
        site
    }

    /// One on which nothing was done yet.
    pub fn untouched(kind: Kind) -> Self {
        Self {
            directory: tempfile::Builder::new()
                .prefix("symbolon-test-")
                .tempdir()
                .expect("there is a temporary directory"),
            postgres: match kind {
                Kind::Sqlite => None,
                Kind::Postgres => Some(PostgresDatabase::fresh()),
            },
        }
    }

    /// Which database it has.
    pub fn kind(&self) -> Kind {
        match self.postgres {
            None => Kind::Sqlite,
            Some(_) => Kind::Postgres,
        }
    }

    /// The directory that programs are started in.
    pub fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// The data directory.
    pub fn data(&self) -> PathBuf {
        self.directory().join("data")
    }

    /// The key ring.
    pub fn keyring(&self) -> PathBuf {
        self.data().join("keyring.json")
    }

    /// The database, for tests of PostgreSQL alone.
    pub fn postgres(&self) -> &PostgresDatabase {
        self.postgres.as_ref().expect("this site has a PostgreSQL")
    }

    /// The binary with these arguments, configured for this site by its environment.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = environment::symbolon(self.directory());
        command.args(arguments).env("SYMBOLON_DATA_DIR", self.data());
        if let Some(database) = &self.postgres {
            command.env("SYMBOLON_DATABASE", database.url());
        }
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Printed {
        Printed::by(self.command(arguments))
    }

    /// Runs a command, which must succeed, and reads what it prints as JSON.
    #[track_caller]
    pub fn json(&self, arguments: &[&str]) -> Value {
        Printed::by(self.command(&[arguments, &["--json"]].concat()))
            .done()
            .json()
    }

    /// Starts the service.
    pub fn serve(&self) -> Service {
        self.serve_with(&[])
    }

    /// Starts the service with more options.
    pub fn serve_with(&self, options: &[&str]) -> Service {
        Service::start(self.command(&[Service::ANYWHERE, options].concat()))
    }

    /// Makes an organization on the command line, and returns its first token, which may do everything.
    pub fn organization(&self, name: &str) -> Key {
        let made = self.json(&["organizations", "create", name, "--contact", "ada@example.org"]);
        Key::of(&made["authorization_token"])
    }

    /// All tokens of an organization, with their states.
    pub fn tokens(&self, key: &Key) -> Vec<Value> {
        let tokens = self.json(&["tokens", "list", "--all", "--organization", &key.organization]);
        tokens.as_array().expect("a list").clone()
    }

    /// What `doctor` finds, whatever it thinks of it.
    pub fn doctor(&self) -> Vec<Value> {
        let findings = Printed::by(self.command(&["doctor", "--json"])).json();
        findings.as_array().expect("a list").clone()
    }
}
