//! The value of a token that was made just now, on its way to the one page that shows it: sealed, for this administrator
//! and for a short while.

use zeroize::Zeroizing;

use crate::{
    id::AuthorizationTokenId,
    port::Ports,
    secret::TokenSecret,
    service::{Fault, caller::SignedInAdministrator},
    time::Timestamp,
};

/// How long the page can be asked for, in seconds: 2 minutes.
pub const SHOW_SECONDS: i64 = 2 * 60;

/// Seals the value of a token for the next page.
///
/// # Errors
/// Where the vault cannot seal.
pub fn seal(
    ports: &Ports,
    administrator: &SignedInAdministrator,
    token: AuthorizationTokenId,
    secret: &TokenSecret,
) -> Result<Vec<u8>, Fault> {
    let until = ports.clock.now().plus_seconds(SHOW_SECONDS);
    let text = Zeroizing::new(format!(
        "{}{} {}",
        label(administrator, token),
        until.as_millis(),
        secret.expose()
    ));
    Ok(ports.vault.seal_note(text.as_bytes())?)
}

/// The value that was sealed so for this administrator and token, not too long ago.
#[must_use]
pub fn open(
    ports: &Ports,
    administrator: &SignedInAdministrator,
    token: AuthorizationTokenId,
    note: &[u8],
) -> Option<TokenSecret> {
    let opened = ports.vault.open_note(note)?;
    let text = std::str::from_utf8(&opened).ok()?;
    let (until, value) = text.strip_prefix(&label(administrator, token))?.split_once(' ')?;
    let until = Timestamp::from_millis(until.parse().ok()?);
    let is_good = until.is_ahead_of(ports.clock.now());
    is_good.then(|| TokenSecret::parse(value).ok()).flatten()
}

fn label(administrator: &SignedInAdministrator, token: AuthorizationTokenId) -> String {
    format!("token to show {} {token} ", administrator.id())
}
