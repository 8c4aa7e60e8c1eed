//! Uses of a token that was rotated away: each is counted, and one an hour stands in the log.

use symbolon_domain::{
    activity::{Action, ActivityEntry},
    authorization_token::AuthorizationToken,
    port::authorization_tokens::REUSE_ENTRY_SECONDS,
    time::Timestamp,
};

use crate::{
    Fixture,
    race::{RIVALS, race},
    sample::{just_before, now},
    scene::{Scene, ok},
};

/// The first use is counted and stands in the log, as it was given; nothing else of the token changes.
pub async fn the_first_reuse_is_counted_and_entered<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let token = rotated_away(&scene).await;
    let (stored, log) = (scene.stored(&token).await, scene.log().await);
    let entry = entry(&scene, &token, now());
    ok(scene.tokens.record_reuse(token.id, &entry, &[], now()).await);
    let reused = AuthorizationToken {
        reuse_count: 1,
        ..stored
    };
    assert_eq!(scene.stored(&token).await, reused);
    assert_eq!(scene.log().await, [log, vec![entry]].concat());
}

/// Within an hour of an entry further uses are only counted. The hour runs from the entry, not from the last use, and
/// is over when it is full.
pub async fn reuse_within_an_hour_of_an_entry_is_only_counted<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let token = rotated_away(&scene).await;
    let second = now().plus_seconds(REUSE_ENTRY_SECONDS);
    let third = second.plus_seconds(REUSE_ENTRY_SECONDS);
    let mut uses = 0;
    for (used_at, entries) in [
        (now(), 1),
        (now(), 1),
        (now().plus_seconds(REUSE_ENTRY_SECONDS / 2), 1),
        (just_before(second), 1),
        (second, 2),
        (just_before(third), 2),
        (third, 3),
    ] {
        reuse(&scene, &token, used_at).await;
        uses += 1;
        assert_eq!(scene.stored(&token).await.reuse_count, uses);
        let entered = scene.logged(Action::TokenReuseDetected).await;
        assert_eq!(entered, entries, "at {used_at}");
    }
}

/// What is entered for one token keeps nothing of another out of the log.
pub async fn every_token_has_an_hour_of_its_own<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (one, other) = (rotated_away(&scene).await, rotated_away(&scene).await);
    for token in [&one, &other, &one, &other] {
        reuse(&scene, token, now()).await;
    }
    assert_eq!(scene.logged(Action::TokenReuseDetected).await, 2);
    for token in [&one, &other] {
        assert_eq!(scene.stored(token).await.reuse_count, 2);
    }
}

/// Other entries about the token do not count as entries for reuse.
pub async fn other_entries_do_not_hide_a_reuse<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let token = rotated_away(&scene).await;
    let other = scene.samples.entry_by(&token, Action::RotationReplayed);
    ok(scene.activity.append(&other).await);
    reuse(&scene, &token, now()).await;
    assert_eq!(scene.logged(Action::TokenReuseDetected).await, 1);
}

/// Of many uses at once each is counted, and one stands in the log.
pub async fn many_reuses_at_once_are_counted_and_entered_once<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let token = rotated_away(&scene).await;
    race(RIVALS, |_| {
        let (scene, token) = (scene.clone(), token.clone());
        async move { reuse(&scene, &token, now()).await }
    })
    .await;
    assert_eq!(scene.stored(&token).await.reuse_count, RIVALS);
    assert_eq!(scene.logged(Action::TokenReuseDetected).await, 1);
}

async fn rotated_away<F: Fixture>(scene: &Scene<F>) -> AuthorizationToken {
    let token = scene.token().await;
    scene.rotated(&token).await;
    token
}

async fn reuse<F: Fixture>(scene: &Scene<F>, token: &AuthorizationToken, used_at: Timestamp) {
    let entry = entry(scene, token, used_at);
    ok(scene.tokens.record_reuse(token.id, &entry, &[], used_at).await);
}

fn entry<F: Fixture>(scene: &Scene<F>, token: &AuthorizationToken, at: Timestamp) -> ActivityEntry {
    ActivityEntry {
        at,
        ..scene.samples.entry_by(token, Action::TokenReuseDetected)
    }
}
