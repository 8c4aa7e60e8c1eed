//! No promise is forgotten: what is a public function of a port's file is in the list that becomes tests.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use symbolon_contract::{CLOCK_PROMISES, ENTROPY_PROMISES, STORE_PROMISES, VAULT_PROMISES};

#[test]
fn every_promise_is_listed_once() {
    let lists = [STORE_PROMISES, VAULT_PROMISES, ENTROPY_PROMISES, CLOCK_PROMISES].concat();
    let listed: BTreeSet<_> = lists
        .iter()
        .map(|(port, promise)| ((*port).to_owned(), (*promise).to_owned()))
        .collect();
    assert_eq!(listed.len(), lists.len(), "a promise is listed twice");

    let ports: BTreeSet<_> = listed.iter().map(|(port, _)| port.clone()).collect();
    let written: BTreeSet<_> = ports
        .iter()
        .flat_map(|port| {
            promises_of(port)
                .into_iter()
                .map(|promise| (port.clone(), promise))
        })
        .collect();
    assert_eq!(listed, written);
}

/// Ports whose promises need something else to be tried: a mail server, a sign-in provider, the known answers of Argon2 and
/// of authenticator apps. The tests of their adapters have these.
const ELSEWHERE: [&str; 4] = ["mailer", "one_time_codes", "passwords", "sign_in"];

#[test]
fn every_port_of_the_domain_has_promises() {
    let ports = Path::new(env!("CARGO_MANIFEST_DIR")).join("../domain/src/port");
    for file in fs::read_dir(ports).expect("the domain lies beside this crate") {
        let port = file.expect("it can be read").path();
        let port = port.file_stem().and_then(|name| name.to_str()).expect("a name");
        if ELSEWHERE.contains(&port) {
            continue;
        }
        assert!(!promises_of(port).is_empty(), "{port}");
    }
}

/// The names of the public functions in a port's file and the files below it.
fn promises_of(port: &str) -> Vec<String> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files: Vec<PathBuf> = vec![source.join(port).with_extension("rs")];
    if let Ok(below) = fs::read_dir(source.join(port)) {
        files.extend(below.map(|file| file.expect("it can be read").path()));
    }
    files
        .iter()
        .flat_map(|file| {
            let text = fs::read_to_string(file).expect("a port has a file");
            text.lines().filter_map(promise).collect::<Vec<_>>()
        })
        .collect()
}

fn promise(line: &str) -> Option<String> {
    let rest = line
        .strip_prefix("pub async fn ")
        .or_else(|| line.strip_prefix("pub fn "))?;
    rest.split(['<', '(']).next().map(str::to_owned)
}
