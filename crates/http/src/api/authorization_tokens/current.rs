//! `GET …/authorization_tokens/current`: what am I? The light call that a gateway makes to verify a token.

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use symbolon_domain::authorization_token::OwnedToken;

use crate::{State, bearer::Authenticated, envelope, error::ApiError, present::TokenObject};

/// Shows the caller's token as it was found good, without another question to the store, and without its value:
/// whoever asks has it.
pub(crate) async fn current(
    Authenticated(caller): Authenticated,
    state: Data<State>,
) -> Result<HttpResponse, ApiError> {
    let OwnedToken { token, owner } = &*caller.owned;
    let object = TokenObject::in_standing(token, caller.standing, owner, &state.public_url);
    envelope::single(StatusCode::OK, object)
}

#[cfg(test)]
mod tests {
    use symbolon_domain::{permissions::Permissions, service::create_token::LifeRequest};

    use crate::test_app::TestApp;

    #[actix_web::test]
    async fn it_tells_what_the_token_is_and_not_its_value() {
        let app = TestApp::start().await;
        let admin = app.organization("Acclaim").await;
        let answer = app.get(&admin.tokens("/current"), &admin).await;
        answer.expect(200);
        assert_eq!(answer.json["data"]["id"], admin.id.to_string());
        assert_eq!(answer.json["data"]["delete_enabled"], true);
        assert!(answer.json["data"]["token"].is_null());
        assert_eq!(answer.json["data"]["owner"]["name"], "Acclaim");
        assert_eq!(
            answer.header("token-expires-at"),
            answer.json["data"]["expires_at"].as_str()
        );
    }

    #[actix_web::test]
    async fn good_until_the_millisecond_it_expires_and_never_again() {
        let app = TestApp::start().await;
        let admin = app.organization("Acclaim").await;
        let owner = app.owner(&admin).await;
        let token = app.token(&owner, Permissions::READ, LifeRequest::Days(1)).await;
        app.advance(86_400_000 - 1);
        assert!(app.is_served(&token).await);
        app.advance(1);
        let expired = app.get(&token.tokens("/current"), &token).await;
        expired.expect(401);
        assert_eq!(expired.code(), "token_expired");
        app.advance(-3_600_000);
        assert!(!app.is_served(&token).await, "a clock stepping back revived it");
    }

    #[actix_web::test]
    async fn uses_are_written_in_batches() {
        let app = TestApp::start().await;
        let admin = app.organization("Acclaim").await;
        assert!(app.is_served(&admin).await);
        let before = app.get(&admin.tokens("/current"), &admin).await;
        assert!(before.json["data"]["last_used_at"].is_null());
        let used_at = app.now().to_string();
        assert_eq!(app.ports.uses.flush(app.ports.tokens.as_ref()).await.unwrap(), 1);
        assert_eq!(app.ports.uses.flush(app.ports.tokens.as_ref()).await.unwrap(), 0);
        app.advance(1);
        let after = app.get(&admin.tokens("/current"), &admin).await;
        assert_eq!(after.json["data"]["last_used_at"], used_at);
    }

    #[actix_web::test]
    async fn a_program_that_calls_all_day_has_its_uses_written_twice_a_minute() {
        let app = TestApp::start().await;
        let admin = app.organization("Acclaim").await;
        let flush = async || app.ports.uses.flush(app.ports.tokens.as_ref()).await.unwrap();
        assert!(app.is_served(&admin).await);
        assert_eq!(flush().await, 1);
        app.advance(29_999);
        assert!(app.is_served(&admin).await);
        assert_eq!(flush().await, 0);
        app.advance(1);
        assert!(app.is_served(&admin).await);
        assert_eq!(flush().await, 1);
        assert!(app.is_served(&admin).await);
        assert_eq!(flush().await, 0);
    }
}
