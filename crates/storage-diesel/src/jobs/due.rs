//! Taking the job that is due.

use diesel::{prelude::*, result::Error};
use symbolon_domain::{
    job::{Job, JobState},
    port::jobs::Turn,
};

use super::goes_on;
use crate::{
    cached::ExecuteCached as _,
    connection::AnyConnection,
    error::store_error,
    row::job::JobRow,
    schema::jobs as job,
    transaction::Stop,
    types::{At, Key},
};

/// What became of looking for one.
#[derive(Debug)]
pub(super) enum Look {
    /// It was taken.
    Taken(Box<(Job, Turn)>),
    /// It cannot be read, and waits; another may be due.
    Unreadable,
    /// None is due, or all that are, are in the hands of rivals.
    Nothing,
}

/// Whether any job is due.
pub(super) fn is_there(connection: &mut AnyConnection, now: At) -> QueryResult<bool> {
    let due = job::table.filter(goes_on()).filter(job::due_at.le(now));
    diesel::select(diesel::dsl::exists(due)).get_result(connection)
}

/// Takes the first that is due and that no rival has.
pub(super) fn take(connection: &mut AnyConnection, now: At, until: At) -> Result<Look, Stop<Look>> {
    let Some((id, began_at)) = lock(connection, now)? else {
        return Err(Stop::Outcome(Look::Nothing));
    };
    diesel::update(job::table.find(id))
        .set((
            job::state.eq(JobState::Running.name()),
            job::began_at.eq(began_at.unwrap_or(now)),
            job::due_at.eq(until),
            job::turn.eq(job::turn + 1),
        ))
        .execute_cached(connection)?;
    let row: JobRow = job::table
        .find(id)
        .select(JobRow::as_select())
        .get_result(connection)?;
    match row.with_turn() {
        Ok(taken) => Ok(Look::Taken(Box::new(taken))),
        // A row that another version has written, or another hand. The others are not to wait for it.
        Err(unreadable) => {
            let error = store_error(&Error::from(unreadable));
            tracing::error!(job = %id.0, error = %error, "a job cannot be read, and waits");
            Ok(Look::Unreadable)
        }
    }
}

/// Takes the row of the first that is due, unless a rival has it: nobody waits for a job that is being taken.
fn lock(connection: &mut AnyConnection, now: At) -> QueryResult<Option<(Key, Option<At>)>> {
    let first = job::table
        .filter(goes_on())
        .filter(job::due_at.le(now))
        .order((job::due_at, job::id))
        .limit(1)
        .select((job::id, job::began_at));
    match connection {
        AnyConnection::Postgres(postgres) => first.for_no_key_update().skip_locked().get_result(postgres),
        // Nobody else writes.
        AnyConnection::Sqlite(sqlite) => first.get_result(sqlite),
    }
    .optional()
}
