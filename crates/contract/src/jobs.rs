//! The promises of [`Jobs`](symbolon_domain::port::jobs::Jobs).

mod browsing;
mod drafts;
mod forgetting;
mod issuing;
mod keeping;
mod limit;
mod races;
mod results;
mod steps;
mod stopping;
mod taking;

pub use browsing::*;
pub use drafts::*;
pub use forgetting::*;
pub use issuing::*;
pub use keeping::*;
pub use limit::*;
pub use races::*;
pub use results::*;
pub use steps::*;
pub use stopping::*;
pub use taking::*;

use symbolon_domain::{
    activity::Action,
    id::JobId,
    job::{Job, JobCounts, JobResult, JobState},
    port::jobs::{JobStep, Next, Turn},
    time::Timestamp,
};

use crate::{
    sample::now,
    scene::{Stage, ok},
};

/// Until when whoever takes a job at [`now`] has it.
fn lease() -> Timestamp {
    now().plus_seconds(30)
}

/// Keeps a job without file and entry; whether it is kept.
async fn keep(stage: &Stage, job: &Job) -> bool {
    ok(stage.jobs.keep(job, None, None).await)
}

/// A job of the owner, kept, with a file.
async fn waiting(stage: &Stage) -> Job {
    kept_as(stage, JobState::Waiting).await
}

/// The same, as a draft.
async fn draft(stage: &Stage) -> Job {
    kept_as(stage, JobState::Draft).await
}

/// A job of the owner in this state, kept, with a file while it is not over.
async fn kept_as(stage: &Stage, state: JobState) -> Job {
    let job = Job {
        state,
        ended_at: state.is_over().then(now),
        failure: (state == JobState::Failed).then(|| "it broke off".to_owned()),
        ..stage.samples.job(stage.owner.id)
    };
    let file: Option<&[u8]> = (!state.is_over()).then_some(b"a file");
    assert!(ok(stage.jobs.keep(&job, file, None).await), "the job is kept");
    job
}

/// A job of the owner, kept and taken.
async fn taken(stage: &Stage) -> (Job, Turn) {
    waiting(stage).await;
    take(stage, now()).await.expect("a job is due")
}

/// Takes what has been due the longest, for half a minute.
async fn take(stage: &Stage, at: Timestamp) -> Option<(Job, Turn)> {
    ok(stage.jobs.take(at, at.plus_seconds(30)).await)
}

/// The ids of all that is due, in the order in which it is taken.
async fn take_all(stage: &Stage, at: Timestamp) -> Vec<JobId> {
    let mut ids = Vec::new();
    while let Some((job, _)) = take(stage, at).await {
        ids.push(job.id);
    }
    ids
}

/// The job as it is kept, which it must be.
async fn stored(stage: &Stage, job: &Job) -> Job {
    found(stage, job).await.expect("a job that was kept is found")
}

async fn found(stage: &Stage, job: &Job) -> Option<Job> {
    ok(stage.jobs.find(job.organization, job.id).await)
}

async fn has_file(stage: &Stage, job: &Job) -> bool {
    ok(stage.jobs.file(job.organization, job.id).await).is_some()
}

/// Everything that became of a job's rows.
async fn all_results(stage: &Stage, job: &Job) -> Vec<JobResult> {
    let results = stage.jobs.results(job.organization, job.id, None, None, 10_000);
    ok(results.await)
}

async fn stop(stage: &Stage, job: &Job) -> bool {
    let entry = stage.samples.entry(job.organization, Action::JobStopped);
    ok(stage.jobs.stop(job.organization, job.id, &entry).await)
}

/// A step in which nothing is done, and after which the turn goes on.
fn nothing() -> JobStep {
    JobStep {
        results: Vec::new(),
        counts: JobCounts::default(),
        cursor: None,
        next: Next::GoOn(lease()),
    }
}

/// A step in which so much is done.
fn counting(done: u64, skipped: u64, failed: u64) -> JobStep {
    JobStep {
        counts: JobCounts {
            done,
            skipped,
            failed,
        },
        ..nothing()
    }
}

/// What the store shows of a job: two that are equal show that nothing changed between them.
#[derive(Debug, PartialEq, Eq)]
struct Shown {
    job: Option<Job>,
    file: Option<Vec<u8>>,
    results: Vec<JobResult>,
}

async fn shown(stage: &Stage, job: &Job) -> Shown {
    Shown {
        job: found(stage, job).await,
        file: ok(stage.jobs.file(job.organization, job.id).await),
        results: all_results(stage, job).await,
    }
}
