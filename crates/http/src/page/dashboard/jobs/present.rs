//! A job as the pages show it.

use std::collections::HashMap;

use symbolon_domain::{
    activity::Actor,
    id::AdministratorId,
    job::{self, JobOutcome},
    time::Timestamp,
};
use symbolon_jobs::{ActPlan, ImportPlan};

use crate::{
    page::{dashboard::desk::Desk, fault::PageFault},
    view::dashboard::{Job, JobKind, JobState, RowOutcome, Since},
};

/// The administrators of an organization, by what they are called.
pub(super) struct Names(HashMap<AdministratorId, String>);

impl Names {
    pub(super) async fn of(desk: &Desk) -> Result<Self, PageFault> {
        let organization = desk.administrator.member.organization.id;
        let administrators = desk.state.ports.administrators.list(organization).await?;
        let named = administrators
            .into_iter()
            .map(|administrator| (administrator.id, administrator.called().to_owned()));
        Ok(Self(named.collect()))
    }

    fn of_actor(&self, actor: Actor) -> String {
        let known = match actor {
            Actor::Administrator(id) => self.0.get(&id).cloned(),
            _ => None,
        };
        known.unwrap_or_else(|| "somebody who is no administrator any more".to_owned())
    }
}

/// The job.
pub(super) fn job(job: &job::Job, names: &Names, now: Timestamp) -> Job {
    Job {
        id: job.id.to_string(),
        kind: kind(job.kind),
        about: about(job),
        state: state(job, now),
        done: job.counts.done,
        skipped: job.counts.skipped,
        failed: job.counts.failed,
        total: job.total,
        began: Since::of(job.made_at, now),
        by: names.of_actor(job.by.actor),
    }
}

fn about(job: &job::Job) -> String {
    let told = match job.kind {
        job::JobKind::Import => ImportPlan::of(job).map(|plan| plan.file_name),
        _ => ActPlan::of(job).map(|plan| plan.about),
    };
    told.unwrap_or_default()
}

const fn kind(kind: job::JobKind) -> JobKind {
    match kind {
        job::JobKind::Import => JobKind::Import,
        job::JobKind::MailAgain => JobKind::SendAgain,
        job::JobKind::ResetAccess => JobKind::Reset,
        job::JobKind::RevokeAccess => JobKind::RevokeAccess,
        job::JobKind::RevokeCredential => JobKind::RevokeCredential,
        job::JobKind::DeleteRecipient => JobKind::Delete,
    }
}

fn state(job: &job::Job, now: Timestamp) -> JobState {
    match job.state {
        job::JobState::Draft | job::JobState::Waiting => JobState::Waiting,
        job::JobState::Running => running(job, now),
        job::JobState::Done => JobState::Done {
            at: Since::of(job.ended_at.unwrap_or(now), now),
        },
        job::JobState::Failed => JobState::Failed {
            why: job.failure.clone().unwrap_or_default(),
        },
        job::JobState::Stopped => JobState::Cancelled,
    }
}

/// How fast it was so far, and how long it will take at that.
fn running(job: &job::Job, now: Timestamp) -> JobState {
    let dealt_with = job.counts.dealt_with();
    let millis = job
        .began_at
        .and_then(|began| u64::try_from(now.as_millis() - began.as_millis()).ok())
        .filter(|millis| *millis > 0 && dealt_with > 0);
    JobState::Running {
        rate: millis
            .map(|millis| dealt_with.saturating_mul(1_000) / millis)
            .filter(|rate| *rate > 0),
        left: millis
            .map(|millis| job.total.saturating_sub(dealt_with).saturating_mul(millis) / dealt_with / 1_000),
    }
}

pub(super) const fn outcome(outcome: JobOutcome) -> RowOutcome {
    match outcome {
        JobOutcome::Done => RowOutcome::Done,
        JobOutcome::Skipped => RowOutcome::Skipped,
        JobOutcome::Failed => RowOutcome::Failed,
    }
}
