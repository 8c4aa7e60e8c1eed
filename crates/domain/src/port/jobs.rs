//! Where jobs are kept, with their files and what became of each row.

use async_trait::async_trait;

use super::{
    StoreError,
    recipients::{Issuing, NewRecipient},
};
use crate::{
    activity::{ActivityEntry, Attribution},
    id::{JobId, OrganizationId},
    job::{Job, JobCounts, JobOutcome, JobResult},
    time::Timestamp,
};

/// Keeps jobs.
///
/// Whoever carries out a job has taken a [`Turn`] of it. A turn is worth something until the next one is taken: what
/// somebody does whose turn has passed – they were too slow, or were thought dead – changes nothing.
#[async_trait]
pub trait Jobs: Send + Sync {
    /// Keeps a new job, and its file; what is kept reads back equal. `false` where the organization has
    /// [`MAX_OPEN_JOBS`](crate::job::MAX_OPEN_JOBS) that are not over, or is not active: nothing is kept then. Rivals
    /// cannot exceed the limit together.
    async fn keep(
        &self,
        job: &Job,
        file: Option<&[u8]>,
        entry: Option<&ActivityEntry>,
    ) -> Result<bool, StoreError>;

    /// A job of this organization.
    async fn find(&self, organization: OrganizationId, id: JobId) -> Result<Option<Job>, StoreError>;

    /// The file of a job; `None` where it has none, or none any more.
    async fn file(&self, organization: OrganizationId, id: JobId) -> Result<Option<Vec<u8>>, StoreError>;

    /// The jobs of an organization that are no drafts, next to one of them or the first, the newest first (by `id`, falling),
    /// in this order either way; at most `limit`. A step costs the same wherever it is.
    async fn browse(
        &self,
        organization: OrganizationId,
        beside: Option<BesideJob>,
        limit: u32,
    ) -> Result<Vec<Job>, StoreError>;

    /// Gives a draft another plan. `false` where there is no such draft.
    async fn redraft(&self, organization: OrganizationId, id: JobId, plan: &str) -> Result<bool, StoreError>;

    /// Starts a draft, as [`JobStart`] says: it waits from then on, and that is when it was asked for. Of any number of
    /// concurrent calls exactly one is `true`; the others, and those about what is no draft, change nothing.
    async fn start(
        &self,
        organization: OrganizationId,
        id: JobId,
        start: &JobStart,
        entry: &ActivityEntry,
    ) -> Result<bool, StoreError>;

    /// Stops a job that [goes on](crate::job::JobState::goes_on), or takes a draft back: it is
    /// [`Stopped`](crate::job::JobState::Stopped), is over when the entry says, and its file is gone. From the return on,
    /// nothing is [issued](Self::issue) by it. `false` where there is no such job: nothing is changed then.
    async fn stop(
        &self,
        organization: OrganizationId,
        id: JobId,
        entry: &ActivityEntry,
    ) -> Result<bool, StoreError>;

    /// Takes the job that goes on and has been due the longest (then by `id`, rising), for the caller alone until `until`,
    /// when it is due again; before its first turn it has been due since it was asked for. It is running from then on. Of
    /// any number of concurrent calls exactly one takes it. A job that cannot be read does not stand in the way of others.
    async fn take(&self, now: Timestamp, until: Timestamp) -> Result<Option<(Job, Turn)>, StoreError>;

    /// Keeps a step that was done, where the turn has not passed: its results, counts and cursor, and what comes
    /// [next](Next). Of a job that was stopped meanwhile, or whose turn has passed by being stopped, the step is kept all
    /// the same, for it was done; but it stays stopped, and the answer is `false`. `false` also where the turn has passed
    /// otherwise, or the job is done or has failed: nothing is kept then.
    async fn step(&self, turn: &Turn, step: &JobStep) -> Result<bool, StoreError>;

    /// Issues credentials as [`Recipients::issue`](super::recipients::Recipients::issue) does, and keeps the step that they
    /// are part of, all in one: of a row that is issued the step is kept too, and the other way round. The counts of the step
    /// grow by one `done` for each that is issued, and by one of what [`JobResult::of_issuing`] says for each that is not,
    /// whose result is kept with the others. `rows` has the place and the text of each row of the batch, in its order.
    ///
    /// `None`, and nothing is issued nor kept, where the turn has passed or the job goes on no more.
    async fn issue(
        &self,
        turn: &Turn,
        batch: &[NewRecipient],
        rows: &[(u64, String)],
        step: &JobStep,
    ) -> Result<Option<Vec<Issuing>>, StoreError>;

    /// What became of rows or recipients of a job of this organization, those with this outcome or all, after this place, by
    /// place, rising; at most `limit`.
    async fn results(
        &self,
        organization: OrganizationId,
        id: JobId,
        outcome: Option<JobOutcome>,
        after: Option<u64>,
        limit: u32,
    ) -> Result<Vec<JobResult>, StoreError>;

    /// Forgets what is too old at `now`: drafts made [`DRAFT_LIFE`](crate::job::DRAFT_LIFE) ago or longer, the rows of jobs
    /// that were over [`ROWS_LIFE`](crate::job::ROWS_LIFE) ago, and jobs, with all that belongs to them, that were over
    /// [`JOB_LIFE`](crate::job::JOB_LIFE) ago.
    async fn forget(&self, now: Timestamp) -> Result<(), StoreError>;
}

/// On which side of a job in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BesideJob {
    /// Those that come after: older ones.
    After(JobId),
    /// Those that come before: newer ones.
    Before(JobId),
}

/// Somebody's turn at a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// Which job.
    pub job: JobId,
    /// Which turn, from 1.
    pub number: u64,
}

/// How a draft is started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobStart {
    /// Who starts it, and answers for it.
    pub by: Attribution,
    /// When.
    pub at: Timestamp,
    /// How many rows there are.
    pub total: u64,
    /// What is to be known.
    pub plan: String,
}

/// A step of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobStep {
    /// What is kept of rows or recipients.
    pub results: Vec<JobResult>,
    /// By how much the counts grow.
    pub counts: JobCounts,
    /// Where the next step begins.
    pub cursor: Option<String>,
    /// What comes next.
    pub next: Next,
}

impl JobStep {
    /// Counts a row of which this became, and keeps of it what is kept.
    pub fn add(&mut self, place: u64, row: &str, issuing: Issuing) {
        let rejected = JobResult::of_issuing(place, row, issuing);
        self.counts.count(
            rejected
                .as_ref()
                .map_or(JobOutcome::Done, |result| result.outcome),
        );
        self.results.extend(rejected);
    }
}

/// What comes after a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// Another step of the same turn, which lasts until this instant now.
    GoOn(Timestamp),
    /// Another turn, due at this instant.
    Later(Timestamp),
    /// Nothing: everything is dealt with. The file is gone.
    Done(Timestamp),
    /// Nothing: it broke off at this instant, for this reason. The file is gone.
    Failed(Timestamp, String),
}
