//! Sessions end: by their browser, by another sign-in in it, by time.

use symbolon_domain::session::{ABSOLUTE_SECONDS, IDLE_SECONDS, Session};

use crate::{
    Fixture,
    race::duel_in_round,
    sample::{just_before, now},
    scene::{Scene, ok},
};

/// A session that has ended is not found, and others are; to end it again, or one that never was, does nothing.
pub async fn a_session_that_has_ended_is_not_found<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let connection = scene.samples.connection();
    let (session, other) = (scene.session(&connection).await, scene.session(&connection).await);
    for _ in 0..2 {
        ok(scene.sessions.end(&session.digest).await);
        assert_eq!(scene.stored_session(&session).await, None);
    }
    ok(scene
        .sessions
        .end(&scene.samples.session(&connection).digest)
        .await);
    assert_eq!(scene.stored_session(&other).await, Some(other));
}

/// A session that has ended is not brought back by a request that was under way.
pub async fn a_session_that_has_ended_is_not_moved<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let session = scene.session(&scene.samples.connection()).await;
    ok(scene.sessions.end(&session.digest).await);
    let later = session.idle_until.plus_seconds(60);
    ok(scene.sessions.touch(&session.digest, later).await);
    assert_eq!(scene.stored_session(&session).await, None);
}

/// Who signs in again in the same browser has one session: the former ends, whoever it was; others of theirs stay.
pub async fn a_new_session_ends_the_former_of_its_browser<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (one, other) = (scene.samples.connection(), scene.samples.connection());
    for connection in [&one, &other] {
        let former = scene.session(connection).await;
        let elsewhere = scene.session(connection).await;
        let session = scene.samples.session(&one);
        ok(scene.sessions.begin(&session, Some(&former.digest)).await);
        assert_eq!(scene.stored_session(&former).await, None);
        for kept in [session, elsewhere] {
            assert_eq!(scene.stored_session(&kept).await, Some(kept));
        }
    }
    let nobody = scene.samples.session(&one);
    let session = scene.samples.session(&one);
    ok(scene.sessions.begin(&session, Some(&nobody.digest)).await);
    assert_eq!(scene.stored_session(&session).await, Some(session));
}

/// What is no longer good is forgotten and counted, to the millisecond: idle too long, or too old in any case.
pub async fn sessions_that_are_no_longer_good_are_forgotten<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let connection = scene.samples.connection();
    let sample = || scene.samples.session(&connection);
    let idle = sample();
    let barely_idle = Session {
        idle_until: now().plus_seconds(IDLE_SECONDS).plus_millis(1),
        ..sample()
    };
    let old = Session {
        created_at: now().plus_seconds(IDLE_SECONDS - ABSOLUTE_SECONDS),
        idle_until: now().plus_seconds(2 * IDLE_SECONDS),
        ..sample()
    };
    let barely_old = Session {
        created_at: old.created_at.plus_millis(1),
        idle_until: old.idle_until,
        ..sample()
    };
    for session in [&idle, &barely_idle, &old, &barely_old] {
        ok(scene.sessions.begin(session, None).await);
    }
    let at = now().plus_seconds(IDLE_SECONDS);
    assert_eq!(ok(scene.sessions.forget(just_before(at)).await), 0);
    assert_eq!(ok(scene.sessions.forget(at).await), 2);
    assert_eq!(ok(scene.sessions.forget(at).await), 0);
    for gone in [idle, old] {
        assert_eq!(scene.stored_session(&gone).await, None);
    }
    for kept in [barely_idle, barely_old] {
        assert_eq!(scene.stored_session(&kept).await, Some(kept));
    }
}

/// A session that ends while it is moved forward has ended.
pub async fn ending_wins_over_moving<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for round in 0..20 {
        let session = scene.session(&scene.samples.connection()).await;
        let later = session.idle_until.plus_seconds(60);
        duel_in_round(
            round,
            {
                let (scene, session) = (scene.clone(), session.clone());
                async move { ok(scene.sessions.touch(&session.digest, later).await) }
            },
            {
                let (scene, session) = (scene.clone(), session.clone());
                async move {
                    ok(scene.sessions.end(&session.digest).await);
                    assert_eq!(scene.stored_session(&session).await, None);
                }
            },
        )
        .await;
        assert_eq!(scene.stored_session(&session).await, None);
    }
}
