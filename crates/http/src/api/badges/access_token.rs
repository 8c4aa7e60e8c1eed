//! `…/badges/{id}/access_token`: shows, resets, revokes and replaces a recipient's access token.

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use symbolon_domain::{
    access_token::AccessState,
    port::access_tokens::AccessChange,
    service::{
        change_access::{ReplaceAccess, Replacing, ResetAccess, RevokeAccess},
        reveal_access::RevealAccess,
    },
};

use super::{badge_id, show_now};
use crate::{
    State,
    bearer::{Authenticated, Writing},
    envelope,
    error::ApiError,
    present::AccessTokenObject,
};

/// The value, recorded as shown before it is sent. Whoever may read recipients may not take their keys: this needs
/// write, though it is a GET.
pub(crate) async fn reveal(
    caller: Writing,
    state: Data<State>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, ApiError> {
    let recipient = badge_id(&path.1)?;
    let authority = caller.authority();
    let reveal = RevealAccess { authority, recipient };
    let revealed = reveal.run(&state.ports).await?.ok_or(ApiError::NotFound)?;
    let secret = revealed.secret.as_ref().ok_or(ApiError::AccessRevoked)?;
    let object = AccessTokenObject::new(&revealed.dossier.token, secret, &state.public_url);
    envelope::single(StatusCode::OK, object)
}

pub(crate) async fn reset(
    caller: Authenticated,
    state: Data<State>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, ApiError> {
    let recipient = badge_id(&path.1)?;
    let authority = caller.authority();
    done((ResetAccess { authority, recipient }).run(&state.ports).await?)?;
    show_now(authority.organization().id, recipient, &state).await
}

pub(crate) async fn revoke(
    caller: Authenticated,
    state: Data<State>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, ApiError> {
    let recipient = badge_id(&path.1)?;
    let authority = caller.authority();
    done((RevokeAccess { authority, recipient }).run(&state.ports).await?)?;
    show_now(authority.organization().id, recipient, &state).await
}

/// The new access token, with its value.
pub(crate) async fn replace(
    caller: Authenticated,
    state: Data<State>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, ApiError> {
    let recipient = badge_id(&path.1)?;
    let authority = caller.authority();
    match (ReplaceAccess { authority, recipient }).run(&state.ports).await? {
        Replacing::Replaced(token, secret) => {
            let object = AccessTokenObject::new(&token, &secret, &state.public_url);
            envelope::single(StatusCode::CREATED, object)
        }
        Replacing::Not(change) => Err(done(change).err().unwrap_or(ApiError::Internal)),
    }
}

/// Succeeds where the change was made, and says why it was not.
fn done(change: AccessChange) -> Result<(), ApiError> {
    match change {
        AccessChange::Changed => Ok(()),
        AccessChange::Refused(AccessState::Free | AccessState::Bound) => Err(ApiError::NotBound),
        AccessChange::Refused(AccessState::Revoked) => Err(ApiError::AccessRevoked),
        AccessChange::Refused(AccessState::Replaced) | AccessChange::Overtaken => Err(ApiError::Overtaken),
        AccessChange::CredentialRevoked => Err(ApiError::CredentialRevoked),
        AccessChange::Absent => Err(ApiError::NotFound),
    }
}
