//! What came out of a token, and revoking it as a whole.

use symbolon_domain::{
    activity::{Action, ActivityEntry},
    authorization_token::{AuthorizationToken, Standing},
    port::authorization_tokens::{Insertion, Rotation, TreeRevocation},
    time::Timestamp,
};

use crate::{
    Fixture,
    race::{RIVALS, duel_in_round, race},
    sample::{just_before, now},
    scene::{Scene, Stage, count, ok},
    standings::{in_grace, out_of_service},
};

/// What a token has made, what that has made, and what took the place of any of these or of the token itself by a rotation;
/// retired ones too, in the order in which they were made. Neither the token itself, nor what made it, nor what else that
/// has made.
pub async fn descendants_are_all_that_came_out_of_a_token<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let maker = scene.token().await;
    let root = child(&scene, &maker, 0).await;
    child(&scene, &maker, 1).await;
    scene.token().await;
    let first = child(&scene, &root, 7).await;
    let grandchild = child(&scene, &first, 3).await;
    let second = child(&scene, &root, 3).await;
    let successor = rotated(&scene, &first, 9, None).await;
    let by_successor = child(&scene, &successor, 2).await;
    let retired = child(&scene, &grandchild, 3).await;
    scene.revoke(&retired, now()).await;
    ok(scene.tokens.mark_expired(second.id, now()).await);
    let grace = Some(now().plus_seconds(60));
    let replacement = rotated(&scene, &root, 1, grace).await;
    let by_replacement = child(&scene, &replacement, 8).await;

    let all = [
        &first,
        &grandchild,
        &second,
        &successor,
        &by_successor,
        &retired,
        &replacement,
        &by_replacement,
    ];
    has_descendants(&scene, &root, &all).await;
    has_descendants(
        &scene,
        &first,
        &[&grandchild, &successor, &by_successor, &retired],
    )
    .await;
    has_descendants(&scene, &successor, &[&by_successor]).await;
    has_descendants(&scene, &replacement, &[&by_replacement]).await;
    has_descendants(&scene, &second, &[]).await;
}

/// For another organization a token has no descendants, nor has one that is not kept.
pub async fn descendants_are_seen_by_their_organization_only<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let root = scene.token().await;
    child(&scene, &root, 0).await;
    for (organization, id) in [(other.id, root.id), (scene.owner.id, scene.sample().id)] {
        assert_eq!(ok(scene.tokens.descendants(organization, id).await), []);
    }
}

/// Every token of the tree that is served is retired at that instant and loses its sealed copy, each with its entry; whether
/// it is live or in its grace. What is not served stays as it was, and so does everything outside.
pub async fn a_tree_is_revoked_as_a_whole<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let maker = scene.token().await;
    let (root, sibling) = (child(&scene, &maker, 0).await, child(&scene, &maker, 0).await);
    let live = child(&scene, &root, 1).await;
    let grandchild = child(&scene, &live, 2).await;
    let waning = child(&scene, &root, 3).await;
    let successor = rotated(&scene, &waning, 4, Some(now().plus_millis(1))).await;
    let gone = child(&scene, &root, 5).await;
    scene.revoke(&gone, just_before(now())).await;
    let expired = child(&scene, &root, 6).await;
    ok(scene.tokens.mark_expired(expired.id, now()).await);
    let replaced = child(&scene, &root, 7).await;
    let replacement = rotated(&scene, &replaced, 8, None).await;

    let served = [&root, &live, &grandchild, &waning, &successor, &replacement];
    let unserved = [&gone, &expired, &replaced, &maker, &sibling];
    let (mut before, mut untouched) = (Vec::new(), Vec::new());
    for token in served {
        before.push(scene.stored(token).await);
    }
    for token in unserved {
        untouched.push(scene.stored(token).await);
    }
    let log = scene.log().await;
    let entries = entries_about(&scene, &served);
    let outcome = revoke_tree(&scene, &root, &entries, now()).await;
    assert_eq!(outcome, TreeRevocation::Revoked(count(&served)));
    for stored in before {
        let revoked = AuthorizationToken {
            revoked_at: Some(now()),
            sealed: None,
            ..stored
        };
        assert_eq!(scene.stored(&revoked).await, revoked);
        assert_eq!(scene.owned(&revoked).await.standing(now()), Standing::Revoked);
    }
    for stored in untouched {
        assert_eq!(scene.stored(&stored).await, stored);
    }
    has_logged(&scene, &log, &entries).await;
    for caller in served {
        let refused = scene.insert(&scene.sample_by(caller), now()).await;
        assert_eq!(refused, Insertion::CallerRetired);
    }
}

