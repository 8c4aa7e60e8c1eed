//! The first minutes of a newcomer: `symbolon demo`, and the lines that it prints, pasted into a shell as they stand.
#![cfg(test)]

use std::{path::Path, process::Command};

use serde_json::Value;
use symbolon_tests::{Kind, Process, Signal, Site, command};
use tempfile::TempDir;

/// What each command of the tour starts with, in the order of the tour.
const TOUR: [&str; 24] = [
    "API=http",
    "TOKEN=symorg_",
    "ADA=",
    "JSON='Content-Type: application/json'",
    "curl -su \"$TOKEN:\" -X POST \"$API/badges/$ADA/access_token/reset\"",
    "curl -su \"$TOKEN:\" -X POST \"$API/badges/$ADA/access_token/revoke\"",
    "curl -su \"$TOKEN:\" -X PUT ",
    "curl -siu \"$TOKEN:\" -X DELETE \"$API/badges/$ADA\"",
    "curl -s \"http",
    "curl -su \"$TOKEN:\" \"$API/badge_templates\"",
    "BADGE=",
    "curl -su \"$TOKEN:\" -H \"$JSON\" -d '{\"badge_template_id\"",
    "curl -s \"http",
    "curl -su \"$TOKEN:\" -H \"$JSON\" -d '{\"badges\"",
    "curl -su \"$TOKEN:\" \"$API/badges\"",
    "TOKENS=",
    "curl -su \"$TOKEN:\" \"$TOKENS\"",
    "curl -su \"$TOKEN:\" -H \"$JSON\" -d '{\"description\"",
    "NEW=$(curl ",
    "curl -su \"$TOKEN:\" \"$TOKENS/current\"",
    "curl -su \"$NEW:\" \"$TOKENS/current\"",
    "ID=$(curl ",
    "curl -siu \"$NEW:\" -X DELETE",
    "curl -su \"$NEW:\" \"$TOKENS\"",
];

/// What the tour ends with.
const END: &str = "all is as it was";

/// The widest line, so that no terminal breaks one; where the database is may be longer.
const WIDTH: usize = 100;

/// Stands between what two commands print.
const NEXT: &str = "-- next command --";

#[test]
fn the_tour_can_be_pasted_on_sqlite() {
    let site = Site::untouched(Kind::Sqlite);
    play(&site);
    assert!(
        !site.data().exists(),
        "the demonstration leaves existing data alone"
    );
}

#[test]
fn the_tour_can_be_pasted_on_postgres() {
    let site = Site::untouched(Kind::Postgres);
    play(&site);
    let schemas = site
        .postgres()
        .query("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'symbolon%'");
    assert_eq!(schemas, [""; 0], "a schema is left over");
    let tables = site
        .postgres()
        .query("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace");
    assert_eq!(tables, [""; 0], "the demonstration leaves existing data alone");
}

#[test]
fn only_this_machine_is_let_in() {
    let site = Site::untouched(Kind::Sqlite);
    for option in ["--listen", "--mail-listen", "--sign-in-listen"] {
        for address in ["0.0.0.0:1", "[::]:0", "192.0.2.1:8080"] {
            let refused = site.run(&["demo", option, address]).with_code(2);
            refused.says("this machine only").says("loopback").says(option);
            assert_eq!(refused.stdout, "");
        }
    }
}

/// Whatever ring the environment holds, it is another service's: the demonstration has one of its own.
#[test]
fn the_ring_in_the_environment_is_left_alone() {
    let (site, temporary) = (Site::untouched(Kind::Sqlite), tempfile::tempdir().unwrap());
    let mut command = site.command(&["demo"]);
    command
        .env("TMPDIR", temporary.path())
        .env("SYMBOLON_KEYRING", "no ring at all")
        .env("SYMBOLON_KEYRING_FILE", temporary.path().join("another.json"));
    let mut demo = Process::start(command);
    let _ = demo.stdout.wait_for(END);
    let own = std::fs::read_dir(temporary.path())
        .unwrap()
        .next()
        .unwrap()
        .unwrap();
    assert!(own.path().join("keyring.json").exists());
    demo.signal(Signal::SIGINT);
    assert_eq!(demo.ended().code(), Some(0), "{}", demo.stderr.to_the_end());
}

/// The whole visit: start, tour, Ctrl-C.
fn play(site: &Site) {
    let temporary = tempfile::tempdir().unwrap();
    let mut demo = start(site, &temporary);
    let tour = demo.stdout.so_far();
    let wide = tour
        .lines()
        .find(|line| line.len() > WIDTH && !line.starts_with("  database"));
    assert_eq!(wide, None);
    let commands = commands(&tour);
    assert_eq!(commands.len(), TOUR.len(), "{tour}");
    for (command, start) in commands.iter().zip(TOUR) {
        assert!(
            command.starts_with(start),
            "{command} does not start with {start}"
        );
    }
    assert_eq!(entries(temporary.path()), 1, "one directory, to be thrown away");

    check(&paste(&commands));

    demo.signal(Signal::SIGINT);
    assert_eq!(demo.ended().code(), Some(0), "{}", demo.stderr.to_the_end());
    assert_eq!(
        entries(temporary.path()),
        0,
        "the temporary directory is left over"
    );
}

