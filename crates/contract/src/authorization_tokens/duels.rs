//! What holds when two different things are asked for at once. Whichever comes first, the other sees it.

use symbolon_domain::{
    activity::Action,
    authorization_token::{MAX_LIVE_TOKENS, Standing},
    port::{
        authorization_tokens::{Insertion, Rotation, TokenChange},
        organizations::OrganizationChange,
    },
};

use crate::{
    Fixture,
    race::{duel_in_round, race},
    sample::now,
    scene::{LIVE, Scene, count_of},
};

/// Meetings of two, so that both orders and what lies between them come up.
const ROUNDS: u64 = 20;

/// Of a rotation and a revocation of one token one succeeds: either its successor is live, or there is none.
pub async fn rotation_and_revocation_never_both_succeed<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for round in 0..ROUNDS {
        let current = scene.token().await;
        let successor = scene.samples.successor(&current);
        let (rotation, revocation) = duel_in_round(
            round,
            {
                let (scene, current, successor) = (scene.clone(), current.clone(), successor.clone());
                async move { scene.rotate(&current, &successor, now()).await }
            },
            {
                let (scene, current) = (scene.clone(), current.clone());
                async move { scene.revoke(&current, now()).await }
            },
        )
        .await;
        let standing = scene.owned(&current).await.standing(now());
        match (rotation, revocation) {
            (Rotation::Rotated, TokenChange::Refused(Standing::Rotated)) => {
                assert_eq!(standing, Standing::Rotated);
                let successor = scene.owned(&successor).await;
                assert_eq!(successor.standing(now()), Standing::Live);
            }
            (Rotation::Refused(Standing::Revoked), TokenChange::Changed) => {
                assert_eq!(standing, Standing::Revoked);
                assert!(!scene.is_kept(&successor).await, "an orphan is kept");
            }
            both => panic!("one of the two succeeds, and the other says why not: {both:?}"),
        }
    }
}

/// Where a rotation leaves a grace, a revocation at the same time reaches the token before or after it.
pub async fn revocation_reaches_a_token_that_is_rotated_with_grace<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let end = Some(now().plus_seconds(60));
    for round in 0..ROUNDS {
        let current = scene.token().await;
        let successor = scene.samples.successor(&current);
        let (rotation, revocation) = duel_in_round(
            round,
            {
                let (scene, current, successor) = (scene.clone(), current.clone(), successor.clone());
                async move { scene.rotate_with_grace(&current, &successor, end, now()).await }
            },
            {
                let (scene, current) = (scene.clone(), current.clone());
                async move { scene.revoke(&current, now()).await }
            },
        )
        .await;
        assert_eq!(revocation, TokenChange::Changed);
        assert_eq!(scene.owned(&current).await.standing(now()), Standing::Revoked);
        match rotation {
            Rotation::Rotated => {
                let successor = scene.owned(&successor).await;
                assert_eq!(successor.standing(now()), Standing::Live);
            }
            Rotation::Refused(Standing::Revoked) => assert!(!scene.is_kept(&successor).await),
            other => panic!("it rotates, or was revoked before: {other:?}"),
        }
    }
}

/// An insertion and the revocation of its caller: the token is kept if and only if the insertion says so, and once the
/// revocation has returned no other is made.
pub async fn insertion_and_revocation_of_its_caller_agree<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for round in 0..ROUNDS {
        let caller = scene.token().await;
        let token = scene.sample_by(&caller);
        let (insertion, (revocation, later)) = duel_in_round(
            round,
            {
                let (scene, token) = (scene.clone(), token.clone());
                async move { scene.insert(&token, now()).await }
            },
            {
                let (scene, caller) = (scene.clone(), caller.clone());
                async move {
                    let revocation = scene.revoke(&caller, now()).await;
                    let later = scene.sample_by(&caller);
                    (revocation, scene.insert(&later, now()).await)
                }
            },
        )
        .await;
        assert_eq!(revocation, TokenChange::Changed);
        assert_eq!(later, Insertion::CallerRetired);
        match insertion {
            Insertion::Inserted => assert_eq!(scene.stored(&token).await, token),
            Insertion::CallerRetired => assert!(!scene.is_kept(&token).await),
            other => panic!("it is kept, or its caller was retired before: {other:?}"),
        }
    }
}

/// Insertions and a cancellation of their organization: none is made after it, and none of those made before is good.
pub async fn insertions_and_a_cancellation_agree<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let samples: Vec<_> = (0..32).map(|_| scene.sample()).collect();
    let insertions = race(33, |rival| {
        let scene = scene.clone();
        let token = usize::try_from(rival)
            .ok()
            .and_then(|rival| samples.get(rival))
            .cloned();
        async move {
            let Some(token) = token else {
                let change = scene.cancel(scene.owner.id, now()).await;
                assert_eq!(change, OrganizationChange::Changed);
                return scene.insert(&scene.sample(), now()).await;
            };
            let insertion = scene.insert(&token, now()).await;
            assert_eq!(scene.is_kept(&token).await, insertion == Insertion::Inserted);
            insertion
        }
    })
    .await;
    assert_eq!(insertions.last(), Some(&Insertion::OrganizationCancelled));
    let inserted = count_of(&insertions, &Insertion::Inserted);
    let refused = count_of(&insertions, &Insertion::OrganizationCancelled);
    assert_eq!(inserted + refused, 33);
    assert_eq!(scene.logged(Action::TokenCreated).await, inserted);
    for token in &samples {
        if scene.is_kept(token).await {
            let standing = scene.owned(token).await.standing(now());
            assert_eq!(standing, Standing::OrganizationCancelled);
        }
    }
}

/// At the limit a rotation leaves no instant at which there is room for one more.
pub async fn a_rotation_at_the_limit_opens_no_gap<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let mut current = scene.token().await;
    scene.fill(MAX_LIVE_TOKENS - 1).await;
    for _ in 0..4 {
        let successor = scene.samples.successor(&current);
        let outcomes = race(9, |rival| {
            let (scene, current, successor) = (scene.clone(), current.clone(), successor.clone());
            async move {
                if rival == 0 {
                    return scene.rotate(&current, &successor, now()).await == Rotation::Rotated;
                }
                scene.insert(&scene.sample(), now()).await == Insertion::LimitReached
            }
        })
        .await;
        assert_eq!(count_of(&outcomes, &true), 9, "{outcomes:?}");
        current = successor;
    }
    assert_eq!(scene.list(LIVE, now()).await.total_count, MAX_LIVE_TOKENS);
}
