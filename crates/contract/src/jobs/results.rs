//! What became of rows and recipients, page by page.

use symbolon_domain::{
    job::{JobOutcome, JobResult},
    port::jobs::JobStep,
};

use super::{nothing, taken};
use crate::{
    Fixture,
    sample::rejected,
    scene::{Scene, ok},
};

/// Results stand by their place, whenever they were kept; those of one outcome are shown alone; after a place come those that
/// follow it, no more than are asked for. Another job's are not among them.
pub async fn results_stand_by_place<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (_, other) = taken(&scene).await;
    let (job, turn) = taken(&scene).await;
    let mut kept = Vec::new();
    for (place, outcome) in [9, 2, 300, 1, 40, 7, 256, 5]
        .into_iter()
        .zip(JobOutcome::ALL.into_iter().cycle())
    {
        let result = JobResult {
            outcome,
            ..rejected(place)
        };
        let step = JobStep {
            results: vec![result.clone()],
            ..nothing()
        };
        assert!(ok(scene.jobs.step(&turn, &step).await));
        assert!(ok(scene.jobs.step(&other, &step).await));
        kept.push(result);
    }
    kept.sort_unstable_by_key(|result| result.place);
    let mut places: Vec<_> = kept.iter().map(|result| Some(result.place)).collect();
    places.extend([None, Some(0), Some(100), Some(u64::from(u32::MAX))]);
    for outcome in [None].into_iter().chain(JobOutcome::ALL.map(Some)) {
        for after in places.clone() {
            for limit in [1, 2, 100] {
                let wanted: Vec<_> = kept
                    .iter()
                    .filter(|result| outcome.is_none_or(|outcome| result.outcome == outcome))
                    .filter(|result| after.is_none_or(|after| result.place > after))
                    .take(usize::try_from(limit).expect("it is small"))
                    .cloned()
                    .collect();
                let found = scene.jobs.results(scene.owner.id, job.id, outcome, after, limit);
                assert_eq!(ok(found.await), wanted, "{outcome:?} after {after:?}, {limit}");
            }
        }
    }
}

/// A step may have thousands of results.
pub async fn a_step_may_have_many_results<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (job, turn) = taken(&scene).await;
    let step = JobStep {
        results: (1..=5_000).map(rejected).collect(),
        ..nothing()
    };
    assert!(ok(scene.jobs.step(&turn, &step).await));
    let failed = Some(JobOutcome::Failed);
    let last = scene
        .jobs
        .results(scene.owner.id, job.id, failed, Some(4_998), 10);
    assert_eq!(ok(last.await), [rejected(4_999), rejected(5_000)]);
    assert_eq!(super::all_results(&scene, &job).await.len(), 5_000);
}
