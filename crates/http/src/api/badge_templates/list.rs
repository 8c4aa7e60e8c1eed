//! `GET …/badge_templates`: an organization's templates, newest first.

use actix_web::{HttpRequest, HttpResponse, web::Data};

use crate::{
    State, bearer::Authenticated, envelope, error::ApiError, list_query, present::BadgeTemplateObject,
};

pub(crate) async fn list(
    caller: Authenticated,
    state: Data<State>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let wanted = list_query::page(&request)?;
    let organization = caller.authority().organization().id;
    let page = state.ports.templates.list(organization, wanted).await?;
    let url = state
        .public_url
        .at(&format!("/v1/organizations/{organization}/badge_templates"));
    envelope::list(&page.map(|template| BadgeTemplateObject::new(&template)), &url)
}
