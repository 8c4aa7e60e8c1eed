//! Sessions end: by their browser, by another, all at once, by time.

use symbolon_domain::{
    activity::Action,
    administrator::Role,
    administrator_session::{ABSOLUTE_SECONDS, AdministratorSession, IDLE_SECONDS},
};

use crate::{
    Fixture,
    sample::{just_before, now},
    scene::{Scene, ok},
};

/// A session that has ended is not found, and others are; to end it again, or one that never was, does nothing.
pub async fn a_session_that_has_ended_is_not_found<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let administrator = scene.colleague(Role::Viewer).await;
    let session = scene.administrator_session(&administrator).await;
    let other = scene.administrator_session(&administrator).await;
    let log = scene.log().await;
    for digest in [session.digest, session.digest, scene.samples.digest()] {
        ok(scene.administrator_sessions.end(&digest).await);
        assert!(!scene.is_session_kept(&session).await);
    }
    assert_eq!(scene.sessions_of(administrator.id).await, [other]);
    assert_eq!(scene.log().await, log);
}

/// A session that has ended is not brought back by a request that was under way.
pub async fn a_session_that_has_ended_is_not_moved<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let administrator = scene.colleague(Role::Viewer).await;
    let session = scene.administrator_session(&administrator).await;
    ok(scene.administrator_sessions.end(&session.digest).await);
    let later = session.idle_until.plus_seconds(60);
    ok(scene.administrator_sessions.touch(&session.digest, later).await);
    assert!(!scene.is_session_kept(&session).await);
}

/// One session of theirs ends, with its entry; a second time, for somebody else, or where there is none, nothing does, and
/// nothing is entered.
pub async fn one_session_of_theirs_ends_with_its_entry<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let administrator = scene.colleague(Role::Viewer).await;
    let other = scene.colleague(Role::Viewer).await;
    let session = scene.administrator_session(&administrator).await;
    let elsewhere = scene.administrator_session(&administrator).await;
    let others = scene.administrator_session(&other).await;
    let unknown = scene.samples.administrator_session(administrator.id);
    let log = scene.log().await;
    let entry = scene.samples.entry_of(&administrator, Action::SessionsEnded);
    for (whose, id, has_ended) in [
        (other.id, session.id, false),
        (administrator.id, others.id, false),
        (administrator.id, unknown.id, false),
        (administrator.id, session.id, true),
        (administrator.id, session.id, false),
    ] {
        assert_eq!(
            ok(scene.administrator_sessions.end_of(whose, id, &entry).await),
            has_ended
        );
    }
    assert_eq!(scene.sessions_of(administrator.id).await, [elsewhere]);
    assert_eq!(scene.sessions_of(other.id).await, [others]);
    assert_eq!(scene.log().await, [log, vec![entry]].concat());
}

/// All sessions of theirs end but the one to keep, and are counted; with the entry, unless there was none. Who names
/// somebody else's to keep keeps none of theirs, and others keep their own.
pub async fn all_sessions_of_theirs_end_but_one<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let administrator = scene.colleague(Role::Viewer).await;
    let other = scene.colleague(Role::Viewer).await;
    let others = scene.administrator_session(&other).await;
    let kept = scene.administrator_session(&administrator).await;
    for _ in 0..3 {
        scene.administrator_session(&administrator).await;
    }
    let mut log = scene.log().await;
    for (keep, ended) in [
        (Some(&kept.digest), 3),
        (Some(&kept.digest), 0),
        (Some(&others.digest), 1),
        (None, 0),
    ] {
        let entry = scene.samples.entry_of(&administrator, Action::SessionsEnded);
        let ending = scene
            .administrator_sessions
            .end_all_of(administrator.id, keep, &entry);
        assert_eq!(ok(ending.await), ended);
        log.extend((ended > 0).then_some(entry));
        assert_eq!(scene.log().await, log);
        let is_kept = scene.is_session_kept(&kept).await;
        assert_eq!(is_kept, keep == Some(&kept.digest));
    }
    assert_eq!(scene.sessions_of(administrator.id).await, []);
    assert_eq!(scene.sessions_of(other.id).await, [others]);
}

/// What is no longer good is forgotten and counted, to the millisecond: idle too long, or too old in any case.
pub async fn sessions_that_are_no_longer_good_are_forgotten<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let administrator = scene.colleague(Role::Viewer).await;
    let sample = || scene.samples.administrator_session(administrator.id);
    let idle = sample();
    let barely_idle = AdministratorSession {
        idle_until: now().plus_seconds(IDLE_SECONDS).plus_millis(1),
        ..sample()
    };
    let old = AdministratorSession {
        created_at: now().plus_seconds(IDLE_SECONDS - ABSOLUTE_SECONDS),
        idle_until: now().plus_seconds(2 * IDLE_SECONDS),
        ..sample()
    };
    let barely_old = AdministratorSession {
        created_at: old.created_at.plus_millis(1),
        idle_until: old.idle_until,
        ..sample()
    };
    for session in [&idle, &barely_idle, &old, &barely_old] {
        assert!(scene.begin(session, &administrator).await);
    }
    let at = now().plus_seconds(IDLE_SECONDS);
    let forget = |at| scene.administrator_sessions.forget(at);
    assert_eq!(ok(forget(just_before(at)).await), 0);
    assert_eq!(ok(forget(at).await), 2);
    assert_eq!(ok(forget(at).await), 0);
    for (session, is_kept) in [
        (idle, false),
        (old, false),
        (barely_idle, true),
        (barely_old, true),
    ] {
        assert_eq!(scene.is_session_kept(&session).await, is_kept);
    }
}
