//! Answers that are kept for a while, and the keys they are kept under.

use symbolon_domain::{
    authorization_token::{AuthorizationToken, Standing},
    idempotency::StoredAnswer,
    port::authorization_tokens::{Insertion, Rotation},
    time::Timestamp,
};

use crate::{
    Fixture,
    race::race,
    sample::{just_before, now},
    scene::{Scene, ok},
};

/// Answers with and without a description, under the shortest and the longest key.
pub async fn a_stored_answer_reads_back_equal<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let caller = scene.token().await;
    let visible: String = ('!'..='~').collect();
    let (one, other) = visible.split_at(64);
    for (key, description) in [
        ("k", None),
        (one, scene.sample().description),
        (other, None),
        (&"k".repeat(64), scene.sample().description),
    ] {
        let token = AuthorizationToken {
            description,
            ..scene.sample_by(&caller)
        };
        let answer = StoredAnswer {
            expires_at: Timestamp::MAX,
            ..scene.samples.answer(caller.id, key, &token)
        };
        let insertion = scene.insert_answered(&token, &answer, now()).await;
        assert_eq!(insertion, Insertion::Inserted);
        assert_eq!(scene.stored_like(&answer, now()).await, Some(answer), "{key}");
    }
}

/// Keys are a caller's own, and upper and lower case are two keys.
pub async fn an_answer_is_found_under_its_caller_and_key_only<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (caller, other) = (scene.token().await, scene.token().await);
    let (token, answer) = scene.answered(&caller, "key").await;
    for (caller, key) in [
        (&caller, "KEY"),
        (&caller, "key2"),
        (&other, "key"),
        (&token, "key"),
    ] {
        let asked = scene.samples.answer(caller.id, key, &token);
        assert_eq!(scene.stored_like(&asked, now()).await, None, "{key}");
        scene.answered(caller, key).await;
    }
    assert_eq!(scene.stored_like(&answer, now()).await, Some(answer));
}

/// An answer is given strictly before its expiry.
pub async fn an_answer_ends_at_its_expiry<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let caller = scene.token().await;
    let (_, answer) = scene.answered(&caller, "key").await;
    let last = just_before(answer.expires_at);
    assert_eq!(scene.stored_like(&answer, last).await.as_ref(), Some(&answer));
    assert_eq!(scene.stored_like(&answer, answer.expires_at).await, None);
}

/// The same request gets the stored answer up to its last instant, and changes nothing.
pub async fn a_repeated_insertion_is_answered<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let caller = scene.token().await;
    let (_, stored) = scene.answered(&caller, "key").await;
    let before = scene.shown().await;
    let token = scene.sample_by(&caller);
    let again = StoredAnswer {
        request: stored.request.clone(),
        ..scene.samples.answer(caller.id, "key", &token)
    };
    let insertion = scene
        .insert_answered(&token, &again, just_before(stored.expires_at))
        .await;
    assert_eq!(insertion, Insertion::Answered(Box::new(stored.clone())));
    assert!(!scene.is_kept(&token).await);
    assert_eq!(scene.stored_like(&again, now()).await, Some(stored));
    assert_eq!(scene.shown().await, before);
}

/// Another request under the key gets the stored answer too, for the caller to see that it is for another request.
pub async fn another_insertion_under_the_same_key_is_answered<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let caller = scene.token().await;
    let (_, stored) = scene.answered(&caller, "key").await;
    let before = scene.shown().await;
    let token = scene.sample_by(&caller);
    let other = scene.samples.answer(caller.id, "key", &token);
    assert_ne!(other.request, stored.request);
    let insertion = scene.insert_answered(&token, &other, now()).await;
    assert_eq!(insertion, Insertion::Answered(Box::new(stored.clone())));
    assert_eq!(scene.stored_like(&other, now()).await, Some(stored));
    assert_eq!(scene.shown().await, before);
}

/// From the expiry of an answer on its key is free, whether or not the answer was removed, and holds the new answer.
pub async fn a_key_is_free_again_after_its_answer_expired<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let caller = scene.token().await;
    let (_, stored) = scene.answered(&caller, "key").await;
    let token = scene.sample_by(&caller);
    let later = StoredAnswer {
        expires_at: stored.expires_at.plus_seconds(60),
        ..scene.samples.answer(caller.id, "key", &token)
    };
    let insertion = scene.insert_answered(&token, &later, stored.expires_at).await;
    assert_eq!(insertion, Insertion::Inserted);
    assert_eq!(
        scene.stored_like(&later, stored.expires_at).await.as_ref(),
        Some(&later)
    );
    assert_eq!(ok(scene.tokens.forget_answers(stored.expires_at).await), 0);

    let successor = scene.samples.successor(&caller);
    let last = StoredAnswer {
        expires_at: Timestamp::MAX,
        ..scene.samples.answer(caller.id, "key", &successor)
    };
    let rotation = scene
        .rotate_answered(&caller, &successor, &last, later.expires_at)
        .await;
    assert_eq!(rotation, Rotation::Rotated);
    assert_eq!(
        scene.stored_like(&last, later.expires_at).await.as_ref(),
        Some(&last)
    );
}

