//! What holds however many ask for the same at once.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use symbolon_domain::{
    activity::Action,
    authorization_token::{AuthorizationToken, MAX_LIVE_TOKENS, Standing},
    id::AuthorizationTokenId,
    port::authorization_tokens::{Insertion, Rotation, TokenChange},
    time::Timestamp,
};
use tokio::{
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    task::yield_now,
};

use crate::{
    Fixture,
    race::{RIVALS, duel, race},
    sample::now,
    scene::{ALL, LIVE, Scene, count, count_of, ok},
};

/// Of 64 rotations of one token one wins; the others say that they lost, and leave nothing behind.
pub async fn rotation_has_exactly_one_winner<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let current = scene.token().await;
    let rotations = race(RIVALS, |_| {
        let (scene, current) = (scene.clone(), current.clone());
        async move {
            let successor = scene.samples.successor(&current);
            let rotation = scene.rotate(&current, &successor, now()).await;
            (rotation, scene.is_kept(&successor).await)
        }
    })
    .await;
    let lost = Rotation::Refused(Standing::Rotated);
    assert_eq!(count_of(&rotations, &(Rotation::Rotated, true)), 1);
    assert_eq!(count_of(&rotations, &(lost, false)), RIVALS - 1);
    has_rotated_once(&scene, &current).await;
}

/// The same where all use one key: the losers are told that the token is rotated, so that they ask for its answer.
pub async fn rotation_under_one_key_has_exactly_one_winner<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let current = scene.token().await;
    let rotations = race(RIVALS, |_| {
        let (scene, current) = (scene.clone(), current.clone());
        async move {
            let successor = scene.samples.successor(&current);
            let answer = scene.samples.answer(current.id, "key", &successor);
            let rotation = scene.rotate_answered(&current, &successor, &answer, now()).await;
            (rotation, scene.stored_like(&answer, now()).await)
        }
    })
    .await;
    let outcomes: Vec<_> = rotations.iter().map(|(rotation, _)| *rotation).collect();
    assert_eq!(count_of(&outcomes, &Rotation::Rotated), 1);
    let lost = Rotation::Refused(Standing::Rotated);
    assert_eq!(count_of(&outcomes, &lost), RIVALS - 1);

    let successor = has_rotated_once(&scene, &current).await;
    for (_, answer) in rotations {
        assert_eq!(answer.map(|answer| answer.token), Some(successor.id));
    }
}

/// Of 60 insertions where there is room for one, one succeeds.
pub async fn the_limit_holds_however_many_insert<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    scene.fill(MAX_LIVE_TOKENS - 1).await;
    let insertions = race(60, |_| {
        let scene = scene.clone();
        async move { scene.insert(&scene.sample(), now()).await }
    })
    .await;
    assert_eq!(count_of(&insertions, &Insertion::Inserted), 1);
    assert_eq!(count_of(&insertions, &Insertion::LimitReached), 59);
    assert_eq!(scene.list(ALL, now()).await.total_count, MAX_LIVE_TOKENS);
    assert_eq!(scene.logged(Action::TokenCreated).await, MAX_LIVE_TOKENS);
}

/// Of 64 insertions under one key one makes a token, and the others get the answer that gives it out.
pub async fn many_insertions_under_one_key_make_one_token<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let caller = scene.token().await;
    let insertions = race(RIVALS, |_| {
        let (scene, caller) = (scene.clone(), caller.clone());
        async move {
            let token = scene.sample_by(&caller);
            let answer = scene.samples.answer(caller.id, "key", &token);
            let insertion = scene.insert_answered(&token, &answer, now()).await;
            (answer, insertion)
        }
    })
    .await;
    let winners = insertions
        .iter()
        .filter(|(_, insertion)| *insertion == Insertion::Inserted);
    let winners: Vec<_> = winners.map(|(answer, _)| answer).collect();
    let [winner] = winners.as_slice() else {
        panic!("one insertion wins, not {}", winners.len());
    };
    let answered = Insertion::Answered(Box::new((*winner).clone()));
    let outcomes: Vec<_> = insertions
        .iter()
        .map(|(_, insertion)| insertion.clone())
        .collect();
    assert_eq!(count_of(&outcomes, &answered), RIVALS - 1);
    assert_eq!(scene.list(ALL, now()).await.total_count, 2);
    assert_eq!(scene.logged(Action::TokenCreated).await, 2);
}

