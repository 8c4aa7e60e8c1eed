//! Tokens in every standing, brought there by the acts that bring a token there.

use symbolon_domain::{
    authorization_token::{AuthorizationToken, Standing},
    port::authorization_tokens::{Rotation, TokenChange},
    time::Timestamp,
};

use crate::{
    Fixture,
    sample::{just_before, now},
    scene::{Scene, ok},
};

/// A live token in its last instant: at [`now`] it is good, a millisecond later it is not.
pub(crate) async fn barely_live<F: Fixture>(scene: &Scene<F>) -> AuthorizationToken {
    expiring(scene, now().plus_millis(1)).await
}

/// A token that is in its grace for one more instant.
pub(crate) async fn in_grace<F: Fixture>(scene: &Scene<F>) -> AuthorizationToken {
    let token = scene.token().await;
    rotate(scene, &token, Some(now().plus_millis(1))).await;
    token
}

/// Tokens that are no longer served at [`now`], in every way in which a token of an active organization can come to it.
pub(crate) async fn out_of_service<F: Fixture>(scene: &Scene<F>) -> Vec<(AuthorizationToken, Standing)> {
    let rotated = scene.token().await;
    rotate(scene, &rotated, None).await;

    let grace_over = scene.token().await;
    rotate(scene, &grace_over, Some(now())).await;

    let grace_beyond_expiry = expiring(scene, now()).await;
    rotate(scene, &grace_beyond_expiry, Some(now().plus_seconds(60))).await;

    let revoked = scene.token().await;
    assert_eq!(scene.revoke(&revoked, now()).await, TokenChange::Changed);

    let revoked_in_grace = in_grace(scene).await;
    assert_eq!(scene.revoke(&revoked_in_grace, now()).await, TokenChange::Changed);

    let expired = expiring(scene, now()).await;

    let seen_expired = scene.token().await;
    ok(scene.tokens.mark_expired(seen_expired.id, now()).await);

    vec![
        (rotated, Standing::Rotated),
        (grace_over, Standing::Rotated),
        (grace_beyond_expiry, Standing::Rotated),
        (revoked, Standing::Revoked),
        (revoked_in_grace, Standing::Revoked),
        (expired, Standing::Expired),
        (seen_expired, Standing::Expired),
    ]
}

async fn expiring<F: Fixture>(scene: &Scene<F>, expires_at: Timestamp) -> AuthorizationToken {
    let token = AuthorizationToken {
        created_at: now().plus_seconds(-24 * 60 * 60),
        expires_at,
        ..scene.sample()
    };
    scene.keep(&token).await;
    token
}

/// Rotated in the instant before [`now`], so that a grace until then is over.
async fn rotate<F: Fixture>(scene: &Scene<F>, token: &AuthorizationToken, grace_until: Option<Timestamp>) {
    let successor = scene.samples.successor(token);
    let rotation = scene
        .rotate_with_grace(token, &successor, grace_until, just_before(now()))
        .await;
    assert_eq!(rotation, Rotation::Rotated);
}
