//! Flaws in keeping, listing, taking, starting and stopping jobs.

use symbolon_domain::{
    activity::{Action, ActivityEntry},
    id::{JobId, OrganizationId},
    job::{Job, JobCounts, JobState},
    organization::Organization,
    port::{
        jobs::{BesideJob, JobStart, JobStep, Jobs, Next, Turn},
        organizations::Organizations,
    },
    time::Timestamp,
};
use symbolon_storage_memory::MemoryStore;

use crate::{
    flaw::{Answer, BreaksJobs, meanwhile},
    roster::{organizations, uninvited},
};

type Taken = Option<(Job, Turn)>;
type Entry<'a> = Option<&'a ActivityEntry>;

/// The first of all jobs in the lists that is so.
pub(crate) async fn any(store: &MemoryStore, is_so: impl Fn(&Job) -> bool + Send) -> Answer<Option<Job>> {
    for organization in organizations(store).await? {
        let jobs = Jobs::browse(store, organization.id, None, u32::MAX).await?;
        if let Some(job) = jobs.into_iter().find(&is_so) {
            return Ok(Some(job));
        }
    }
    Ok(None)
}

/// A job of whatever organization.
async fn of_anybody(store: &MemoryStore, id: JobId) -> Answer<Option<Job>> {
    for organization in organizations(store).await? {
        if let Some(job) = Jobs::find(store, organization.id, id).await? {
            return Ok(Some(job));
        }
    }
    Ok(None)
}

/// Keeps no file.
pub(crate) struct JobFileForgotten;

impl BreaksJobs for JobFileForgotten {
    async fn keep(store: &MemoryStore, job: &Job, _: Option<&[u8]>, entry: Entry<'_>) -> Answer<bool> {
        Jobs::keep(store, job, None, entry).await
    }
}

/// Takes an empty file for none.
pub(crate) struct EmptyFileIsNone;

impl BreaksJobs for EmptyFileIsNone {
    async fn file(store: &MemoryStore, organization: OrganizationId, id: JobId) -> Answer<Option<Vec<u8>>> {
        let file = Jobs::file(store, organization, id).await?;
        Ok(file.filter(|file| !file.is_empty()))
    }
}

/// Ends a plan at the first zero byte.
pub(crate) struct PlanEndsAtZero;

impl BreaksJobs for PlanEndsAtZero {
    async fn keep(store: &MemoryStore, job: &Job, file: Option<&[u8]>, entry: Entry<'_>) -> Answer<bool> {
        let plan = job.plan.split('\0').next().unwrap_or_default().to_owned();
        Jobs::keep(store, &Job { plan, ..job.clone() }, file, entry).await
    }
}

/// Does not keep which request asked.
pub(crate) struct AskingForgotten;

impl BreaksJobs for AskingForgotten {
    async fn keep(store: &MemoryStore, job: &Job, file: Option<&[u8]>, entry: Entry<'_>) -> Answer<bool> {
        let mut job = job.clone();
        job.by.request_id = None;
        Jobs::keep(store, &job, file, entry).await
    }
}

/// Takes a failure for an end like any other.
pub(crate) struct FailureUntold;

impl BreaksJobs for FailureUntold {
    async fn keep(store: &MemoryStore, job: &Job, file: Option<&[u8]>, entry: Entry<'_>) -> Answer<bool> {
        let failure = None;
        Jobs::keep(
            store,
            &Job {
                failure,
                ..job.clone()
            },
            file,
            entry,
        )
        .await
    }
}

/// Has no instants before 1970.
pub(crate) struct JobsSince1970;

impl BreaksJobs for JobsSince1970 {
    async fn find(store: &MemoryStore, organization: OrganizationId, id: JobId) -> Answer<Option<Job>> {
        let found = Jobs::find(store, organization, id).await?;
        Ok(found.map(|job| Job {
            made_at: job.made_at.max(Timestamp::from_millis(0)),
            ..job
        }))
    }
}

/// Writes no entry about what begins.
pub(crate) struct JobUnrecorded;

impl BreaksJobs for JobUnrecorded {
    async fn keep(store: &MemoryStore, job: &Job, file: Option<&[u8]>, _: Entry<'_>) -> Answer<bool> {
        Jobs::keep(store, job, file, None).await
    }
}

/// Lets a second job take the place of the first.
pub(crate) struct JobIdTakenOver;

impl BreaksJobs for JobIdTakenOver {
    async fn keep(store: &MemoryStore, job: &Job, file: Option<&[u8]>, entry: Entry<'_>) -> Answer<bool> {
        Ok(Jobs::keep(store, job, file, entry).await.unwrap_or(true))
    }
}

/// Keeps jobs of organizations that are cancelled.
pub(crate) struct CancelledGoOn;

impl BreaksJobs for CancelledGoOn {
    async fn keep(store: &MemoryStore, job: &Job, file: Option<&[u8]>, entry: Entry<'_>) -> Answer<bool> {
        let owner = Organizations::find(store, job.organization).await?;
        if owner.as_ref().is_none_or(Organization::is_active) {
            return Jobs::keep(store, job, file, entry).await;
        }
        let back = uninvited(job.organization, Action::OrganizationReactivated);
        Organizations::reactivate(store, job.organization, &back).await?;
        Jobs::keep(store, job, file, entry).await
    }
}

