//! The first minutes of a newcomer: `symbolon demo`, and the lines that it prints, pasted into a shell as they stand.
#![cfg(test)]

use std::{path::Path, process::Command};

use serde_json::Value;
use symbolon_tests::{Kind, Process, Signal, Site, command};
use tempfile::TempDir;

/// What each line of the tour starts with, in the order of the tour.
const TOUR: [&str; 10] = [
    "TOKENS=http",
    "TOKEN=symorg_",
    "curl -su \"$TOKEN:\" \"$TOKENS\"",
    "curl -su \"$TOKEN:\" -H ",
    "NEW=$(curl ",
    "curl -su \"$TOKEN:\" \"$TOKENS/current\"",
    "curl -su \"$NEW:\" \"$TOKENS/current\"",
    "ID=$(curl ",
    "curl -siu \"$NEW:\" -X DELETE",
    "curl -su \"$NEW:\" \"$TOKENS\"",
];

/// Stands between what two lines print.
const NEXT: &str = "-- next line --";

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
    for address in ["0.0.0.0:1", "[::]:0", "192.0.2.1:8080"] {
        let refused = site.run(&["demo", "--listen", address]).with_code(2);
        refused.says("this machine only").says("loopback");
        assert_eq!(refused.stdout, "");
    }
}

/// The whole visit: start, tour, Ctrl-C.
fn play(site: &Site) {
    let temporary = tempfile::tempdir().unwrap();
    let mut demo = start(site, &temporary);
    let tour = demo.stdout.so_far();
    let lines: Vec<&str> = tour
        .lines()
        .filter_map(|line| line.strip_prefix("    "))
        .filter(|line| TOUR.iter().any(|start| line.starts_with(start)))
        .collect();
    assert_eq!(lines.len(), TOUR.len(), "{tour}");
    for (line, start) in lines.iter().zip(TOUR) {
        assert!(line.starts_with(start), "{line} does not start with {start}");
    }
    assert_eq!(entries(temporary.path()), 1, "one directory, to be thrown away");

    check(&paste(&lines));

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
    let _ = demo.stdout.wait_for(TOUR[9]);
    demo
}

fn entries(directory: &Path) -> usize {
    directory.read_dir().unwrap().count()
}

/// Runs the lines in one shell, one after the other, and returns what each prints.
fn paste(lines: &[&str]) -> Vec<String> {
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
    let script = lines.join(&format!("\necho; echo '{NEXT}'\n"));
    let output = run(command("bash"), &script);
    assert!(output.status.success(), "{output:?}");
    assert!(output.stderr.is_empty(), "{output:?}");
    let printed = String::from_utf8(output.stdout).unwrap();
    printed.split(NEXT).map(|part| part.trim().to_owned()).collect()
}

fn check(printed: &[String]) {
    let [
        _,
        _,
        list,
        created,
        new,
        old_now,
        new_now,
        id,
        deleted,
        deleted_now,
    ] = printed
    else {
        panic!("{printed:?}");
    };
    let json = |text: &String| -> Value { serde_json::from_str(text).expect(text) };

    let list = json(list);
    assert_eq!(list["metadata"]["total_count"], 2, "{list}");
    assert_eq!(list["data"].as_array().unwrap().len(), 2);
    let created = json(created);
    assert_eq!(created["data"]["description"], "Nightly import", "{created}");
    assert!(
        created["data"]["token"].as_str().unwrap().starts_with("symorg_"),
        "{created}"
    );
    assert!(new.starts_with("symorg_") && new.len() == 43, "{new}");
    assert_eq!(json(old_now)["code"], "token_revoked", "{old_now}");
    let new_now = json(new_now);
    assert_eq!(new_now["data"]["delete_enabled"], true, "{new_now}");
    assert_eq!(*id, "");
    assert!(deleted.starts_with("HTTP/1.1 204"), "{deleted}");
    assert_eq!(json(deleted_now)["code"], "token_revoked", "{deleted_now}");
}
