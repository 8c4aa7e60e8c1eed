//! `DELETE …/badge_templates/{id}`: removes a template on which nothing was issued.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};
use symbolon_domain::{port::templates::TemplateRemoval, service::change_template::DeleteTemplate};

use super::template_id;
use crate::{State, bearer::Authenticated, error::ApiError};

pub(crate) async fn delete(
    caller: Authenticated,
    state: Data<State>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, ApiError> {
    let id = template_id(&path.1)?;
    let authority = caller.authority();
    match (DeleteTemplate { authority, id }).run(&state.ports).await? {
        TemplateRemoval::Removed => Ok(HttpResponse::NoContent().finish()),
        TemplateRemoval::HasRecipients => Err(ApiError::HasRecipients),
        TemplateRemoval::Absent => Err(ApiError::NotFound),
    }
}
