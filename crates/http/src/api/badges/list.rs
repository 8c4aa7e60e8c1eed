//! `GET …/badges`: an organization's recipients.

use actix_web::{HttpRequest, HttpResponse, web::Data};

use crate::{
    State, bearer::Authenticated, envelope, error::ApiError, list_query::RecipientQuery, present::BadgeObject,
};

/// Links are left out: a list that shows every recipient's key would be read far too easily.
pub(crate) async fn list(
    caller: Authenticated,
    state: Data<State>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let query = RecipientQuery::parse(&request)?;
    let organization = caller.authority().organization().id;
    let page = state
        .ports
        .recipients
        .list(organization, &query.filter, query.order, query.page)
        .await?;
    let mut url = state
        .public_url
        .at(&format!("/v1/organizations/{organization}/badges"));
    query.write(&mut url);
    envelope::list(
        &page.map(|dossier| BadgeObject::new(&dossier, None, &state.public_url)),
        &url,
    )
}
