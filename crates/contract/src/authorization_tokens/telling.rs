//! Notices that tell of tokens: queued in the step that they tell of, or not at all.

use symbolon_domain::{
    activity::{Action, ActivityEntry},
    authorization_token::AuthorizationToken,
    notice::{Notice, NoticeSubject},
    port::{
        authorization_tokens::{Insertion, REUSE_ENTRY_SECONDS, REUSE_NOTICE_SECONDS, Record, Rotation},
        outbox::Attempt,
    },
    time::Timestamp,
};

use crate::{
    Fixture,
    race::{RIVALS, race},
    sample::{just_before, now},
    scene::{Scene, Stage, count, ok},
};

/// A new token is told of, as it was given; to whom is gone nothing is told, and the token is made all the same. A refused
/// insertion tells nothing.
pub async fn a_new_token_is_told_of<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let token = scene.sample();
    let entry = scene.samples.entry(scene.owner.id, Action::TokenCreated);
    let told = notice(&scene, NoticeSubject::TokenMade(token.id), now());
    let stranger = scene.samples.administrator(scene.owner.id);
    let lost = scene
        .samples
        .notice_to(&stranger, NoticeSubject::TokenMade(token.id));
    let notices = [told.clone(), lost];
    let record = Record {
        entry: &entry,
        answer: None,
        notices: &notices,
    };
    assert_eq!(
        ok(scene.tokens.insert(&token, record, now()).await),
        Insertion::Inserted
    );
    assert!(scene.is_kept(&token).await);
    assert_eq!(scene.unsent_of(scene.owner.id).await, std::slice::from_ref(&told));

    scene.cancel(scene.owner.id, now()).await;
    let refused = scene.sample();
    let untold = [notice(&scene, NoticeSubject::TokenMade(refused.id), now())];
    let entry = scene.samples.entry(scene.owner.id, Action::TokenCreated);
    let record = Record {
        entry: &entry,
        answer: None,
        notices: &untold,
    };
    let inserted = ok(scene.tokens.insert(&refused, record, now()).await);
    assert_eq!(inserted, Insertion::OrganizationCancelled);
    assert_eq!(scene.unsent_of(scene.owner.id).await, [told]);
}

/// A rotation is told of; of many at once, the one that wins.
pub async fn a_rotation_is_told_of_once<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let token = scene.token().await;
    let told = race(RIVALS, |_| {
        let (scene, token) = (scene.clone(), token.clone());
        async move {
            let successor = scene.samples.successor(&token);
            let entry = scene.samples.entry_by(&token, Action::TokenRotated);
            let notices = [notice(&scene, NoticeSubject::TokenMade(successor.id), now())];
            let record = Record {
                entry: &entry,
                answer: None,
                notices: &notices,
            };
            let rotation = ok(scene
                .tokens
                .rotate(token.id, &successor, None, record, now())
                .await);
            (rotation == Rotation::Rotated).then(|| notices.to_vec())
        }
    })
    .await;
    let told: Vec<Notice> = told.into_iter().flatten().flatten().collect();
    assert_eq!(told.len(), 1);
    assert_eq!(scene.unsent_of(scene.owner.id).await, told);
}

/// The first use is told of. Within a day of what was told nothing more is, though there are entries meanwhile, and
/// whatever became of the notice; then it is again, with the next entry.
pub async fn reuse_is_told_of_once_a_day<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let token = rotated_away(&scene).await;
    let next_day = now().plus_seconds(REUSE_NOTICE_SECONDS);
    let mut told = 0;
    for (used_at, is_told) in [
        (now(), true),
        (now(), false),
        (now().plus_seconds(REUSE_ENTRY_SECONDS), false),
        (just_before(next_day).plus_seconds(-REUSE_ENTRY_SECONDS), false),
        (next_day, true),
        (next_day.plus_seconds(REUSE_ENTRY_SECONDS), false),
    ] {
        let notice = reuse(&scene, &token, used_at).await;
        told += u64::from(is_told);
        let unsent = scene.unsent_of(scene.owner.id).await;
        assert_eq!(count(&unsent), told, "at {used_at}");
        assert_eq!(unsent.contains(&notice), is_told, "at {used_at}");
    }
    let other = rotated_away(&scene).await;
    let notice = reuse(&scene, &other, now()).await;
    ok(scene
        .notices
        .settle(notice.id, &Attempt::Sent { at: now() })
        .await);
    reuse(&scene, &other, now().plus_seconds(REUSE_ENTRY_SECONDS)).await;
    assert_eq!(
        count(&scene.unsent_of(scene.owner.id).await),
        told,
        "sent is told"
    );
}

/// Nothing is told where nothing is entered, and what is told of something else about the token hides nothing.
pub async fn reuse_is_told_of_with_its_entry<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let token = rotated_away(&scene).await;
    let other = notice(&scene, NoticeSubject::TokenExpires(token.id), now());
    ok(scene.notices.queue(&other).await);
    let entry = entry(&scene, &token, now());
    ok(scene.tokens.record_reuse(token.id, &entry, &[], now()).await);
    reuse(&scene, &token, now()).await;
    assert_eq!(scene.unsent_of(scene.owner.id).await, [other]);
    let later = now().plus_seconds(REUSE_ENTRY_SECONDS);
    let notice = reuse(&scene, &token, later).await;
    assert!(scene.unsent_of(scene.owner.id).await.contains(&notice));
}

/// Of many uses at once one is told of.
pub async fn many_reuses_at_once_are_told_of_once<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let token = rotated_away(&scene).await;
    race(RIVALS, |_| {
        let (scene, token) = (scene.clone(), token.clone());
        async move { reuse(&scene, &token, now()).await }
    })
    .await;
    assert_eq!(count(&scene.unsent_of(scene.owner.id).await), 1);
}

async fn rotated_away(stage: &Stage) -> AuthorizationToken {
    let token = stage.token().await;
    stage.rotated(&token).await;
    token
}

async fn reuse(stage: &Stage, token: &AuthorizationToken, used_at: Timestamp) -> Notice {
    let entry = entry(stage, token, used_at);
    let notice = notice(stage, NoticeSubject::TokenReused(token.id), used_at);
    let notices = std::slice::from_ref(&notice);
    ok(stage
        .tokens
        .record_reuse(token.id, &entry, notices, used_at)
        .await);
    notice
}

fn entry(stage: &Stage, token: &AuthorizationToken, at: Timestamp) -> ActivityEntry {
    ActivityEntry {
        at,
        ..stage.samples.entry_by(token, Action::TokenReuseDetected)
    }
}

fn notice(stage: &Stage, subject: NoticeSubject, at: Timestamp) -> Notice {
    Notice {
        created_at: at,
        due_at: at,
        ..stage.samples.notice(stage.owner.id, subject)
    }
}
