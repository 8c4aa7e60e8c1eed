//! `DELETE …/authorization_tokens/{token_id}`: ends a token at once; the caller's own too.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use symbolon_domain::{
    authorization_token::AuthorizationToken, port::authorization_tokens::TokenChange,
    service::revoke_token::RevokeToken,
};

use super::token_id;
use crate::{State, bearer::Authenticated, error::ApiError, headers::note_served_until};

/// A token that is dead already is as dead as was asked for: a repeated request gets the same answer.
pub(crate) async fn revoke(
    caller: Authenticated,
    state: Data<State>,
    path: Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let id = token_id(&path.1)?;
    let own = &caller.0.owned.token;
    if id == own.id {
        // Should it fail, the answer is no 2xx, and the header says too little rather than too much.
        let revoked_at = Some(state.ports.clock.now());
        note_served_until(
            &request,
            &AuthorizationToken {
                revoked_at,
                ..own.clone()
            },
        );
    }
    match (RevokeToken {
        authority: caller.authority(),
        id,
    })
    .run(&state.ports)
    .await?
    {
        TokenChange::Changed | TokenChange::Refused(_) => Ok(HttpResponse::NoContent().finish()),
        TokenChange::Absent => Err(ApiError::NotFound),
    }
}

#[cfg(test)]
mod tests {
    use symbolon_domain::permissions::{Permission, Permissions};

    use crate::test_app::TestApp;

    #[actix_web::test]
    async fn a_revoked_token_is_refused_at_once() {
        let app = TestApp::start().await;
        let admin = app.organization("Acclaim").await;
        let other = app.sibling(&admin, Permissions::READ).await;
        let path = admin.tokens(&format!("/{}", other.id));
        let answer = app.delete(&path, &admin).await;
        answer.expect(204);
        assert_eq!(answer.text, "");
        let refused = app.get(&other.tokens("/current"), &other).await;
        refused.expect(401);
        assert_eq!(refused.code(), "token_revoked");
        // A repeated request has the same answer, and changes nothing.
        app.delete(&path, &admin).await.expect(204);
        let actions = app.actions(admin.organization).await;
        assert_eq!(actions.iter().filter(|name| **name == "token.revoked").count(), 1);
    }

    #[actix_web::test]
    async fn a_token_may_end_itself() {
        let app = TestApp::start().await;
        let admin = app.organization("Acclaim").await;
        let answer = app.delete(&admin.tokens(&format!("/{}", admin.id)), &admin).await;
        answer.expect(204);
        assert_eq!(answer.header("token-expires-at"), Some(&*app.now().to_string()));
        assert!(!app.is_served(&admin).await);
    }

    #[actix_web::test]
    async fn not_without_the_permission_nor_beyond_it_nor_elsewhere() {
        let app = TestApp::start().await;
        let admin = app.organization("Acclaim").await;
        let writer = app.sibling(&admin, Permissions::from_bits(3).unwrap()).await;
        let deleter = app
            .sibling(&admin, Permissions::NONE.with(Permission::Delete))
            .await;
        let other = app.organization("Other").await;
        let path = admin.tokens(&format!("/{}", writer.id));
        let lacking = app.delete(&path, &writer).await;
        lacking.expect(403);
        assert_eq!(lacking.code(), "permission_lacking");
        app.delete(&path, &deleter).await.expect(404);
        app.delete(&path, &other).await.expect(404);
        app.delete(&other.tokens(&format!("/{}", writer.id)), &other)
            .await
            .expect(404);
        assert!(app.is_served(&writer).await);
    }
}
