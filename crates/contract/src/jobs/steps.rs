//! Steps: what is kept of one, what comes next, and whose steps count.

use symbolon_domain::{
    job::{Job, JobCounts, JobOutcome, JobResult, JobState},
    port::jobs::{JobStep, Next, Turn},
};

use super::{all_results, counting, has_file, nothing, shown, stored, take, taken, waiting};
use crate::{
    Fixture,
    sample::{just_before, now, rejected},
    scene::{Scene, ok},
};

/// A step's results are kept beside those before, its counts are added, its cursor takes the place of the last; nothing else
/// about the job changes.
pub async fn a_step_is_kept<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (job, turn) = taken(&scene).await;
    let recipient = scene.recipient().await.recipient.id;
    let skipped = JobResult {
        place: u64::from(u32::MAX),
        outcome: JobOutcome::Skipped,
        recipient: Some(recipient),
        why: None,
        row: None,
    };
    let done = JobResult {
        place: 0,
        outcome: JobOutcome::Done,
        why: Some("a zo\u{eb}".to_owned()),
        row: Some("a\0b".to_owned()),
        ..skipped.clone()
    };
    let first = JobStep {
        results: vec![skipped.clone(), rejected(3)],
        cursor: Some("3".to_owned()),
        ..counting(5, 1, 1)
    };
    assert!(ok(scene.jobs.step(&turn, &first).await));
    let second = JobStep {
        results: vec![done.clone()],
        ..counting(1, 0, 2)
    };
    let wanted = Job {
        counts: JobCounts {
            done: 5,
            skipped: 1,
            failed: 1,
        },
        cursor: Some("3".to_owned()),
        ..job.clone()
    };
    assert_eq!(stored(&scene, &job).await, wanted);
    assert!(ok(scene.jobs.step(&turn, &second).await));
    let wanted = Job {
        counts: JobCounts {
            done: 6,
            skipped: 1,
            failed: 3,
        },
        ..job.clone()
    };
    assert_eq!(stored(&scene, &job).await, wanted);
    assert_eq!(all_results(&scene, &job).await, [done, rejected(3), skipped]);
    assert!(has_file(&scene, &job).await);
}

/// A step after which the turn goes on says until when; nobody else takes the job before that.
pub async fn a_turn_goes_on_until_a_step_says<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (job, turn) = taken(&scene).await;
    for seconds in [300, 10] {
        let until = now().plus_seconds(seconds);
        let step = JobStep {
            next: Next::GoOn(until),
            ..nothing()
        };
        assert!(ok(scene.jobs.step(&turn, &step).await));
        assert_eq!(take(&scene, just_before(until)).await, None);
    }
    let (again, next) = take(&scene, now().plus_seconds(10)).await.expect("it is due");
    assert_eq!((again.id, next.number), (job.id, 2));
}

/// A step after which another turn comes says when; the job is running all the same.
pub async fn another_turn_is_due_when_a_step_says<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (job, turn) = taken(&scene).await;
    let at = now().plus_seconds(3_600);
    let step = JobStep {
        next: Next::Later(at),
        ..counting(1, 0, 0)
    };
    assert!(ok(scene.jobs.step(&turn, &step).await));
    assert_eq!(stored(&scene, &job).await.state, JobState::Running);
    assert_eq!(take(&scene, just_before(at)).await, None);
    let (again, next) = take(&scene, at).await.expect("it is due");
    assert_eq!((again.id, again.counts.done, next.number), (job.id, 1, 2));
}

/// A job that is done, or has failed for a reason, is over from that instant: its file is gone, nobody takes it, and nothing
/// is kept of it any more, in whatever turn.
pub async fn the_last_step_ends_a_job<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let at = now().plus_seconds(9);
    for (next, state, failure) in [
        (Next::Done(at), JobState::Done, None),
        (
            Next::Failed(at, "it is gone".to_owned()),
            JobState::Failed,
            Some("it is gone"),
        ),
    ] {
        let (job, turn) = taken(&scene).await;
        let step = JobStep {
            results: vec![rejected(1)],
            next,
            ..counting(1, 0, 1)
        };
        assert!(ok(scene.jobs.step(&turn, &step).await));
        let over = Job {
            state,
            counts: step.counts,
            ended_at: Some(at),
            failure: failure.map(str::to_owned),
            ..job.clone()
        };
        assert_eq!(stored(&scene, &job).await, over);
        assert!(!has_file(&scene, &job).await);
        assert_eq!(take(&scene, now().plus_seconds(3_600)).await, None);
        let before = shown(&scene, &job).await;
        assert!(!ok(scene.jobs.step(&turn, &counting(1, 1, 1)).await));
        assert_eq!(shown(&scene, &job).await, before);
        assert_eq!(all_results(&scene, &job).await, [rejected(1)]);
    }
}

/// Once the next turn is taken nothing is kept of the one before, nor of a turn that nobody has taken yet.
pub async fn a_step_of_another_turn_changes_nothing<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let job = waiting(&scene).await;
    let turn = |number| Turn { job: job.id, number };
    let late = JobStep {
        results: vec![rejected(1)],
        cursor: Some("late".to_owned()),
        next: Next::Done(now()),
        ..counting(1, 1, 1)
    };
    for latest in 0..=3 {
        let before = shown(&scene, &job).await;
        for number in 0..=5 {
            if number == latest && number > 0 {
                continue;
            }
            assert!(!ok(scene.jobs.step(&turn(number), &late).await));
        }
        let unknown = Turn {
            job: scene.samples.job(scene.owner.id).id,
            number: latest,
        };
        assert!(!ok(scene.jobs.step(&unknown, &late).await));
        assert_eq!(shown(&scene, &job).await, before);
        let at = now().plus_seconds(30 * i64::try_from(latest).expect("it is small"));
        take(&scene, at).await.expect("it is due");
    }
    assert!(ok(scene.jobs.step(&turn(4), &late).await));
}

/// Two results in one place are a mistake, whether of one step or of two: the store fails, and nothing is kept of the step.
pub async fn a_place_has_one_result<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (job, turn) = taken(&scene).await;
    let first = JobStep {
        results: vec![rejected(1)],
        ..counting(0, 0, 1)
    };
    assert!(ok(scene.jobs.step(&turn, &first).await));
    let before = shown(&scene, &job).await;
    for places in [vec![2, 1], vec![2, 3, 2]] {
        let step = JobStep {
            results: places.into_iter().map(rejected).collect(),
            cursor: Some("there".to_owned()),
            next: Next::Done(now()),
            ..counting(0, 0, 2)
        };
        assert!(scene.jobs.step(&turn, &step).await.is_err());
        assert_eq!(shown(&scene, &job).await, before);
    }
    let (other, turn) = taken(&scene).await;
    assert!(
        ok(scene.jobs.step(&turn, &first).await),
        "another job has places of its own"
    );
    assert_eq!(all_results(&scene, &other).await, [rejected(1)]);
}
