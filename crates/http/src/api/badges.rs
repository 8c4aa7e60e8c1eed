//! Badges: what the API calls recipients with their credential.

pub(super) mod access_token;
pub(super) mod batch;
pub(super) mod delete;
pub(super) mod email;
pub(super) mod issue;
pub(super) mod list;
pub(super) mod replace;
pub(super) mod revoke;
pub(super) mod show;

#[cfg(test)]
mod tests;
mod wish;

use actix_web::{HttpResponse, http::StatusCode};
use symbolon_domain::{
    id::{OrganizationId, RecipientId},
    service::issue_credentials::MadeCredential,
};

use crate::{State, envelope, error::ApiError, headers::IDEMPOTENCY_REPLAYED, present::BadgeObject};

/// The id in a path; what is not an id names nothing.
fn badge_id(text: &str) -> Result<RecipientId, ApiError> {
    RecipientId::parse(text).ok_or(ApiError::NotFound)
}

/// The answer that hands over a credential that was just issued, with its link.
fn hand_over(status: StatusCode, made: &MadeCredential, state: &State) -> Result<HttpResponse, ApiError> {
    let object = BadgeObject::new(&made.dossier, made.secret.as_ref(), &state.public_url);
    let mut response = envelope::single(status, object)?;
    if made.replayed {
        let replayed = actix_web::http::header::HeaderValue::from_static("true");
        response.headers_mut().insert(IDEMPOTENCY_REPLAYED, replayed);
    }
    Ok(response)
}

/// The answer that shows a recipient as they are now, without their link.
async fn show_now(
    organization: OrganizationId,
    id: RecipientId,
    state: &State,
) -> Result<HttpResponse, ApiError> {
    let found = state.ports.recipients.find(organization, id).await?;
    let dossier = found.ok_or(ApiError::NotFound)?;
    envelope::single(
        StatusCode::OK,
        BadgeObject::new(&dossier, None, &state.public_url),
    )
}
