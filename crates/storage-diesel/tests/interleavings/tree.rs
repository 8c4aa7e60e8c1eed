//! Revoking a token with everything that came out of it, and what happens meanwhile.

use symbolon_contract::sample::now;
use symbolon_domain::{
    activity::Action,
    authorization_token::{AuthorizationToken, Standing},
    port::authorization_tokens::{AuthorizationTokens, Insertion, TreeRevocation},
};
use tokio::task::JoinHandle;

use crate::interloper::Scene;

/// A revocation on its way, with an entry for each of these.
fn revoking(scene: &Scene, tokens: &[&AuthorizationToken]) -> JoinHandle<TreeRevocation> {
    let (store, organization) = (scene.store(), scene.owner.id);
    let root = tokens[0].id;
    let entries: Vec<_> = tokens
        .iter()
        .map(|token| scene.samples.entry_by(token, Action::TokenRevoked))
        .collect();
    tokio::spawn(async move {
        let revocation = store.revoke_tree(organization, root, &entries, now());
        revocation.await.unwrap()
    })
}

/// A token that another has made.
async fn child(scene: &Scene, maker: &AuthorizationToken) -> AuthorizationToken {
    let token = AuthorizationToken {
        created_by: Some(maker.id),
        ..scene.samples.token(scene.owner.id)
    };
    assert_eq!(scene.inserting(&token).await.unwrap(), Insertion::Inserted);
    token
}

async fn standing(scene: &Scene, token: &AuthorizationToken) -> Standing {
    let found = scene.store().find_by_id(token.id).await.unwrap().unwrap();
    found.standing(now())
}

/// As far as a creation, or a rotation, gets before it commits.
const CREATION: &str = "UPDATE organizations SET revision = revision + 1; \
    INSERT INTO authorization_tokens \
        (id, organization_id, pepper_id, digest, permissions, created_at, expires_at, created_by, generation) \
    SELECT gen_random_uuid(), organization_id, pepper_id, sha256(digest), 7, created_at, expires_at, id, 0 \
    FROM authorization_tokens";
const ROTATION: &str = "SELECT FROM organizations FOR SHARE; \
    UPDATE authorization_tokens SET rotated_at = now(), sealed = NULL; \
    INSERT INTO authorization_tokens \
        (id, organization_id, pepper_id, digest, permissions, created_at, expires_at, rotated_from, generation) \
    SELECT gen_random_uuid(), organization_id, pepper_id, sha256(digest), 7, created_at, expires_at, id, 1 \
    FROM authorization_tokens";

#[tokio::test(flavor = "multi_thread")]
async fn a_revocation_is_overtaken_by_a_creation_and_by_a_rotation() {
    for making in [CREATION, ROTATION] {
        for commits in [true, false] {
            let scene = Scene::open().await;
            let root = scene.token().await;
            let other = scene.interloper(making);
            let revocation = other.decides(commits, revoking(&scene, &[&root])).await;
            let expected = if commits {
                TreeRevocation::Overtaken
            } else {
                TreeRevocation::Revoked(1)
            };
            assert_eq!(revocation, expected, "{making}");
            let is_revoked = standing(&scene, &root).await == Standing::Revoked;
            assert_eq!(is_revoked, !commits, "{making}");
        }
    }
}

/// The last step of a revocation is to write the log.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_made_or_rotated_while_a_revocation_goes_on() {
    let scene = Scene::open().await;
    let root = scene.token().await;
    let mut other = scene.interloper("LOCK TABLE activity IN SHARE MODE");
    let revocation = revoking(&scene, &[&root]);
    other.holds(&revocation).await;
    let mut third = scene.interloper("SELECT 1");
    assert!(!third.could("SELECT FROM organizations FOR SHARE NOWAIT"));
    other.commits();
    assert_eq!(revocation.await.unwrap(), TreeRevocation::Revoked(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_revoked_meanwhile_stays_as_it_is() {
    let scene = Scene::open().await;
    let root = scene.token().await;
    let made = child(&scene, &root).await;
    let other = scene.interloper(&format!(
        "UPDATE authorization_tokens SET revoked_at = '{}', sealed = NULL WHERE id = '{}'",
        now().plus_seconds(-1),
        made.id
    ));
    let revocation = other.decides(true, revoking(&scene, &[&root, &made])).await;
    assert_eq!(revocation, TreeRevocation::Revoked(1));
    let left = scene.store().find_by_id(made.id).await.unwrap().unwrap().token;
    assert_eq!(left.revoked_at, Some(now().plus_seconds(-1)));
    assert_eq!(standing(&scene, &root).await, Standing::Revoked);
}

/// Those who write down uses take several tokens too, in the order of their ids.
#[tokio::test(flavor = "multi_thread")]
async fn a_revocation_that_waits_for_one_token_has_not_taken_the_next() {
    let scene = Scene::open().await;
    let root = scene.token().await;
    let made = child(&scene, &root).await;
    let mut ids = [root.id, made.id];
    ids.sort_unstable();
    let [first, next] = ids;
    let take = |id| format!("SELECT FROM authorization_tokens WHERE id = '{id}' FOR NO KEY UPDATE NOWAIT");
    let mut other = scene.interloper(&take(first));
    let revocation = revoking(&scene, &[&root, &made]);
    other.holds(&revocation).await;
    assert!(other.could(&take(next)));
    other.commits();
    assert_eq!(revocation.await.unwrap(), TreeRevocation::Revoked(2));
}
