//! Retiring a token.

use symbolon_domain::{
    activity::Action,
    authorization_token::{AuthorizationToken, Standing},
    port::authorization_tokens::TokenChange,
};

use crate::{
    Fixture,
    sample::{just_before, now},
    scene::{LIVE, Scene, ok},
    standings::{barely_live, in_grace, out_of_service},
};

/// A token that is served is retired at that instant and loses its sealed copy, and nothing else.
pub async fn revocation_retires_a_token_and_erases_its_sealed_copy<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let bystander = scene.token().await;
    for token in [barely_live(&scene).await, in_grace(&scene).await] {
        let stored = scene.stored(&token).await;
        assert_eq!(scene.revoke(&token, now()).await, TokenChange::Changed);
        let found = scene.owned(&token).await;
        let revoked = AuthorizationToken {
            revoked_at: Some(now()),
            sealed: None,
            ..stored
        };
        assert_eq!(found.token, revoked);
        assert_eq!(found.standing(now()), Standing::Revoked);
        // Nor does a clock that steps back revive it.
        assert_eq!(found.standing(just_before(now())), Standing::Revoked);
        let live = scene.list(LIVE, just_before(now())).await;
        assert!(live.items.iter().all(|live| live.id != token.id));
    }
    assert_eq!(scene.stored(&bystander).await, bystander);
}

/// The entry is the one that was given, whole, and there is one.
pub async fn revocation_appends_its_entry<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let token = scene.token().await;
    let before = scene.log().await;
    let entry = scene.samples.entry_by(&token, Action::TokenRevoked);
    let change = scene.tokens.revoke(scene.owner.id, token.id, &entry, now()).await;
    assert_eq!(ok(change), TokenChange::Changed);
    assert_eq!(scene.log().await, [before, vec![entry]].concat());
}

/// A token that is no longer served is not revoked, is told its standing, and stays as it was.
pub async fn only_a_served_token_is_revoked<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for (token, standing) in out_of_service(&scene).await {
        let before = scene.shown().await;
        // A second later, so that an instant that was overwritten shows.
        let change = scene.revoke(&token, now().plus_seconds(1)).await;
        assert_eq!(change, TokenChange::Refused(standing));
        assert_eq!(scene.shown().await, before);
    }
    let live = scene.token().await;
    scene.cancel(scene.owner.id, now()).await;
    let before = scene.shown().await;
    let cancelled = TokenChange::Refused(Standing::OrganizationCancelled);
    assert_eq!(scene.revoke(&live, now()).await, cancelled);
    assert_eq!(scene.shown().await, before);
}

/// Another organization's token is absent, and so is one that is not kept.
pub async fn a_foreign_token_is_not_revoked<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let token = scene.token().await;
    let other = scene.organization().await;
    let nobody = scene.sample();
    let before = (scene.shown().await, scene.shown_of(other.id).await);
    for (organization, id) in [(other.id, token.id), (scene.owner.id, nobody.id)] {
        let entry = scene.samples.entry(organization, Action::TokenRevoked);
        let change = scene.tokens.revoke(organization, id, &entry, now()).await;
        assert_eq!(ok(change), TokenChange::Absent);
    }
    let after = (scene.shown().await, scene.shown_of(other.id).await);
    assert_eq!(after, before);
}
