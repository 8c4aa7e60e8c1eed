//! Jobs in memory.

mod steps;

use std::ops::Bound;

use async_trait::async_trait;
use symbolon_domain::{
    activity::ActivityEntry,
    id::{JobId, OrganizationId},
    job::{DRAFT_LIFE, JOB_LIFE, Job, JobOutcome, JobResult, JobState, MAX_OPEN_JOBS, ROWS_LIFE},
    organization::Organization,
    port::{
        StoreError,
        jobs::{BesideJob, JobStart, JobStep, Jobs, Turn},
        recipients::{Issuing, NewRecipient},
    },
    time::Timestamp,
};

pub(crate) use self::steps::KeptJob;
use crate::{MemoryStore, dossier::taken, state::State};

#[async_trait]
impl Jobs for MemoryStore {
    async fn keep(
        &self,
        job: &Job,
        file: Option<&[u8]>,
        entry: Option<&ActivityEntry>,
    ) -> Result<bool, StoreError> {
        let mut state = self.lock();
        let owner = state.organizations.get(&job.organization);
        if !owner.is_some_and(Organization::is_active) || state.has_enough_to_do(job.organization) {
            return Ok(false);
        }
        if state.jobs.contains_key(&job.id) {
            return Err(taken());
        }
        state.jobs.insert(job.id, KeptJob::new(job, file));
        state.activity.extend(entry.cloned());
        Ok(true)
    }

    async fn find(&self, organization: OrganizationId, id: JobId) -> Result<Option<Job>, StoreError> {
        let mut state = self.lock();
        Ok(state.job_of(organization, id).map(|kept| kept.job.clone()))
    }

    async fn file(&self, organization: OrganizationId, id: JobId) -> Result<Option<Vec<u8>>, StoreError> {
        let mut state = self.lock();
        Ok(state.job_of(organization, id).and_then(|kept| kept.file.clone()))
    }

    async fn browse(
        &self,
        organization: OrganizationId,
        beside: Option<BesideJob>,
        limit: u32,
    ) -> Result<Vec<Job>, StoreError> {
        let state = self.lock();
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let listed = |kept: &&KeptJob| kept.job.organization == organization && !kept.is(JobState::Draft);
        if let Some(BesideJob::Before(id)) = beside {
            let newer = state.jobs.range((Bound::Excluded(id), Bound::Unbounded));
            let mut jobs: Vec<_> = newer.map(|(_, kept)| kept).filter(listed).take(limit).collect();
            jobs.reverse();
            return Ok(jobs.into_iter().map(|kept| kept.job.clone()).collect());
        }
        let end = match beside {
            Some(BesideJob::After(id)) => Bound::Excluded(id),
            _ => Bound::Unbounded,
        };
        let older = state.jobs.range((Bound::Unbounded, end)).rev();
        Ok(older
            .map(|(_, kept)| kept)
            .filter(listed)
            .take(limit)
            .map(|kept| kept.job.clone())
            .collect())
    }

    async fn redraft(&self, organization: OrganizationId, id: JobId, plan: &str) -> Result<bool, StoreError> {
        let mut state = self.lock();
        let kept = state.job_of(organization, id);
        let Some(kept) = kept.filter(|kept| kept.is(JobState::Draft)) else {
            return Ok(false);
        };
        plan.clone_into(&mut kept.job.plan);
        Ok(true)
    }

    async fn start(
        &self,
        organization: OrganizationId,
        id: JobId,
        start: &JobStart,
        entry: &ActivityEntry,
    ) -> Result<bool, StoreError> {
        let mut state = self.lock();
        let kept = state.job_of(organization, id);
        let Some(kept) = kept.filter(|kept| kept.is(JobState::Draft)) else {
            return Ok(false);
        };
        kept.start(start);
        state.activity.push(entry.clone());
        Ok(true)
    }

    async fn stop(
        &self,
        organization: OrganizationId,
        id: JobId,
        entry: &ActivityEntry,
    ) -> Result<bool, StoreError> {
        let mut state = self.lock();
        let kept = state.job_of(organization, id);
        let Some(kept) = kept.filter(|kept| !kept.job.state.is_over()) else {
            return Ok(false);
        };
        kept.end(JobState::Stopped, entry.at, None);
        state.activity.push(entry.clone());
        Ok(true)
    }

