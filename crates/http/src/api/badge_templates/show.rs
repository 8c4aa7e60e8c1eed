//! `GET …/badge_templates/{id}`: one template.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};

use super::{show_now, template_id};
use crate::{State, bearer::Authenticated, error::ApiError};

pub(crate) async fn show(
    caller: Authenticated,
    state: Data<State>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, ApiError> {
    let organization = caller.authority().organization().id;
    show_now(organization, template_id(&path.1)?, &state).await
}
