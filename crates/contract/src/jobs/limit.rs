//! How many jobs an organization has at most that are not over.

use symbolon_domain::{
    activity::Action,
    job::{Job, JobState, MAX_OPEN_JOBS},
};

use super::{found, keep, kept_as, stop};
use crate::{
    Fixture,
    race::{RIVALS, race},
    scene::{Scene, Stage, count, count_of, ok},
};

/// Has so many jobs kept, of every state that is not over in turn.
async fn fill(stage: &Stage, jobs: u64) {
    let states = [JobState::Draft, JobState::Waiting, JobState::Running];
    for (_, state) in (0..jobs).zip(states.into_iter().cycle()) {
        kept_as(stage, state).await;
    }
}

/// Drafts, what waits and what runs count; what is over does not. The next is refused, and nothing of it is kept; when one is
/// over there is room for one. Others have limits of their own.
pub async fn a_job_beyond_the_limit_is_refused<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for state in [JobState::Done, JobState::Failed, JobState::Stopped] {
        kept_as(&scene, state).await;
    }
    let first = kept_as(&scene, JobState::Waiting).await;
    fill(&scene, MAX_OPEN_JOBS - 1).await;
    let refused = scene.samples.job(scene.owner.id);
    let entry = scene.samples.entry(scene.owner.id, Action::JobStarted);
    assert!(!ok(scene
        .jobs
        .keep(&refused, Some(b"a file"), Some(&entry))
        .await));
    assert_eq!(found(&scene, &refused).await, None);
    assert_eq!(scene.logged(Action::JobStarted).await, 0);
    let other = scene.organization().await;
    assert!(keep(&scene, &scene.samples.job(other.id)).await);

    assert!(stop(&scene, &first).await);
    assert!(keep(&scene, &refused).await);
    assert!(!keep(&scene, &scene.samples.job(scene.owner.id)).await);
}

/// Of many rivals for the last three places three are kept.
pub async fn the_limit_holds_however_many_are_kept<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    fill(&scene, MAX_OPEN_JOBS - 3).await;
    let kept = race(RIVALS, |_| {
        let scene = scene.clone();
        async move { keep(&scene, &scene.samples.job(scene.owner.id)).await }
    })
    .await;
    assert_eq!(count_of(&kept, &true), 3);
    let listed: Vec<Job> = ok(scene.jobs.browse(scene.owner.id, None, 1_000).await);
    let drafts = (MAX_OPEN_JOBS - 3).div_ceil(3);
    assert_eq!(count(&listed), MAX_OPEN_JOBS - drafts);
}
