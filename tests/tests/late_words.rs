//! After an upgrade: whoever was there before searches knew of words is found, by the service or by `migrate`.
#![cfg(test)]

use std::fs;

use symbolon_tests::{Client, Key, Site, on_both};

on_both!(
    a_service_finds_whoever_was_there_before_it,
    migrating_finds_whoever_was_there_before_it,
);

/// An organization with recipients, and with what the migration made taken back.
fn before_words(site: &Site) -> Key {
    let key = site.organization("Acclaim");
    let of = ["--organization", &key.organization];
    let create = ["templates", "create", "--kind", "badge", "--name", "Rust"];
    let template = site.json(&[&create[..], &of].concat())["id"].clone();
    let people =
        "first_name,recipient_email\nAda,ada@example.org\nGrace,grace@example.org\nKim,kim@example.org\n";
    fs::write(site.directory().join("people.csv"), people).unwrap();
    let import = ["recipients", "import", "people.csv", "--template"];
    site.run(&[&import[..], &[template.as_str().unwrap()]].concat())
        .done();
    loop {
        let undone = site.json(&["migrate", "--down", "1", "--yes"]);
        if undone[0].as_str().unwrap().ends_with("_words_of_recipients") {
            return key;
        }
    }
}

async fn found(client: &Client, key: &Key, query: &str) -> usize {
    let list = format!(
        "/v1/organizations/{}/badges?filter=query::{query}",
        key.organization
    );
    let answer = client.get(key, &list).await.expect(200);
    answer.json["data"].as_array().unwrap().len()
}

async fn a_service_finds_whoever_was_there_before_it(site: Site) {
    let key = before_words(&site);
    let service = site.serve_with(&["--migrate"]);
    let said = service.stderr.wait_for("searches find recipients");
    assert!(said.contains("recipients=3"), "{said}");
    let client = service.client();
    assert_eq!(found(&client, &key, "grace").await, 1);
    assert_eq!(found(&client, &key, "example").await, 3);
}

async fn migrating_finds_whoever_was_there_before_it(site: Site) {
    let key = before_words(&site);
    let migrated = site.run(&["migrate"]).done();
    assert!(migrated.stdout.contains("_words_of_recipients"), "{migrated:?}");
    migrated
        .says("by which a search finds them: 3.")
        .says("Searches find them.");
    let again = site.run(&["migrate"]).done();
    assert!(again.stdout.contains("Nothing to do"), "{again:?}");
    assert_eq!(again.stderr, "");
    // Somebody else has seen to it: the service finds nobody without words.
    let service = site.serve();
    assert_eq!(found(&service.client(), &key, "grace").await, 1);
    assert!(!service.stderr.so_far().contains("searches find"));
}
