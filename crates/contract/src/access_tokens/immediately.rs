//! Whoever asks, wherever: a claim and a reset are seen from the moment on when they were answered.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use symbolon_domain::{port::access_tokens::AccessTokens, sealed::TokenDigest, social_profile::Connection};
use tokio::task::{JoinHandle, yield_now};

use crate::{
    Fixture,
    history::{Sight, Span, Ticks, is_linearizable},
    sample::now,
    scene::{Scene, ok},
};

/// How often the token is claimed, and reset.
const ROUNDS: usize = 8;
/// How many look at each of the two instances.
const LOOKERS: usize = 3;

/// Who holds an access token is the same for all who ask any instance: claims and resets are seen once they were answered, in
/// their order.
pub async fn who_holds_a_token_is_known_everywhere_at_once<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let stages = [(*scene).clone(), scene.elsewhere()];
    let new = scene.recipient().await;
    let profiles: Arc<Vec<_>> = Arc::new((0..ROUNDS).map(|_| scene.samples.connection()).collect());
    let (ticks, is_over) = (Arc::new(Ticks::default()), Arc::new(AtomicBool::new(false)));
    let lookers: Vec<_> = (0..LOOKERS)
        .flat_map(|_| &stages)
        .map(|stage| {
            look(
                stage.access.clone(),
                new.token.digest,
                &profiles,
                &ticks,
                &is_over,
            )
        })
        .collect();
    let mut changes = Vec::new();
    for (round, profile) in profiles.iter().enumerate() {
        for is_claim in [true, false] {
            let stage = stages
                .get(usize::from(round.is_multiple_of(2) == is_claim))
                .expect("there are two");
            let begun = ticks.tick();
            if is_claim {
                stage.claim(&new.token, profile, now()).await;
            } else {
                stage.reset(&new).await;
            }
            let ended = ticks.tick();
            changes.push(Span { begun, ended });
        }
    }
    is_over.store(true, Ordering::SeqCst);
    let mut sights = Vec::new();
    for looker in lookers {
        sights.extend(looker.await.expect("whoever looks comes to an end"));
    }
    if let Err(sight) = is_linearizable(&changes, &sights) {
        panic!("changed in {changes:?}, and then seen: {sight:?}");
    }
}

/// Looks who holds the token until all is over, and once more.
fn look(
    access: Arc<dyn AccessTokens>,
    digest: TokenDigest,
    profiles: &Arc<Vec<Connection>>,
    ticks: &Arc<Ticks>,
    is_over: &Arc<AtomicBool>,
) -> JoinHandle<Vec<Sight>> {
    let (profiles, ticks, is_over) = (Arc::clone(profiles), Arc::clone(ticks), Arc::clone(is_over));
    tokio::spawn(async move {
        let (mut sights, mut is_last) = (Vec::new(), false);
        while !is_last {
            is_last = is_over.load(Ordering::SeqCst);
            let begun = ticks.tick();
            let found = ok(access.find_by_digest(&digest).await).expect("a token that was kept is found");
            let ended = ticks.tick();
            let holder = found.token.binding.map(|binding| binding.connection);
            sights.push(Sight {
                span: Span { begun, ended },
                versions: versions(&profiles, holder.as_ref()),
            });
            yield_now().await;
        }
        sights
    })
}

/// The token is claimed by one after the other, and reset after each.
fn versions(profiles: &[Connection], holder: Option<&Connection>) -> Vec<usize> {
    match holder {
        None => (0..=profiles.len()).map(|resets| resets * 2).collect(),
        Some(holder) => profiles
            .iter()
            .position(|profile| profile == holder)
            .map(|claims| claims * 2 + 1)
            .into_iter()
            .collect(),
    }
}
