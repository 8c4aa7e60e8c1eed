//! Reading jobs, their files, and what became of their rows.

use diesel::{dsl::sql, prelude::*, sql_types::Bool};
use symbolon_domain::{
    job::{Job, JobOutcome, JobResult},
    port::jobs::BesideJob,
};

use crate::{
    connection::AnyConnection,
    row::job::{JobRow, ResultRow, counted},
    schema::{job_files as file, job_results as result, jobs as job},
    types::Key,
};

pub(super) fn find(connection: &mut AnyConnection, organization: Key, id: Key) -> QueryResult<Option<Job>> {
    let row: Option<JobRow> = job::table
        .find(id)
        .filter(job::organization_id.eq(organization))
        .select(JobRow::as_select())
        .get_result(connection)
        .optional()?;
    Ok(row.map(TryInto::try_into).transpose()?)
}

pub(super) fn file(
    connection: &mut AnyConnection,
    organization: Key,
    id: Key,
) -> QueryResult<Option<Vec<u8>>> {
    file::table
        .inner_join(job::table)
        .filter(job::id.eq(id))
        .filter(job::organization_id.eq(organization))
        .select(file::content)
        .get_result(connection)
        .optional()
}

pub(super) fn browse(
    connection: &mut AnyConnection,
    organization: Key,
    beside: Option<BesideJob>,
    limit: u32,
) -> QueryResult<Vec<Job>> {
    let jobs = job::table
        .filter(job::organization_id.eq(organization))
        // Written out, as the index has it.
        .filter(sql::<Bool>("jobs.state <> 'draft'"))
        .limit(limit.into())
        .select(JobRow::as_select())
        .into_boxed();
    let rows: Vec<JobRow> = match beside {
        None => jobs.order(job::id.desc()).load(connection)?,
        Some(BesideJob::After(id)) => jobs
            .filter(job::id.lt(Key::from(id)))
            .order(job::id.desc())
            .load(connection)?,
        Some(BesideJob::Before(id)) => {
            let mut rows: Vec<JobRow> = jobs
                .filter(job::id.gt(Key::from(id)))
                .order(job::id.asc())
                .load(connection)?;
            rows.reverse();
            rows
        }
    };
    rows.into_iter().map(|row| Ok(row.try_into()?)).collect()
}

pub(super) fn results(
    connection: &mut AnyConnection,
    organization: Key,
    id: Key,
    outcome: Option<JobOutcome>,
    after: Option<u64>,
    limit: u32,
) -> QueryResult<Vec<JobResult>> {
    let mut results = result::table
        .inner_join(job::table)
        .filter(job::organization_id.eq(organization))
        .filter(result::job_id.eq(id))
        .order(result::place)
        .limit(limit.into())
        .select(ResultRow::as_select())
        .into_boxed();
    if let Some(outcome) = outcome {
        results = results.filter(result::outcome.eq(outcome.name()));
    }
    if let Some(after) = after {
        results = results.filter(result::place.gt(counted(after)));
    }
    let rows: Vec<ResultRow> = results.load(connection)?;
    rows.into_iter().map(|row| Ok(row.try_into()?)).collect()
}
