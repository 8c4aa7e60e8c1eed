//! What is kept reads back equal, and how it is moved forward.

use std::cmp::Reverse;

use symbolon_domain::{
    administrator::Role,
    administrator_session::{AdministratorSession, Stage},
    text::BrowserName,
    time::Timestamp,
};

use crate::{
    Fixture,
    sample::{key_id, now, person_name},
    scene::{Scene, ok},
};

/// Digests of any bytes, both stages, addresses of both families, browsers of any characters, instants from the first to the
/// last.
pub async fn what_is_kept_reads_back_equal<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let administrator = scene.colleague(Role::Viewer).await;
    let longest = "𒀀".repeat(BrowserName::MAX);
    for (pepper, byte, stage, created_at, idle_until, address, browser) in [
        (
            "00000000",
            0,
            Stage::Full,
            Timestamp::MIN,
            Timestamp::MAX,
            Some("0.0.0.0"),
            Some(longest.as_str()),
        ),
        (
            "zzzzzzzz",
            0xff,
            Stage::SecondFactor,
            now(),
            now(),
            Some("2001:db8::7"),
            None,
        ),
        (
            "a1b2c3d4",
            b'\'',
            Stage::Full,
            Timestamp::from_millis(-1),
            now(),
            None,
            Some("it's \"x\" \\ % $1"),
        ),
        (
            "b1b2c3d4",
            1,
            Stage::Full,
            now(),
            now(),
            Some("::ffff:203.0.113.7"),
            Some("x"),
        ),
    ] {
        let mut session = AdministratorSession {
            stage,
            created_at,
            proved_at: idle_until,
            idle_until,
            address: address.map(|text| text.parse().expect("the sample is an address")),
            browser: browser.and_then(BrowserName::of),
            ..scene.samples.administrator_session(administrator.id)
        };
        session.digest.pepper = key_id(pepper);
        session.digest.bytes = [byte; 32];
        assert!(scene.begin(&session, &administrator).await);
        let kept = scene.found_session(&session).await.map(|(kept, _)| kept);
        assert_eq!(kept.as_ref(), Some(&session));
        let mut listed = scene.sessions_of(administrator.id).await;
        listed.retain(|listed| listed.id == session.id);
        assert_eq!(listed, [session]);
    }
}

/// A session is found whether it is still good or not, with whose it is and their organization as they are at that moment.
pub async fn a_session_is_found_with_whose_it_is<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let administrator = scene.colleague(Role::Viewer).await;
    let session = AdministratorSession {
        created_at: now().plus_seconds(-1_000_000),
        idle_until: now().plus_seconds(-900_000),
        ..scene.samples.administrator_session(administrator.id)
    };
    assert!(!session.is_good(now()));
    assert!(scene.begin(&session, &administrator).await);
    for is_cancelled in [false, true] {
        if is_cancelled {
            scene.cancel(scene.owner.id, now()).await;
        }
        let name = person_name(if is_cancelled { "Ada" } else { "Grace" });
        ok(scene.administrators.rename(administrator.id, &name).await);
        let (kept, member) = scene.found_session(&session).await.expect("it is kept");
        assert_eq!(kept, session);
        assert_eq!(member.administrator, scene.administrator(&administrator).await);
        assert_eq!(member.administrator.name, Some(name));
        assert_eq!(
            member.organization,
            scene.stored_organization(scene.owner.id).await
        );
        assert_eq!(member.organization.is_active(), !is_cancelled);
    }
}

/// A digest that differs in one bit, or in its pepper, finds nothing.
pub async fn a_digest_that_differs_anywhere_finds_no_session<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let administrator = scene.colleague(Role::Viewer).await;
    let session = scene.administrator_session(&administrator).await;
    for place in 0..32 {
        let mut other = session.clone();
        if let Some(byte) = other.digest.bytes.get_mut(place) {
            *byte ^= 1;
        }
        assert!(!scene.is_session_kept(&other).await);
    }
    let mut other = session;
    other.digest.pepper = key_id("pepper02");
    assert!(!scene.is_session_kept(&other).await);
}

/// The idle end moves forward and never backward, of this session only; a session that is not kept is passed over.
pub async fn the_idle_end_moves_forward_only<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let administrator = scene.colleague(Role::Viewer).await;
    let session = scene.administrator_session(&administrator).await;
    let other = scene.administrator_session(&administrator).await;
    let mut wanted = session.clone();
    for seconds in [60, 30, -60, 90, 90] {
        let idle_until = session.idle_until.plus_seconds(seconds);
        ok(scene
            .administrator_sessions
            .touch(&session.digest, idle_until)
            .await);
        wanted.idle_until = wanted.idle_until.max(idle_until);
        let kept = scene.found_session(&session).await.map(|(kept, _)| kept);
        assert_eq!(kept.as_ref(), Some(&wanted));
    }
    let unknown = scene.samples.administrator_session(administrator.id);
    ok(scene
        .administrator_sessions
        .touch(&unknown.digest, Timestamp::MAX)
        .await);
    assert!(!scene.is_session_kept(&unknown).await);
    let kept = scene.found_session(&other).await.map(|(kept, _)| kept);
    assert_eq!(kept, Some(other));
}

/// The sessions of an administrator stand newest first, those of one instant by id, the greatest first; half ones and those
/// that are no longer good too, and nobody else's.
pub async fn sessions_of_an_administrator_stand_newest_first<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let administrator = scene.colleague(Role::Viewer).await;
    let other = scene.colleague(Role::Viewer).await;
    assert_eq!(scene.sessions_of(administrator.id).await, []);
    scene.administrator_session(&other).await;
    let mut wanted = Vec::new();
    for (millis, stage) in (0..)
        .map(|number| number % 3)
        .zip([Stage::Full, Stage::SecondFactor].repeat(4))
    {
        let session = AdministratorSession {
            stage,
            created_at: now().plus_seconds(-100_000).plus_millis(millis),
            idle_until: now().plus_seconds(-90_000),
            ..scene.samples.administrator_session(administrator.id)
        };
        assert!(scene.begin(&session, &administrator).await);
        wanted.push(session);
    }
    wanted.sort_by_key(|session| Reverse((session.created_at, session.id)));
    assert_eq!(scene.sessions_of(administrator.id).await, wanted);
}
