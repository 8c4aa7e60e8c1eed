//! What is forgotten, and when.

use symbolon_domain::{
    job::{DRAFT_LIFE, JOB_LIFE, Job, JobResult, JobState, ROWS_LIFE},
    port::{
        jobs::{JobStep, Next},
        recipients::NewRecipient,
    },
};

use super::{all_results, counting, draft, found, has_file, shown, stop, stored, take, taken};
use crate::{
    Fixture,
    sample::{just_before, now, rejected},
    scene::{Scene, ok},
};

/// A draft is forgotten with its file when it is as old as drafts become, and not before; what goes on never is.
pub async fn drafts_are_forgotten_when_nobody_starts_them<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (job, other) = (draft(&scene).await, super::waiting(&scene).await);
    let before = shown(&scene, &job).await;
    let end = now().plus_millis(DRAFT_LIFE);
    ok(scene.jobs.forget(just_before(end)).await);
    assert_eq!(shown(&scene, &job).await, before);
    ok(scene.jobs.forget(end).await);
    assert_eq!(found(&scene, &job).await, None);
    assert!(!has_file(&scene, &job).await);

    ok(scene.jobs.forget(now().plus_millis(2 * JOB_LIFE)).await);
    assert_eq!(stored(&scene, &other).await, other);
    assert!(has_file(&scene, &other).await);
    let (running, turn) = take(&scene, now()).await.expect("it is due");
    let step = JobStep {
        results: vec![rejected(1)],
        ..counting(0, 0, 1)
    };
    assert!(ok(scene.jobs.step(&turn, &step).await));
    ok(scene.jobs.forget(now().plus_millis(2 * JOB_LIFE)).await);
    assert_eq!(all_results(&scene, &running).await, [rejected(1)]);
}

/// The rows of a job that is over, however it came to be, are forgotten when they are as old as rows become, and the rest of
/// its results stays until the job is forgotten with all of it.
pub async fn rows_are_forgotten_before_the_job_is<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let at = now().plus_seconds(5);
    for last in [
        Some(Next::Done(at)),
        Some(Next::Failed(at, "it is gone".to_owned())),
        None,
    ] {
        let (job, turn) = taken(&scene).await;
        let is_stopped = last.is_none();
        let step = JobStep {
            results: vec![rejected(1), rejected(2)],
            next: last.unwrap_or(Next::Later(at)),
            ..counting(0, 0, 2)
        };
        assert!(ok(scene.jobs.step(&turn, &step).await));
        let ended_at = if is_stopped {
            assert!(stop(&scene, &job).await);
            now()
        } else {
            at
        };
        let before = shown(&scene, &job).await;
        let rows_end = ended_at.plus_millis(ROWS_LIFE);
        ok(scene.jobs.forget(just_before(rows_end)).await);
        assert_eq!(shown(&scene, &job).await, before);
        ok(scene.jobs.forget(rows_end).await);
        let bare = [1, 2].map(|place| JobResult {
            row: None,
            ..rejected(place)
        });
        assert_eq!(all_results(&scene, &job).await, bare);
        let job_end = ended_at.plus_millis(JOB_LIFE);
        ok(scene.jobs.forget(just_before(job_end)).await);
        assert_eq!(found(&scene, &job).await, before.job);
        assert_eq!(all_results(&scene, &job).await, bare);
        ok(scene.jobs.forget(job_end).await);
        assert_eq!(found(&scene, &job).await, None);
        assert_eq!(all_results(&scene, &job).await, []);
    }
}

/// A job without anything to forget about it is forgotten all the same, and no other with it.
pub async fn jobs_are_forgotten_one_by_one<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let mut jobs = Vec::new();
    for seconds in [3, 1, 2] {
        let job = Job {
            state: JobState::Done,
            ended_at: Some(now().plus_seconds(seconds)),
            ..scene.samples.job(scene.owner.id)
        };
        assert!(super::keep(&scene, &job).await);
        jobs.push(job);
    }
    ok(scene
        .jobs
        .forget(now().plus_seconds(2).plus_millis(JOB_LIFE))
        .await);
    let mut left = Vec::new();
    for job in &jobs {
        left.extend(found(&scene, job).await);
    }
    assert_eq!(left, jobs.into_iter().take(1).collect::<Vec<_>>());
}

/// With a recipient go the rows that are about them, of whatever job; what became of the rows stays, and so do all others.
pub async fn rows_about_a_deleted_recipient_are_forgotten<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (gone, other) = (scene.recipient().await, scene.recipient().await);
    let about = |place, new: &NewRecipient| JobResult {
        recipient: Some(new.recipient.id),
        ..rejected(place)
    };
    let (over, turn) = taken(&scene).await;
    let last = JobStep {
        results: vec![about(1, &gone), about(2, &other), rejected(3)],
        next: Next::Done(now()),
        ..counting(0, 0, 3)
    };
    assert!(ok(scene.jobs.step(&turn, &last).await));
    let (running, turn) = taken(&scene).await;
    let step = JobStep {
        results: vec![about(7, &gone)],
        ..counting(0, 0, 1)
    };
    assert!(ok(scene.jobs.step(&turn, &step).await));
    assert!(scene.remove(&gone).await);
    let bare = |place| JobResult {
        row: None,
        ..about(place, &gone)
    };
    assert_eq!(
        all_results(&scene, &over).await,
        [bare(1), about(2, &other), rejected(3)]
    );
    assert_eq!(all_results(&scene, &running).await, [bare(7)]);
}
