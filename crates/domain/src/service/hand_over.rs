//! The note that carries a token from a mailed link to a clean URL: sealed, in a cookie, for 10 minutes.

use super::Fault;
use crate::{
    port::Ports,
    secret::{AccessSecret, OpenedSecret},
    time::Timestamp,
};

/// How long the note is good, in seconds: 10 minutes.
pub const HAND_OVER_SECONDS: i64 = 10 * 60;

/// Seals a token's value for the browser that opened the link.
///
/// What is no token gives a note of the same length that opens to nothing, so that nobody can tell by looking.
///
/// # Errors
/// Where the vault cannot seal.
pub fn seal(ports: &Ports, secret: Option<&AccessSecret>) -> Result<Vec<u8>, Fault> {
    let end = ports.clock.now().plus_seconds(HAND_OVER_SECONDS);
    let mut note = zeroize::Zeroizing::new(end.as_millis().to_be_bytes().to_vec());
    match secret {
        Some(secret) => note.extend_from_slice(secret.expose().as_bytes()),
        None => note.extend_from_slice(&[b'-'; AccessSecret::LENGTH]),
    }
    Ok(ports.vault.seal_note(&note)?)
}

/// What a browser brought back.
#[derive(Debug)]
pub enum HandedOver {
    /// A token's value.
    Secret(AccessSecret),
    /// What was opened was no token.
    NoToken,
    /// Nothing that is good any more: the note is too old, or not ours.
    Nothing,
}

/// Opens the note.
#[must_use]
pub fn open(ports: &Ports, sealed: &[u8]) -> HandedOver {
    let Some(note) = ports.vault.open_note(sealed) else {
        return HandedOver::Nothing;
    };
    let Some((end, text)) = note.split_first_chunk::<8>() else {
        return HandedOver::Nothing;
    };
    if !Timestamp::from_millis(i64::from_be_bytes(*end)).is_ahead_of(ports.clock.now()) {
        return HandedOver::Nothing;
    }
    let text = OpenedSecret::new(zeroize::Zeroizing::new(text.to_vec()));
    text.read().map_or(HandedOver::NoToken, HandedOver::Secret)
}
