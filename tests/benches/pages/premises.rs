//! The service that is timed, on a database that was filled before.

use std::{path::PathBuf, process::Command};

use serde_json::Value;
use symbolon_tests::{Kind, Printed, Service, Site};

/// As many authorization tokens as a large organization has, of the 50 that it may have.
const TOKENS: usize = 20;

/// A service on a database that outlives it.
pub(crate) struct Premises {
    pub(crate) service: Service,
    /// The link that lets one administrator in.
    pub(crate) invitation: String,
    /// Where the service lives. Last, for it must be gone before its directory is.
    _site: Site,
}

impl Premises {
    pub(crate) fn at(url: &str) -> Self {
        let site = Site::untouched(Kind::Sqlite);
        let command = |words: &[&str]| of(&site, url, words);
        let json = |words: &[&str]| Printed::by(command(&[words, &["--json"]].concat())).done().json();
        let organizations = json(&["organizations", "list"]);
        let organization = organizations
            .get(0)
            .and_then(|organization| organization.get("id"))
            .and_then(Value::as_str)
            .expect("the database is filled, as `cargo xtask pages` does it");
        let of_it = ["--organization", organization];
        let length = |list: &Value| list.as_array().map_or(0, Vec::len);
        for number in length(&json(&[&["tokens", "list"], &of_it[..]].concat()))..TOKENS {
            let described = format!("Program {number}");
            let made = ["tokens", "create", "--description", &described];
            let _ = json(&[&made[..], &of_it].concat());
        }
        // Every run has an administrator of its own, for whoever ran it before kept the password.
        let known = length(&json(&[&["administrators", "list"], &of_it[..]].concat()));
        let mail = format!("clerk{known}@example.org");
        let invited = ["administrators", "invite", &mail, "--role", "owner"];
        let invitation = json(&[&invited[..], &of_it].concat());
        let link = invitation.get("link").and_then(Value::as_str);
        let (_, link) = link
            .and_then(|link| link.split_once("/dashboard/"))
            .expect("an invitation has a link to the dashboard");
        let service = Service::start(command(Service::ANYWHERE));
        Self {
            invitation: format!("http://{}/dashboard/{link}", service.address),
            service,
            _site: site,
        }
    }

    /// The address of a path of the service.
    pub(crate) fn address(&self, path: &str) -> String {
        format!("http://{}{path}", self.service.address)
    }
}

/// The program on the database that was filled. All databases that are timed share a key ring, which stays for the next run.
fn of(site: &Site, url: &str, words: &[&str]) -> Command {
    let ring = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pages-keyring.json");
    let mut command = site.command(words);
    command
        .env("SYMBOLON_DATABASE", url)
        .env("SYMBOLON_KEYRING_FILE", ring);
    command
}
