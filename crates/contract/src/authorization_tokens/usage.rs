//! When a token was last used.

use symbolon_domain::{authorization_token::AuthorizationToken, port::authorization_tokens::TokenChange};

use crate::{
    Fixture,
    sample::{just_before, now},
    scene::{Scene, ok},
};

/// The last use moves forward and never backward, and nothing else of the token changes.
pub async fn the_last_use_moves_forward_only<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let token = scene.token().await;
    let later = now().plus_seconds(60);
    for (used_at, wanted) in [
        (now(), now()),
        (now(), now()),
        (just_before(now()), now()),
        (later, later),
        (now(), later),
    ] {
        ok(scene.tokens.record_use(&[(token.id, used_at)]).await);
        let used = AuthorizationToken {
            last_used_at: Some(wanted),
            ..token.clone()
        };
        assert_eq!(scene.used(&token).await, used);
    }
}

/// In one batch each token has an instant of its own; where one is named twice, the later counts, in either order.
pub async fn one_batch_moves_many_tokens<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (one, two, three) = (scene.token().await, scene.token().await, scene.token().await);
    let at = |seconds| now().plus_seconds(seconds);
    let uses = [(two.id, at(5)), (one.id, at(1)), (two.id, at(2)), (one.id, at(3))];
    ok(scene.tokens.record_use(&uses).await);
    assert_eq!(scene.used(&one).await.last_used_at, Some(at(3)));
    assert_eq!(scene.used(&two).await.last_used_at, Some(at(5)));
    assert_eq!(scene.used(&three).await, three);
}

/// Tokens that are not kept are passed over, however many, and those beside them are not.
pub async fn uses_of_unknown_tokens_are_passed_over<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let token = scene.token().await;
    let mut uses: Vec<_> = (0..500).map(|_| (scene.sample().id, now())).collect();
    uses.insert(250, (token.id, now()));
    ok(scene.tokens.record_use(&uses).await);
    assert_eq!(scene.used(&token).await.last_used_at, Some(now()));
}

/// A batch with nothing in it changes nothing.
pub async fn an_empty_batch_changes_nothing<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    scene.token().await;
    let before = scene.shown().await;
    ok(scene.tokens.record_use(&[]).await);
    assert_eq!(scene.shown().await, before);
}

/// A use is written after the fact, so it is kept also where the token was retired meanwhile, and revives nothing.
pub async fn the_last_use_of_a_retired_token_is_kept<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let token = scene.token().await;
    assert_eq!(scene.revoke(&token, now()).await, TokenChange::Changed);
    let revoked = scene.used(&token).await;
    ok(scene.tokens.record_use(&[(token.id, now())]).await);
    let used = AuthorizationToken {
        last_used_at: Some(now()),
        ..revoked
    };
    assert_eq!(scene.used(&token).await, used);
}
