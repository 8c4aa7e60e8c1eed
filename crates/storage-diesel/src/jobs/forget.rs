//! Forgetting what is too old.

use diesel::prelude::*;
use symbolon_domain::{
    job::{DRAFT_LIFE, JOB_LIFE, ROWS_LIFE},
    time::Timestamp,
};

use super::is_draft;
use crate::{
    cached::ExecuteCached as _,
    connection::AnyConnection,
    retention::remove_some,
    schema::{job_results as result, jobs as job},
    types::{At, Key},
};

/// Forgets rows of jobs that have been over for some days: `most` of those of one job.
pub(super) fn rows(connection: &mut AnyConnection, now: Timestamp, most: i64) -> QueryResult<usize> {
    let over = job::table
        .filter(job::ended_at.le(ago(now, ROWS_LIFE)))
        .select(job::id);
    let first = result::table
        .filter(result::row.is_not_null())
        .filter(result::job_id.eq_any(over))
        .select(result::job_id)
        .limit(1)
        .get_result::<Key>(connection)
        .optional()?;
    let Some(id) = first else { return Ok(0) };
    let of_it = || result::job_id.eq(id).and(result::row.is_not_null());
    let some: Vec<i64> = result::table
        .filter(of_it())
        .select(result::place)
        .limit(most)
        .load(connection)?;
    let forgotten = diesel::update(result::table)
        .filter(of_it())
        .filter(result::place.eq_any(some))
        .set(result::row.eq(None::<Vec<u8>>))
        .execute(connection)?;
    // There may be another job.
    Ok(forgotten.max(usize::try_from(most).unwrap_or(usize::MAX)))
}

/// Removes results of jobs that are to be removed: `most` of those of one job.
pub(super) fn results(connection: &mut AnyConnection, now: Timestamp, most: i64) -> QueryResult<usize> {
    let over = job::table
        .filter(job::ended_at.le(ago(now, JOB_LIFE)))
        .select(job::id);
    let first = result::table
        .filter(result::job_id.eq_any(over))
        .select(result::job_id)
        .limit(1)
        .get_result::<Key>(connection)
        .optional()?;
    let Some(id) = first else { return Ok(0) };
    let some: Vec<i64> = result::table
        .filter(result::job_id.eq(id))
        .select(result::place)
        .limit(most)
        .load(connection)?;
    let removed = diesel::delete(result::table)
        .filter(result::job_id.eq(id))
        .filter(result::place.eq_any(some))
        .execute(connection)?;
    // There may be another job.
    Ok(removed.max(usize::try_from(most).unwrap_or(usize::MAX)))
}

/// Removes jobs that are long over, and drafts of which nothing came. Files go with their job, and results that are left.
pub(super) fn jobs(connection: &mut AnyConnection, now: Timestamp, most: i64) -> QueryResult<usize> {
    let drafts = remove_some!(
        connection,
        job::table,
        job::id => Key,
        is_draft().and(job::made_at.le(ago(now, DRAFT_LIFE))),
        most
    )?;
    let over = remove_some!(
        connection,
        job::table,
        job::id => Key,
        job::ended_at.le(ago(now, JOB_LIFE)),
        most
    )?;
    Ok(drafts.max(over))
}

fn ago(now: Timestamp, life: i64) -> At {
    At(now.plus_millis(life.saturating_neg()))
}

/// Forgets the rows that are about a recipient who goes. That there was one, and what became of it, stays.
pub(crate) fn forget_rows_about(connection: &mut AnyConnection, recipient: Key) -> QueryResult<()> {
    diesel::update(result::table)
        .filter(result::recipient_id.eq(recipient))
        .filter(result::row.is_not_null())
        .set(result::row.eq(None::<Vec<u8>>))
        .execute_cached(connection)
        .map(drop)
}
