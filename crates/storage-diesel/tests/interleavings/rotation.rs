//! Rotations, and what happens while they wait.

use symbolon_domain::{
    authorization_token::{AuthorizationToken, Standing},
    port::authorization_tokens::{AuthorizationTokens, Rotation},
};

use crate::interloper::Scene;

#[tokio::test(flavor = "multi_thread")]
async fn a_rotation_loses_to_another_that_was_first() {
    let scene = Scene::open().await;
    let current = scene.token().await;
    let retire = |token: &AuthorizationToken| {
        format!(
            "UPDATE authorization_tokens SET rotated_at = now(), sealed = NULL WHERE id = '{}'",
            token.id
        )
    };
    // Another that gives up has not been there.
    let mut other = scene.interloper(&retire(&current));
    let (successor, rotation) = scene.rotating(&current);
    other.holds(&rotation).await;
    other.gives_up();
    assert_eq!(rotation.await.unwrap(), Rotation::Rotated);

    let current = successor;
    let mut other = scene.interloper(&retire(&current));
    let (successor, rotation) = scene.rotating(&current);
    other.holds(&rotation).await;
    other.commits();
    assert_eq!(rotation.await.unwrap(), Rotation::Refused(Standing::Rotated));
    assert_eq!(scene.store().find_by_id(successor.id).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotation_loses_to_a_revocation_that_was_first() {
    let scene = Scene::open().await;
    let current = scene.token().await;
    let mut other = scene.interloper("UPDATE authorization_tokens SET revoked_at = now(), sealed = NULL");
    let (successor, rotation) = scene.rotating(&current);
    other.holds(&rotation).await;
    other.commits();
    assert_eq!(rotation.await.unwrap(), Rotation::Refused(Standing::Revoked));
    assert_eq!(scene.store().find_by_id(successor.id).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotation_sees_its_organization_cancelled() {
    let scene = Scene::open().await;
    let current = scene.token().await;
    let mut other = scene.interloper("UPDATE organizations SET cancelled_at = now()");
    let (_, rotation) = scene.rotating(&current);
    other.holds(&rotation).await;
    other.commits();
    assert_eq!(
        rotation.await.unwrap(),
        Rotation::Refused(Standing::OrganizationCancelled)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotation_keeps_no_sealed_copy_where_the_policy_has_changed() {
    let scene = Scene::open().await;
    let current = scene.token().await;
    let mut other = scene.interloper("UPDATE organizations SET reveal_policy = 'once'");
    let (successor, rotation) = scene.rotating(&current);
    other.holds(&rotation).await;
    other.commits();
    assert_eq!(rotation.await.unwrap(), Rotation::Rotated);
    let kept = scene
        .store()
        .find_by_id(successor.id)
        .await
        .unwrap()
        .unwrap()
        .token;
    assert_eq!(
        kept,
        AuthorizationToken {
            sealed: None,
            ..successor
        }
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn rotations_of_different_tokens_do_not_wait_for_each_other() {
    let scene = Scene::open().await;
    let (one, another) = (scene.token().await, scene.token().await);
    // As far as a rotation of the one gets before it commits.
    let other = scene.interloper(&format!(
        "SELECT FROM organizations FOR SHARE; \
         UPDATE authorization_tokens SET rotated_at = now(), sealed = NULL WHERE id = '{}'",
        one.id
    ));
    let (_, rotation) = scene.rotating(&another);
    assert_eq!(rotation.await.unwrap(), Rotation::Rotated);
    other.commits();
}
