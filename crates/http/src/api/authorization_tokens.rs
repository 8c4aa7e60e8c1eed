//! Authorization tokens: list, create, rotate, show, describe, revoke.

pub(super) mod create;
pub(super) mod current;
pub(super) mod describe;
pub(super) mod list;
pub(super) mod revoke;
pub(super) mod rotate;
pub(super) mod show;

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use symbolon_domain::{
    id::AuthorizationTokenId,
    service::{caller::Authority, create_token::MadeToken, show_token::ShowToken},
    text::{Description, TextError},
};

use crate::{State, envelope, error::ApiError, headers::IDEMPOTENCY_REPLAYED, present::TokenObject};

/// The id in a path; what is not an id names nothing.
fn token_id(text: &str) -> Result<AuthorizationTokenId, ApiError> {
    AuthorizationTokenId::parse(text).ok_or(ApiError::NotFound)
}

/// A description, where a blank one counts as none.
fn description(text: &str) -> Result<Option<Description>, TextError> {
    match Description::parse(text) {
        Ok(description) => Ok(Some(description)),
        Err(TextError::Empty) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The answer that hands over a token's value.
fn hand_over(status: StatusCode, made: &MadeToken, state: &State) -> Result<HttpResponse, ApiError> {
    let mut response = envelope::single(status, TokenObject::made(made, &state.public_url))?;
    if made.replayed {
        let replayed = actix_web::http::header::HeaderValue::from_static("true");
        response.headers_mut().insert(IDEMPOTENCY_REPLAYED, replayed);
    }
    Ok(response)
}

/// The answer that shows a token as it is now.
async fn show_now(
    authority: Authority<'_>,
    id: AuthorizationTokenId,
    state: &Data<State>,
) -> Result<HttpResponse, ApiError> {
    let shown = ShowToken { authority, id }
        .run(&state.ports)
        .await?
        .ok_or(ApiError::NotFound)?;
    let object = TokenObject::with_state(&shown, authority.organization(), &state.public_url);
    envelope::single(StatusCode::OK, object)
}
