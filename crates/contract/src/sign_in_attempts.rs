//! The promises of [`SignInAttempts`](symbolon_domain::port::sign_in_attempts::SignInAttempts).

use symbolon_domain::{
    idempotency::RequestFingerprint,
    sign_in_attempts::{Attempt, FORGET_SECONDS, MAX_FAILURES, attempt},
    time::Timestamp,
};

use crate::{
    Fixture,
    race::{RIVALS, race},
    sample::{just_before, now},
    scene::{Scene, Stage, ok},
};

/// However often somebody tries, and whenever, they are told what the domain says, and what it says is to be kept is kept:
/// from the first attempt to the one that closes the account, and a day later from the beginning.
pub async fn attempts_are_judged_as_the_domain_says<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let account = scene.samples.account();
    let mut kept = None;
    let mut at = now();
    for number in 0..=MAX_FAILURES + 1 {
        let wanted = attempt(kept, at);
        assert_eq!(begin(&scene, &account, at).await, wanted, "number {number}");
        at = match wanted {
            Attempt::Allowed(attempts) => {
                kept = Some(attempts);
                attempts.blocked_until
            }
            Attempt::TooSoon { from } => from,
        };
    }
    assert_eq!(
        kept.map(|attempts| attempts.failures),
        Some(2),
        "a day later it begins anew"
    );
}

/// Who comes too soon is told from when on they may, to the millisecond, and nothing is counted by it.
pub async fn an_attempt_too_soon_counts_nothing<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let account = scene.samples.account();
    for failures in 1..=5 {
        let from = match begin(&scene, &account, at_rest(failures)).await {
            Attempt::Allowed(attempts) => {
                assert_eq!(attempts.failures, failures);
                attempts.blocked_until
            }
            too_soon @ Attempt::TooSoon { .. } => panic!("an hour later it is allowed: {too_soon:?}"),
        };
        for soon in [at_rest(failures), just_before(from)] {
            for _ in 0..3 {
                assert_eq!(begin(&scene, &account, soon).await, Attempt::TooSoon { from });
            }
        }
    }
}

/// Every account has attempts of its own, whose fingerprint differs in one bit or in all.
pub async fn every_account_has_attempts_of_its_own<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let account = scene.samples.account();
    let first = attempt(None, now());
    assert_eq!(begin(&scene, &account, now()).await, first);
    for place in 0..32 {
        let mut other = account;
        if let Some(byte) = other.0.get_mut(place) {
            *byte ^= 1;
        }
        assert_eq!(begin(&scene, &other, now()).await, first);
    }
    for other in [[0; 32], [0xff; 32], [b'\''; 32]].map(RequestFingerprint) {
        assert_eq!(begin(&scene, &other, now()).await, first);
    }
    assert!(ok(scene.attempts.clear(&account).await));
    assert!(matches!(
        begin(&scene, &RequestFingerprint([0; 32]), now()).await,
        Attempt::TooSoon { .. }
    ));
}

/// After a success the next attempt is a first one, at once; where there were none, that is said.
pub async fn a_success_forgets_the_failures<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let account = scene.samples.account();
    assert!(!ok(scene.attempts.clear(&account).await));
    for failures in 1..=3 {
        begin(&scene, &account, at_rest(failures)).await;
    }
    assert!(ok(scene.attempts.clear(&account).await));
    assert!(!ok(scene.attempts.clear(&account).await));
    let at = at_rest(3);
    assert_eq!(begin(&scene, &account, at).await, attempt(None, at));
}

/// What is no longer remembered is forgotten and counted, to the millisecond; what is remembered stays.
pub async fn what_is_no_longer_remembered_is_forgotten<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let mut accounts = Vec::new();
    for millis in 0..6 {
        let account = scene.samples.account();
        begin(&scene, &account, now().plus_millis(millis)).await;
        accounts.push(account);
    }
    let at = now().plus_seconds(FORGET_SECONDS).plus_millis(3);
    let forget = |at| scene.attempts.forget(at);
    assert_eq!(
        ok(forget(just_before(now().plus_seconds(FORGET_SECONDS))).await),
        0
    );
    assert_eq!(ok(forget(at).await), 4);
    assert_eq!(ok(forget(at).await), 0);
    for (number, account) in accounts.iter().enumerate() {
        assert_eq!(
            ok(scene.attempts.clear(account).await),
            number > 3,
            "number {number}"
        );
    }
}

/// Of 64 attempts at an account at one instant one is allowed, first or after many; the others are told from when on they
/// may be made.
pub async fn of_many_attempts_at_one_instant_one_is_allowed<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let account = scene.samples.account();
    let mut kept = None;
    let mut at = now();
    for _ in 0..4 {
        let Attempt::Allowed(attempts) = attempt(kept, at) else {
            panic!("it was waited for long enough");
        };
        let outcomes = race(RIVALS, |_| {
            let scene = scene.clone();
            async move { begin(&scene, &account, at).await }
        })
        .await;
        let from = attempts.blocked_until;
        let count = |wanted: Attempt| outcomes.iter().filter(|outcome| **outcome == wanted).count();
        assert_eq!(count(Attempt::Allowed(attempts)), 1);
        assert_eq!(count(Attempt::TooSoon { from }), outcomes.len() - 1);
        (kept, at) = (Some(attempts), from);
    }
}

/// Of attempts at 32 accounts at one instant, two at each, one at each is allowed.
pub async fn attempts_at_many_accounts_do_not_get_in_each_others_way<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let accounts: Vec<_> = (0..32).map(|_| scene.samples.account()).collect();
    let mut own = accounts.iter().copied().cycle();
    let outcomes = race(RIVALS, |_| {
        let (scene, account) = (scene.clone(), own.next().expect("it is endless"));
        async move { begin(&scene, &account, now()).await }
    })
    .await;
    let (one, other) = outcomes.split_at(32);
    for both in one.iter().zip(other) {
        let first = attempt(None, now());
        assert!((*both.0 == first) != (*both.1 == first), "{both:?}");
    }
}

/// An instant at which nobody has to wait for an attempt that failed before.
fn at_rest(failures: u32) -> Timestamp {
    now().plus_seconds(60 * 60 * i64::from(failures))
}

async fn begin(stage: &Stage, account: &RequestFingerprint, now: Timestamp) -> Attempt {
    ok(stage.attempts.begin(account, now).await)
}