/// Stops a job to make room for another.
pub(crate) struct MakesRoomForJobs;

impl BreaksJobs for MakesRoomForJobs {
    async fn keep(store: &MemoryStore, job: &Job, file: Option<&[u8]>, entry: Entry<'_>) -> Answer<bool> {
        if Jobs::keep(store, job, file, entry).await? {
            return Ok(true);
        }
        if let Some(other) = any(store, |other| other.state.goes_on()).await? {
            let entry = uninvited(other.organization, Action::JobStopped);
            Jobs::stop(store, other.organization, other.id, &entry).await?;
        }
        Jobs::keep(store, job, file, entry).await
    }
}

/// Counts what is over towards the limit.
pub(crate) struct OverTakesRoom;

impl BreaksJobs for OverTakesRoom {
    async fn keep(store: &MemoryStore, job: &Job, file: Option<&[u8]>, entry: Entry<'_>) -> Answer<bool> {
        let listed = Jobs::browse(store, job.organization, None, u32::MAX).await?;
        // A third of those of the promise are drafts.
        if listed.len() >= 36 {
            return Ok(false);
        }
        Jobs::keep(store, job, file, entry).await
    }
}

/// Shows a job to everybody.
pub(crate) struct ShowsJobsToAnyone;

impl BreaksJobs for ShowsJobsToAnyone {
    async fn find(store: &MemoryStore, _: OrganizationId, id: JobId) -> Answer<Option<Job>> {
        of_anybody(store, id).await
    }
}

/// Lets everybody stop a job.
pub(crate) struct AnyoneStops;

impl BreaksJobs for AnyoneStops {
    async fn stop(
        store: &MemoryStore,
        organization: OrganizationId,
        id: JobId,
        entry: &ActivityEntry,
    ) -> Answer<bool> {
        let found = of_anybody(store, id).await?;
        let organization = found.map_or(organization, |job| job.organization);
        Jobs::stop(store, organization, id, entry).await
    }
}

/// Lists the oldest first.
pub(crate) struct OldestJobFirst;

impl BreaksJobs for OldestJobFirst {
    async fn browse(
        store: &MemoryStore,
        organization: OrganizationId,
        beside: Option<BesideJob>,
        limit: u32,
    ) -> Answer<Vec<Job>> {
        let mut jobs = Jobs::browse(store, organization, beside, limit).await?;
        jobs.reverse();
        Ok(jobs)
    }
}

/// Goes back to the beginning of the list.
pub(crate) struct BackToTheBeginning;

impl BreaksJobs for BackToTheBeginning {
    async fn browse(
        store: &MemoryStore,
        organization: OrganizationId,
        beside: Option<BesideJob>,
        limit: u32,
    ) -> Answer<Vec<Job>> {
        let all = match beside {
            Some(BesideJob::Before(_)) => u32::MAX,
            _ => limit,
        };
        let mut jobs = Jobs::browse(store, organization, beside, all).await?;
        jobs.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(jobs)
    }
}

/// Says that everything got another plan.
pub(crate) struct EverythingRedrafted;

impl BreaksJobs for EverythingRedrafted {
    async fn redraft(
        store: &MemoryStore,
        organization: OrganizationId,
        id: JobId,
        plan: &str,
    ) -> Answer<bool> {
        Jobs::redraft(store, organization, id, plan).await?;
        Ok(true)
    }
}

/// Keeps the plan with which a draft was made.
pub(crate) struct FirstPlanStays;

impl BreaksJobs for FirstPlanStays {
    async fn redraft(store: &MemoryStore, organization: OrganizationId, id: JobId, _: &str) -> Answer<bool> {
        let found = Jobs::find(store, organization, id).await?;
        Ok(found.is_some_and(|job| job.state == JobState::Draft))
    }
}

/// Says that what goes on was started by whoever asks.
pub(crate) struct StartedTwice;

impl BreaksJobs for StartedTwice {
    async fn start(
        store: &MemoryStore,
        organization: OrganizationId,
        id: JobId,
        start: &JobStart,
        entry: &ActivityEntry,
    ) -> Answer<bool> {
        Jobs::start(store, organization, id, start, entry).await?;
        let found = Jobs::find(store, organization, id).await?;
        Ok(found.is_some_and(|job| job.state.goes_on()))
    }
}

/// Leaves a job with whoever brought the file.
pub(crate) struct StarterForgotten;

impl BreaksJobs for StarterForgotten {
    async fn start(
        store: &MemoryStore,
        organization: OrganizationId,
        id: JobId,
        start: &JobStart,
        entry: &ActivityEntry,
    ) -> Answer<bool> {
        let found = Jobs::find(store, organization, id).await?;
        let by = found.map_or_else(|| start.by.clone(), |job| job.by);
        let start = JobStart { by, ..start.clone() };
        Jobs::start(store, organization, id, &start, entry).await
    }
}

