//! Cancelling an organization, and taking it back.

use symbolon_domain::{
    activity::Action,
    authorization_token::Standing,
    organization::{Organization, RevealPolicy},
    port::organizations::OrganizationChange,
};

use crate::{
    Fixture,
    sample::now,
    scene::{Scene, ok},
    standings::{in_grace, out_of_service},
};

/// A cancelled organization says since when, and nothing else of it changes; nor does any other.
pub async fn cancelling_keeps_its_instant<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let change = scene.cancel(scene.owner.id, now()).await;
    assert_eq!(change, OrganizationChange::Changed);
    let cancelled = Organization {
        cancelled_at: Some(now()),
        ..scene.owner.clone()
    };
    assert_eq!(scene.stored_organization(scene.owner.id).await, cancelled);
    assert_eq!(scene.stored_organization(other.id).await, other);
}

/// The entries are the ones that were given, whole, and there is one for each change.
pub async fn cancelling_and_reactivating_append_their_entries<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let before = scene.log().await;
    let id = scene.owner.id;
    let cancelled = scene.samples.entry(id, Action::OrganizationCancelled);
    ok(scene.organizations.cancel(id, &cancelled, now()).await);
    let reactivated = scene.samples.entry(id, Action::OrganizationReactivated);
    ok(scene.organizations.reactivate(id, &reactivated).await);
    let wanted = [before, vec![cancelled, reactivated]].concat();
    assert_eq!(scene.log().await, wanted);
}

/// What is cancelled already, or active already, stays as it was, the first instant included, and nothing is written.
pub async fn doing_it_twice_changes_nothing<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let id = scene.owner.id;
    let before = scene.shown().await;
    assert_eq!(scene.reactivate(id).await, OrganizationChange::Unchanged);
    assert_eq!(scene.shown().await, before);

    assert_eq!(scene.cancel(id, now()).await, OrganizationChange::Changed);
    let before = scene.shown().await;
    let later = now().plus_seconds(60);
    assert_eq!(scene.cancel(id, later).await, OrganizationChange::Unchanged);
    assert_eq!(scene.shown().await, before);
}

/// An organization can be cancelled again after it was active again, with the new instant.
pub async fn a_reactivated_organization_can_be_cancelled_again<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let id = scene.owner.id;
    scene.cancel(id, now()).await;
    assert_eq!(scene.reactivate(id).await, OrganizationChange::Changed);
    assert_eq!(scene.stored_organization(id).await, scene.owner);
    let later = now().plus_seconds(60);
    assert_eq!(scene.cancel(id, later).await, OrganizationChange::Changed);
    let cancelled_at = scene.stored_organization(id).await.cancelled_at;
    assert_eq!(cancelled_at, Some(later));
}

/// An organization that is not kept is absent for every change, and nothing is written.
pub async fn an_unknown_organization_is_not_changed<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let nobody = scene.samples.organization();
    let before = (scene.shown().await, scene.shown_of(nobody.id).await);
    let absent = OrganizationChange::Absent;
    assert_eq!(scene.cancel(nobody.id, now()).await, absent);
    assert_eq!(scene.reactivate(nobody.id).await, absent);
    for policy in [RevealPolicy::Always, RevealPolicy::Once] {
        assert_eq!(scene.set_reveal_policy(nobody.id, policy).await, absent);
    }
    let after = (scene.shown().await, scene.shown_of(nobody.id).await);
    assert_eq!(after, before);
}

/// From the cancellation on no token of the organization is in good standing, at any instant; those of others are.
pub async fn cancelling_ends_the_good_standing_of_every_token<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let foreign = scene.samples.token(other.id);
    scene.keep(&foreign).await;
    let mut tokens = out_of_service(&scene).await;
    tokens.push((scene.token().await, Standing::Live));
    tokens.push((in_grace(&scene).await, Standing::Grace));
    scene.cancel(scene.owner.id, now()).await;
    for (token, _) in &tokens {
        for instant in [now(), now().plus_seconds(-60)] {
            let standing = scene.owned(token).await.standing(instant);
            assert_eq!(standing, Standing::OrganizationCancelled);
        }
    }
    assert_eq!(scene.owned(&foreign).await.standing(now()), Standing::Live);
}

/// When the organization is active again its tokens are as they were, in every part.
pub async fn reactivating_leaves_tokens_as_they_were<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let mut tokens = out_of_service(&scene).await;
    tokens.push((scene.token().await, Standing::Live));
    tokens.push((in_grace(&scene).await, Standing::Grace));
    let mut before = Vec::new();
    for (token, _) in &tokens {
        before.push(scene.owned(token).await);
    }
    scene.cancel(scene.owner.id, now()).await;
    scene.reactivate(scene.owner.id).await;
    for ((token, standing), before) in tokens.iter().zip(before) {
        let after = scene.owned(token).await;
        assert_eq!(after, before);
        assert_eq!(after.standing(now()), *standing);
    }
}
