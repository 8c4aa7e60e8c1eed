//! The overlap in which a token that was rotated away is still served.

use symbolon_domain::{
    authorization_token::{AuthorizationToken, Standing},
    port::authorization_tokens::{Rotation, TokenChange},
};

use crate::{
    Fixture,
    sample::{just_before, now},
    scene::{LIVE, Scene},
    standings::in_grace,
};

/// Rotated with a grace, a token is served strictly before its end.
pub async fn a_rotated_token_is_served_until_its_grace_ends<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let current = scene.token().await;
    let successor = scene.samples.successor(&current);
    let end = now().plus_seconds(60);
    let rotation = scene
        .rotate_with_grace(&current, &successor, Some(end), now())
        .await;
    assert_eq!(rotation, Rotation::Rotated);

    let retired = AuthorizationToken {
        rotated_at: Some(now()),
        grace_until: Some(end),
        sealed: None,
        ..current
    };
    let found = scene.owned(&retired).await;
    assert_eq!(found.token, retired);
    assert_eq!(found.standing(now()), Standing::Grace);
    assert_eq!(found.standing(just_before(end)), Standing::Grace);
    assert_eq!(found.standing(end), Standing::Rotated);
    assert_eq!(scene.list(LIVE, now()).await.items, [successor]);
}

/// Without a grace it is served no more, from that instant on.
pub async fn without_grace_a_rotated_token_is_served_no_more<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let current = scene.token().await;
    scene.rotated(&current).await;
    let found = scene.owned(&current).await;
    assert_eq!(found.token.grace_until, None);
    assert_eq!(found.standing(now()), Standing::Rotated);
}

/// In its grace a token has been rotated once and does not rotate again.
pub async fn a_token_in_grace_does_not_rotate_again<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let current = in_grace(&scene).await;
    let before = scene.shown().await;
    let second = scene.samples.successor(&current);
    assert_eq!(
        scene.rotate(&current, &second, now()).await,
        Rotation::Refused(Standing::Grace)
    );
    assert!(!scene.is_kept(&second).await);
    assert_eq!(scene.shown().await, before);
}

/// A token in its grace can be revoked, which ends the grace at once and leaves its successor alone.
pub async fn a_token_in_grace_can_be_revoked<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let current = scene.token().await;
    let successor = scene.samples.successor(&current);
    let end = Some(now().plus_seconds(60));
    scene.rotate_with_grace(&current, &successor, end, now()).await;
    assert_eq!(scene.revoke(&current, now()).await, TokenChange::Changed);
    assert_eq!(scene.owned(&current).await.standing(now()), Standing::Revoked);
    assert_eq!(scene.stored(&successor).await, successor);
}
