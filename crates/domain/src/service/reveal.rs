//! Showing the values of tokens again: recorded in the activity log before anything is shown.

use super::{Fault, caller::Authority};
use crate::{
    activity::{About, Action},
    authorization_token::{AuthorizationToken, Standing},
    organization::RevealPolicy,
    permissions::Permission,
    port::{Ports, vault::VaultError},
    sealed::{SealBinding, SealPurpose, SealedSecret},
    secret::{Secret, TokenSecret},
    time::Timestamp,
};

/// A token as its owner may see it.
#[derive(Debug)]
pub struct ShownToken {
    /// The token.
    pub token: AuthorizationToken,
    /// What it is good for.
    pub standing: Standing,
    /// Its value, if it is live and the reveal policy allows to show it.
    pub secret: Option<TokenSecret>,
}

/// The tokens with their values where these may be shown.
///
/// A caller without the read permission changes tokens without seeing values. An administrator's lists show none: each is
/// asked for by itself. An operator sees none: the command line's output ends up in files and terminals' memories.
pub(super) async fn reveal(
    ports: &Ports,
    authority: Authority<'_>,
    tokens: Vec<AuthorizationToken>,
    now: Timestamp,
) -> Result<Vec<ShownToken>, Fault> {
    let may_see = match authority {
        Authority::Token(caller) => caller.require(Permission::Read).is_ok(),
        Authority::Administrator(_) | Authority::Mandate(_) | Authority::Operator(_) => false,
    };
    reveal_where(ports, authority, tokens, may_see, now).await
}

/// A token with its value where that may be shown, for somebody who asks for this very one.
pub(super) async fn reveal_one(
    ports: &Ports,
    authority: Authority<'_>,
    token: AuthorizationToken,
    now: Timestamp,
) -> Result<Option<ShownToken>, Fault> {
    Ok(reveal_where(ports, authority, vec![token], true, now)
        .await?
        .pop())
}

async fn reveal_where(
    ports: &Ports,
    authority: Authority<'_>,
    tokens: Vec<AuthorizationToken>,
    may_see: bool,
    now: Timestamp,
) -> Result<Vec<ShownToken>, Fault> {
    let owner = authority.organization();
    let may_reveal = may_see && owner.reveal_policy == RevealPolicy::Always;

    let mut shown = Vec::with_capacity(tokens.len());
    for token in tokens {
        let standing = token.standing(owner, now);
        let sealed = token
            .sealed
            .as_ref()
            .filter(|_| may_reveal && standing == Standing::Live);
        let secret = match sealed {
            Some(sealed) => match open(ports, sealed, &token.seal_binding(SealPurpose::Reveal)) {
                Ok(secret) => Some(secret),
                Err(error) => return Err(report(ports, authority, &token, error, now).await),
            },
            None => None,
        };
        shown.push(ShownToken {
            token,
            standing,
            secret,
        });
    }

    let revealed: Vec<_> = shown.iter().filter(|shown| shown.secret.is_some()).collect();
    if let Some(first) = revealed.first() {
        let about = About {
            token: (revealed.len() == 1).then_some(first.token.id),
            ..About::default()
        };
        let entry = authority.entry(ports, Action::TokenRevealed, about, now)?;
        ports.activity.append(&entry).await?;
    }
    Ok(shown)
}

/// Opens a sealed copy of a value of this kind.
pub(super) fn open<S: Secret>(
    ports: &Ports,
    sealed: &SealedSecret,
    binding: &SealBinding,
) -> Result<S, VaultError> {
    let opened = ports.vault.open(sealed, binding)?;
    opened.read().map_err(|_| VaultError::Unsealable)
}

/// Keeps that a sealed copy did not open, for it means that somebody changed the database.
async fn report(
    ports: &Ports,
    authority: Authority<'_>,
    token: &AuthorizationToken,
    error: VaultError,
    now: Timestamp,
) -> Fault {
    let entry = match authority.entry(ports, Action::IntegrityFailed, About::token(token.id), now) {
        Ok(entry) => entry,
        Err(fault) => return fault.into(),
    };
    match ports.activity.append(&entry).await {
        Ok(()) => error.into(),
        Err(fault) => fault.into(),
    }
}
