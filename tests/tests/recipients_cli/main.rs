//! Templates and recipients on the command line: files as spreadsheets save them, what becomes of their rows, and how an
//! operator looks after recipients.
#![cfg(test)]

mod care;
mod export;
mod import;
mod misuse;

use std::fs;

use serde_json::Value;
use symbolon_tests::Site;

/// An organization with a template: the ids of both.
pub(crate) fn issuer(site: &Site) -> (String, String) {
    let organization = site.organization("Acclaim").organization;
    let template = template(site, &organization, "Rust");
    (organization, template)
}

pub(crate) fn template(site: &Site, organization: &str, name: &str) -> String {
    let of = ["--organization", organization];
    let create = ["templates", "create", "--kind", "badge", "--name", name];
    let made = site.json(&[&create[..], &of].concat());
    made["id"].as_str().unwrap().to_owned()
}

pub(crate) fn write(site: &Site, name: &str, content: impl AsRef<[u8]>) {
    fs::write(site.directory().join(name), content).unwrap();
}

pub(crate) fn read(site: &Site, name: &str) -> String {
    fs::read_to_string(site.directory().join(name)).unwrap()
}

pub(crate) fn recipients(site: &Site, organization: &str, more: &[&str]) -> Vec<Value> {
    let list = ["recipients", "list", "--organization", organization];
    site.json(&[&list[..], more].concat()).as_array().unwrap().clone()
}
