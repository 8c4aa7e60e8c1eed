//! Rows of jobs, and of what became of their rows.

use diesel::{AsChangeset, Insertable, Queryable, Selectable};
use symbolon_domain::{
    job::{Job, JobCounts, JobKind, JobOutcome, JobResult, JobState},
    port::jobs::{JobStart, Turn},
};

use super::{attribution::Attributed, maybe, unreadable};
use crate::{
    error::Unreadable,
    schema::{job_results, jobs},
    types::{At, Key},
};

/// A job as it is kept.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = jobs, treat_none_as_default_value = false)]
pub(crate) struct JobRow {
    id: Key,
    pub(crate) organization_id: Key,
    kind: String,
    template_id: Option<Key>,
    plan: Vec<u8>,
    actor: String,
    actor_token_id: Option<Key>,
    actor_administrator_id: Option<Key>,
    request_id: Option<String>,
    address: Option<String>,
    made_at: At,
    state: String,
    total: i64,
    done: i64,
    skipped: i64,
    failed: i64,
    cursor: Option<Vec<u8>>,
    began_at: Option<At>,
    ended_at: Option<At>,
    failure: Option<String>,
    due_at: At,
    turn: i64,
}

/// Who starts a draft, and what is known of it then.
#[derive(Debug, AsChangeset)]
#[diesel(table_name = jobs, treat_none_as_null = true)]
pub(crate) struct StartColumns {
    plan: Vec<u8>,
    actor: String,
    actor_token_id: Option<Key>,
    actor_administrator_id: Option<Key>,
    request_id: Option<String>,
    address: Option<String>,
    made_at: At,
    total: i64,
}

impl From<&JobStart> for StartColumns {
    fn from(start: &JobStart) -> Self {
        let by = Attributed::from(&start.by);
        Self {
            plan: start.plan.clone().into_bytes(),
            actor: by.actor,
            actor_token_id: by.token,
            actor_administrator_id: by.administrator,
            request_id: by.request_id,
            address: by.address,
            made_at: At(start.at),
            total: counted(start.total),
        }
    }
}

/// A number as a database counts.
pub(crate) fn counted(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

impl From<&Job> for JobRow {
    fn from(job: &Job) -> Self {
        let by = Attributed::from(&job.by);
        Self {
            id: job.id.into(),
            organization_id: job.organization.into(),
            kind: job.kind.name().to_owned(),
            template_id: job.template.map(Key::from),
            plan: job.plan.clone().into_bytes(),
            actor: by.actor,
            actor_token_id: by.token,
            actor_administrator_id: by.administrator,
            request_id: by.request_id,
            address: by.address,
            made_at: At(job.made_at),
            state: job.state.name().to_owned(),
            total: counted(job.total),
            done: counted(job.counts.done),
            skipped: counted(job.counts.skipped),
            failed: counted(job.counts.failed),
            cursor: job.cursor.clone().map(String::into_bytes),
            began_at: maybe(job.began_at),
            ended_at: maybe(job.ended_at),
            failure: job.failure.clone(),
            due_at: At(job.made_at),
            turn: 0,
        }
    }
}

impl TryFrom<JobRow> for Job {
    type Error = Unreadable;

    fn try_from(row: JobRow) -> Result<Self, Unreadable> {
        let column = |column| move || unreadable("jobs", column);
        let count = |number: i64, name| u64::try_from(number).map_err(|_| unreadable("jobs", name));
        let by = Attributed {
            actor: row.actor,
            token: row.actor_token_id,
            administrator: row.actor_administrator_id,
            request_id: row.request_id,
            address: row.address,
        };
        Ok(Self {
            id: row.id.into(),
            organization: row.organization_id.into(),
            kind: JobKind::parse(&row.kind).ok_or_else(column("kind"))?,
            template: row.template_id.map(Into::into),
            plan: String::from_utf8(row.plan).map_err(|_| column("plan")())?,
            by: by.read("jobs")?,
            made_at: row.made_at.0,
            state: JobState::parse(&row.state).ok_or_else(column("state"))?,
            total: count(row.total, "total")?,
            counts: JobCounts {
                done: count(row.done, "done")?,
                skipped: count(row.skipped, "skipped")?,
                failed: count(row.failed, "failed")?,
            },
            cursor: row
                .cursor
                .map(String::from_utf8)
                .transpose()
                .map_err(|_| column("cursor")())?,
            began_at: row.began_at.map(|at| at.0),
            ended_at: row.ended_at.map(|at| at.0),
            failure: row.failure,
        })
    }
}

impl JobRow {
    /// The job with the turn that was taken last.
    pub(crate) fn with_turn(self) -> Result<(Job, Turn), Unreadable> {
        let number = u64::try_from(self.turn).map_err(|_| unreadable("jobs", "turn"))?;
        let turn = Turn {
            job: self.id.into(),
            number,
        };
        Ok((self.try_into()?, turn))
    }
}

/// What became of a row or recipient, as it is kept.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = job_results, treat_none_as_default_value = false)]
pub(crate) struct ResultRow {
    job_id: Key,
    place: i64,
    outcome: String,
    recipient_id: Option<Key>,
    why: Option<String>,
    row: Option<Vec<u8>>,
}

impl ResultRow {
    pub(crate) fn of(job: Key, result: &JobResult) -> Self {
        Self {
            job_id: job,
            place: counted(result.place),
            outcome: result.outcome.name().to_owned(),
            recipient_id: result.recipient.map(Key::from),
            why: result.why.clone(),
            row: result.row.clone().map(String::into_bytes),
        }
    }
}

impl TryFrom<ResultRow> for JobResult {
    type Error = Unreadable;

    fn try_from(row: ResultRow) -> Result<Self, Unreadable> {
        let column = |column| move || unreadable("job_results", column);
        Ok(Self {
            place: row.place.try_into().map_err(|_| column("place")())?,
            outcome: JobOutcome::parse(&row.outcome).ok_or_else(column("outcome"))?,
            recipient: row.recipient_id.map(Into::into),
            why: row.why,
            row: row
                .row
                .map(String::from_utf8)
                .transpose()
                .map_err(|_| column("row")())?,
        })
    }
}
