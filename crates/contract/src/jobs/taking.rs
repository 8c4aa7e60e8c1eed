//! Taking jobs that are due: in which order, and for how long.

use symbolon_domain::{
    job::{Job, JobState},
    port::jobs::Turn,
};

use super::{draft, keep, kept_as, lease, stored, take, take_all, waiting};
use crate::{
    Fixture,
    sample::{just_before, now},
    scene::{Scene, ok},
};

/// A job is due from when it was asked for; it is running from then on, since that instant, in its first turn.
pub async fn a_job_is_taken_as_it_is_from_then_on<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    assert_eq!(take(&scene, now()).await, None);
    let job = waiting(&scene).await;
    assert_eq!(take(&scene, just_before(now())).await, None);
    let at = now().plus_millis(7);
    let running = Job {
        state: JobState::Running,
        began_at: Some(at),
        ..job.clone()
    };
    let turn = Turn {
        job: job.id,
        number: 1,
    };
    let taken = ok(scene.jobs.take(at, lease()).await);
    assert_eq!(taken, Some((running.clone(), turn)));
    assert_eq!(stored(&scene, &job).await, running);
}

/// What has been due the longest comes first, of one instant the smaller id; of every organization.
pub async fn the_job_that_has_been_due_the_longest_comes_first<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let mut due = Vec::new();
    for millis in [5, 0, 5, -9, 5, -3, -9, 1] {
        for organization in [scene.owner.id, other.id] {
            let job = Job {
                made_at: now().plus_millis(millis),
                ..scene.samples.job(organization)
            };
            assert!(keep(&scene, &job).await);
            due.push((job.made_at, job.id));
        }
    }
    let later = Job {
        made_at: now().plus_millis(6),
        ..scene.samples.job(scene.owner.id)
    };
    assert!(keep(&scene, &later).await);
    due.sort_unstable();
    let wanted: Vec<_> = due.into_iter().map(|(_, id)| id).collect();
    assert_eq!(take_all(&scene, now().plus_millis(5)).await, wanted);
}

/// Who takes a job has it alone until the instant that was named; then it is due again, in the next turn, and has been
/// running since the first.
pub async fn a_job_is_due_again_when_its_turn_ends<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let job = waiting(&scene).await;
    let mut at = now();
    for number in 1..=3 {
        let until = at.plus_seconds(30);
        let (taken, turn) = ok(scene.jobs.take(at, until).await).expect("it is due");
        assert_eq!((taken.id, turn.job, turn.number), (job.id, job.id, number));
        assert_eq!(taken.began_at, Some(now()));
        assert_eq!(take(&scene, at).await, None);
        assert_eq!(take(&scene, just_before(until)).await, None);
        at = until;
    }
}

/// What waits or runs is taken; drafts are not, nor is what is over.
pub async fn only_what_goes_on_is_taken<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    draft(&scene).await;
    for state in JobState::ALL {
        let job = kept_as(&scene, state).await;
        let taken = ok(scene.jobs.take(lease(), lease().plus_seconds(30)).await);
        let wanted = state.goes_on().then_some(job.id);
        assert_eq!(taken.map(|(job, _)| job.id), wanted, "{state:?}");
    }
}
