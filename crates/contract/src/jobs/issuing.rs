//! Issuing as a step of a job: both, or neither.

use symbolon_domain::{
    job::{Job, JobCounts, JobResult, JobState},
    port::{
        jobs::{JobStep, Next, Turn},
        recipients::{Issuing, NewRecipient},
    },
    recipient::Recipient,
};

use super::{all_results, counting, has_file, nothing, shown, stop, stored, take, taken};
use crate::{
    Fixture,
    sample::{now, rejected},
    scene::{Scene, ok},
};

/// The batch as rows, whose places begin with this one.
pub(super) fn rows(batch: &[NewRecipient], first: u64) -> Vec<(u64, String)> {
    let places = first..;
    places
        .zip(batch)
        .map(|(place, _)| (place, format!("row {place}")))
        .collect()
}

/// Credentials are issued as they are otherwise, each with its token, mail and entry; the step is kept with one more done for
/// each of them.
pub async fn a_batch_is_issued_with_its_step<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let (job, turn) = taken(&scene).await;
    let batch = [(); 3].map(|()| scene.samples.new_recipient(&template));
    let step = JobStep {
        results: vec![rejected(1)],
        cursor: Some("5".to_owned()),
        ..counting(0, 2, 1)
    };
    let outcomes = ok(scene.jobs.issue(&turn, &batch, &rows(&batch, 2), &step).await);
    assert_eq!(outcomes, Some(vec![Issuing::Issued; 3]));
    for new in &batch {
        let dossier = scene.dossier_of(new).await;
        assert_eq!((&dossier.recipient, &dossier.token), (&new.recipient, &new.token));
        assert_eq!(scene.mails(new).await, Vec::from_iter(new.mail.clone()));
        assert!(scene.log().await.contains(&new.entry));
    }
    let wanted = Job {
        counts: JobCounts {
            done: 3,
            skipped: 2,
            failed: 1,
        },
        cursor: Some("5".to_owned()),
        ..job.clone()
    };
    assert_eq!(stored(&scene, &job).await, wanted);
    assert_eq!(all_results(&scene, &job).await, [rejected(1)]);
}

/// Rows that cannot be issued are counted and kept with their reason and their text, beside what the step keeps; they do not
/// stop the others.
pub async fn rows_that_are_not_issued_are_kept<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let (job, turn) = taken(&scene).await;
    let there = scene.recipient_on(&template).await;
    let again = scene.samples.new_for(Recipient {
        mail: there.recipient.mail.clone(),
        ..scene.samples.recipient(&template)
    });
    let lost = scene
        .samples
        .new_recipient(&scene.samples.template(scene.owner.id));
    let first = scene.samples.new_recipient(&template);
    let twin = scene.samples.new_for(Recipient {
        mail: first.recipient.mail.clone(),
        ..scene.samples.recipient(&template)
    });
    let batch = [again, lost, first.clone(), twin];
    let step = JobStep {
        results: vec![rejected(15)],
        next: Next::Done(now()),
        ..counting(0, 0, 1)
    };
    let rows = rows(&batch, 11);
    let wanted = vec![
        Issuing::Duplicate(there.recipient.id),
        Issuing::TemplateAbsent,
        Issuing::Issued,
        Issuing::Duplicate(first.recipient.id),
    ];
    let outcomes = ok(scene.jobs.issue(&turn, &batch, &rows, &step).await);
    assert_eq!(outcomes.as_ref(), Some(&wanted));
    let mut kept: Vec<_> = rows
        .iter()
        .zip(wanted)
        .filter_map(|((place, row), issuing)| JobResult::of_issuing(*place, row, issuing))
        .collect();
    kept.push(rejected(15));
    assert_eq!(all_results(&scene, &job).await, kept);
    let job = stored(&scene, &job).await;
    assert_eq!(
        (job.counts.done, job.counts.failed, job.state),
        (1, 4, JobState::Done)
    );
    assert!(!has_file(&scene, &job).await);
}

/// A step without anything to issue is kept as any other.
pub async fn a_step_that_issues_nothing_is_kept<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (job, turn) = taken(&scene).await;
    let outcomes = ok(scene.jobs.issue(&turn, &[], &[], &counting(0, 3, 0)).await);
    assert_eq!(outcomes, Some(Vec::new()));
    assert_eq!(stored(&scene, &job).await.counts.skipped, 3);
}

/// In a turn that has passed, of a job that was stopped or is over, nothing is issued, and nothing of the step is kept.
pub async fn nothing_is_issued_when_it_is_too_late<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let mut late = Vec::new();
    let (_, passed) = taken(&scene).await;
    take(&scene, now().plus_seconds(30))
        .await
        .expect("it is due again");
    late.push(passed);
    let (job, stopped) = taken(&scene).await;
    assert!(stop(&scene, &job).await);
    late.push(stopped);
    for next in [Next::Done(now()), Next::Failed(now(), "it is gone".to_owned())] {
        let (_, over) = taken(&scene).await;
        assert!(ok(scene.jobs.step(&over, &JobStep { next, ..nothing() }).await));
        late.push(over);
    }
    late.push(Turn {
        job: scene.samples.job(scene.owner.id).id,
        number: 1,
    });
    for turn in late {
        let job = Job {
            id: turn.job,
            ..scene.samples.job(scene.owner.id)
        };
        let before = (shown(&scene, &job).await, scene.shown().await);
        let batch = [scene.samples.new_recipient(&template)];
        let step = JobStep {
            results: vec![rejected(9)],
            cursor: Some("late".to_owned()),
            ..counting(0, 0, 1)
        };
        let issued = scene.jobs.issue(&turn, &batch, &rows(&batch, 1), &step).await;
        assert_eq!(ok(issued), None);
        assert_eq!((shown(&scene, &job).await, scene.shown().await), before);
    }
}

/// Where the store cannot keep a part of it, nothing is issued and nothing of the step is kept, so that it can be done
/// again: whether a credential cannot be kept, or a result.
pub async fn a_failed_issue_leaves_neither<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let there = scene.recipient_on(&template).await;
    let (job, turn) = taken(&scene).await;
    let mut broken = scene.samples.new_recipient(&template);
    broken.token.id = there.token.id;
    let good = || scene.samples.new_recipient(&template);
    let twice = JobStep {
        results: vec![rejected(5), rejected(5)],
        ..counting(0, 0, 2)
    };
    for (batch, step) in [
        (vec![good(), good(), broken], counting(0, 1, 0)),
        (vec![good(), good()], twice),
    ] {
        let before = (shown(&scene, &job).await, scene.shown().await);
        let rows = rows(&batch, 1);
        assert!(scene.jobs.issue(&turn, &batch, &rows, &step).await.is_err());
        assert_eq!((shown(&scene, &job).await, scene.shown().await), before);
        // The same people, once more.
        let whole: Vec<_> = batch.into_iter().take(2).collect();
        let issued = scene.jobs.issue(&turn, &whole, &rows, &nothing()).await;
        assert_eq!(ok(issued), Some(vec![Issuing::Issued; 2]));
    }
    assert_eq!(stored(&scene, &job).await.counts.done, 4);
}