    async fn take(&self, now: Timestamp, until: Timestamp) -> Result<Option<(Job, Turn)>, StoreError> {
        let mut state = self.lock();
        let due = state.jobs.values_mut().filter(|kept| kept.is_due(now));
        let longest = due.min_by_key(|kept| (kept.due_at, kept.job.id));
        Ok(longest.map(|kept| kept.take(now, until)))
    }

    async fn step(&self, turn: &Turn, step: &JobStep) -> Result<bool, StoreError> {
        let mut state = self.lock();
        let Some(kept) = state.job_at(*turn) else {
            return Ok(false);
        };
        kept.keep_step(step)
    }

    async fn issue(
        &self,
        turn: &Turn,
        batch: &[NewRecipient],
        rows: &[(u64, String)],
        step: &JobStep,
    ) -> Result<Option<Vec<Issuing>>, StoreError> {
        let mut state = self.lock();
        if state.job_at(*turn).is_none_or(|kept| !kept.job.state.goes_on()) {
            return Ok(None);
        }
        let entered = state.activity.len();
        let mut done = JobStep::clone(step);
        let mut outcomes = Vec::new();
        for (new, (place, row)) in batch.iter().zip(rows) {
            match state.issue(new) {
                Ok(issuing) => {
                    done.add(*place, row, issuing);
                    outcomes.push(issuing);
                }
                Err(error) => {
                    state.take_back(batch, &outcomes, entered);
                    return Err(error);
                }
            }
        }
        let kept = state
            .job_at(*turn)
            .map_or(Ok(false), |kept| kept.keep_step(&done));
        if let Err(error) = kept {
            state.take_back(batch, &outcomes, entered);
            return Err(error);
        }
        Ok(Some(outcomes))
    }

    async fn results(
        &self,
        organization: OrganizationId,
        id: JobId,
        outcome: Option<JobOutcome>,
        after: Option<u64>,
        limit: u32,
    ) -> Result<Vec<JobResult>, StoreError> {
        let mut state = self.lock();
        let Some(kept) = state.job_of(organization, id) else {
            return Ok(Vec::new());
        };
        let beginning = after.map_or(Bound::Unbounded, Bound::Excluded);
        let results = kept.results.range((beginning, Bound::Unbounded));
        Ok(results
            .map(|(_, result)| result)
            .filter(|result| outcome.is_none_or(|outcome| result.outcome == outcome))
            .take(usize::try_from(limit).unwrap_or(usize::MAX))
            .cloned()
            .collect())
    }

    async fn forget(&self, now: Timestamp) -> Result<(), StoreError> {
        let is_past = |since: Timestamp, life| !since.plus_millis(life).is_ahead_of(now);
        let mut state = self.lock();
        state.jobs.retain(|_, kept| {
            let is_old_draft = kept.is(JobState::Draft) && is_past(kept.job.made_at, DRAFT_LIFE);
            let ended_at = kept.job.ended_at;
            !is_old_draft && !ended_at.is_some_and(|ended_at| is_past(ended_at, JOB_LIFE))
        });
        for kept in state.jobs.values_mut() {
            let ended_at = kept.job.ended_at;
            if ended_at.is_some_and(|ended_at| is_past(ended_at, ROWS_LIFE)) {
                kept.results.values_mut().for_each(|result| result.row = None);
            }
        }
        Ok(())
    }
}

impl State {
    /// A job, if this organization has it.
    fn job_of(&mut self, organization: OrganizationId, id: JobId) -> Option<&mut KeptJob> {
        let kept = self.jobs.get_mut(&id);
        kept.filter(|kept| kept.job.organization == organization)
    }

    /// The job whose turn this is, while it has not passed.
    fn job_at(&mut self, turn: Turn) -> Option<&mut KeptJob> {
        let kept = self.jobs.get_mut(&turn.job);
        kept.filter(|kept| turn.number > 0 && kept.turn == turn.number)
    }

    /// Whether an organization has as many jobs as it may have that are not over.
    fn has_enough_to_do(&self, organization: OrganizationId) -> bool {
        let open = self
            .jobs
            .values()
            .filter(|kept| kept.job.organization == organization && !kept.job.state.is_over())
            .count();
        u64::try_from(open).is_ok_and(|open| open >= MAX_OPEN_JOBS)
    }

    /// Takes back what was issued of a batch that could not be kept as a whole.
    fn take_back(&mut self, batch: &[NewRecipient], outcomes: &[Issuing], entered: usize) {
        for (new, outcome) in batch.iter().zip(outcomes) {
            if *outcome == Issuing::Issued {
                self.erase(new.recipient.id);
            }
        }
        self.activity.truncate(entered);
    }
}
