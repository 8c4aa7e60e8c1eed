//! Where options come from: a flag beats the environment, which beats the file, which beats the default.
#![cfg(test)]

use std::fs;

use serde_json::Value;
use symbolon_tests::{Kind, Process, Site};

/// The contacts of the organizations in the database that a command finds.
fn organizations(site: &Site, environment: &[(&str, &str)], arguments: &[&str]) -> Vec<String> {
    let mut command = site.command(&[&["organizations", "list", "--json"], arguments].concat());
    command
        .env_remove("SYMBOLON_DATA_DIR")
        .envs(environment.iter().copied());
    let output = command.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let list: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    list.iter()
        .map(|organization| organization["name"].as_str().unwrap().to_owned())
        .collect()
}

/// A site with several data directories, each with an organization that is named like it.
fn with_data_in(names: &[&str]) -> Site {
    let site = Site::untouched(Kind::Sqlite);
    for name in names {
        let create = [
            "organizations",
            "create",
            name,
            "--contact",
            "a@example.org",
            "--data-dir",
            name,
        ];
        let _ = site.run(&create).done();
    }
    site
}

#[test]
fn flag_beats_environment_beats_file_beats_default() {
    let site = with_data_in(&["data", "by-file", "by-environment", "by-flag"]);
    fs::write(site.directory().join("symbolon.toml"), "data-dir = \"by-file\"\n").unwrap();
    let config = ["--config", "symbolon.toml"];
    let environment = [("SYMBOLON_DATA_DIR", "by-environment")];
    let flag = ["--data-dir", "by-flag"];
    let both = [&config[..], &flag].concat();
    assert_eq!(organizations(&site, &[], &[]), ["data"]);
    assert_eq!(organizations(&site, &[], &config), ["by-file"]);
    assert_eq!(organizations(&site, &environment, &config), ["by-environment"]);
    assert_eq!(organizations(&site, &environment, &both), ["by-flag"]);
    let named = [("SYMBOLON_CONFIG", "symbolon.toml")];
    assert_eq!(organizations(&site, &named, &[]), ["by-file"]);
    assert_eq!(organizations(&site, &named, &flag), ["by-flag"]);
}

#[test]
fn the_database_is_named_in_many_ways() {
    let site = with_data_in(&["data", "by-flag", "by-environment", "by-secret", "by-habit"]);
    let url = |name: &str| format!("sqlite:{name}/symbolon.db");
    let list = |environment: &[(&str, &str)], arguments: &[&str], name: &str| {
        let ring = format!("{name}/keyring.json");
        let environment = [environment, &[("SYMBOLON_KEYRING_FILE", ring.as_str())]].concat();
        assert_eq!(organizations(&site, &environment, arguments), [name]);
    };
    // Secret stores end their files with a line break.
    fs::write(site.directory().join("url"), url("by-secret") + "\n").unwrap();
    let habit = ("DATABASE_URL", &*url("by-habit"));
    list(&[], &[], "data");
    list(&[habit], &[], "by-habit");
    list(&[habit, ("SYMBOLON_DATABASE_FILE", "url")], &[], "by-secret");
    list(&[habit], &["--database-file", "url"], "by-secret");
    list(
        &[habit, ("SYMBOLON_DATABASE", &url("by-environment"))],
        &[],
        "by-environment",
    );
    let flag = ["--database", &url("by-flag")];
    list(
        &[habit, ("SYMBOLON_DATABASE", &url("by-environment"))],
        &flag,
        "by-flag",
    );
}

#[test]
fn a_key_ring_that_a_flag_names_beats_the_one_in_the_environment() {
    let site = with_data_in(&["data", "other"]);
    let foreign = fs::read_to_string(site.directory().join("other/keyring.json")).unwrap();
    let environment = [("SYMBOLON_KEYRING", foreign.as_str())];
    let flag = ["--keyring-file", "data/keyring.json"];
    assert_eq!(organizations(&site, &environment, &flag), ["data"]);
    let mut command = site.command(&["organizations", "list"]);
    let refused = command
        .env_remove("SYMBOLON_DATA_DIR")
        .envs(environment)
        .output()
        .unwrap();
    assert_eq!(refused.status.code(), Some(1));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("SYMBOLON_KEYRING"), "{said}");
    assert!(!said.contains(&foreign[..40]), "{said}");
}

#[test]
fn the_file_holds_the_options_of_the_service_too() {
    let site = Site::untouched(Kind::Sqlite);
    let path = site.directory().join("symbolon.toml");
    let start = |text: &str, options: &[&str]| {
        fs::write(&path, text).unwrap();
        let service =
            Process::start(site.command(&[&["serve", "--config", "symbolon.toml"], options].concat()));
        let _ = service.stderr.wait_for("  Key ring    ");
        service.stderr.so_far()
    };
    let file = "listen = \"127.0.0.1:0\"\noperations-listen = \"off\"\npublic-url = \"https://by-file.example\"\n\
                log-format = \"json\"\n";
    let said = start(file, &[]);
    assert!(said.contains("API         https://by-file.example/v1"), "{said}");
    assert!(!said.contains("Operations"), "{said}");
    assert!(said.contains("{\"timestamp\""), "{said}");
    let said = start(file, &["--public-url", "https://by-flag.example"]);
    assert!(said.contains("API         https://by-flag.example/v1"), "{said}");
}

#[test]
fn a_file_that_cannot_be_is_refused() {
    let site = Site::untouched(Kind::Sqlite);
    for (text, said) in [
        ("databse = \"x\"", "there is no option databse"),
        ("listen = [", "is not TOML"),
        ("listen = \"nowhere\"", "nowhere"),
        ("[serve]\nlisten = \"127.0.0.1:0\"", "serve must be"),
    ] {
        fs::write(site.directory().join("symbolon.toml"), text).unwrap();
        let refused = site.run(&["serve", "--config", "symbolon.toml"]).with_code(2);
        refused.says(said);
    }
    site.run(&["organizations", "list", "--config", "absent.toml"])
        .with_code(2)
        .says("absent.toml cannot be read");
    assert!(!site.data().exists());
}
