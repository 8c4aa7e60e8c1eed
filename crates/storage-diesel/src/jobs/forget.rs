//! Forgetting what is too old.

use diesel::prelude::*;
use symbolon_domain::{
    job::{DRAFT_LIFE, JOB_LIFE, ROWS_LIFE},
    time::Timestamp,
};

use super::is_draft;
use crate::{
    connection::AnyConnection,
    schema::{job_results as result, jobs as job},
    types::{At, Key},
};

/// See the port's `forget`. Files and results go with their job.
pub(super) fn forget(connection: &mut AnyConnection, now: Timestamp) -> QueryResult<()> {
    let ago = |life: i64| At(now.plus_millis(life.saturating_neg()));
    diesel::delete(job::table)
        .filter(is_draft())
        .filter(job::made_at.le(ago(DRAFT_LIFE)))
        .execute(connection)?;
    diesel::delete(job::table)
        .filter(job::ended_at.le(ago(JOB_LIFE)))
        .execute(connection)?;
    let over = job::table
        .filter(job::ended_at.le(ago(ROWS_LIFE)))
        .select(job::id);
    diesel::update(result::table)
        .filter(result::row.is_not_null())
        .filter(result::job_id.eq_any(over))
        .set(result::row.eq(None::<Vec<u8>>))
        .execute(connection)
        .map(drop)
}

/// Forgets the rows that are about a recipient who goes. That there was one, and what became of it, stays.
pub(crate) fn forget_rows_about(connection: &mut AnyConnection, recipient: Key) -> QueryResult<()> {
    diesel::update(result::table)
        .filter(result::recipient_id.eq(recipient))
        .filter(result::row.is_not_null())
        .set(result::row.eq(None::<Vec<u8>>))
        .execute(connection)
        .map(drop)
}
