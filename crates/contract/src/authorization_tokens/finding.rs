//! Ways that lead to one token.

use std::sync::Arc;

use symbolon_domain::{
    authorization_token::{OwnedToken, Standing},
    organization::RevealPolicy,
    sealed::TokenDigest,
};

use crate::{
    Fixture,
    sample::{key_id, now},
    scene::{Scene, ok},
};

/// A digest or id that is not kept leads to nothing.
pub async fn an_unknown_token_is_not_found<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    scene.token().await;
    let nobody = scene.sample();
    assert_eq!(ok(scene.tokens.find_by_digest(&nobody.digest).await), None);
    assert_eq!(ok(scene.tokens.find_by_id(nobody.id).await), None);
    assert_eq!(ok(scene.tokens.find(scene.owner.id, nobody.id).await), None);
}

/// A digest is all of its bytes and its pepper's name.
pub async fn a_digest_that_differs_anywhere_finds_nothing<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let token = scene.token().await;
    let other_pepper = TokenDigest {
        pepper: key_id("pepper02"),
        ..token.digest
    };
    assert_eq!(ok(scene.tokens.find_by_digest(&other_pepper).await), None);
    for place in 0..token.digest.bytes.len() {
        let mut digest = token.digest;
        if let Some(byte) = digest.bytes.get_mut(place) {
            *byte ^= 1;
        }
        assert_eq!(ok(scene.tokens.find_by_digest(&digest).await), None, "{place}");
    }
}

/// With the token comes its own organization, as it is at that moment.
pub async fn a_token_is_found_with_its_organization<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let token = scene.token().await;
    let foreign = scene.samples.token(other.id);
    scene.keep(&foreign).await;
    scene.set_reveal_policy(other.id, RevealPolicy::Once).await;
    scene.cancel(other.id, now()).await;

    for token in [&token, &foreign] {
        let found = scene.owned(token).await;
        let owner = scene.stored_organization(token.organization).await;
        assert_eq!(found.owner, owner);
        assert_eq!(
            ok(scene.tokens.find_by_id(token.id).await),
            Some((*found).clone())
        );
    }
    let standing = |found: Arc<OwnedToken>| found.standing(now());
    assert_eq!(standing(scene.owned(&token).await), Standing::Live);
    assert_eq!(
        standing(scene.owned(&foreign).await),
        Standing::OrganizationCancelled
    );
}

/// By its id and an organization a token is found only if that organization owns it.
pub async fn a_token_is_not_found_by_another_organization<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let token = scene.token().await;
    let other = scene.organization().await;
    assert_eq!(ok(scene.tokens.find(other.id, token.id).await), None);
    let nobody = scene.samples.organization();
    assert_eq!(ok(scene.tokens.find(nobody.id, token.id).await), None);
    assert_eq!(ok(scene.tokens.find(scene.owner.id, token.id).await), Some(token));
}

/// A token that is no longer good is found all the same: whoever shows it is told what became of it.
pub async fn a_retired_token_is_still_found<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for (token, standing) in crate::standings::out_of_service(&scene).await {
        assert_eq!(scene.owned(&token).await.standing(now()), standing);
        let found = ok(scene.tokens.find(scene.owner.id, token.id).await);
        assert_eq!(found, Some(scene.stored(&token).await));
    }
}
