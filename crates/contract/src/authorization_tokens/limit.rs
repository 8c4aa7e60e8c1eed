//! How many live tokens an organization has at most.

use symbolon_domain::{
    authorization_token::MAX_LIVE_TOKENS,
    port::authorization_tokens::{Insertion, TokenChange},
};

use crate::{
    Fixture,
    sample::now,
    scene::{LIVE, Scene},
    standings::{in_grace, out_of_service},
};

/// Fifty are kept, the next is refused and changes nothing; when one is retired there is room for one.
pub async fn a_fifty_first_live_token_is_refused<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let first = scene.token().await;
    scene.fill(MAX_LIVE_TOKENS - 1).await;
    let before = scene.shown().await;
    let refused = scene.sample();
    assert_eq!(scene.insert(&refused, now()).await, Insertion::LimitReached);
    assert!(!scene.is_kept(&refused).await);
    assert_eq!(scene.shown().await, before);

    assert_eq!(scene.revoke(&first, now()).await, TokenChange::Changed);
    scene.keep(&refused).await;
    assert_eq!(
        scene.insert(&scene.sample(), now()).await,
        Insertion::LimitReached
    );
}

/// Only live tokens count: neither rotated nor revoked nor expired ones, nor those in their grace.
pub async fn tokens_that_are_not_live_do_not_count_towards_the_limit<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    out_of_service(&scene).await;
    in_grace(&scene).await;
    let live = scene.list(LIVE, now()).await.total_count;
    scene.fill(MAX_LIVE_TOKENS - live).await;
    assert_eq!(
        scene.insert(&scene.sample(), now()).await,
        Insertion::LimitReached
    );
}

/// The tokens of one organization take no room from another.
pub async fn every_organization_has_a_limit_of_its_own<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    scene.fill(MAX_LIVE_TOKENS).await;
    let other = scene.organization().await;
    scene.keep(&scene.samples.token(other.id)).await;
    assert_eq!(
        scene.insert(&scene.sample(), now()).await,
        Insertion::LimitReached
    );
}

/// A rotation takes away one live token and adds one, so it works at the limit, and leaves no room.
pub async fn rotation_works_at_the_limit<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let current = scene.token().await;
    scene.fill(MAX_LIVE_TOKENS - 1).await;
    scene.rotated(&current).await;
    assert_eq!(scene.list(LIVE, now()).await.total_count, MAX_LIVE_TOKENS);
    assert_eq!(
        scene.insert(&scene.sample(), now()).await,
        Insertion::LimitReached
    );
}