/// Of 64 revocations of one token one retires it.
pub async fn revocation_happens_once<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let token = scene.token().await;
    let changes = race(RIVALS, |_| {
        let (scene, token) = (scene.clone(), token.clone());
        async move { scene.revoke(&token, now()).await }
    })
    .await;
    assert_eq!(count_of(&changes, &TokenChange::Changed), 1);
    let lost = TokenChange::Refused(Standing::Revoked);
    assert_eq!(count_of(&changes, &lost), RIVALS - 1);
    assert_eq!(scene.logged(Action::TokenRevoked).await, 1);
}

/// Many batches at once, each naming the same tokens in another order, all succeed, and the latest use of each is kept.
pub async fn many_batches_of_uses_keep_the_latest<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let mut ids = Vec::new();
    for _ in 0..8 {
        ids.push(scene.token().await.id);
    }
    let ids = Arc::new(ids);
    race(RIVALS, |rival| {
        let (scene, ids) = (scene.clone(), Arc::clone(&ids));
        async move {
            let mut uses = uses_by(rival, &ids);
            uses.rotate_left(usize::try_from(rival % 8).unwrap_or_default());
            if rival % 2 == 0 {
                uses.reverse();
            }
            ok(scene.tokens.record_use(&uses).await);
        }
    })
    .await;
    for (id, latest) in uses_by(RIVALS - 1, &ids) {
        let found = ok(scene.tokens.find(scene.owner.id, id).await);
        assert_eq!(found.and_then(|token| token.last_used_at), Some(latest));
    }
}

/// However often a token is rotated while it is listed, the list shows exactly one live token, and counts what it shows.
pub async fn a_list_during_rotations_shows_exactly_one_live_token<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let first = scene.token().await;
    let is_over = Arc::new(AtomicBool::new(false));
    let (listed, lists) = unbounded_channel();
    duel(
        {
            let (scene, at_the_end) = (scene.clone(), AtTheEnd(Arc::clone(&is_over)));
            async move {
                rotate_between(&scene, first, lists).await;
                drop(at_the_end);
            }
        },
        {
            let scene = scene.clone();
            async move {
                race(3, |_| list_until(is_over.clone(), scene.clone(), listed.clone())).await;
            }
        },
    )
    .await;
    shows_one_live_token(&scene).await;
}

/// Rotates a token and its successors 24 times, each time when somebody has listed and others are about to. Nobody is
/// waited for who has given up.
async fn rotate_between<F: Fixture>(
    scene: &Scene<F>,
    mut current: AuthorizationToken,
    mut lists: UnboundedReceiver<()>,
) {
    for _ in 0..24 {
        while lists.try_recv().is_ok() {}
        let _ = lists.recv().await;
        current = scene.rotated(&current).await;
    }
}

async fn list_until<F: Fixture>(is_over: Arc<AtomicBool>, scene: Scene<F>, listed: UnboundedSender<()>) {
    while !is_over.load(Ordering::Acquire) {
        shows_one_live_token(&scene).await;
        let _ = listed.send(());
        // A store that never waits would otherwise keep the thread to itself.
        yield_now().await;
    }
}

/// Ends the listing when the rotations end, also when they end in a panic.
struct AtTheEnd(Arc<AtomicBool>);

impl Drop for AtTheEnd {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
    }
}

async fn shows_one_live_token<F: Fixture>(scene: &Scene<F>) {
    let live = scene.list(LIVE, now()).await;
    assert_eq!((live.items.len(), live.total_count), (1, 1));
    let all = scene.list(ALL, now()).await;
    assert_eq!(count(&all.items), all.total_count);
    let is_live = |token: &&AuthorizationToken| token.standing(&scene.owner, now()) == Standing::Live;
    assert_eq!(all.items.iter().filter(is_live).count(), 1);
}

/// The one live token that is there after one rotation, with one entry.
async fn has_rotated_once<F: Fixture>(scene: &Scene<F>, current: &AuthorizationToken) -> AuthorizationToken {
    assert_eq!(scene.owned(current).await.standing(now()), Standing::Rotated);
    assert_eq!(scene.list(ALL, now()).await.total_count, 2);
    assert_eq!(scene.logged(Action::TokenRotated).await, 1);
    let live = scene.list(LIVE, now()).await;
    let [successor] = live.items.as_slice() else {
        panic!("one token is live after a rotation, not {}", live.items.len());
    };
    assert_eq!(successor.rotated_from, Some(current.id));
    successor.clone()
}

/// What this rival uses: each token at an instant later than that of the rival before.
fn uses_by(rival: u64, ids: &[AuthorizationTokenId]) -> Vec<(AuthorizationTokenId, Timestamp)> {
    let seconds = i64::try_from(rival).unwrap_or_default();
    (0..)
        .zip(ids)
        .map(|(millis, id)| (*id, now().plus_seconds(seconds).plus_millis(millis)))
        .collect()
}