/// A refused insertion keeps no answer either, so that its key stays free.
pub async fn a_refused_insertion_keeps_no_answer<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let caller = scene.token().await;
    let token = scene.sample_by(&caller);
    let answer = scene.samples.answer(caller.id, "key", &token);
    scene.cancel(scene.owner.id, now()).await;
    let insertion = scene.insert_answered(&token, &answer, now()).await;
    assert_eq!(insertion, Insertion::OrganizationCancelled);
    assert_eq!(scene.stored_like(&answer, now()).await, None);

    scene.reactivate(scene.owner.id).await;
    let insertion = scene.insert_answered(&token, &answer, now()).await;
    assert_eq!(insertion, Insertion::Inserted);
}

/// A rotation keeps its answer under the token that was rotated away, which may ask for it again.
pub async fn rotation_keeps_its_answer<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let current = scene.token().await;
    let successor = scene.samples.successor(&current);
    let answer = scene.samples.answer(current.id, "key", &successor);
    let rotation = scene.rotate_answered(&current, &successor, &answer, now()).await;
    assert_eq!(rotation, Rotation::Rotated);
    assert_eq!(scene.stored_like(&answer, now()).await, Some(answer));
}

/// A rotation under a key that holds another answer changes nothing; under a free key the token still rotates.
pub async fn a_rotation_under_a_taken_key_changes_nothing<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let current = scene.token().await;
    let (_, stored) = scene.answered(&current, "key").await;
    let before = scene.shown().await;
    let successor = scene.samples.successor(&current);
    let answer = scene.samples.answer(current.id, "key", &successor);
    let last = just_before(stored.expires_at);
    let rotation = scene.rotate_answered(&current, &successor, &answer, last).await;
    assert_eq!(rotation, Rotation::KeyTaken);
    assert!(!scene.is_kept(&successor).await);
    assert_eq!(scene.stored_like(&answer, now()).await, Some(stored));
    assert_eq!(scene.shown().await, before);

    let answer = scene.samples.answer(current.id, "free", &successor);
    let rotation = scene.rotate_answered(&current, &successor, &answer, now()).await;
    assert_eq!(rotation, Rotation::Rotated);
}

/// A token that can no longer rotate is told so, not that its key is taken: one who lost an answer sends the same again.
pub async fn a_lost_rotation_is_refused_before_its_key_is_judged<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let current = scene.token().await;
    let successor = scene.samples.successor(&current);
    let answer = scene.samples.answer(current.id, "key", &successor);
    let rotation = scene.rotate_answered(&current, &successor, &answer, now()).await;
    assert_eq!(rotation, Rotation::Rotated);

    let before = scene.shown().await;
    let second = scene.samples.successor(&current);
    let again = scene.samples.answer(current.id, "key", &second);
    let rotation = scene.rotate_answered(&current, &second, &again, now()).await;
    assert_eq!(rotation, Rotation::Refused(Standing::Rotated));
    let free = scene.samples.answer(current.id, "free", &second);
    let rotation = scene.rotate_answered(&current, &second, &free, now()).await;
    assert_eq!(rotation, Rotation::Refused(Standing::Rotated));

    assert_eq!(scene.stored_like(&answer, now()).await, Some(answer));
    assert_eq!(scene.stored_like(&free, now()).await, None);
    assert_eq!(scene.shown().await, before);
}

/// Exactly the expired answers are removed, and counted once however many ask.
pub async fn expired_answers_are_forgotten_and_counted<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let caller = scene.token().await;
    let (_, one) = scene.answered(&caller, "one").await;
    let (_, other) = scene.answered(&caller, "other").await;
    let token = scene.sample_by(&caller);
    let longer = StoredAnswer {
        expires_at: one.expires_at.plus_millis(1),
        ..scene.samples.answer(caller.id, "longer", &token)
    };
    scene.insert_answered(&token, &longer, now()).await;

    let early = just_before(one.expires_at);
    assert_eq!(ok(scene.tokens.forget_answers(early).await), 0);
    assert_eq!(one.expires_at, other.expires_at);
    let end = one.expires_at;
    let forgotten = race(8, |_| {
        let scene = scene.clone();
        async move { ok(scene.tokens.forget_answers(end).await) }
    })
    .await;
    assert_eq!(forgotten.iter().sum::<u64>(), 2);
    // Even a clock that steps back does not bring them back.
    for answer in [&one, &other] {
        assert_eq!(scene.stored_like(answer, early).await, None);
    }
    assert_eq!(scene.stored_like(&longer, end).await, Some(longer));
}
