//! `POST …/authorization_tokens`: makes a token with at most the caller's permissions.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Payload},
};
use symbolon_domain::{
    permissions::{Permission, Permissions},
    service::create_token::{CreateToken, CreateTokenError, LifeRequest},
};

use super::{description, hand_over};
use crate::{
    State, bearer::Authenticated, body::Body, error::ApiError, fields::Fields, repeatable::repeatable,
};

pub(crate) async fn create(
    caller: Authenticated,
    state: Data<State>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, ApiError> {
    let body = Body::read(&request, payload).await?;
    let repeatable = repeatable(&request, &body, state.ports.vault.as_ref())?;
    let authority = caller.authority();
    let mut fields = Fields::new(body.fields);
    let description = fields.text("description", description).flatten();
    let permissions = wanted(&mut fields, authority.permissions());
    let life = match (fields.instant("expires_at"), fields.integer("expires_in_days")) {
        (None, None) => LifeRequest::Default,
        (Some(end), None) => LifeRequest::Until(end),
        (None, Some(days)) => LifeRequest::Days(days),
        (Some(_), Some(_)) => {
            fields.wrong("expires_in_days", "must not be given together with expires_at");
            LifeRequest::Default
        }
    };
    fields.finish()?;

    let request = CreateToken {
        authority,
        description,
        permissions: Some(permissions),
        life,
        request: repeatable,
    };
    let made = request
        .run(&state.ports)
        .await
        .map_err(|error| refusal(error, life))?;
    hand_over(StatusCode::CREATED, &made, &state)
}

/// What the token shall be able to do: the caller's permissions, but for those that are named.
fn wanted(fields: &mut Fields, held: Permissions) -> Permissions {
    let named = [
        ("read_enabled", Permission::Read),
        ("write_enabled", Permission::Write),
        ("delete_enabled", Permission::Delete),
    ];
    named
        .into_iter()
        .fold(held, |set, (field, permission)| match fields.boolean(field) {
            Some(true) => set.with(permission),
            Some(false) => set.without(permission),
            None => set,
        })
}

fn refusal(error: CreateTokenError, life: LifeRequest) -> ApiError {
    match error {
        CreateTokenError::BeyondCaller => ApiError::BeyondCaller,
        CreateTokenError::NoPermissions => ApiError::invalid("read_enabled", error),
        CreateTokenError::Life(error) => match life {
            LifeRequest::Until(_) => ApiError::invalid("expires_at", error),
            LifeRequest::Days(_) | LifeRequest::Default => ApiError::invalid("expires_in_days", error),
        },
        CreateTokenError::LimitReached => ApiError::LimitReached,
        CreateTokenError::KeyTaken => ApiError::IdempotencyKeyTaken,
        CreateTokenError::CallerRetired => ApiError::TokenRevoked,
        CreateTokenError::OrganizationCancelled => ApiError::Unauthorized,
        CreateTokenError::Fault(fault) => fault.into(),
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;
    use insta::assert_json_snapshot;
    use serde_json::json;
    use symbolon_domain::permissions::Permissions;

    use crate::test_app::TestApp;

    #[actix_web::test]
    async fn it_has_the_shape_of_the_seed() {
        let app = TestApp::start().await;
        let admin = app.organization("Acclaim").await;
        let answer = app
            .post(
                &admin.tokens(""),
                &admin,
                json!({"description": "rotating the token in 2024"}),
            )
            .await;
        answer.expect(201);
        assert_json_snapshot!(answer.json, {
            ".data.id" => "[id]",
            ".data.token" => "[token]",
            ".data.owner_id" => "[organization]",
            ".data.owner.id" => "[organization]",
            ".data.owner.url" => "[url]",
        });
        assert!(app.is_served(&admin.of(&answer)).await);
        assert!(app.is_served(&admin).await);
    }

    #[actix_web::test]
    async fn real_clients_empty_bodies_will_do() {
        let app = TestApp::start().await;
        let admin = app.organization("Acclaim").await;
        for (path, content_type, body) in [
            (admin.tokens(""), Some("application/json"), ""),
            (admin.tokens("/"), None, ""),
            (
                admin.tokens("/"),
                Some("application/json"),
                r#"{"description":null,"no_such_field":[1]}"#,
            ),
        ] {
            let mut request = TestRequest::post()
                .uri(&path)
                .insert_header(("Authorization", admin.basic()));
            if let Some(content_type) = content_type {
                request = request.insert_header(("Content-Type", content_type));
            }
            let answer = app.send(request.set_payload(body)).await;
            answer.expect(201);
            assert!(answer.json["data"]["description"].is_null());
        }
    }

    #[actix_web::test]
    async fn nobody_gives_out_more_than_they_hold() {
        let app = TestApp::start().await;
        let admin = app.organization("Acclaim").await;
        let writer = app.sibling(&admin, Permissions::from_bits(3).unwrap()).await;
        let before = app.kept(admin.organization).await;
        let beyond = app
            .post(&admin.tokens(""), &writer, json!({"delete_enabled": true}))
            .await;
        beyond.expect(403);
        assert_eq!(beyond.code(), "permissions_beyond_caller");
        assert_eq!(app.kept(admin.organization).await, before);

        let same = app.post(&admin.tokens(""), &writer, json!({})).await;
        same.expect(201);
        let flags = ["read_enabled", "write_enabled", "delete_enabled"];
        assert_eq!(
            flags.map(|flag| same.json["data"][flag].clone()),
            [json!(true), json!(true), json!(false)]
        );
        let fewer = app
            .post(&admin.tokens(""), &writer, json!({"write_enabled": false}))
            .await;
        assert_eq!(fewer.json["data"]["write_enabled"], false);
        let none = json!({"read_enabled": false, "write_enabled": false});
        app.post(&admin.tokens(""), &writer, none).await.expect(422);
    }

    #[actix_web::test]
    async fn privileged_fields_have_no_effect() {
        let app = TestApp::start().await;
        let admin = app.organization("Acclaim").await;
        let other = app.organization("Other").await;
        let answer = app
            .post(
                &admin.tokens(""),
                &admin,
                json!({"id": admin.id.to_string(), "token": admin.value, "owner_id": other.organization.to_string(),
                    "created_at": "2001-01-01T00:00:00Z", "last_used_at": "2001-01-01", "generation": 9}),
            )
            .await;
        answer.expect(201);
        let data = &answer.json["data"];
        assert_ne!(data["id"], admin.id.to_string());
        assert_ne!(data["token"], json!(admin.value));
        assert_eq!(data["owner_id"], admin.organization.to_string());
        assert_eq!(data["created_at"], app.now().to_string());
        assert!(data["last_used_at"].is_null());
    }

    #[actix_web::test]
    async fn a_life_is_180_days_or_as_asked_for() {
        let app = TestApp::start().await;
        let admin = app.organization("Acclaim").await;
        let day = 86_400_000;
        let default = app.post(&admin.tokens(""), &admin, json!({})).await;
        assert_eq!(
            default.json["data"]["expires_at"],
            app.now().plus_millis(180 * day).to_string()
        );
        let days = app
            .post(&admin.tokens(""), &admin, json!({"expires_in_days": 1}))
            .await;
        assert_eq!(
            days.json["data"]["expires_at"],
            app.now().plus_millis(day).to_string()
        );
        let end = app.now().plus_millis(2 * day).to_string();
        let until = app
            .post(&admin.tokens(""), &admin, json!({"expires_at": end}))
            .await;
        assert_eq!(until.json["data"]["expires_at"], end);
        for bad in [
            json!({"expires_in_days": 0}),
            json!({"expires_in_days": -1}),
            json!({"expires_in_days": 367}),
            json!({"expires_in_days": 1_000_000_000}),
            json!({"expires_in_days": 9_223_372_036_854_775_808_u64}),
            json!({"expires_at": "1969-01-01"}),
            json!({"expires_at": "9999-12-31T23:59:59Z"}),
            json!({"expires_at": end, "expires_in_days": 2}),
        ] {
            let answer = app.post(&admin.tokens(""), &admin, bad.clone()).await;
            answer.expect(422);
            assert!(
                answer.json["errors"][0]["field"]
                    .as_str()
                    .unwrap()
                    .starts_with("expires_"),
                "{bad}"
            );
        }
    }

    #[actix_web::test]
    async fn the_fifty_first_is_refused() {
        let app = TestApp::start().await;
        let admin = app.organization("Acclaim").await;
        for _ in 1..50 {
            app.post(&admin.tokens(""), &admin, json!({})).await.expect(201);
        }
        let refused = app.post(&admin.tokens(""), &admin, json!({})).await;
        refused.expect(422);
        assert_eq!(refused.code(), "limit_reached");
        let successor = admin.of(&app.rotate(&admin).await);
        app.delete(&admin.tokens(&format!("/{}", successor.id)), &successor)
            .await
            .expect(204);
    }

    #[actix_web::test]
    async fn a_repeated_request_has_the_first_answer() {
        let app = TestApp::start().await;
        let admin = app.organization("Acclaim").await;
        let body = json!({"description": "for the importer"});
        let first = app
            .post_named(&admin.tokens(""), &admin, "k-1", body.clone())
            .await;
        first.expect(201);
        assert_eq!(first.header("idempotency-replayed"), None);

        // Neither a use, nor a description given since, nor the limit changes what is answered.
        let made = admin.of(&first);
        assert!(app.is_served(&made).await);
        app.ports.uses.flush(app.ports.tokens.as_ref()).await.unwrap();
        app.patch(
            &admin.tokens(&format!("/{}", made.id)),
            &admin,
            json!({"description": "x"}),
        )
        .await
        .expect(200);
        let again = app
            .post_named(&admin.tokens(""), &admin, "k-1", body.clone())
            .await;
        again.expect(201);
        assert_eq!(again.header("idempotency-replayed"), Some("true"));
        assert_eq!(again.text, first.text);
        assert_eq!(app.kept(admin.organization).await.len(), 2);

        let other = app.post_named(&admin.tokens(""), &admin, "k-1", json!({})).await;
        other.expect(422);
        assert_eq!(other.code(), "idempotency_key_taken");
        app.post_named(&admin.tokens(""), &made, "k-1", json!({}))
            .await
            .expect(201);
        app.advance(24 * 60 * 60 * 1_000);
        app.post_named(&admin.tokens(""), &admin, "k-1", json!({}))
            .await
            .expect(201);
    }

    #[actix_web::test]
    async fn a_repetition_is_recorded_and_not_judged_anew() {
        let app = TestApp::start().await;
        let admin = app.organization("Acclaim").await;
        let body = json!({"expires_at": app.now().plus_millis(86_400_000).to_string()});
        let first = app.post_named(&admin.tokens(""), &admin, "k", body.clone()).await;
        first.expect(201);
        // By now the expiry is less than a day ahead, which a new request could not ask for.
        app.advance(1_000);
        let again = app.post_named(&admin.tokens(""), &admin, "k", body).await;
        assert_eq!(again.text, first.text);
        assert_eq!(
            app.actions(admin.organization).await.last(),
            Some(&"token.creation_replayed")
        );
    }

    #[actix_web::test]
    async fn keys_that_are_none_are_refused() {
        let app = TestApp::start().await;
        let admin = app.organization("Acclaim").await;
        for key in ["", "a b", &"k".repeat(65)] {
            let answer = app.post_named(&admin.tokens(""), &admin, key, json!({})).await;
            answer.expect(422);
            assert_eq!(answer.json["errors"][0]["field"], "Idempotency-Key");
        }
    }
}
