//! `GET /v1/organizations/{organization_id}`.

use actix_web::{HttpResponse, http::StatusCode, web::Data};

use crate::{State, bearer::Authenticated, envelope, error::ApiError, present::OrganizationObject};

pub(crate) async fn show(caller: Authenticated, state: Data<State>) -> Result<HttpResponse, ApiError> {
    let own = OrganizationObject::new(caller.authority().organization(), &state.public_url);
    envelope::single(StatusCode::OK, own)
}

#[cfg(test)]
mod tests {
    use insta::assert_json_snapshot;

    use crate::test_app::TestApp;

    #[actix_web::test]
    async fn it_has_the_name_that_clients_read() {
        let app = TestApp::start().await;
        let admin = app.organization("Analytical Engines").await;
        let answer = app
            .get(&format!("/v1/organizations/{}", admin.organization), &admin)
            .await;
        answer.expect(200);
        assert_json_snapshot!(answer.json, {".data.id" => "[id]", ".data.url" => "[url]"});
    }
}
