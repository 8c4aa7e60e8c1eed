//! Putting a successor in a token's place.

use symbolon_domain::{
    activity::Action,
    authorization_token::{AuthorizationToken, Standing},
    port::authorization_tokens::{Record, Rotation},
};

use crate::{
    Fixture,
    sample::{just_before, now},
    scene::{Scene, ok},
    standings::{barely_live, in_grace, out_of_service},
};

/// The current token is retired at that instant and loses its sealed copy, and nothing else; the successor reads back
/// equal and is live.
pub async fn rotation_retires_the_current_and_keeps_the_successor<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let bystander = scene.token().await;
    let current = barely_live(&scene).await;
    let successor = scene.samples.successor(&current);
    assert_eq!(scene.rotate(&current, &successor, now()).await, Rotation::Rotated);

    let retired = AuthorizationToken {
        rotated_at: Some(now()),
        sealed: None,
        ..current
    };
    assert_eq!(scene.stored(&retired).await, retired);
    assert_eq!(scene.stored(&successor).await, successor);
    assert_eq!(scene.owned(&retired).await.standing(now()), Standing::Rotated);
    assert_eq!(scene.owned(&successor).await.standing(now()), Standing::Live);
    assert_eq!(scene.stored(&bystander).await, bystander);
}

/// A clock that steps back does not revive what was rotated away.
pub async fn a_rotated_token_stays_rotated_when_the_clock_steps_back<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let current = scene.token().await;
    scene.rotated(&current).await;
    let earlier = just_before(now());
    let standing = scene.owned(&current).await.standing(earlier);
    assert_eq!(standing, Standing::Rotated);
    let again = scene.samples.successor(&current);
    assert_eq!(
        scene.rotate(&current, &again, earlier).await,
        Rotation::Refused(Standing::Rotated)
    );
}

/// The value of a token that was rotated away can no longer be shown.
pub async fn rotation_erases_the_sealed_copy<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for grace_until in [None, Some(now().plus_seconds(60))] {
        let current = scene.token().await;
        let successor = scene.samples.successor(&current);
        let rotation = scene
            .rotate_with_grace(&current, &successor, grace_until, now())
            .await;
        assert_eq!(rotation, Rotation::Rotated);
        assert_eq!(scene.stored(&current).await.sealed, None);
        assert_eq!(scene.stored(&successor).await.sealed, successor.sealed);
    }
}

/// The entry is the one that was given, whole, and there is one.
pub async fn rotation_appends_its_entry<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let current = scene.token().await;
    let before = scene.log().await;
    let successor = scene.samples.successor(&current);
    let mut entry = scene.samples.entry_by(&current, Action::TokenRotated);
    entry.about.other_token = Some(successor.id);
    let record = Record {
        entry: &entry,
        answer: None,
        notices: &[],
    };
    let rotation = scene
        .tokens
        .rotate(current.id, &successor, None, record, now())
        .await;
    assert_eq!(ok(rotation), Rotation::Rotated);
    assert_eq!(scene.log().await, [before, vec![entry]].concat());
}

/// Successors rotate in turn, and only the last of them is live.
pub async fn a_successor_rotates_in_turn<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let mut current = scene.token().await;
    for _ in 0..5 {
        let successor = scene.rotated(&current).await;
        assert_eq!(scene.owned(&current).await.standing(now()), Standing::Rotated);
        assert_eq!(scene.stored(&successor).await.rotated_from, Some(current.id));
        current = successor;
    }
    assert_eq!(scene.owned(&current).await.standing(now()), Standing::Live);
    assert_eq!(scene.stored(&current).await.generation, 5);
}

/// A token that is not live does not rotate, and is told its standing, from the very instant at which it changes.
pub async fn only_a_live_token_rotates<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let mut refused = out_of_service(&scene).await;
    refused.push((in_grace(&scene).await, Standing::Grace));
    for (token, standing) in refused {
        is_refused(&scene, &token, Rotation::Refused(standing)).await;
    }
    let live = scene.token().await;
    scene.cancel(scene.owner.id, now()).await;
    let cancelled = Rotation::Refused(Standing::OrganizationCancelled);
    is_refused(&scene, &live, cancelled).await;
}

/// A token that is not kept does not rotate.
pub async fn an_unknown_token_does_not_rotate<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let nobody = scene.sample();
    is_refused(&scene, &nobody, Rotation::Absent).await;
}

/// Whichever way a rotation fails, the token, its organization and the log are as they were, and there is no successor.
pub async fn failed_rotation_changes_nothing<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let current = scene.token().await;
    let winner = scene.rotated(&current).await;
    is_refused(&scene, &current, Rotation::Refused(Standing::Rotated)).await;

    // Not even one that fails because of its successor, whose digest another token has.
    let before = scene.shown().await;
    let mut successor = scene.samples.successor(&winner);
    successor.digest = current.digest;
    let entry = scene.samples.entry_by(&winner, Action::TokenRotated);
    let record = Record {
        entry: &entry,
        answer: None,
        notices: &[],
    };
    let rotation = scene
        .tokens
        .rotate(winner.id, &successor, None, record, now())
        .await;
    assert!(rotation.is_err(), "{rotation:?}");
    assert_eq!(scene.shown().await, before);
    assert_eq!(scene.owned(&winner).await.standing(now()), Standing::Live);
}

async fn is_refused<F: Fixture>(scene: &Scene<F>, current: &AuthorizationToken, wanted: Rotation) {
    let before = scene.shown().await;
    let successor = scene.samples.successor(current);
    let grace_until = Some(now().plus_seconds(60));
    for grace_until in [None, grace_until] {
        let rotation = scene
            .rotate_with_grace(current, &successor, grace_until, now())
            .await;
        assert_eq!(rotation, wanted);
    }
    assert!(!scene.is_kept(&successor).await, "an orphan is kept");
    assert_eq!(scene.shown().await, before);
}
