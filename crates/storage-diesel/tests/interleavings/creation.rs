//! Creations, and what happens while they wait.

use symbolon_contract::sample::now;
use symbolon_domain::{
    activity::Action,
    authorization_token::{AuthorizationToken, MAX_LIVE_TOKENS},
    port::authorization_tokens::{AuthorizationTokens, Insertion, Record},
};

use crate::interloper::Scene;

#[tokio::test(flavor = "multi_thread")]
async fn a_creation_counts_the_token_of_another_that_was_first() {
    let scene = Scene::open().await;
    for _ in 1..MAX_LIVE_TOKENS {
        scene.token().await;
    }
    let mut other = scene.interloper(
        "UPDATE organizations SET revision = revision + 1; \
         INSERT INTO authorization_tokens \
            (id, organization_id, pepper_id, digest, permissions, created_at, expires_at, generation) \
         SELECT gen_random_uuid(), organization_id, pepper_id, sha256(digest), 7, created_at, expires_at, 0 \
         FROM authorization_tokens LIMIT 1",
    );
    let creation = scene.inserting(&scene.samples.token(scene.owner.id));
    other.holds(&creation).await;
    other.commits();
    assert_eq!(creation.await.unwrap(), Insertion::LimitReached);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_creation_sees_its_caller_revoked() {
    let scene = Scene::open().await;
    let caller = scene.token().await;
    for commits in [false, true] {
        let mut other = scene.interloper("UPDATE authorization_tokens SET revoked_at = now(), sealed = NULL");
        let token = AuthorizationToken {
            created_by: Some(caller.id),
            ..scene.samples.token(scene.owner.id)
        };
        let creation = scene.inserting(&token);
        other.holds(&creation).await;
        let expected = if commits {
            other.commits();
            Insertion::CallerRetired
        } else {
            other.gives_up();
            Insertion::Inserted
        };
        assert_eq!(creation.await.unwrap(), expected);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_creation_sees_its_organization_cancelled() {
    let scene = Scene::open().await;
    let mut other = scene.interloper("UPDATE organizations SET cancelled_at = now()");
    let creation = scene.inserting(&scene.samples.token(scene.owner.id));
    other.holds(&creation).await;
    other.commits();
    assert_eq!(creation.await.unwrap(), Insertion::OrganizationCancelled);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_creation_that_has_begun_holds_its_organization_until_it_ends() {
    let scene = Scene::open().await;
    let caller = scene.token().await;
    let mut other = scene.interloper("UPDATE authorization_tokens SET last_used_at = now()");
    let mut third = scene.interloper("SELECT 1");
    let take = "SELECT FROM organizations FOR NO KEY UPDATE NOWAIT";
    assert!(third.could(take));
    third.gives_up();

    let token = AuthorizationToken {
        created_by: Some(caller.id),
        ..scene.samples.token(scene.owner.id)
    };
    let creation = scene.inserting(&token);
    other.holds(&creation).await;
    let mut third = scene.interloper("SELECT 1");
    assert!(!third.could(take), "no cancellation may come between");
    other.commits();
    assert_eq!(creation.await.unwrap(), Insertion::Inserted);
    assert!(third.could(take));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_creation_under_a_key_sees_the_answer_of_another_that_was_first() {
    let scene = Scene::open().await;
    let caller = scene.token().await;
    let mut other = scene.interloper(
        "UPDATE organizations SET revision = revision + 1; \
         INSERT INTO stored_answers (caller_id, key, fingerprint, token_id, sealed, expires_at) \
         SELECT id, 'key', digest, id, digest, expires_at FROM authorization_tokens",
    );
    let token = AuthorizationToken {
        created_by: Some(caller.id),
        ..scene.samples.token(scene.owner.id)
    };
    let (store, entry) = (
        scene.store(),
        scene.samples.entry_by(&token, Action::TokenCreated),
    );
    let answer = scene.samples.answer(caller.id, "key", &token);
    let creation = tokio::spawn(async move {
        let record = Record {
            entry: &entry,
            answer: Some(&answer),
            notices: &[],
        };
        AuthorizationTokens::insert(&store, &token, record, now())
            .await
            .unwrap()
    });
    other.holds(&creation).await;
    other.commits();
    match creation.await.unwrap() {
        Insertion::Answered(answer) => assert_eq!(answer.token, caller.id),
        outcome => panic!("{outcome:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_creation_keeps_no_sealed_copy_where_the_policy_has_changed() {
    let scene = Scene::open().await;
    let mut other = scene.interloper("UPDATE organizations SET reveal_policy = 'once'");
    let token = scene.samples.token(scene.owner.id);
    let creation = scene.inserting(&token);
    other.holds(&creation).await;
    other.commits();
    assert_eq!(creation.await.unwrap(), Insertion::Inserted);
    let kept = scene.store().find_by_id(token.id).await.unwrap().unwrap().token;
    assert_eq!(
        kept,
        AuthorizationToken {
            sealed: None,
            ..token
        }
    );
}
