//! `GET …/badges/{id}`: one recipient.

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use symbolon_domain::{permissions::Permission, service::reveal_access::RevealAccess};

use super::{badge_id, show_now};
use crate::{State, bearer::Authenticated, envelope, error::ApiError, present::BadgeObject};

/// A caller who may write gets the link too, recorded as shown; one who may only read does not.
pub(crate) async fn show(
    caller: Authenticated,
    state: Data<State>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, ApiError> {
    let recipient = badge_id(&path.1)?;
    let authority = caller.authority();
    if caller.0.require(Permission::Write).is_err() {
        return show_now(authority.organization().id, recipient, &state).await;
    }
    let reveal = RevealAccess { authority, recipient };
    let revealed = reveal.run(&state.ports).await?.ok_or(ApiError::NotFound)?;
    let object = BadgeObject::new(&revealed.dossier, revealed.secret.as_ref(), &state.public_url);
    envelope::single(StatusCode::OK, object)
}
