//! The judge of the arrows is judged: on made-up workspaces, and on the real one.

use serde_json::json;

use super::{RULES, judge, read};
use crate::cargo;

/// The complaints about one package with one dependency.
fn complaints(package: &str, dependency: &serde_json::Value) -> Vec<String> {
    judge(&read(&json!({ "packages": [{ "name": package, "dependencies": [dependency] }] })).unwrap())
}

fn ours(name: &str, kind: Option<&str>) -> serde_json::Value {
    json!({ "name": name, "kind": kind, "optional": false, "path": "/somewhere" })
}

fn foreign(name: &str, kind: Option<&str>, optional: bool) -> serde_json::Value {
    json!({ "name": name, "kind": kind, "optional": optional })
}

#[test]
fn an_allowed_arrow_passes() {
    assert!(complaints("symbolon-http", &ours("symbolon-domain", None)).is_empty());
    assert!(complaints("symbolon-http", &ours("symbolon-storage-memory", Some("dev"))).is_empty());
    assert!(complaints("symbolon-http", &foreign("actix-web", None, false)).is_empty());
}

#[test]
fn a_forbidden_arrow_is_caught() {
    let found = complaints("symbolon-http", &ours("symbolon-storage-diesel", None));
    assert_eq!(
        found,
        ["symbolon-http -> symbolon-storage-diesel: not allowed at all"]
    );
    let found = complaints("symbolon-tests", &ours("symbolon-vault", Some("dev")));
    assert_eq!(
        found,
        ["symbolon-tests -> symbolon-vault: not allowed for its tests"]
    );
}

#[test]
fn what_tests_may_use_the_crate_itself_may_not() {
    assert_eq!(
        complaints("symbolon-http", &ours("symbolon-storage-memory", None)).len(),
        1
    );
    assert_eq!(
        complaints("symbolon-domain", &ours("symbolon-vault", Some("build"))).len(),
        1
    );
}

#[test]
fn a_crate_without_a_rule_is_reported() {
    let found = complaints("symbolon-new", &ours("symbolon-domain", None));
    assert_eq!(found, ["symbolon-new has no rule: decide what it may depend on"]);
}

#[test]
fn the_domain_stays_pure() {
    for banned in [
        "tokio",
        "actix-web",
        "diesel_migrations",
        "rand_core",
        "getrandom",
        "ring",
        "reqwest",
    ] {
        assert_eq!(
            complaints("symbolon-domain", &foreign(banned, None, false)).len(),
            1,
            "{banned}"
        );
        assert_eq!(
            complaints("symbolon-domain", &foreign(banned, None, true)).len(),
            1,
            "optional {banned}"
        );
        assert!(
            complaints("symbolon-domain", &foreign(banned, Some("dev"), false)).is_empty(),
            "{banned} in tests"
        );
        assert!(
            complaints("symbolon-vault", &foreign(banned, None, false)).is_empty(),
            "{banned} elsewhere"
        );
    }
    assert_eq!(
        complaints("symbolon-domain", &foreign("serde", None, false)).len(),
        1
    );
    assert!(complaints("symbolon-domain", &foreign("serde", None, true)).is_empty());
}

#[test]
fn the_rules_name_each_crate_once() {
    let mut names: Vec<&str> = RULES.iter().map(|rule| rule.package).collect();
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn the_workspace_obeys() {
    let packages = read(&cargo::metadata().unwrap()).unwrap();
    assert!(
        packages.len() >= RULES.len(),
        "a rule is left over from a crate that is gone"
    );
    assert_eq!(judge(&packages), Vec::<String>::new());
}
