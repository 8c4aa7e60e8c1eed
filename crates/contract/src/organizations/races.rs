//! What holds however many ask for the same at once.

use symbolon_domain::{
    activity::Action, organization::RevealPolicy, port::organizations::OrganizationChange,
};

use crate::{
    Fixture,
    race::{RIVALS, race},
    sample::now,
    scene::{Scene, count_of},
};

/// Of 64 cancellations one cancels, and its instant stays.
pub async fn cancellation_happens_once<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let changes = race(RIVALS, |rival| {
        let scene = scene.clone();
        async move {
            let at = now().plus_millis(i64::try_from(rival).unwrap_or_default());
            let change = scene.cancel(scene.owner.id, at).await;
            (change, scene.stored_organization(scene.owner.id).await)
        }
    })
    .await;
    happened_once(&scene, &changes, Action::OrganizationCancelled).await;
    let kept = scene.stored_organization(scene.owner.id).await;
    assert!(!kept.is_active());
    for (_, seen) in changes {
        assert_eq!(seen, kept);
    }
}

/// Of 64 reactivations one reactivates.
pub async fn reactivation_happens_once<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    scene.cancel(scene.owner.id, now()).await;
    let changes = race(RIVALS, |_| {
        let scene = scene.clone();
        async move { (scene.reactivate(scene.owner.id).await, ()) }
    })
    .await;
    happened_once(&scene, &changes, Action::OrganizationReactivated).await;
    let kept = scene.stored_organization(scene.owner.id).await;
    assert_eq!(kept, scene.owner);
}

/// Of 64 calls that set one reveal policy one changes it.
pub async fn the_reveal_policy_is_changed_once<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let changes = race(RIVALS, |_| {
        let scene = scene.clone();
        async move {
            let policy = RevealPolicy::Once;
            (scene.set_reveal_policy(scene.owner.id, policy).await, ())
        }
    })
    .await;
    happened_once(&scene, &changes, Action::RevealPolicyChanged).await;
}

async fn happened_once<F: Fixture, T>(scene: &Scene<F>, changes: &[(OrganizationChange, T)], action: Action) {
    let changes: Vec<_> = changes.iter().map(|(change, _)| *change).collect();
    assert_eq!(count_of(&changes, &OrganizationChange::Changed), 1);
    assert_eq!(count_of(&changes, &OrganizationChange::Unchanged), RIVALS - 1);
    assert_eq!(scene.logged(action).await, 1);
}
