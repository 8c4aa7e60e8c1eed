//! A sign-in is found once, by the browser that began it.

use symbolon_domain::{
    id::{AdministratorId, AdministratorLinkId, AdministratorSessionId, ID_ENTROPY},
    sealed::TokenDigest,
    sign_in::{AdministratorPurpose, PendingSignIn, SIGN_IN_SECONDS, SignInPurpose},
    social_profile::ProviderId,
    time::Timestamp,
};

use super::{begin, finish};
use crate::{
    Fixture,
    race::race,
    sample::{just_before, key_id, now},
    scene::{Scene, ok},
};

/// What was begun comes back as it was: digests of any bytes, with and without an access token, of a replaced one too.
pub async fn a_sign_in_comes_back_as_it_was<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    scene.replaced(&new.token).await;
    let bytes = |pepper, byte| TokenDigest {
        pepper: key_id(pepper),
        bytes: [byte; 32],
    };
    for (token, byte, expires_at) in [
        (None, 0, Timestamp::MAX),
        (Some(new.token.id), 0xff, now().plus_millis(1)),
        (None, b'\'', now().plus_seconds(SIGN_IN_SECONDS)),
    ] {
        let sign_in = PendingSignIn {
            state: bytes("zzzzzzzz", byte),
            browser: bytes("00000000", byte),
            provider: ProviderId::parse(&"a-0".repeat(10)).expect("the sample names a provider"),
            purpose: SignInPurpose::Recipient(token),
            expires_at,
        };
        begin(&scene, &sign_in).await;
        assert_eq!(finish(&scene, &sign_in, now()).await, Some(sign_in));
    }
}

/// What a sign-in is for comes back as it was said, whether what it is about is there or not.
pub async fn a_sign_in_stays_for_what_it_was_begun<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let purposes = [
        AdministratorPurpose::SignIn,
        AdministratorPurpose::ProveAgain(AdministratorSessionId::fresh(now(), [0; ID_ENTROPY])),
        AdministratorPurpose::Connect(AdministratorId::fresh(now(), [0xff; ID_ENTROPY])),
        AdministratorPurpose::Join(AdministratorLinkId::fresh(now(), [7; ID_ENTROPY])),
    ];
    let mut sign_ins = Vec::new();
    for purpose in purposes {
        let sign_in = PendingSignIn {
            purpose: SignInPurpose::Administrator(purpose),
            ..scene.samples.sign_in(None)
        };
        begin(&scene, &sign_in).await;
        sign_ins.push(sign_in);
    }
    for sign_in in sign_ins {
        assert_eq!(finish(&scene, &sign_in, now()).await, Some(sign_in));
    }
}

/// A sign-in that came back does not come back again.
pub async fn a_sign_in_is_finished_once<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (sign_in, other) = (scene.samples.sign_in(None), scene.samples.sign_in(None));
    begin(&scene, &sign_in).await;
    begin(&scene, &other).await;
    assert!(finish(&scene, &sign_in, now()).await.is_some());
    assert_eq!(finish(&scene, &sign_in, now()).await, None);
    assert_eq!(finish(&scene, &other, now()).await, Some(other));
}

/// Another browser finds nothing, also one that began a sign-in of its own, and leaves it where it is.
pub async fn another_browser_leaves_it_where_it_is<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (sign_in, other) = (scene.samples.sign_in(None), scene.samples.sign_in(None));
    begin(&scene, &sign_in).await;
    begin(&scene, &other).await;
    let mut repeppered = sign_in.browser;
    repeppered.pepper = key_id("pepper02");
    for browser in [other.browser, scene.samples.digest(), repeppered, sign_in.state] {
        let found = ok(scene.sign_ins.finish(&sign_in.state, &browser, now()).await);
        assert_eq!(found, None);
    }
    let unknown = scene.samples.digest();
    let found = ok(scene.sign_ins.finish(&unknown, &sign_in.browser, now()).await);
    assert_eq!(found, None);
    for sign_in in [sign_in, other] {
        assert_eq!(finish(&scene, &sign_in, now()).await, Some(sign_in));
    }
}

/// One browser can have several under way, each with a state of its own.
pub async fn one_browser_has_several_under_way<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let one = scene.samples.sign_in(None);
    let other = PendingSignIn {
        browser: one.browser,
        ..scene.samples.sign_in(None)
    };
    begin(&scene, &one).await;
    begin(&scene, &other).await;
    for sign_in in [other, one] {
        assert_eq!(finish(&scene, &sign_in, now()).await, Some(sign_in));
    }
}

/// At the instant of its expiry it is over, and not before; who comes too late removes nothing that another could count.
pub async fn a_sign_in_is_given_up_when_it_expires<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (one, other) = (scene.samples.sign_in(None), scene.samples.sign_in(None));
    begin(&scene, &one).await;
    begin(&scene, &other).await;
    let end = one.expires_at;
    assert_eq!(finish(&scene, &one, end).await, None);
    assert_eq!(finish(&scene, &one, Timestamp::MAX).await, None);
    let found = finish(&scene, &other, just_before(end)).await;
    assert_eq!(found, Some(other));
    assert_eq!(ok(scene.sign_ins.forget(end).await), 1);
}

/// What has expired is forgotten and counted, to the millisecond; the rest stays.
pub async fn expired_sign_ins_are_forgotten_and_counted<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let mut sign_ins = Vec::new();
    for millis in [1, 2, 2, 3] {
        let sign_in = PendingSignIn {
            expires_at: now().plus_millis(millis),
            ..scene.samples.sign_in(None)
        };
        begin(&scene, &sign_in).await;
        sign_ins.push(sign_in);
    }
    assert_eq!(ok(scene.sign_ins.forget(now()).await), 0);
    assert_eq!(ok(scene.sign_ins.forget(now().plus_millis(2)).await), 3);
    assert_eq!(ok(scene.sign_ins.forget(now().plus_millis(2)).await), 0);
    let last = sign_ins.pop().expect("there are four");
    assert_eq!(finish(&scene, &last, now()).await, Some(last));
    for gone in sign_ins {
        assert_eq!(finish(&scene, &gone, now()).await, None);
    }
}

/// No two sign-ins have the same state: the second is an error, and the first stays.
pub async fn no_two_sign_ins_are_alike<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let kept = scene.samples.sign_in(None);
    begin(&scene, &kept).await;
    let alike = PendingSignIn {
        state: kept.state,
        ..scene.samples.sign_in(None)
    };
    assert!(scene.sign_ins.begin(&alike, now()).await.is_err());
    assert_eq!(finish(&scene, &kept, now()).await, Some(kept));
}

/// Of 32 who come back with one state one is signed in.
pub async fn a_sign_in_is_finished_by_one_of_many<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for _ in 0..4 {
        let sign_in = scene.samples.sign_in(None);
        begin(&scene, &sign_in).await;
        let finished = race(32, |_| {
            let (scene, sign_in) = (scene.clone(), sign_in.clone());
            async move { finish(&scene, &sign_in, now()).await }
        })
        .await;
        let finished: Vec<_> = finished.into_iter().flatten().collect();
        assert_eq!(finished, [sign_in]);
    }
}
