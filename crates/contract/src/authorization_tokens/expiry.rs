//! The latch that keeps an expired token expired.

use symbolon_domain::{
    authorization_token::{AuthorizationToken, Standing},
    port::authorization_tokens::{Insertion, Rotation, TokenChange},
};

use crate::{
    Fixture,
    sample::{just_before, now},
    scene::{LIVE, Scene, ok},
};

/// Once a token was found expired it is expired at every instant, also where the clock has stepped back: for whoever
/// finds, lists, rotates, describes or revokes it, or has a token made with it.
pub async fn a_token_once_seen_expired_stays_expired<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let token = scene.token().await;
    let late = token.expires_at.plus_seconds(1);
    ok(scene.tokens.mark_expired(token.id, late).await);

    let marked = AuthorizationToken {
        expiry_seen_at: Some(late),
        ..token.clone()
    };
    let found = scene.owned(&token).await;
    assert_eq!(found.token, marked);
    assert_eq!(found.standing(now()), Standing::Expired);
    assert_eq!(scene.list(LIVE, now()).await.total_count, 0);

    let successor = scene.samples.successor(&token);
    let expired = Standing::Expired;
    let rotation = scene.rotate(&token, &successor, now()).await;
    assert_eq!(rotation, Rotation::Refused(expired));
    assert_eq!(
        scene.describe(&token, None, now()).await,
        TokenChange::Refused(expired)
    );
    assert_eq!(scene.revoke(&token, now()).await, TokenChange::Refused(expired));
    let insertion = scene.insert(&scene.sample_by(&token), now()).await;
    assert_eq!(insertion, Insertion::CallerRetired);
}

/// The first instant is kept, whichever comes later; the log has no part in it.
pub async fn the_first_sight_of_an_expiry_is_kept<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let token = scene.token().await;
    let log = scene.log().await;
    let first = token.expires_at.plus_seconds(1);
    for instant in [first, first.plus_seconds(1), just_before(first)] {
        ok(scene.tokens.mark_expired(token.id, instant).await);
        assert_eq!(scene.stored(&token).await.expiry_seen_at, Some(first));
    }
    assert_eq!(scene.log().await, log);
}

/// Only the token that is named is marked, and one that is not kept is passed over.
pub async fn no_other_token_is_marked_expired<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    scene.token().await;
    let before = scene.shown().await;
    ok(scene.tokens.mark_expired(scene.sample().id, now()).await);
    assert_eq!(scene.shown().await, before);
}
