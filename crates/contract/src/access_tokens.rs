//! The promises of [`AccessTokens`](symbolon_domain::port::access_tokens::AccessTokens).
//!
//! `table` is the truth table of the product, row by row: what the link, a claim, the holder's view and the public
//! verification are in each state, as they are read back from the store.

mod claims;
mod duels;
mod finding;
mod granting;
mod immediately;
pub(crate) mod meeting;
mod opens;
mod races;
mod replacement;
mod reset_requests;
mod resets;
mod revocation;
mod table;
mod waiting;

pub use claims::*;
pub use duels::*;
pub use finding::*;
pub use granting::*;
pub use immediately::*;
pub use opens::*;
pub use races::*;
pub use replacement::*;
pub use reset_requests::*;
pub use resets::*;
pub use revocation::*;
pub use table::*;
pub use waiting::*;

use symbolon_domain::{
    access_token::{AccessToken, Refusal},
    port::access_tokens::Claim,
    social_profile::Connection,
};

use crate::{sample::now, scene::Stage};

/// Somebody connects and is refused for this reason, and nothing changes.
async fn refuses(stage: &Stage, token: &AccessToken, connection: &Connection, refusal: &Refusal) {
    let before = (stage.dossier(token).await, stage.shown().await);
    let claim = stage.claim(token, connection, now()).await;
    assert_eq!(claim, Claim::Refused(refusal.clone()));
    let after = (stage.dossier(token).await, stage.shown().await);
    assert_eq!(after, before, "a claim that is refused changes nothing");
}

/// Whoever claimed connects again, and nothing changes.
async fn knows(stage: &Stage, token: &AccessToken, connection: &Connection) {
    let before = (stage.dossier(token).await, stage.shown().await);
    assert_eq!(stage.claim(token, connection, now()).await, Claim::AlreadyYours);
    let after = (stage.dossier(token).await, stage.shown().await);
    assert_eq!(after, before, "to connect again changes nothing");
}
