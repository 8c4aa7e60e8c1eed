//! The dashboard as administrators use it: in a real browser, against the built binary, on both databases.
#![cfg(test)]

mod hostile;
mod journey;
mod people;
mod recipients_sentences;
mod scene;
mod scriptless;
mod surviving;
mod together;
mod tokens_sentences;

use symbolon_tests::{Office, Person};

/// Asserts that whoever sat there met nothing but the service and the provider, and that every policy held.
async fn was_safe(person: &Person, office: &Office) {
    let origins = [office.url(""), office.open_id.issuer().to_owned()];
    person.was_safe(&origins.each_ref().map(String::as_str)).await;
}
