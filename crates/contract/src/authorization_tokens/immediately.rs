//! Whoever asks, wherever: what was changed is found changed from the moment on when the change was answered, and never again
//! as it was.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use symbolon_domain::{
    authorization_token::AuthorizationToken, port::authorization_tokens::AuthorizationTokens,
};
use tokio::task::{JoinHandle, yield_now};

use crate::{
    Fixture,
    history::{Sight, Span, Ticks, is_linearizable},
    race::HeadStart,
    sample::now,
    scene::{Scene, Stage, ok},
};

/// How many tokens are changed, one after the other, each in its own round.
const ROUNDS: u64 = 21;
/// How many look at each of the two instances.
const LOOKERS: usize = 3;
/// How often each of them looks after the change was answered.
const AFTERWARDS: usize = 8;

/// Rotations and revocations are seen by all who ask any instance after they were answered; during one, once it was seen.
pub async fn what_was_changed_is_found_changed_at_once<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let stages = [(*scene).clone(), scene.elsewhere()];
    for round in 0..ROUNDS {
        let token = scene.token().await;
        let (ticks, is_over) = (Arc::new(Ticks::default()), Arc::new(AtomicBool::new(false)));
        let lookers: Vec<_> = (0..LOOKERS)
            .flat_map(|_| &stages)
            .map(|stage| look(stage.tokens.clone(), &token, &ticks, &is_over))
            .collect();
        HeadStart::of(round).of_the_other().await;
        let here = stages
            .get(usize::from(round.is_multiple_of(2)))
            .expect("there are two");
        let span = change(here, &token, round, &ticks).await;
        is_over.store(true, Ordering::SeqCst);
        let mut sights = Vec::new();
        for looker in lookers {
            sights.extend(looker.await.expect("whoever looks comes to an end"));
        }
        if let Err(sight) = is_linearizable(&[span], &sights) {
            panic!("changed in {span:?}, and then seen: {sight:?}");
        }
    }
}

/// Looks at the token until the change was answered, and some more.
fn look(
    tokens: Arc<dyn AuthorizationTokens>,
    token: &AuthorizationToken,
    ticks: &Arc<Ticks>,
    is_over: &Arc<AtomicBool>,
) -> JoinHandle<Vec<Sight>> {
    let (digest, ticks, is_over) = (token.digest, Arc::clone(ticks), Arc::clone(is_over));
    tokio::spawn(async move {
        let (mut sights, mut afterwards) = (Vec::new(), 0);
        while afterwards < AFTERWARDS {
            afterwards += usize::from(is_over.load(Ordering::SeqCst));
            let begun = ticks.tick();
            let found = ok(tokens.find_by_digest(&digest).await).expect("a token that was kept is found");
            let ended = ticks.tick();
            sights.push(Sight {
                span: Span { begun, ended },
                versions: vec![usize::from(!found.standing(now()).is_served())],
            });
            yield_now().await;
        }
        sights
    })
}

/// Rotates or revokes the token.
async fn change(stage: &Stage, token: &AuthorizationToken, round: u64, ticks: &Ticks) -> Span {
    let begun = ticks.tick();
    if round.is_multiple_of(3) {
        stage.revoke(token, now()).await;
    } else {
        stage.rotated(token).await;
    }
    Span {
        begun,
        ended: ticks.tick(),
    }
}
