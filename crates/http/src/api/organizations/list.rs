//! `GET /v1/organizations`: the organizations the caller may act for, which is its own.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use symbolon_domain::page::Page;

use crate::{
    State, bearer::Authenticated, envelope, error::ApiError, list_query, present::OrganizationObject,
};

pub(crate) async fn list(
    caller: Authenticated,
    state: Data<State>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let page = list_query::page(&request)?;
    let own = OrganizationObject::new(caller.authority().organization(), &state.public_url);
    let items = if page.number() == 1 { vec![own] } else { Vec::new() };
    let page = Page {
        request: page,
        items,
        total_count: 1,
    };
    envelope::list(&page, &state.public_url.at("/v1/organizations"))
}

#[cfg(test)]
mod tests {
    use crate::test_app::TestApp;

    #[actix_web::test]
    async fn a_caller_sees_its_own_organization() {
        let app = TestApp::start().await;
        let admin = app.organization("Analytical Engines").await;
        app.organization("Somebody Else").await;
        let answer = app.get("/v1/organizations", &admin).await;
        answer.expect(200);
        assert_eq!(answer.json["metadata"]["total_count"], 1);
        assert_eq!(answer.json["data"][0]["name"], "Analytical Engines");
        assert_eq!(answer.json["data"][0]["id"], admin.organization.to_string());
        let past = app.get("/v1/organizations?page=2", &admin).await;
        assert_eq!(past.json["data"].as_array().unwrap().len(), 0);
    }
}
