//! `DELETE …/badges/{id}`: deletes a recipient, with their credential and personal data.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};
use symbolon_domain::service::change_recipient::DeleteRecipient;

use super::badge_id;
use crate::{State, bearer::Authenticated, error::ApiError};

pub(crate) async fn delete(
    caller: Authenticated,
    state: Data<State>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, ApiError> {
    let recipient = badge_id(&path.1)?;
    let authority = caller.authority();
    if (DeleteRecipient { authority, recipient })
        .run(&state.ports)
        .await?
    {
        Ok(HttpResponse::NoContent().finish())
    } else {
        Err(ApiError::NotFound)
    }
}