/// A token that has made none, and one that is in its grace, are trees of one; one that is not served any more is a tree
/// of which nothing is retired, and so is every one of a cancelled organization.
pub async fn a_tree_has_as_many_as_are_served<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for (root, revoked) in [(scene.token().await, 1), (grace_alone(&scene).await, 1)] {
        let entries = entries_about(&scene, &[&root]);
        let outcome = revoke_tree(&scene, &root, &entries, now()).await;
        assert_eq!(outcome, TreeRevocation::Revoked(revoked));
    }
    let live = scene.token().await;
    for (root, _) in out_of_service(&scene).await {
        for descendant in &descendants(&scene, &root).await {
            scene.revoke(descendant, now()).await;
        }
        let before = scene.shown().await;
        let entries = entries_about(&scene, &[&root]);
        let outcome = revoke_tree(&scene, &root, &entries, now().plus_seconds(1)).await;
        assert_eq!(outcome, TreeRevocation::Revoked(0));
        assert_eq!(scene.shown().await, before);
    }
    scene.cancel(scene.owner.id, now()).await;
    let before = scene.shown().await;
    let entries = entries_about(&scene, &[&live]);
    let outcome = revoke_tree(&scene, &live, &entries, now()).await;
    assert_eq!(outcome, TreeRevocation::Revoked(0));
    assert_eq!(scene.shown().await, before);
}

/// Where one that is served has no entry, whichever it is, nothing changes; one that is not served needs none.
pub async fn a_tree_that_has_grown_is_not_revoked<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let root = scene.token().await;
    let first = child(&scene, &root, 1).await;
    let second = child(&scene, &first, 2).await;
    let gone = child(&scene, &second, 3).await;
    scene.revoke(&gone, now()).await;
    let before = scene.shown().await;
    for known in [
        vec![],
        vec![&root],
        vec![&root, &first],
        vec![&root, &second],
        vec![&first, &second],
        vec![&root, &first, &gone],
    ] {
        let entries = entries_about(&scene, &known);
        let outcome = revoke_tree(&scene, &root, &entries, now()).await;
        assert_eq!(outcome, TreeRevocation::Overtaken);
        assert_eq!(scene.shown().await, before);
    }
    let entries = entries_about(&scene, &[&root, &first, &second]);
    let outcome = revoke_tree(&scene, &root, &entries, now()).await;
    assert_eq!(outcome, TreeRevocation::Revoked(3));
}

/// Entries about tokens that were not retired by it are not kept: neither about those that are not served, nor about those
/// outside.
pub async fn entries_about_other_tokens_are_not_kept<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let maker = scene.token().await;
    let (root, sibling) = (child(&scene, &maker, 0).await, child(&scene, &maker, 0).await);
    let gone = child(&scene, &root, 1).await;
    scene.revoke(&gone, now()).await;
    let log = scene.log().await;
    let entries = entries_about(&scene, &[&maker, &gone, &root, &sibling]);
    let outcome = revoke_tree(&scene, &root, &entries, now()).await;
    assert_eq!(outcome, TreeRevocation::Revoked(1));
    let kept: Vec<_> = entries
        .into_iter()
        .filter(|entry| entry.about.token == Some(root.id))
        .collect();
    has_logged(&scene, &log, &kept).await;
}

