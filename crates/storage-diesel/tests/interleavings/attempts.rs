//! Attempts to sign in, and what happens while they wait.

use symbolon_contract::sample::now;
use symbolon_domain::{
    idempotency::RequestFingerprint,
    port::sign_in_attempts::SignInAttempts,
    sign_in_attempts::{Attempt, Attempts},
};
use tokio::task::JoinHandle;

use crate::interloper::{Scene, literal};

fn beginning(scene: &Scene, account: RequestFingerprint) -> JoinHandle<Attempt> {
    let store = scene.store();
    tokio::spawn(async move { SignInAttempts::begin(&store, &account, now()).await.unwrap() })
}

fn failures(attempt: Attempt) -> Option<u32> {
    match attempt {
        Attempt::Allowed(Attempts { failures, .. }) => Some(failures),
        Attempt::TooSoon { .. } => None,
    }
}

/// What somebody else counts, of an attempt at this instant.
fn count(account: RequestFingerprint) -> String {
    format!(
        "INSERT INTO sign_in_attempts VALUES ({}, 7, '{}', '{}')",
        literal(&account.0),
        now().plus_seconds(3),
        now().plus_seconds(60)
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_two_attempts_at_an_account_are_one_after_the_other() {
    for commits in [true, false] {
        let scene = Scene::open().await;
        let account = scene.samples.account();
        let other = scene.interloper(&count(account));
        let attempt = other.decides(commits, beginning(&scene, account)).await;
        assert_eq!(failures(attempt), (!commits).then_some(1));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_attempt_counts_what_another_has_counted() {
    let scene = Scene::open().await;
    let account = scene.samples.account();
    assert_eq!(failures(beginning(&scene, account).await.unwrap()), Some(1));
    let mut other = scene.interloper("SELECT FROM sign_in_attempts FOR UPDATE");
    let attempt = beginning(&scene, account);
    // It has come as far as to know that there is something to count on.
    other.holds(&attempt).await;
    assert!(other.could("UPDATE sign_in_attempts SET failures = 7, blocked_until = 'epoch'"));
    other.commits();
    assert_eq!(failures(attempt.await.unwrap()), Some(8));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_attempt_sees_its_account_cleared() {
    let scene = Scene::open().await;
    let account = scene.samples.account();
    assert_eq!(failures(beginning(&scene, account).await.unwrap()), Some(1));
    let other = scene.interloper("DELETE FROM sign_in_attempts");
    let attempt = other.decides(true, beginning(&scene, account)).await;
    assert_eq!(failures(attempt), Some(1));
}
