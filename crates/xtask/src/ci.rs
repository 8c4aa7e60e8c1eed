//! `cargo xtask ci`: what has to pass before a change is merged, from the quickest check to the slowest.

use std::time::Instant;

use crate::failure::Failure;
use crate::{arrows, cargo, say, test};

/// A check's name, and what it does.
type Step = (&'static str, fn() -> Result<(), Failure>);

const CHECKS: [Step; 4] = [
    ("format", format),
    ("lints", lints),
    ("arrows", arrows::run),
    ("dependencies", dependencies),
];

/// Runs every check, then the tests. The first failure ends it.
pub(crate) fn run() -> Result<(), Failure> {
    for (name, check) in CHECKS {
        say::line(&format!("== {name} =="));
        let start = Instant::now();
        if let Err(failure) = check() {
            failure.tell();
            say::timed(&format!("== {name}: FAILED, so the tests did not run =="), start);
            // The check itself is the failure that counts.
            test::close(0, 1);
            return Err(Failure::Told);
        }
        say::timed(&format!("== {name}: passed =="), start);
    }
    say::line("== tests ==");
    test::run(&[])
}

fn format() -> Result<(), Failure> {
    cargo::run(&mut cargo::command(&["fmt", "--all", "--check"]), "cargo fmt")
}

fn lints() -> Result<(), Failure> {
    let arguments = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
    cargo::run(&mut cargo::command(&arguments), "cargo clippy")
}

fn dependencies() -> Result<(), Failure> {
    if cargo::has("deny").map_err(Failure::because("cannot run cargo"))? {
        cargo::run(&mut cargo::command(&["deny", "check"]), "cargo deny")
    } else {
        say::line("NOT CHECKED: cargo-deny is not installed (cargo install cargo-deny --locked)");
        Ok(())
    }
}