/// Starts it, and returns when the tour is on the screen to its last line.
fn start(site: &Site, temporary: &TempDir) -> Process {
    let mut command = site.command(&["demo"]);
    command.env("TMPDIR", temporary.path());
    let demo = Process::start(command);
    let _ = demo.stdout.wait_for(END);
    demo
}

/// The commands to paste: what is indented by four characters, with the lines below it that are indented further.
fn commands(tour: &str) -> Vec<String> {
    let mut commands: Vec<String> = Vec::new();
    let mut is_open = false;
    for line in tour.lines() {
        match line.strip_prefix("    ") {
            Some(first) if !first.starts_with(' ') => {
                commands.push(first.to_owned());
                is_open = true;
            }
            Some(further) if is_open => {
                let command = commands.last_mut().expect("one is open");
                command.push('\n');
                command.push_str(further);
            }
            _ => is_open = false,
        }
    }
    commands
}

fn entries(directory: &Path) -> usize {
    directory.read_dir().unwrap().count()
}

/// Runs the commands in one shell, one after the other, and returns what each prints.
fn paste(commands: &[String]) -> Vec<String> {
    let home = tempfile::tempdir().unwrap();
    let run = |mut shell: Command, script: &str| {
        shell.args(["-c", script]).env("HOME", home.path());
        shell.output().expect("bash is installed")
    };
    let curl = run(command("bash"), "command -v curl");
    assert!(
        curl.status.success(),
        "curl is not installed; the tour of the demonstration needs it (Debian: apt install curl)"
    );
    let script = commands.join(&format!("\necho; echo '{NEXT}'\n"));
    let output = run(command("bash"), &script);
    assert!(output.status.success(), "{output:?}");
    assert!(output.stderr.is_empty(), "{output:?}");
    let printed = String::from_utf8(output.stdout).unwrap();
    printed.split(NEXT).map(|part| part.trim().to_owned()).collect()
}

fn check(printed: &[String]) {
    assert_eq!(printed.len(), TOUR.len(), "{printed:?}");
    let text = |place: usize| printed[place].as_str();
    let json = |place: usize| -> Value {
        let read = serde_json::from_str(text(place));
        read.unwrap_or_else(|error| panic!("{error}: {}", text(place)))
    };
    for silent in [0, 1, 2, 3, 10, 15, 21] {
        assert_eq!(text(silent), "", "{}", TOUR[silent]);
    }
    check_credentials(text, json);
    check_tokens(text, json);
}

/// Nobody has claimed Ada's certificate here, so there is nothing to reset, and nothing that others could verify.
fn check_credentials<'a>(text: impl Fn(usize) -> &'a str, json: impl Fn(usize) -> Value) {
    let error = json(4);
    assert_eq!(error["code"], "not_bound", "{error}");
    let revoked = json(5);
    assert_eq!(revoked["data"]["access_token"]["state"], "revoked", "{revoked}");
    let revoked = json(6);
    assert_eq!(
        revoked["data"]["revocation_reason"], "Issued by mistake",
        "{revoked}"
    );
    assert!(text(7).starts_with("HTTP/1.1 204"), "{}", text(7));
    assert_eq!(json(8)["data"]["state"], "not_found");

    let templates = json(9);
    assert_eq!(templates["metadata"]["total_count"], 2, "{templates}");
    let issued = json(11);
    let link = issued["data"]["accept_badge_url"].as_str().expect("a link");
    assert!(text(12).contains("To: You <you@example.org>"), "{}", text(12));
    assert!(text(12).contains(link), "{}", text(12));
    let batch = json(13);
    let statuses: Vec<_> = (0..2)
        .map(|place| batch["data"][place]["status"].as_u64())
        .collect();
    assert_eq!(statuses[0], Some(201), "{batch}");
    assert_ne!(statuses[1], Some(201), "{batch}");
    let badges = json(14);
    assert_eq!(badges["metadata"]["total_count"], 4, "{badges}");
}

fn check_tokens<'a>(text: impl Fn(usize) -> &'a str, json: impl Fn(usize) -> Value) {
    let list = json(16);
    assert_eq!(list["metadata"]["total_count"], 2, "{list}");
    assert_eq!(list["data"].as_array().unwrap().len(), 2);
    let created = json(17);
    assert_eq!(created["data"]["description"], "Nightly import", "{created}");
    let value = created["data"]["token"].as_str().expect("a token");
    assert!(value.starts_with("symorg_"), "{created}");
    let new = text(18);
    assert!(new.starts_with("symorg_") && new.len() == 43, "{new}");
    assert_eq!(json(19)["code"], "token_revoked");
    let new_now = json(20);
    assert_eq!(new_now["data"]["delete_enabled"], true, "{new_now}");
    assert!(text(22).starts_with("HTTP/1.1 204"), "{}", text(22));
    assert_eq!(json(23)["code"], "token_revoked");
}
