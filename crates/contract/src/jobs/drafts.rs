//! Drafts: another plan, and starting one.

use symbolon_domain::{
    activity::Action,
    job::{Job, JobState},
    port::jobs::JobStart,
};

use super::{draft, kept_as, shown, stop, stored, take, take_all};
use crate::{
    Fixture,
    race::{RIVALS, duel_in_round, race},
    sample::{just_before, now},
    scene::{Scene, Stage, ok},
};

/// Starts a draft in its own words, half a minute after now.
pub(super) async fn start(stage: &Stage, job: &Job, words: &JobStart) -> bool {
    let entry = stage.samples.entry(job.organization, Action::JobStarted);
    ok(stage.jobs.start(job.organization, job.id, words, &entry).await)
}

pub(super) fn words(stage: &Stage) -> JobStart {
    JobStart {
        by: stage.samples.attribution(),
        at: now().plus_seconds(30),
        total: 7,
        plan: "the last".to_owned(),
    }
}

/// The plan is another one, and nothing else; a draft is not taken by that.
pub async fn a_draft_gets_another_plan<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (job, other) = (draft(&scene).await, draft(&scene).await);
    let before = shown(&scene, &other).await;
    assert!(ok(scene.jobs.redraft(scene.owner.id, job.id, "another").await));
    let wanted = Job {
        plan: "another".to_owned(),
        ..job
    };
    assert_eq!(stored(&scene, &wanted).await, wanted);
    assert_eq!(shown(&scene, &other).await, before);
    assert_eq!(take(&scene, now()).await, None);
}

/// A draft that is started waits, due from that instant; who starts it, when, with how many rows and which plan is known from
/// then on, and its file stays.
pub async fn a_draft_that_is_started_waits<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let job = draft(&scene).await;
    let words = words(&scene);
    let entry = scene.samples.entry(job.organization, Action::JobStarted);
    assert!(ok(scene
        .jobs
        .start(job.organization, job.id, &words, &entry)
        .await));
    let wanted = Job {
        by: words.by.clone(),
        made_at: words.at,
        state: JobState::Waiting,
        total: words.total,
        plan: words.plan.clone(),
        ..job.clone()
    };
    assert_eq!(stored(&scene, &job).await, wanted);
    assert_eq!(scene.log().await.last(), Some(&entry));
    let file = ok(scene.jobs.file(scene.owner.id, job.id).await);
    assert_eq!(file.as_deref(), Some(&b"a file"[..]));
    assert_eq!(take(&scene, just_before(words.at)).await, None);
    assert_eq!(take_all(&scene, words.at).await, [job.id]);
}

/// What is no draft gets no other plan and is not started: nothing is changed.
pub async fn only_a_draft_is_changed_or_started<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for state in JobState::ALL {
        if state == JobState::Draft {
            continue;
        }
        let job = kept_as(&scene, state).await;
        let before = (shown(&scene, &job).await, scene.shown().await);
        assert!(!ok(scene.jobs.redraft(scene.owner.id, job.id, "another").await));
        assert!(!start(&scene, &job, &words(&scene)).await);
        assert_eq!(
            (shown(&scene, &job).await, scene.shown().await),
            before,
            "{state:?}"
        );
    }
}

/// Of 64 who start one draft one does, and its words are kept; there is one entry.
pub async fn a_draft_is_started_once<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let job = draft(&scene).await;
    let outcomes = race(RIVALS, |number| {
        let (scene, job) = (scene.clone(), job.clone());
        async move {
            let words = JobStart {
                total: number,
                ..words(&scene)
            };
            (start(&scene, &job, &words).await, words)
        }
    })
    .await;
    let mut winners = outcomes.into_iter().filter(|(started, _)| *started);
    let (_, words) = winners.next().expect("one of them starts it");
    assert_eq!(winners.count(), 0, "others have started it too");
    let kept = stored(&scene, &job).await;
    assert_eq!((kept.total, kept.by), (words.total, words.by));
    assert_eq!(scene.logged(Action::JobStarted).await, 1);
}

/// A draft that is started keeps the plan with which it was, whoever changes it meanwhile.
pub async fn a_start_and_another_plan_agree<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for round in 0..20 {
        let job = draft(&scene).await;
        let (started, redrafted) = duel_in_round(
            round,
            {
                let (scene, job) = (scene.clone(), job.clone());
                async move { start(&scene, &job, &words(&scene)).await }
            },
            {
                let (scene, job) = (scene.clone(), job.clone());
                async move { ok(scene.jobs.redraft(job.organization, job.id, "too late").await) }
            },
        )
        .await;
        assert!(started, "it was a draft, with another plan or not ({redrafted})");
        assert_eq!(stored(&scene, &job).await.plan, "the last");
        stop(&scene, &job).await;
    }
}
