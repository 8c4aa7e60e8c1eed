//! A job as it is kept, and how it moves on.

use std::collections::{BTreeMap, BTreeSet};

use symbolon_domain::{
    id::RecipientId,
    job::{Job, JobResult, JobState},
    port::{
        StoreError,
        jobs::{JobStart, JobStep, Next, Turn},
    },
    time::Timestamp,
};

use crate::dossier::taken;

/// A job with all that belongs to it.
pub(crate) struct KeptJob {
    pub(crate) job: Job,
    /// When it is taken up next, while it goes on.
    pub(super) due_at: Timestamp,
    /// The turn that was taken last; 0 before the first.
    pub(super) turn: u64,
    pub(super) file: Option<Vec<u8>>,
    /// By their place.
    pub(super) results: BTreeMap<u64, JobResult>,
}

impl KeptJob {
    pub(super) fn new(job: &Job, file: Option<&[u8]>) -> Self {
        Self {
            job: job.clone(),
            due_at: job.made_at,
            turn: 0,
            file: file.map(Vec::from),
            results: BTreeMap::new(),
        }
    }

    pub(super) fn is(&self, state: JobState) -> bool {
        self.job.state == state
    }

    pub(super) fn is_due(&self, now: Timestamp) -> bool {
        self.job.state.goes_on() && !self.due_at.is_ahead_of(now)
    }

    pub(super) fn start(&mut self, start: &JobStart) {
        self.job.state = JobState::Waiting;
        self.job.by = start.by.clone();
        self.job.made_at = start.at;
        self.job.total = start.total;
        self.job.plan.clone_from(&start.plan);
        self.due_at = start.at;
    }

    pub(super) fn take(&mut self, now: Timestamp, until: Timestamp) -> (Job, Turn) {
        self.turn = self.turn.saturating_add(1);
        self.due_at = until;
        self.job.state = JobState::Running;
        self.job.began_at.get_or_insert(now);
        let turn = Turn {
            job: self.job.id,
            number: self.turn,
        };
        (self.job.clone(), turn)
    }

    /// Keeps a step, unless the job has come to its end by itself; whether it goes by what comes next.
    pub(super) fn keep_step(&mut self, step: &JobStep) -> Result<bool, StoreError> {
        if matches!(self.job.state, JobState::Done | JobState::Failed) {
            return Ok(false);
        }
        let places: BTreeSet<_> = step.results.iter().map(|result| result.place).collect();
        let is_taken = |place: &u64| self.results.contains_key(place);
        if places.len() < step.results.len() || places.iter().any(is_taken) {
            return Err(taken());
        }
        let results = step.results.iter().map(|result| (result.place, result.clone()));
        self.results.extend(results);
        self.job.counts = self.job.counts.and(step.counts);
        self.job.cursor.clone_from(&step.cursor);
        if self.is(JobState::Stopped) {
            return Ok(false);
        }
        match &step.next {
            Next::GoOn(until) => self.due_at = *until,
            Next::Later(at) => self.due_at = *at,
            Next::Done(at) => self.end(JobState::Done, *at, None),
            Next::Failed(at, failure) => self.end(JobState::Failed, *at, Some(failure.clone())),
        }
        Ok(true)
    }

    /// Forgets the rows that are about a recipient who goes.
    pub(crate) fn forget_rows_about(&mut self, recipient: RecipientId) {
        for result in self.results.values_mut() {
            if result.recipient == Some(recipient) {
                result.row = None;
            }
        }
    }

    pub(super) fn end(&mut self, state: JobState, at: Timestamp, failure: Option<String>) {
        self.job.state = state;
        self.job.ended_at = Some(at);
        self.job.failure = failure;
        self.file = None;
    }
}
