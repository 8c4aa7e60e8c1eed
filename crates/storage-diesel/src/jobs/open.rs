//! Jobs that begin: keeping one, and what happens to drafts.

use diesel::prelude::*;
use symbolon_domain::{
    job::{JobState, MAX_OPEN_JOBS},
    port::jobs::JobStart,
};

use super::{is_draft, is_open};
use crate::{
    activity::append,
    cached::ExecuteCached as _,
    connection::AnyConnection,
    organizations,
    row::{
        activity::EntryRow,
        job::{JobRow, StartColumns},
    },
    schema::{job_files as file, jobs as job},
    transaction::Stop,
    types::{At, Key},
};

/// See the port's `keep`. The organization's row is taken first: jobs of one organization are kept one after the other, so
/// none is added to those that are counted until this transaction ends.
pub(super) fn keep(
    connection: &mut AnyConnection,
    id: Key,
    row: &JobRow,
    content: Option<&[u8]>,
    entry: Option<&EntryRow>,
) -> Result<bool, Stop<bool>> {
    let organization = row.organization_id;
    if organizations::lock(connection, organization)?.is_none()
        || open(connection, organization)? >= MAX_OPEN_JOBS
    {
        return Err(Stop::Outcome(false));
    }
    diesel::insert_into(job::table).values(row).execute(connection)?;
    if let Some(content) = content {
        diesel::insert_into(file::table)
            .values((file::job_id.eq(id), file::content.eq(content)))
            .execute(connection)?;
    }
    if let Some(entry) = entry {
        append(connection, entry)?;
    }
    Ok(true)
}

fn open(connection: &mut AnyConnection, organization: Key) -> QueryResult<u64> {
    let open: i64 = job::table
        .filter(job::organization_id.eq(organization))
        .filter(is_open())
        .count()
        .get_result(connection)?;
    Ok(u64::try_from(open).unwrap_or(0))
}

/// See the port's `redraft`.
pub(super) fn redraft(
    connection: &mut AnyConnection,
    organization: Key,
    id: Key,
    plan: &[u8],
) -> QueryResult<bool> {
    diesel::update(job::table.find(id))
        .filter(job::organization_id.eq(organization))
        .filter(is_draft())
        .set(job::plan.eq(plan))
        .execute_cached(connection)
        .map(|changed| changed == 1)
}

/// See the port's `start`. The row count decides: a rival finds that it is no draft any more.
pub(super) fn start(
    connection: &mut AnyConnection,
    organization: Key,
    id: Key,
    start: &JobStart,
    entry: &EntryRow,
) -> Result<bool, Stop<bool>> {
    let started = diesel::update(job::table.find(id))
        .filter(job::organization_id.eq(organization))
        .filter(is_draft())
        .set((
            job::state.eq(JobState::Waiting.name()),
            job::due_at.eq(At(start.at)),
            StartColumns::from(start),
        ))
        .execute_cached(connection)?;
    if started == 0 {
        return Err(Stop::Outcome(false));
    }
    append(connection, entry)?;
    Ok(true)
}
