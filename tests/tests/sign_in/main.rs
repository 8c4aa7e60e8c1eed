//! From the mail to the credential, with a real browser, a real mail server and a certified provider.
#![cfg(test)]

mod claiming;
mod framing;
mod losing;
mod refusing;
mod replaying;
mod scriptless;

use symbolon_tests::{OpenId, Person, Recipient, Site, Stage};

/// A stage with the provider that behaves, and Ada, who was mailed a link to her badge "Programming".
async fn staged(site: Site) -> (Stage, OpenId, Recipient) {
    let (stage, open_id) = Stage::with_open_id(site).await;
    let ada = stage.invite_ada().await;
    (stage, open_id, ada)
}

/// Asserts that the person met nothing but the service and the provider, and that every policy held.
async fn was_safe(person: &Person, stage: &Stage, open_id: &OpenId) {
    person.was_safe(&[stage.url("").as_str(), open_id.issuer()]).await;
}
