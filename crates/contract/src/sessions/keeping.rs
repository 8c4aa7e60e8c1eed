//! What is kept reads back equal, and how it is moved forward.

use symbolon_domain::{
    session::Session,
    social_profile::{Connection, ProfileHint, ProviderId, SocialProfile},
    time::Timestamp,
};

use crate::{
    Fixture,
    race::{RIVALS, race},
    sample::{connection, key_id, now},
    scene::{Scene, ok},
};

/// Digests of any bytes, profiles and hints of any characters, instants from the first to the last.
pub async fn what_is_kept_reads_back_equal<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let longest = "𒀀".repeat(SocialProfile::MAX);
    for (pepper, byte, created_at, idle_until) in [
        ("00000000", 0, Timestamp::MIN, Timestamp::MAX),
        ("zzzzzzzz", 0xff, now(), now()),
        (
            "a1b2c3d4",
            b'\'',
            Timestamp::from_millis(-1),
            Timestamp::from_millis(1),
        ),
    ] {
        let connection = Connection {
            provider: ProviderId::parse(&"z".repeat(32)).expect("the sample names a provider"),
            hint: ProfileHint::of(None, Some(&"𒀀".repeat(ProfileHint::MAX))),
            ..connection(&longest, &longest)
        };
        let mut session = Session {
            created_at,
            idle_until,
            ..scene.samples.session(&connection)
        };
        session.digest.pepper = key_id(pepper);
        session.digest.bytes = [byte; 32];
        ok(scene.sessions.begin(&session, None).await);
        let kept = scene.stored_session(&session).await;
        let profile = kept.as_ref().map(|kept| &kept.connection.profile);
        assert!(profile == Some(&session.connection.profile), "to the last letter");
        assert_eq!(kept, Some(session));
    }
}

/// A session is found whether it is still good or not: what it is worth is judged elsewhere.
pub async fn a_session_is_found_until_it_is_forgotten<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let session = Session {
        created_at: now().plus_seconds(-1_000_000),
        idle_until: now().plus_seconds(-900_000),
        ..scene.samples.session(&scene.samples.connection())
    };
    assert!(!session.is_good(now()));
    ok(scene.sessions.begin(&session, None).await);
    assert_eq!(scene.stored_session(&session).await, Some(session));
}

/// A digest that differs in one bit, or in its pepper, finds nothing.
pub async fn a_digest_that_differs_anywhere_finds_no_session<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let session = scene.session(&scene.samples.connection()).await;
    for place in 0..32 {
        let mut other = session.clone();
        if let Some(byte) = other.digest.bytes.get_mut(place) {
            *byte ^= 1;
        }
        assert_eq!(scene.stored_session(&other).await, None);
    }
    let mut other = session;
    other.digest.pepper = key_id("pepper02");
    assert_eq!(scene.stored_session(&other).await, None);
}

/// No two sessions have the same digest: the second is an error, and the first, and the one it would have ended, stay.
pub async fn no_two_sessions_are_alike<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let kept = scene.session(&scene.samples.connection()).await;
    let former = scene.session(&scene.samples.connection()).await;
    let alike = Session {
        digest: kept.digest,
        ..scene.samples.session(&scene.samples.connection())
    };
    let begun = scene.sessions.begin(&alike, Some(&former.digest)).await;
    assert!(begun.is_err());
    for session in [kept, former] {
        assert_eq!(scene.stored_session(&session).await, Some(session));
    }
}

/// The idle end moves forward and never backward, of this session only; a session that is not kept is passed over.
pub async fn the_idle_end_moves_forward_only<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let connection = scene.samples.connection();
    let (session, other) = (scene.session(&connection).await, scene.session(&connection).await);
    let mut wanted = session.clone();
    for seconds in [60, 30, -60, 90, 90] {
        let idle_until = session.idle_until.plus_seconds(seconds);
        ok(scene.sessions.touch(&session.digest, idle_until).await);
        wanted.idle_until = wanted.idle_until.max(idle_until);
        assert_eq!(scene.stored_session(&session).await.as_ref(), Some(&wanted));
    }
    let unknown = scene.samples.session(&connection);
    ok(scene.sessions.touch(&unknown.digest, Timestamp::MAX).await);
    assert_eq!(scene.stored_session(&unknown).await, None);
    assert_eq!(scene.stored_session(&other).await, Some(other));
}

/// Of 64 that move it at once the latest stays.
pub async fn of_many_that_move_the_idle_end_the_latest_stays<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let session = scene.session(&scene.samples.connection()).await;
    race(RIVALS, |rival| {
        let (scene, session) = (scene.clone(), session.clone());
        async move {
            // Not in the order of the rivals.
            let seconds = i64::try_from(rival * 37 % RIVALS).unwrap_or_default();
            let idle_until = session.idle_until.plus_seconds(seconds);
            ok(scene.sessions.touch(&session.digest, idle_until).await);
        }
    })
    .await;
    let wanted = session
        .idle_until
        .plus_seconds(i64::try_from(RIVALS - 1).unwrap_or_default());
    let kept = scene.stored_session(&session).await;
    assert_eq!(kept.map(|kept| kept.idle_until), Some(wanted));
}
