//! Taking a turn at whatever has waited the longest.

use symbolon_domain::{
    job::{Job, JobKind},
    port::{
        Ports, StoreError,
        jobs::{JobStep, Next, Turn},
    },
    service::{Fault, caller::Mandate, jobs::mandate},
    time::Timestamp,
};

use crate::{act_turn, import_turn};

/// How long a turn lasts, in milliseconds: others come next. A step that is under way is finished.
const TURN: i64 = 2_000;
/// How long a job is left to whoever has taken it, from each step on, in milliseconds. Much longer than a step takes, and as
/// long as a job stands still after a crash.
const LEASE: i64 = 30_000;
/// How long a job waits after a store that could not answer, in milliseconds.
const TROUBLE: i64 = 5_000;

/// What a turn came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turned {
    /// There was something to do; there may be more.
    Worked,
    /// There was nothing to do.
    Idle,
}

/// What one step came to.
pub(crate) enum Stepped {
    /// It was done, and the job goes on.
    On,
    /// There is nothing more to do in this turn.
    Over,
}

/// A job that was taken.
pub(crate) struct Taken<'a> {
    pub(crate) ports: &'a Ports,
    pub(crate) job: Job,
    pub(crate) turn: Turn,
    pub(crate) mandate: Mandate,
    /// When the turn ends.
    ends: Timestamp,
    is_stopping: &'a (dyn Fn() -> bool + Sync),
}

/// Takes the job that has waited the longest, and works on it for two seconds, or until the service stops.
///
/// # Errors
/// Where the store cannot answer. The job is taken up again later.
pub async fn take_turn(ports: &Ports, is_stopping: &(dyn Fn() -> bool + Sync)) -> Result<Turned, Fault> {
    let now = ports.clock.now();
    let Some((job, turn)) = ports.jobs.take(now, now.plus_millis(LEASE)).await? else {
        return Ok(Turned::Idle);
    };
    let Some(mandate) = mandate(ports, &job).await? else {
        let why =
            "Whoever asked for it may no longer do it, or is gone. Somebody else has to begin it again.";
        give_up(ports, &turn, &job, why).await?;
        return Ok(Turned::Worked);
    };
    let mut taken = Taken {
        ports,
        turn,
        mandate,
        ends: now.plus_millis(TURN),
        is_stopping,
        job,
    };
    let worked = match taken.job.kind {
        JobKind::Import => import_turn::work(&mut taken).await,
        _ => act_turn::work(&mut taken).await,
    };
    if worked.is_err() {
        // What went wrong is told by whoever called; should this fail too, the job is due again when the lease ends.
        let later = ports.clock.now().plus_millis(TROUBLE);
        let _ = taken.rest(Next::Later(later)).await;
    }
    worked.map(|()| Turned::Worked)
}

impl Taken<'_> {
    /// What comes after a step at this moment, where more is to be done.
    pub(crate) fn next(&self) -> Next {
        let now = self.ports.clock.now();
        if now < self.ends && !(self.is_stopping)() {
            Next::GoOn(now.plus_millis(LEASE))
        } else {
            Next::Later(now)
        }
    }

    /// Keeps a step that was done.
    pub(crate) async fn keep(&mut self, step: JobStep) -> Result<Stepped, StoreError> {
        let goes_on = matches!(step.next, Next::GoOn(_));
        let is_ours = self.ports.jobs.step(&self.turn, &step).await?;
        self.job.cursor = step.cursor;
        Ok(if is_ours && goes_on {
            Stepped::On
        } else {
            Stepped::Over
        })
    }

    /// Ends the turn without anything being done.
    pub(crate) async fn rest(&mut self, next: Next) -> Result<(), StoreError> {
        let step = JobStep {
            results: Vec::new(),
            counts: symbolon_domain::job::JobCounts::default(),
            cursor: self.job.cursor.clone(),
            next,
        };
        self.keep(step).await.map(|_| ())
    }

    /// Gives the job up, for this reason.
    pub(crate) async fn give_up(&mut self, why: &str) -> Result<(), StoreError> {
        let now = self.ports.clock.now();
        self.rest(Next::Failed(now, why.to_owned())).await
    }
}

async fn give_up(ports: &Ports, turn: &Turn, job: &Job, why: &str) -> Result<(), StoreError> {
    let step = JobStep {
        results: Vec::new(),
        counts: symbolon_domain::job::JobCounts::default(),
        cursor: job.cursor.clone(),
        next: Next::Failed(ports.clock.now(), why.to_owned()),
    };
    ports.jobs.step(turn, &step).await.map(|_| ())
}
