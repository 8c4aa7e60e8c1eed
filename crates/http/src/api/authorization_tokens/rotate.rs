//! `POST …/authorization_tokens/rotate`: puts a successor in the place of the token that makes the request.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Payload},
};
use symbolon_domain::{
    authorization_token::{AuthorizationToken, Grace},
    idempotency::Repeatable,
    service::{
        authenticate::Bearer,
        rotate_token::{RotateToken, RotateTokenError},
    },
    text::Description,
};

use super::{description, hand_over};
use crate::{
    State, bearer::Rotating, body::Body, error::ApiError, fields::Fields, headers::note_served_until,
    repeatable::repeatable,
};

pub(crate) async fn rotate(
    Rotating(bearer): Rotating,
    state: Data<State>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, ApiError> {
    let (bearer, wish) = match (bearer, Wish::read(&request, payload, &state).await) {
        // Whatever else is wrong with the request: a token that was rotated away was shown.
        (Bearer::RotatedAway(away), Err(_)) => return Err(away.refuse(&state.ports).await.into()),
        (bearer, wish) => (bearer, wish?),
    };
    let old = match &bearer {
        Bearer::Served(caller) => caller.owned.token.clone(),
        Bearer::RotatedAway(away) => away.retired.token.clone(),
    };
    let Wish {
        description,
        grace,
        repeatable,
    } = wish;
    let made = RotateToken {
        bearer,
        description,
        grace,
        request: repeatable,
    }
    .run(&state.ports)
    .await
    .map_err(|error| match error {
        RotateTokenError::Refused(error) => error.into(),
        RotateTokenError::AlreadyRotated => ApiError::AlreadyRotated,
        RotateTokenError::KeyTaken => ApiError::IdempotencyKeyTaken,
    })?;
    if made.replayed {
        note_served_until(&request, &old);
    } else {
        let rotated_at = made.made.token.created_at;
        let grace_until = grace.map(|grace| grace.end(&old, rotated_at));
        let rotated = AuthorizationToken {
            rotated_at: Some(rotated_at),
            grace_until,
            ..old
        };
        note_served_until(&request, &rotated);
    }
    hand_over(StatusCode::OK, &made, &state)
}

/// What is asked for.
struct Wish {
    description: Option<Description>,
    grace: Option<Grace>,
    repeatable: Option<Repeatable>,
}

impl Wish {
    async fn read(request: &HttpRequest, payload: Payload, state: &State) -> Result<Self, ApiError> {
        let body = Body::read(request, payload).await?;
        let repeatable = repeatable(request, &body, state.ports.vault.as_ref())?;
        let mut fields = Fields::new(body.fields);
        let description = fields.text("description", description).flatten();
        let grace = fields.integer("grace_seconds").and_then(|seconds| {
            Grace::from_seconds(seconds).unwrap_or_else(|error| {
                fields.wrong("grace_seconds", error);
                None
            })
        });
        fields.finish()?;
        Ok(Self {
            description,
            grace,
            repeatable,
        })
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;
    use insta::assert_json_snapshot;
    use serde_json::json;
    use symbolon_domain::permissions::Permissions;

    use crate::test_app::{Key, TestApp};

    const SECOND: i64 = 1_000;
    const MINUTE: i64 = 60 * SECOND;

    async fn named(app: &TestApp, key: &Key, name: &str) -> crate::test_app::Answer {
        app.post_named(&key.tokens("/rotate"), key, name, json!({})).await
    }

    #[actix_web::test]
    async fn it_has_the_shape_of_the_seed() {
        let app = TestApp::start().await;
        let admin = app.organization("Acclaim").await;
        let body = json!({"description": "rotating the token in 2024"});
        let answer = app.post(&admin.tokens("/rotate"), &admin, body).await;
        answer.expect(200);
        assert_json_snapshot!(answer.json, {
            ".data.id" => "[id]",
            ".data.token" => "[token]",
            ".data.owner_id" => "[organization]",
            ".data.rotated_from" => "[old id]",
            ".data.owner.id" => "[organization]",
            ".data.owner.url" => "[url]",
        });
        assert_eq!(answer.json["data"]["rotated_from"], admin.id.to_string());
    }

    #[actix_web::test]
    async fn the_old_token_is_refused_at_once_and_the_new_one_is_like_it() {
        let app = TestApp::start().await;
        let admin = app.organization("Acclaim").await;
        let reader = app.sibling(&admin, Permissions::READ).await;
        app.advance(MINUTE);
        // As Open edX sends it: a slash at the end, a JSON type, and no body.
        let request = TestRequest::post()
            .uri(&reader.tokens("/rotate/"))
            .insert_header(("Authorization", reader.basic()))
            .insert_header(("Content-Type", "application/json"));
        let answer = app.send(request).await;
        answer.expect(200);
        let successor = reader.of(&answer);
        let data = &answer.json["data"];
        assert_eq!(data["description"], "A token for tests");
        assert_eq!(data["write_enabled"], false);
        assert_eq!(
            data["expires_at"],
            app.now().plus_millis(180 * 86_400 * SECOND).to_string()
        );
        assert_ne!(successor.value, reader.value);

        let old = app.get(&reader.tokens("/current"), &reader).await;
        old.expect(401);
        assert_eq!(old.code(), "token_revoked");
        assert!(app.is_served(&successor).await);
    }

    #[actix_web::test]
    async fn use_of_a_rotated_token_is_recorded() {
        let app = TestApp::start().await;
        let admin = app.organization("Acclaim").await;
        app.rotate(&admin).await.expect(200);
        for _ in 0..3 {
            app.get(&admin.tokens(""), &admin).await.expect(401);
        }
        app.rotate(&admin).await.expect(401);
        let kept = app.kept(admin.organization).await;
        assert_eq!(
            kept.iter()
                .find(|token| token.id == admin.id)
                .unwrap()
                .reuse_count,
            4
        );
        let actions = app.actions(admin.organization).await;
        assert_eq!(
            actions
                .iter()
                .filter(|name| **name == "token.reuse_detected")
                .count(),
            1
        );
    }

    #[actix_web::test]
    async fn a_bad_body_does_not_hide_the_use_of_a_rotated_token() {
        let app = TestApp::start().await;
        let admin = app.organization("Acclaim").await;
        app.rotate(&admin).await.expect(200);
        for (content_type, body) in [
            ("text/xml", "<a/>"),
            ("application/json", "{"),
            ("application/json", "{\"grace_seconds\":-1}"),
        ] {
            let request = TestRequest::post()
                .uri(&admin.tokens("/rotate"))
                .insert_header(("Authorization", admin.basic()))
                .insert_header(("Content-Type", content_type));
            app.send(request.set_payload(body)).await.expect(401);
        }
        let kept = app.kept(admin.organization).await;
        assert_eq!(
            kept.iter()
                .find(|token| token.id == admin.id)
                .unwrap()
                .reuse_count,
            3
        );
    }

    #[actix_web::test]
    async fn a_lost_answer_is_given_again() {
        let app = TestApp::start().await;
        let admin = app.organization("Acclaim").await;
        let first = named(&app, &admin, "r-1").await;
        first.expect(200);
        app.advance(10 * MINUTE - 1);
        let again = named(&app, &admin, "r-1").await;
        again.expect(200);
        assert_eq!(again.header("idempotency-replayed"), Some("true"));
        assert_eq!(again.text, first.text);
        assert_eq!(app.kept(admin.organization).await.len(), 2);
        assert!(!app.is_served(&admin).await);
        assert!(app.is_served(&admin.of(&first)).await);
    }

    #[actix_web::test]
    async fn it_is_not_given_again_once_the_successor_was_used() {
        let app = TestApp::start().await;
        let admin = app.organization("Acclaim").await;
        let successor = admin.of(&named(&app, &admin, "r-1").await);
        assert!(app.is_served(&successor).await);
        named(&app, &admin, "r-1").await.expect(401);
        assert!(
            app.actions(admin.organization)
                .await
                .contains(&"token.reuse_detected")
        );
    }

    #[actix_web::test]
    async fn a_first_use_counts_whatever_the_clock_says() {
        let app = TestApp::start().await;
        let admin = app.organization("Acclaim").await;
        let successor = admin.of(&named(&app, &admin, "r-1").await);
        // Another instance's clock is ahead, and the successor is used there.
        app.advance(11 * MINUTE);
        assert!(app.is_served(&successor).await);
        app.advance(-11 * MINUTE);
        named(&app, &admin, "r-1").await.expect(401);
    }

    #[actix_web::test]
    async fn the_answer_tells_that_the_old_token_is_over() {
        let app = TestApp::start().await;
        let admin = app.organization("Acclaim").await;
        let rotated_at = app.now().to_string();
        let first = named(&app, &admin, "r-1").await;
        assert_eq!(first.header("token-expires-at"), Some(&*rotated_at));
        app.advance(SECOND);
        let again = named(&app, &admin, "r-1").await;
        assert_eq!(again.header("token-expires-at"), Some(&*rotated_at));
    }

    #[actix_web::test]
    async fn it_is_not_given_again_after_ten_minutes_nor_under_another_key_or_body() {
        let app = TestApp::start().await;
        let admin = app.organization("Acclaim").await;
        named(&app, &admin, "r-1").await.expect(200);
        named(&app, &admin, "r-2").await.expect(401);
        let other_body = json!({"description": "another"});
        app.post_named(&admin.tokens("/rotate"), &admin, "r-1", other_body)
            .await
            .expect(401);
        app.rotate(&admin).await.expect(401);
        app.get(&admin.tokens("/current"), &admin).await.expect(401);
        app.advance(10 * MINUTE);
        named(&app, &admin, "r-1").await.expect(401);
    }

    #[actix_web::test]
    async fn it_is_not_given_again_once_the_successor_is_gone() {
        let app = TestApp::start().await;
        let admin = app.organization("Acclaim").await;
        let other = app.sibling(&admin, Permissions::ALL).await;
        let successor = admin.of(&named(&app, &admin, "r-1").await);
        app.delete(&admin.tokens(&format!("/{}", successor.id)), &other)
            .await
            .expect(204);
        named(&app, &admin, "r-1").await.expect(401);
    }

    #[actix_web::test]
    async fn a_key_that_named_a_creation_does_not_name_a_rotation() {
        let app = TestApp::start().await;
        let admin = app.organization("Acclaim").await;
        app.post_named(&admin.tokens(""), &admin, "k", json!({}))
            .await
            .expect(201);
        let taken = named(&app, &admin, "k").await;
        taken.expect(422);
        assert_eq!(taken.code(), "idempotency_key_taken");
        assert!(app.is_served(&admin).await);
    }

    #[actix_web::test]
    async fn a_grace_is_an_overlap_without_a_second_rotation() {
        let app = TestApp::start().await;
        let admin = app.organization("Acclaim").await;
        let body = json!({"grace_seconds": 60});
        let rotated = app
            .post_named(&admin.tokens("/rotate"), &admin, "g", body.clone())
            .await;
        let successor = admin.of(&rotated);
        assert_eq!(
            rotated.header("token-expires-at"),
            Some(&*app.now().plus_millis(MINUTE).to_string())
        );

        let overlapping = app.get(&admin.tokens("/current"), &admin).await;
        overlapping.expect(200);
        assert_eq!(overlapping.json["data"]["state"], "rotated");
        assert_eq!(
            overlapping.header("token-expires-at"),
            Some(&*app.now().plus_millis(MINUTE).to_string())
        );
        let second = app.rotate(&admin).await;
        second.expect(409);
        assert_eq!(second.code(), "already_rotated");
        // The lost answer is given again in the overlap too.
        let again = app.post_named(&admin.tokens("/rotate"), &admin, "g", body).await;
        assert_eq!(again.text, rotated.text);

        assert!(app.is_served(&successor).await);
        app.advance(MINUTE);
        assert!(!app.is_served(&admin).await);
        app.advance(-MINUTE);
        assert!(!app.is_served(&admin).await, "a clock stepping back revived it");
        for bad in [
            json!({"grace_seconds": -1}),
            json!({"grace_seconds": 604_801}),
            json!({"grace_seconds": "x"}),
        ] {
            let answer = app.post(&admin.tokens("/rotate"), &successor, bad).await;
            answer.expect(422);
            assert_eq!(answer.json["errors"][0]["field"], "grace_seconds");
        }
    }
}