/// Looks whether it is a draft, and gives it another plan in another step, by starting it with that.
pub(crate) struct PlanOfAnother;

impl BreaksJobs for PlanOfAnother {
    async fn start(
        store: &MemoryStore,
        organization: OrganizationId,
        id: JobId,
        start: &JobStart,
        entry: &ActivityEntry,
    ) -> Answer<bool> {
        let before = Jobs::find(store, organization, id).await?;
        meanwhile().await;
        let found = Jobs::find(store, organization, id).await?;
        let plan = match (before, found) {
            (Some(before), Some(found)) if before.plan != found.plan => found.plan,
            _ => start.plan.clone(),
        };
        let start = JobStart {
            plan,
            ..start.clone()
        };
        Jobs::start(store, organization, id, &start, entry).await
    }
}

/// Says that everything was stopped.
pub(crate) struct StoppedTwice;

impl BreaksJobs for StoppedTwice {
    async fn stop(
        store: &MemoryStore,
        organization: OrganizationId,
        id: JobId,
        entry: &ActivityEntry,
    ) -> Answer<bool> {
        Jobs::stop(store, organization, id, entry).await?;
        Ok(Jobs::find(store, organization, id).await?.is_some())
    }
}

/// Keeps the file of what is over.
pub(crate) struct FileOutlivesItsJob;

impl BreaksJobs for FileOutlivesItsJob {
    async fn file(store: &MemoryStore, organization: OrganizationId, id: JobId) -> Answer<Option<Vec<u8>>> {
        let found = Jobs::find(store, organization, id).await?;
        if found.is_some_and(|job| job.state.is_over()) {
            return Ok(Some(b"a file".to_vec()));
        }
        Jobs::file(store, organization, id).await
    }
}

/// Leaves a job due while somebody has it.
pub(crate) struct JobLeaseIgnored;

impl BreaksJobs for JobLeaseIgnored {
    async fn take(store: &MemoryStore, now: Timestamp, _: Timestamp) -> Answer<Taken> {
        Jobs::take(store, now, now).await
    }
}

/// Has a job due a moment after its instant.
pub(crate) struct JobDueExclusive;

impl BreaksJobs for JobDueExclusive {
    async fn take(store: &MemoryStore, now: Timestamp, until: Timestamp) -> Answer<Taken> {
        Jobs::take(store, now.plus_millis(-1), until).await
    }
}

/// Has a job begin anew with each turn.
pub(crate) struct BeginsAnew;

impl BreaksJobs for BeginsAnew {
    async fn take(store: &MemoryStore, now: Timestamp, until: Timestamp) -> Answer<Taken> {
        let taken = Jobs::take(store, now, until).await?;
        Ok(taken.map(|(job, turn)| {
            let began_at = Some(now);
            (Job { began_at, ..job }, turn)
        }))
    }
}

/// Gives every turn the same number.
pub(crate) struct TurnsUncounted;

impl BreaksJobs for TurnsUncounted {
    async fn take(store: &MemoryStore, now: Timestamp, until: Timestamp) -> Answer<Taken> {
        let taken = Jobs::take(store, now, until).await?;
        Ok(taken.map(|(job, turn)| (job, Turn { number: 1, ..turn })))
    }
}

/// Looks what waits, and takes it in another step.
pub(crate) struct JobTakenInTwoSteps;

impl BreaksJobs for JobTakenInTwoSteps {
    async fn take(store: &MemoryStore, now: Timestamp, until: Timestamp) -> Answer<Taken> {
        let seen = any(store, |job| job.state == JobState::Waiting).await?;
        meanwhile().await;
        let taken = Jobs::take(store, now, until).await?;
        Ok(taken.or_else(|| {
            let job = seen?;
            let turn = Turn {
                job: job.id,
                number: 1,
            };
            Some((job, turn))
        }))
    }
}

/// Takes first what became due last.
pub(crate) struct NewestJobFirst;

impl BreaksJobs for NewestJobFirst {
    async fn take(store: &MemoryStore, now: Timestamp, until: Timestamp) -> Answer<Taken> {
        let mut due = Vec::new();
        while let Some(taken) = Jobs::take(store, now, until).await? {
            due.push(taken);
        }
        let last = due.pop();
        for (job, turn) in due {
            let back = JobStep {
                results: Vec::new(),
                counts: JobCounts::default(),
                cursor: job.cursor,
                next: Next::Later(job.made_at),
            };
            Jobs::step(store, &turn, &back).await?;
        }
        Ok(last)
    }
}

/// Takes what was stopped where there is nothing else.
pub(crate) struct StoppedIsTaken;

impl BreaksJobs for StoppedIsTaken {
    async fn take(store: &MemoryStore, now: Timestamp, until: Timestamp) -> Answer<Taken> {
        let taken = Jobs::take(store, now, until).await?;
        if taken.is_some() {
            return Ok(taken);
        }
        let stopped = any(store, |job| job.state == JobState::Stopped).await?;
        Ok(stopped.map(|job| {
            let turn = Turn {
                job: job.id,
                number: 1,
            };
            (job, turn)
        }))
    }
}
