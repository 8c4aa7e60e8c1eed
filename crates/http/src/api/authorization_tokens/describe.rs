//! `PATCH …/authorization_tokens/{token_id}`: changes what a live token is said to be for.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path, Payload},
};
use symbolon_domain::{port::authorization_tokens::TokenChange, service::describe_token::DescribeToken};

use super::{description, show_now, token_id};
use crate::{State, bearer::Authenticated, body::Body, error::ApiError, fields::Fields};

/// A blank description clears it; without one nothing changes, and the token is shown.
pub(crate) async fn describe(
    caller: Authenticated,
    state: Data<State>,
    path: Path<(String, String)>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, ApiError> {
    let body = Body::read(&request, payload).await?;
    let id = token_id(&path.1)?;
    let authority = caller.authority();
    let mut fields = Fields::new(body.fields);
    let given = fields.text("description", description);
    fields.finish()?;
    if let Some(description) = given {
        match (DescribeToken {
            authority,
            id,
            description,
        })
        .run(&state.ports)
        .await?
        {
            TokenChange::Changed => {}
            TokenChange::Refused(_) => return Err(ApiError::NotLive),
            TokenChange::Absent => return Err(ApiError::NotFound),
        }
    }
    show_now(authority, id, &state).await
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use symbolon_domain::permissions::{Permission, Permissions};

    use crate::test_app::TestApp;

    #[actix_web::test]
    async fn a_description_is_set_kept_and_cleared() {
        let app = TestApp::start().await;
        let admin = app.organization("Acclaim").await;
        let path = admin.tokens(&format!("/{}", admin.id));
        for (body, expected) in [
            (
                json!({"description": " Nightly import "}),
                json!("Nightly import"),
            ),
            (json!({"description": null}), json!("Nightly import")),
            (json!({}), json!("Nightly import")),
            (json!({"description": ""}), json!(null)),
        ] {
            let answer = app.patch(&path, &admin, body).await;
            answer.expect(200);
            assert_eq!(answer.json["data"]["description"], expected);
        }
        for bad in [
            json!({"description": "x".repeat(256)}),
            json!({"description": "a\u{7}"}),
            json!({"description": 1}),
        ] {
            let answer = app.patch(&path, &admin, bad).await;
            answer.expect(422);
            assert_eq!(answer.json["errors"][0]["field"], "description");
        }
    }

    #[actix_web::test]
    async fn who_may_not_read_changes_without_seeing_values() {
        let app = TestApp::start().await;
        let admin = app.organization("Acclaim").await;
        let only_write = Permissions::NONE.with(Permission::Write);
        let (writer, other) = (
            app.sibling(&admin, only_write).await,
            app.sibling(&admin, only_write).await,
        );
        let answer = app
            .patch(&admin.tokens(&format!("/{}", other.id)), &writer, json!({}))
            .await;
        answer.expect(200);
        assert!(answer.json["data"]["token"].is_null());
        assert!(!answer.text.contains(&other.value));
        assert!(!app.actions(admin.organization).await.contains(&"token.revealed"));
    }

    #[actix_web::test]
    async fn the_retired_and_the_hidden_stay_as_they_are() {
        let app = TestApp::start().await;
        let admin = app.organization("Acclaim").await;
        let writer = app.sibling(&admin, Permissions::from_bits(3).unwrap()).await;
        let successor = admin.of(&app.rotate(&admin).await);
        let before = app.kept(admin.organization).await;
        let body = json!({"description": "changed"});
        let retired = app
            .patch(&admin.tokens(&format!("/{}", admin.id)), &successor, body.clone())
            .await;
        retired.expect(409);
        assert_eq!(retired.code(), "not_live");
        app.patch(&admin.tokens(&format!("/{}", successor.id)), &writer, body)
            .await
            .expect(404);
        assert_eq!(app.kept(admin.organization).await, before);
    }
}
