//! Real hashes at a small cost.

use std::{
    future::Future,
    pin::pin,
    task::{Context, Poll, Waker},
};

use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, Version, password_hash::phc};

use super::*;
use crate::passwords::turns::WAITING;

const LITTLE: PasswordCost = cost(64, 2);
const ONE: NonZeroU8 = NonZeroU8::MIN;

const fn cost(memory_kib: u32, passes: u32) -> PasswordCost {
    PasswordCost::new(memory_kib, passes).unwrap()
}

fn passwords() -> Argon2Passwords {
    Argon2Passwords::with_cost(LITTLE).unwrap()
}

fn typed(text: &str) -> Password {
    Password::typed(text).unwrap()
}

/// A hash of "correct horse" that somebody else has made.
fn foreign(algorithm: Algorithm, version: Version, params: Params) -> PasswordHash {
    let argon2 = Argon2::new(algorithm, version, params);
    PasswordHash::from_kept(argon2.hash_password(b"correct horse").unwrap().to_string())
}

async fn check(passwords: &Argon2Passwords, text: &str, hash: Option<&PasswordHash>) -> PasswordCheck {
    passwords.check(typed(text), hash.cloned()).await.unwrap()
}

/// Begins to wait for something that is not there yet.
fn begin<T>(mut future: std::pin::Pin<&mut impl Future<Output = T>>) {
    let mut context = Context::from_waker(Waker::noop());
    assert!(matches!(future.as_mut().poll(&mut context), Poll::Pending));
}

#[tokio::test]
async fn the_password_is_right_and_any_other_is_wrong() {
    let passwords = passwords();
    let hash = passwords.hash(typed("correct horse")).await.unwrap();
    assert_eq!(
        check(&passwords, "correct horse", Some(&hash)).await,
        PasswordCheck::Right
    );
    for other in [
        "correct horse ",
        " correct horse",
        "Correct horse",
        "correct hors",
        "c",
    ] {
        assert_eq!(
            check(&passwords, other, Some(&hash)).await,
            PasswordCheck::Wrong,
            "{other}"
        );
    }
}

#[tokio::test]
async fn two_hashes_of_one_password_differ() {
    let passwords = passwords();
    let one = passwords.hash(typed("correct horse")).await.unwrap();
    let other = passwords.hash(typed("correct horse")).await.unwrap();
    assert!(one.as_str().starts_with("$argon2id$v=19$m=64,t=2,p=1$"));
    assert_ne!(one.as_str(), other.as_str());
    let salt = |hash: &PasswordHash| phc::PasswordHash::new(hash.as_str()).unwrap().salt.unwrap();
    assert_eq!(salt(&one).len(), 16);
    assert_ne!(salt(&one), salt(&other));
}