/// Another organization's tree is absent, and so is one that is not kept; nothing is written anywhere.
pub async fn a_foreign_tree_is_not_revoked<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let root = scene.token().await;
    child(&scene, &root, 0).await;
    let nobody = scene.sample();
    let before = (scene.shown().await, scene.shown_of(other.id).await);
    for (organization, token) in [(other.id, &root), (scene.owner.id, &nobody)] {
        let entries = entries_about(&scene, &[token]);
        let outcome = scene
            .tokens
            .revoke_tree(organization, token.id, &entries, now())
            .await;
        assert_eq!(ok(outcome), TreeRevocation::Absent);
    }
    let after = (scene.shown().await, scene.shown_of(other.id).await);
    assert_eq!(after, before);
}

/// However many tokens of a tree make more while it is revoked, none of it survives: whoever came first is retired with it,
/// and whoever came later is refused.
pub async fn no_child_survives_its_tree<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for round in 0..8 {
        let root = scene.token().await;
        let mother = child(&scene, &root, 0).await;
        let outcomes = race(9, |rival| {
            let (scene, root, mother) = (scene.clone(), root.clone(), mother.clone());
            async move {
                if rival == 0 {
                    revoke_whole_tree(&scene, &root).await;
                    return None;
                }
                let caller = if (rival + round) % 2 == 0 { &root } else { &mother };
                let token = scene.sample_by(caller);
                Some((scene.insert(&token, now()).await, token))
            }
        })
        .await;
        for (insertion, token) in outcomes.into_iter().flatten() {
            match insertion {
                Insertion::Inserted => {
                    let standing = scene.owned(&token).await.standing(now());
                    assert_eq!(standing, Standing::Revoked, "a child survives");
                }
                Insertion::CallerRetired => assert!(!scene.is_kept(&token).await),
                other => panic!("it is inserted, or its caller is retired: {other:?}"),
            }
        }
        is_dead(&scene, &root).await;
    }
}

/// A token of the tree that is rotated meanwhile does not survive in its successor.
pub async fn no_successor_survives_its_tree<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for round in 0..20 {
        let root = scene.token().await;
        let current = child(&scene, &root, 0).await;
        let successor = scene.samples.successor(&current);
        let (rotation, ()) = duel_in_round(
            round,
            {
                let (scene, current, successor) = (scene.clone(), current.clone(), successor.clone());
                async move { scene.rotate(&current, &successor, now()).await }
            },
            {
                let (scene, root) = (scene.clone(), root.clone());
                async move { revoke_whole_tree(&scene, &root).await }
            },
        )
        .await;
        let known = [Rotation::Rotated, Rotation::Refused(Standing::Revoked)];
        assert!(known.contains(&rotation), "{rotation:?}");
        assert_eq!(scene.is_kept(&successor).await, rotation == Rotation::Rotated);
        is_dead(&scene, &root).await;
    }
}

/// Of 64 who revoke a tree together each token is retired by one, and entered once.
pub async fn every_token_of_a_tree_is_retired_once<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let root = scene.token().await;
    let mut tree = vec![root.clone()];
    for millis in 0..4 {
        tree.push(child(&scene, &root, millis).await);
    }
    let log = count(&scene.log().await);
    let outcomes = race(RIVALS, |rival| {
        let (scene, tree) = (scene.clone(), tree.clone());
        async move {
            // Some begin below.
            let below = usize::from(rival % 4 == 0);
            let top = tree.get(below).expect("there are five");
            let all: Vec<_> = tree.iter().collect();
            revoke_tree(&scene, top, &entries_about(&scene, &all), now()).await
        }
    })
    .await;
    let retired: u64 = outcomes
        .iter()
        .map(|outcome| match outcome {
            TreeRevocation::Revoked(retired) => *retired,
            other => panic!("nothing was made meanwhile: {other:?}"),
        })
        .sum();
    assert_eq!(retired, count(&tree));
    assert_eq!(scene.logged(Action::TokenRevoked).await, count(&tree));
    assert_eq!(count(&scene.log().await), log + count(&tree));
    is_dead(&scene, &root).await;
}

