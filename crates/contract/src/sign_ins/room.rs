//! How many sign-ins wait for one access token.

use symbolon_domain::{
    id::AccessTokenId,
    sign_in::{MAX_PENDING_PER_TOKEN, PendingSignIn},
};

use super::{begin, finish};
use crate::{
    Fixture,
    race::{duel_in_round, race},
    sample::now,
    scene::{Scene, Stage, ok},
};

/// The twenty-first for one token takes the place of the oldest; those of other tokens, and of none, stay.
pub async fn the_twenty_first_drops_the_oldest<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (new, other) = (scene.recipient().await, scene.recipient().await);
    let elsewhere = scene.samples.sign_in(Some(other.token.id));
    begin(&scene, &elsewhere).await;
    let nowhere = fill(&scene, None, MAX_PENDING_PER_TOKEN + 5).await;
    let sign_ins = fill(&scene, Some(new.token.id), MAX_PENDING_PER_TOKEN + 3).await;
    for (place, sign_in) in sign_ins.into_iter().enumerate() {
        let found = finish(&scene, &sign_in, now()).await;
        assert_eq!(found, (place >= 3).then_some(sign_in), "number {place}");
    }
    for kept in nowhere.into_iter().chain([elsewhere]) {
        assert_eq!(finish(&scene, &kept, now()).await, Some(kept));
    }
}

/// What has come to its end makes room: the twenty-first drops nothing where one was finished.
pub async fn what_is_finished_makes_room<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    let mut sign_ins = fill(&scene, Some(new.token.id), MAX_PENDING_PER_TOKEN).await;
    let finished = sign_ins.pop().expect("there are twenty");
    assert_eq!(finish(&scene, &finished, now()).await, Some(finished));
    sign_ins.extend(fill(&scene, Some(new.token.id), 1).await);
    for kept in sign_ins {
        assert_eq!(finish(&scene, &kept, now()).await, Some(kept));
    }
}

/// For a token that is not kept nothing is kept, and that is no error.
pub async fn nothing_is_kept_for_a_token_that_is_gone<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    assert!(scene.waits_for_sign_in(Some(new.token.id)).await);
    let waiting = scene.samples.sign_in(Some(new.token.id));
    begin(&scene, &waiting).await;
    scene.remove(&new).await;
    assert!(!scene.waits_for_sign_in(Some(new.token.id)).await);
    assert_eq!(finish(&scene, &waiting, now()).await, None);
    assert!(scene.waits_for_sign_in(None).await);
}

/// However many begin at once, twenty wait for a token at the end.
pub async fn however_many_begin_twenty_wait<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    let sign_ins: Vec<_> = (0..40)
        .map(|_| scene.samples.sign_in(Some(new.token.id)))
        .collect();
    race(40, |rival| {
        let scene = scene.clone();
        let place = usize::try_from(rival).unwrap_or(usize::MAX);
        let sign_in = sign_ins.get(place).cloned().expect("one for each rival");
        async move { begin(&scene, &sign_in).await }
    })
    .await;
    let mut waiting = 0;
    for sign_in in &sign_ins {
        if finish(&scene, sign_in, now()).await.is_some() {
            waiting += 1;
        }
    }
    assert_eq!(waiting, MAX_PENDING_PER_TOKEN);
}

/// A deletion and a sign-in that begins: nothing waits for the token after both.
pub async fn a_deletion_leaves_no_sign_in_behind<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for round in 0..20 {
        let new = scene.recipient().await;
        let sign_in = scene.samples.sign_in(Some(new.token.id));
        duel_in_round(
            round,
            {
                let (scene, sign_in) = (scene.clone(), sign_in.clone());
                async move { ok(scene.sign_ins.begin(&sign_in, now()).await) }
            },
            {
                let (scene, new) = (scene.clone(), new.clone());
                async move { assert!(scene.remove(&new).await) }
            },
        )
        .await;
        assert_eq!(finish(&scene, &sign_in, now()).await, None);
    }
}

/// Sign-ins begun one after the other, each a millisecond later, so that it is known which is the oldest.
async fn fill(stage: &Stage, token: Option<AccessTokenId>, number: usize) -> Vec<PendingSignIn> {
    let mut sign_ins = Vec::new();
    for millis in (0..).take(number) {
        let mut sign_in = stage.samples.sign_in(token);
        sign_in.expires_at = sign_in.expires_at.plus_millis(millis);
        begin(stage, &sign_in).await;
        sign_ins.push(sign_in);
    }
    sign_ins
}
