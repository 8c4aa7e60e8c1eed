//! Looking forward again from a place in the log.

use symbolon_domain::{
    activity::Action,
    port::activity::{ActivityFilter, LogSide},
};

use super::looking_back::{entries, look_back, varied};
use crate::{
    Fixture,
    scene::{Scene, count, ok},
};

/// Whoever goes forward from a place sees what was appended after it, every entry once and the nearest first, in steps of
/// whatever length, each with its latest entry first; what was appended meanwhile comes last. After the last entry there is
/// nothing.
pub async fn looking_forward_leads_back_to_the_end<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    varied(&scene).await;
    let everything = ActivityFilter::default();
    for limit in [1, 2, 3, 7, 100] {
        let mut wanted = look_back(&scene, &everything, None, 100).await;
        let (first, _) = wanted.pop().expect("the log has entries");
        let mut seen = Vec::new();
        let mut side = LogSide::After(first);
        for _ in 0..=wanted.len() {
            let step = look_back(&scene, &everything, Some(side), limit).await;
            assert!(count(&step) <= u64::from(limit));
            let Some((latest, _)) = step.first() else { break };
            side = LogSide::After(*latest);
            seen.splice(0..0, step);
        }
        assert_eq!(seen, wanted, "in steps of {limit}");
        let (latest, _) = wanted.first().expect("there are others");
        assert_eq!(look_back(&scene, &everything, Some(side), limit).await, []);
        let meanwhile = scene.samples.entry(scene.owner.id, Action::TokenRevealed);
        ok(scene.activity.append(&meanwhile).await);
        let found = look_back(&scene, &everything, Some(LogSide::After(*latest)), limit).await;
        assert_eq!(entries(&found), [meanwhile]);
    }
    let (any, _) = look_back(&scene, &everything, None, 1).await.remove(0);
    assert_eq!(
        look_back(&scene, &everything, Some(LogSide::After(any)), 0).await,
        []
    );
}
