//! `PUT …/badges/{id}/revoke`: revokes a credential. Access is another matter.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path, Payload},
};
use symbolon_domain::{
    port::recipients::RecipientChange, service::change_recipient::RevokeCredential, text::RevocationReason,
};

use super::{badge_id, show_now};
use crate::{State, bearer::Authenticated, body::Body, error::ApiError, fields::Fields};

/// A credential that is revoked already is as was asked for: a repeated request gets the same answer, and the first
/// reason stays.
pub(crate) async fn revoke(
    caller: Authenticated,
    state: Data<State>,
    path: Path<(String, String)>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, ApiError> {
    let recipient = badge_id(&path.1)?;
    let mut fields = Fields::new(Body::read(&request, payload).await?.fields);
    fields.blank_is_not_given(&["reason"]);
    let reason = fields.text("reason", RevocationReason::parse);
    fields.finish()?;
    let authority = caller.authority();
    let revoke = RevokeCredential {
        authority,
        recipient,
        reason,
    };
    match revoke.run(&state.ports).await? {
        RecipientChange::Changed | RecipientChange::Unchanged => {
            show_now(authority.organization().id, recipient, &state).await
        }
        RecipientChange::Absent => Err(ApiError::NotFound),
    }
}
