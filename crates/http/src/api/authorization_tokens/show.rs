//! `GET …/authorization_tokens/{token_id}`: one token, retired ones included.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};

use super::{show_now, token_id};
use crate::{State, bearer::Authenticated, error::ApiError};

pub(crate) async fn show(
    caller: Authenticated,
    state: Data<State>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, ApiError> {
    show_now(caller.authority(), token_id(&path.1)?, &state).await
}

#[cfg(test)]
mod tests {
    use symbolon_domain::permissions::Permissions;

    use crate::test_app::TestApp;

    #[actix_web::test]
    async fn what_is_beyond_the_caller_is_not_there() {
        let app = TestApp::start().await;
        let admin = app.organization("Acclaim").await;
        let reader = app.sibling(&admin, Permissions::READ).await;
        let other = app.organization("Other").await;
        let own = app.get(&admin.tokens(&format!("/{}", reader.id)), &reader).await;
        own.expect(200);
        assert_eq!(own.json["data"]["token"], reader.value);
        assert_eq!(own.json["data"]["state"], "live");

        let missing = app
            .get(&admin.tokens("/00000000-0000-7000-8000-000000000000"), &reader)
            .await;
        missing.expect(404);
        for path in [
            admin.tokens(&format!("/{}", admin.id)),
            admin.tokens(&format!("/{}", other.id)),
            other.tokens(&format!("/{}", other.id)),
            admin.tokens("/nonsense"),
            "/v1/organizations/nonsense/authorization_tokens".to_owned(),
        ] {
            let answer = app.get(&path, &reader).await;
            answer.expect(404);
            assert_eq!(answer.text, missing.text, "{path}");
        }
    }
}
