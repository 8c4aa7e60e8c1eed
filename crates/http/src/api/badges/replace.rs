//! `POST …/badges/{id}/replace`: revokes a credential, and issues another to the same person.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path, Payload},
};
use symbolon_domain::{
    service::replace_credential::{ReplaceCredential, ReplaceCredentialError},
    text::RevocationReason,
};

use super::{
    badge_id, hand_over,
    wish::{expiry, template},
};
use crate::{
    State, bearer::Authenticated, body::Body, error::ApiError, fields::Fields, repeatable::repeatable,
};

pub(crate) async fn replace(
    caller: Authenticated,
    state: Data<State>,
    path: Path<(String, String)>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, ApiError> {
    let recipient = badge_id(&path.1)?;
    let body = Body::read(&request, payload).await?;
    let repeatable = repeatable(&request, &body, state.ports.vault.as_ref())?;
    let mut fields = Fields::new(body.fields);
    fields.blank_is_not_given(&["issued_at", "expires_at", "reason"]);
    let replace = ReplaceCredential {
        authority: caller.authority(),
        recipient,
        template: fields.text("badge_template_id", template),
        issued_at: fields.instant("issued_at"),
        expiry: expiry(&mut fields),
        reason: fields.text("reason", RevocationReason::parse),
        suppress_mail: fields
            .boolean("suppress_badge_notification_email")
            .unwrap_or(false),
        request: repeatable,
    };
    fields.finish()?;
    let made = replace.run(&state.ports).await?;
    hand_over(StatusCode::CREATED, &made, &state)
}

impl From<ReplaceCredentialError> for ApiError {
    fn from(error: ReplaceCredentialError) -> Self {
        match error {
            ReplaceCredentialError::Absent => Self::NotFound,
            ReplaceCredentialError::TemplateAbsent => {
                Self::invalid("badge_template_id", "must be the id of a badge template of yours")
            }
            ReplaceCredentialError::ExpiryNotAfterIssue => {
                Self::invalid("expires_at", "must be after issued_at")
            }
            ReplaceCredentialError::Duplicate => Self::AlreadyIssued,
            ReplaceCredentialError::AlreadyRevoked => Self::CredentialRevoked,
            ReplaceCredentialError::KeyTaken => Self::IdempotencyKeyTaken,
            ReplaceCredentialError::OrganizationCancelled => Self::Unauthorized,
            ReplaceCredentialError::Fault(fault) => fault.into(),
        }
    }
}
