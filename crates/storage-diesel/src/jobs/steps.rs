//! Steps of a job, and stopping it.
//!
//! A step counts where the job still has the turn in which it was done: the row count of one conditional update decides.

use diesel::prelude::*;
use symbolon_domain::{
    job::JobState,
    port::{
        jobs::{JobStep, Next, Turn},
        recipients::Issuing,
    },
};

use super::{is_open, remove_file};
use crate::{
    activity::append,
    cached::ExecuteCached as _,
    connection::AnyConnection,
    insertion::insert_all,
    recipients::{self, Draft},
    row::{
        activity::EntryRow,
        job::{ResultRow, counted},
    },
    schema::{job_results as result, jobs as job},
    transaction::Stop,
    types::{At, Key},
};

/// See the port's `step`.
pub(super) fn step(connection: &mut AnyConnection, turn: Turn, step: &JobStep) -> Result<bool, Stop<bool>> {
    let Some(job) = Held::by(connection, turn)? else {
        return Err(Stop::Outcome(false));
    };
    Ok(job.keep(connection, step)?)
}

/// See the port's `issue`.
pub(super) fn issue(
    connection: &mut AnyConnection,
    turn: Turn,
    drafts: &[Draft],
    rows: &[(u64, String)],
    step: &JobStep,
) -> Result<Option<Vec<Issuing>>, Stop<Option<Vec<Issuing>>>> {
    let job = Held::by(connection, turn)?.filter(|job| job.goes_on);
    let Some(job) = job else {
        return Err(Stop::Outcome(None));
    };
    let outcomes = recipients::issue(connection, drafts)?;
    let mut done = step.clone();
    for ((place, row), outcome) in rows.iter().zip(&outcomes) {
        done.add(*place, row, *outcome);
    }
    job.keep(connection, &done)?;
    Ok(Some(outcomes))
}

/// A job whose row is taken until the transaction at hand ends, and whose turn has not passed.
struct Held {
    id: Key,
    goes_on: bool,
}

impl Held {
    /// The job in this turn; `None` where the turn has passed, or the job has come to its end by itself.
    fn by(connection: &mut AnyConnection, turn: Turn) -> QueryResult<Option<Self>> {
        let id = Key::from(turn.job);
        let found = job::table
            .find(id)
            .filter(job::turn.eq(counted(turn.number)))
            .filter(job::turn.gt(0))
            .select(job::state);
        let state: Option<String> = match connection {
            AnyConnection::Postgres(postgres) => found.for_no_key_update().get_result(postgres),
            // Nobody else writes.
            AnyConnection::Sqlite(sqlite) => found.get_result(sqlite),
        }
        .optional()?;
        let state = state.and_then(|state| JobState::parse(&state));
        Ok(state
            .filter(|state| state.goes_on() || *state == JobState::Stopped)
            .map(|state| Self {
                id,
                goes_on: state.goes_on(),
            }))
    }

    /// Keeps a step of it; whether it goes by what comes next.
    fn keep(&self, connection: &mut AnyConnection, step: &JobStep) -> QueryResult<bool> {
        let Self { id, goes_on } = *self;
        let counts = step.counts;
        diesel::update(job::table.find(id))
            .set((
                job::done.eq(job::done + counted(counts.done)),
                job::skipped.eq(job::skipped + counted(counts.skipped)),
                job::failed.eq(job::failed + counted(counts.failed)),
                job::cursor.eq(step.cursor.as_deref().map(str::as_bytes)),
            ))
            .execute_cached(connection)?;
        let results: Vec<_> = step
            .results
            .iter()
            .map(|result| ResultRow::of(id, result))
            .collect();
        insert_all!(connection, result::table, &results);
        if goes_on {
            self.move_on(connection, &step.next)?;
        }
        Ok(goes_on)
    }

    fn move_on(&self, connection: &mut AnyConnection, next: &Next) -> QueryResult<()> {
        match next {
            Next::GoOn(at) | Next::Later(at) => diesel::update(job::table.find(self.id))
                .set(job::due_at.eq(At(*at)))
                .execute_cached(connection)
                .map(drop),
            Next::Done(at) => self.end(connection, JobState::Done, At(*at), None),
            Next::Failed(at, failure) => self.end(connection, JobState::Failed, At(*at), Some(failure)),
        }
    }

    fn end(
        &self,
        connection: &mut AnyConnection,
        state: JobState,
        at: At,
        failure: Option<&str>,
    ) -> QueryResult<()> {
        diesel::update(job::table.find(self.id))
            .set((
                job::state.eq(state.name()),
                job::ended_at.eq(at),
                job::failure.eq(failure),
            ))
            .execute_cached(connection)?;
        remove_file(connection, self.id)
    }
}

/// See the port's `stop`. Where a step is under way this waits for it, and what begins later finds the job stopped.
pub(super) fn stop(
    connection: &mut AnyConnection,
    organization: Key,
    id: Key,
    at: At,
    entry: &EntryRow,
) -> Result<bool, Stop<bool>> {
    let stopped = diesel::update(job::table.find(id))
        .filter(job::organization_id.eq(organization))
        .filter(is_open())
        .set((job::state.eq(JobState::Stopped.name()), job::ended_at.eq(at)))
        .execute_cached(connection)?;
    if stopped == 0 {
        return Err(Stop::Outcome(false));
    }
    remove_file(connection, id)?;
    append(connection, entry)?;
    Ok(true)
}