/// A token that `caller` asked for, made so many milliseconds later, kept.
async fn child(stage: &Stage, caller: &AuthorizationToken, millis: i64) -> AuthorizationToken {
    let token = AuthorizationToken {
        created_at: now().plus_millis(millis),
        ..stage.sample_by(caller)
    };
    stage.keep(&token).await;
    token
}

/// The successor of a token that is rotated away, made so many milliseconds later.
async fn rotated(
    stage: &Stage,
    current: &AuthorizationToken,
    millis: i64,
    grace_until: Option<Timestamp>,
) -> AuthorizationToken {
    let successor = AuthorizationToken {
        created_at: now().plus_millis(millis),
        ..stage.samples.successor(current)
    };
    let rotation = stage
        .rotate_with_grace(current, &successor, grace_until, now())
        .await;
    assert_eq!(rotation, Rotation::Rotated);
    successor
}

/// A token in its grace whose successor is retired.
async fn grace_alone<F: Fixture>(scene: &Scene<F>) -> AuthorizationToken {
    let token = in_grace(scene).await;
    for successor in descendants(scene, &token).await {
        scene.revoke(&successor, now()).await;
    }
    token
}

/// An entry about each of these tokens.
fn entries_about(stage: &Stage, tokens: &[&AuthorizationToken]) -> Vec<ActivityEntry> {
    let tokens = tokens.iter();
    tokens
        .map(|token| stage.samples.entry_by(token, Action::TokenRevoked))
        .collect()
}

async fn revoke_tree(
    stage: &Stage,
    root: &AuthorizationToken,
    entries: &[ActivityEntry],
    now: Timestamp,
) -> TreeRevocation {
    ok(stage
        .tokens
        .revoke_tree(root.organization, root.id, entries, now)
        .await)
}

/// Looks what is in the tree, and revokes it, until nothing was made meanwhile.
async fn revoke_whole_tree(stage: &Stage, root: &AuthorizationToken) {
    for _ in 0..100 {
        let descendants = descendants(stage, root).await;
        let tree: Vec<_> = [root].into_iter().chain(&descendants).collect();
        let entries = entries_about(stage, &tree);
        match revoke_tree(stage, root, &entries, now()).await {
            TreeRevocation::Revoked(_) => return,
            TreeRevocation::Overtaken => {}
            TreeRevocation::Absent => panic!("the tree is there"),
        }
    }
    panic!("nobody makes so many tokens meanwhile");
}

/// Nothing of the tree is served.
async fn is_dead(stage: &Stage, root: &AuthorizationToken) {
    let descendants = descendants(stage, root).await;
    for token in [root].into_iter().chain(&descendants) {
        assert!(!stage.owned(token).await.standing(now()).is_served());
    }
}

async fn has_descendants(stage: &Stage, root: &AuthorizationToken, wanted: &[&AuthorizationToken]) {
    let mut stored = Vec::new();
    for token in wanted {
        stored.push(stage.stored(token).await);
    }
    stored.sort_by_key(|token| (token.created_at, token.id));
    assert_eq!(descendants(stage, root).await, stored);
}

/// What came out of a token.
async fn descendants(stage: &Stage, root: &AuthorizationToken) -> Vec<AuthorizationToken> {
    ok(stage.tokens.descendants(root.organization, root.id).await)
}

/// The log has these entries behind what it had, each once, in whatever order.
async fn has_logged(stage: &Stage, before: &[ActivityEntry], entries: &[ActivityEntry]) {
    let log = stage.log().await;
    let (earlier, new) = log.split_at(before.len().min(log.len()));
    assert_eq!(earlier, before);
    let sorted = |entries: &[ActivityEntry]| {
        let mut entries = entries.to_vec();
        entries.sort_by_key(|entry| entry.id);
        entries
    };
    assert_eq!(sorted(new), sorted(entries));
}
