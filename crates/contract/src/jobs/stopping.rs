//! Stopping jobs, and taking drafts back.

use symbolon_domain::{
    activity::Action,
    job::{Job, JobState},
    port::jobs::{JobStep, Next},
};

use super::{all_results, counting, has_file, kept_as, shown, stop, stored, take, taken};
use crate::{
    Fixture,
    sample::{now, rejected},
    scene::{Scene, ok},
};

/// What waits or runs is stopped and a draft is taken back: it is over when the entry says, which is appended; its file is
/// gone, and nobody takes it any more.
pub async fn stopping_ends_a_job<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for state in [JobState::Draft, JobState::Waiting, JobState::Running] {
        let job = kept_as(&scene, state).await;
        let other = kept_as(&scene, JobState::Draft).await;
        let before = shown(&scene, &other).await;
        let mut entry = scene.samples.entry(scene.owner.id, Action::JobStopped);
        entry.at = now().plus_millis(5);
        assert!(ok(scene.jobs.stop(scene.owner.id, job.id, &entry).await));
        let stopped = Job {
            state: JobState::Stopped,
            ended_at: Some(entry.at),
            ..job.clone()
        };
        assert_eq!(stored(&scene, &job).await, stopped);
        assert!(!has_file(&scene, &job).await);
        assert_eq!(scene.log().await.last(), Some(&entry));
        assert_eq!(take(&scene, now().plus_seconds(3_600)).await, None);
        assert_eq!(shown(&scene, &other).await, before);
    }
}

/// What is over stays as it is, and no entry is appended.
pub async fn what_is_over_is_not_stopped<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for state in [JobState::Done, JobState::Failed, JobState::Stopped] {
        let job = kept_as(&scene, state).await;
        assert!(!stop(&scene, &job).await);
        assert_eq!(stored(&scene, &job).await, job);
    }
    assert_eq!(scene.logged(Action::JobStopped).await, 0);
}

/// A step that was under way when the job was stopped was done, and is kept; but the job stays stopped, since when it was,
/// whatever the step says comes next. The turns before it count no more than they did.
pub async fn a_step_of_a_stopped_job_is_kept<F: Fixture>() {
    for next in [
        Next::GoOn(now().plus_seconds(30)),
        Next::Later(now()),
        Next::Done(now().plus_seconds(1)),
        Next::Failed(now().plus_seconds(1), "it is gone".to_owned()),
    ] {
        let scene = Scene::<F>::open().await;
        let (job, first) = taken(&scene).await;
        let later = now().plus_seconds(30);
        let (_, turn) = take(&scene, later).await.expect("it is due again");
        assert!(stop(&scene, &job).await);
        let before = stored(&scene, &job).await;
        let step = JobStep {
            results: vec![rejected(1)],
            cursor: Some("1".to_owned()),
            next,
            ..counting(2, 0, 1)
        };
        assert!(!ok(scene.jobs.step(&first, &step).await));
        assert_eq!(stored(&scene, &job).await, before);
        assert!(!ok(scene.jobs.step(&turn, &step).await));
        let wanted = Job {
            counts: step.counts,
            cursor: step.cursor,
            ..before
        };
        assert_eq!(stored(&scene, &job).await, wanted);
        assert_eq!(all_results(&scene, &job).await, [rejected(1)]);
        assert_eq!(take(&scene, now().plus_seconds(3_600)).await, None);
    }
}