#[tokio::test]
async fn what_is_asked_today_is_what_owasp_asks() {
    let passwords = Argon2Passwords::new().unwrap();
    let hash = passwords.hash(typed("correct horse")).await.unwrap();
    assert!(hash.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    assert_eq!(
        check(&passwords, "correct horse", Some(&hash)).await,
        PasswordCheck::Right
    );
}

#[tokio::test]
async fn passwords_of_all_scripts_are_hashed_whole() {
    let passwords = passwords();
    for text in [
        "ßüñ ölig trübe",
        "правильная лошадь",
        "正しい馬の電池",
        "🔑🐴",
        &"🐎".repeat(256),
    ] {
        let hash = passwords.hash(typed(text)).await.unwrap();
        assert_eq!(
            check(&passwords, text, Some(&hash)).await,
            PasswordCheck::Right,
            "{text}"
        );
        let mut cut = text.to_owned();
        cut.pop();
        assert_eq!(
            check(&passwords, &cut, Some(&hash)).await,
            PasswordCheck::Wrong,
            "{text}"
        );
    }
    let composed = passwords.hash(typed("caf\u{e9} noir")).await.unwrap();
    assert_eq!(
        check(&passwords, "cafe\u{301} noir", Some(&composed)).await,
        PasswordCheck::Right
    );
}

#[tokio::test]
async fn without_a_hash_and_with_one_that_cannot_be_read_it_is_wrong() {
    let passwords = passwords();
    assert_eq!(
        check(&passwords, "correct horse", None).await,
        PasswordCheck::Wrong
    );
    for unreadable in UNREADABLE {
        let hash = PasswordHash::from_kept(unreadable.into());
        assert_eq!(
            check(&passwords, "correct horse", Some(&hash)).await,
            PasswordCheck::Wrong,
            "{unreadable}"
        );
    }
}

const UNREADABLE: [&str; 13] = [
    "",
    "correct horse",
    "$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
    "$scrypt$ln=17,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODw",
    "$argon2id$v=19$m=64,t=2,p=1",
    "$argon2id$v=19$m=64,t=2,p=1$AAECAwQFBgcICQoLDA0ODw",
    // A salt, or a result, that is too short.
    "$argon2id$v=19$m=64,t=2,p=1$AAEC$AAECAwQFBgcICQoLDA0ODw",
    "$argon2id$v=19$m=64,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$AAEC",
    "$argon2id$v=18$m=64,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODw",
    "$argon2id$v=19$m=7,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODw",
    "$argon2id$v=19$m=64,t=2,p=1,x=1$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODw",
    // What would take all memory, or for ever.
    "$argon2id$v=19$m=4294967295,t=1,p=1$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODw",
    "$argon2id$v=19$m=64,t=4294967295,p=1$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODw",
];

#[test]
fn as_much_is_computed_where_there_is_nothing_to_compare_with() {
    let mut hasher = Hasher::new(LITTLE).unwrap();
    assert_eq!(
        hasher.nobody.params.as_str(),
        phc::PasswordHash::new(hasher.hash(&typed("x")).unwrap().as_str())
            .unwrap()
            .params
            .as_str()
    );
    // What fails when it is computed shows that it is.
    hasher.nobody.algorithm = phc::Ident::new("argon9").unwrap();
    let unreadable = UNREADABLE.map(|text| PasswordHash::from_kept(text.into()));
    for hash in unreadable.iter().map(Some).chain([None]) {
        assert_eq!(
            hasher.check(&typed("correct horse"), hash),
            Err(PasswordsError::Failed),
            "{}",
            hash.map_or("none", PasswordHash::as_str)
        );
    }
}

#[tokio::test]
async fn weaker_hashes_are_made_anew_when_their_password_is_given() {
    let passwords = passwords();
    let params = |memory_kib, passes| Params::new(memory_kib, passes, 1, None).unwrap();
    let short = Params::new(64, 2, 1, Some(16)).unwrap();
    for (weak, why) in [
        (
            foreign(Algorithm::Argon2id, Version::V0x13, params(32, 2)),
            "less memory",
        ),
        (
            foreign(Algorithm::Argon2id, Version::V0x13, params(64, 1)),
            "one pass",
        ),
        (
            foreign(Algorithm::Argon2id, Version::V0x13, short),
            "a shorter result",
        ),
        (
            foreign(Algorithm::Argon2i, Version::V0x13, params(64, 2)),
            "another variant",
        ),
        (
            foreign(Algorithm::Argon2d, Version::V0x13, params(64, 2)),
            "another variant",
        ),
        (
            foreign(Algorithm::Argon2id, Version::V0x10, params(64, 2)),
            "an older version",
        ),
    ] {
        assert_eq!(
            check(&passwords, "wrong horse", Some(&weak)).await,
            PasswordCheck::Wrong,
            "{why}"
        );
        let PasswordCheck::RightAndRehashed(strong) = check(&passwords, "correct horse", Some(&weak)).await
        else {
            panic!("{why} is weaker");
        };
        assert!(
            strong.as_str().starts_with("$argon2id$v=19$m=64,t=2,p=1$"),
            "{why}"
        );
        assert_eq!(
            check(&passwords, "correct horse", Some(&strong)).await,
            PasswordCheck::Right,
            "{why}"
        );
    }
    for strong in [params(128, 2), params(64, 3)] {
        let strong = foreign(Algorithm::Argon2id, Version::V0x13, strong);
        assert_eq!(
            check(&passwords, "correct horse", Some(&strong)).await,
            PasswordCheck::Right
        );
    }
}

#[test]
fn costs_have_bounds() {
    assert!(PasswordCost::new(8, 1).is_some());
    assert!(PasswordCost::new(1024 * 1024, 64).is_some());
    for (memory_kib, passes) in [(7, 1), (8, 0), (1024 * 1024 + 1, 1), (8, 65)] {
        assert_eq!(
            PasswordCost::new(memory_kib, passes),
            None,
            "{memory_kib}, {passes}"
        );
    }
}

/// The clock of the test runs ahead whenever nothing else does.
#[tokio::test(start_paused = true)]
async fn nobody_waits_for_longer_than_five_seconds() {
    let passwords = passwords().at_once(ONE);
    let turn = passwords.turns.take().await.ok();
    let start = tokio::time::Instant::now();
    assert_eq!(passwords.hash(typed("x")).await, Err(PasswordsError::Busy));
    assert_eq!(start.elapsed().as_secs(), 5);
    assert_eq!(passwords.check(typed("x"), None).await, Err(PasswordsError::Busy));
    drop(turn);
    assert_eq!(passwords.check(typed("x"), None).await, Ok(PasswordCheck::Wrong));
}

#[tokio::test(start_paused = true)]
async fn sixteen_wait_and_everybody_beyond_is_told_at_once() {
    let passwords = passwords().at_once(ONE);
    let turn = passwords.turns.take().await.ok();
    let mut waiting: Vec<_> = (0..WAITING)
        .map(|_| Box::pin(passwords.check(typed("x"), None)))
        .collect();
    for one in &mut waiting {
        begin(one.as_mut());
    }
    assert_eq!(waiting.len(), 16);
    let start = tokio::time::Instant::now();
    assert_eq!(passwords.check(typed("x"), None).await, Err(PasswordsError::Busy));
    assert!(start.elapsed().is_zero());
    drop(turn);
    for one in waiting {
        assert_eq!(one.await, Ok(PasswordCheck::Wrong));
    }
}

#[tokio::test]
async fn two_are_worked_at_once_unless_more_are_allowed() {
    for (passwords, at_once) in [
        (passwords(), 2),
        (passwords().at_once(NonZeroU8::new(3).unwrap()), 3),
    ] {
        let mut turns = Vec::new();
        for _ in 0..at_once {
            turns.push(passwords.clone().turns.take().await.ok());
        }
        let mut beyond = pin!(passwords.turns.take());
        begin(beyond.as_mut());
        turns.pop();
        assert!(beyond.await.is_ok());
    }
}

#[tokio::test]
async fn whoever_goes_away_while_waiting_leaves_their_place() {
    let passwords = passwords().at_once(ONE);
    let turn = passwords.turns.take().await.ok();
    for _ in 0..2 * WAITING {
        let mut waiting = pin!(passwords.hash(typed("x")));
        begin(waiting.as_mut());
    }
    drop(turn);
    assert!(passwords.hash(typed("x")).await.is_ok());
}

/// Or else whoever hangs up again and again would have more worked at once than there is memory for.
#[tokio::test]
async fn whoever_goes_away_meanwhile_keeps_their_turn_until_it_is_done() {
    let passwords = passwords().at_once(ONE);
    let (finish, finished) = std::sync::mpsc::channel::<()>();
    {
        let mut work = pin!(passwords.in_turn(move |_| {
            // Until the other end is dropped.
            let _ = finished.recv();
            Ok(())
        }));
        begin(work.as_mut());
    }
    let mut next = pin!(passwords.turns.take());
    begin(next.as_mut());
    drop(finish);
    assert!(next.await.is_ok());
}
