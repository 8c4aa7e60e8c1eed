//! Jobs: each call of the port, and the file that does it.
//!
//! The row of a job is taken before any other: whoever stops it waits for the step that is under way, and whoever does a
//! step that comes too late finds another turn, or a job that goes on no more.

mod due;
mod forget;
mod open;
mod read;
mod steps;

use async_trait::async_trait;
use diesel::{dsl::sql, expression::SqlLiteral, prelude::*, sql_types::Bool};
use symbolon_domain::{
    activity::ActivityEntry,
    id::{JobId, OrganizationId},
    job::{Job, JobOutcome, JobResult},
    port::{
        StoreError,
        jobs::{BesideJob, JobStart, JobStep, Jobs, Turn},
        recipients::{Issuing, NewRecipient},
    },
    time::Timestamp,
};

use self::due::Look;
pub(crate) use self::forget::forget_rows_about;
use crate::{
    DieselStore,
    connection::AnyConnection,
    recipients::Draft,
    row::{activity::EntryRow, job::JobRow},
    schema::job_files as file,
    types::{At, Key},
};

#[async_trait]
impl Jobs for DieselStore {
    async fn keep(
        &self,
        job: &Job,
        file: Option<&[u8]>,
        entry: Option<&ActivityEntry>,
    ) -> Result<bool, StoreError> {
        let (row, file, entry) = (JobRow::from(job), file.map(Vec::from), entry.map(EntryRow::from));
        let id = job.id.into();
        self.write(move |connection| open::keep(connection, id, &row, file.as_deref(), entry.as_ref()))
            .await
    }

    async fn find(&self, organization: OrganizationId, id: JobId) -> Result<Option<Job>, StoreError> {
        self.read(move |connection| read::find(connection, organization.into(), id.into()))
            .await
    }

    async fn file(&self, organization: OrganizationId, id: JobId) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(move |connection| read::file(connection, organization.into(), id.into()))
            .await
    }

    async fn browse(
        &self,
        organization: OrganizationId,
        beside: Option<BesideJob>,
        limit: u32,
    ) -> Result<Vec<Job>, StoreError> {
        self.read(move |connection| read::browse(connection, organization.into(), beside, limit))
            .await
    }

    async fn redraft(&self, organization: OrganizationId, id: JobId, plan: &str) -> Result<bool, StoreError> {
        let plan = plan.as_bytes().to_vec();
        self.write(move |connection| Ok(open::redraft(connection, organization.into(), id.into(), &plan)?))
            .await
    }

    async fn start(
        &self,
        organization: OrganizationId,
        id: JobId,
        start: &JobStart,
        entry: &ActivityEntry,
    ) -> Result<bool, StoreError> {
        let (start, entry) = (start.clone(), EntryRow::from(entry));
        self.write(move |connection| open::start(connection, organization.into(), id.into(), &start, &entry))
            .await
    }

    async fn stop(
        &self,
        organization: OrganizationId,
        id: JobId,
        entry: &ActivityEntry,
    ) -> Result<bool, StoreError> {
        let (at, entry) = (At(entry.at), EntryRow::from(entry));
        self.write(move |connection| steps::stop(connection, organization.into(), id.into(), at, &entry))
            .await
    }

    async fn take(&self, now: Timestamp, until: Timestamp) -> Result<Option<(Job, Turn)>, StoreError> {
        let (now, until) = (At(now), At(until));
        loop {
            // Mostly there is nothing to do, and to see that takes no lock.
            if !self
                .read(move |connection| due::is_there(connection, now))
                .await?
            {
                return Ok(None);
            }
            let look = self
                .write(move |connection| due::take(connection, now, until))
                .await?;
            match look {
                Look::Taken(taken) => return Ok(Some(*taken)),
                Look::Unreadable if now < until => {}
                Look::Unreadable | Look::Nothing => return Ok(None),
            }
        }
    }

    async fn step(&self, turn: &Turn, step: &JobStep) -> Result<bool, StoreError> {
        let (turn, step) = (*turn, step.clone());
        self.write(move |connection| steps::step(connection, turn, &step))
            .await
    }

    async fn issue(
        &self,
        turn: &Turn,
        batch: &[NewRecipient],
        rows: &[(u64, String)],
        step: &JobStep,
    ) -> Result<Option<Vec<Issuing>>, StoreError> {
        let drafts: Vec<_> = batch.iter().map(Draft::from).collect();
        let (turn, rows, step) = (*turn, rows.to_vec(), step.clone());
        self.write(move |connection| steps::issue(connection, turn, &drafts, &rows, &step))
            .await
    }

    async fn results(
        &self,
        organization: OrganizationId,
        id: JobId,
        outcome: Option<JobOutcome>,
        after: Option<u64>,
        limit: u32,
    ) -> Result<Vec<JobResult>, StoreError> {
        self.read(move |connection| {
            read::results(connection, organization.into(), id.into(), outcome, after, limit)
        })
        .await
    }

    async fn forget(&self, now: Timestamp) -> Result<(), StoreError> {
        self.in_steps(move |connection, most| forget::rows(connection, now, most))
            .await?;
        self.in_steps(move |connection, most| forget::results(connection, now, most))
            .await?;
        self.in_steps(move |connection, most| forget::jobs(connection, now, most))
            .await
            .map(drop)
    }
}

/// Written out, not parameters: the indexes have the same conditions, and a database that plans before it knows the
/// parameters could not tell.
fn goes_on() -> SqlLiteral<Bool> {
    sql("jobs.state IN ('waiting', 'running')")
}

fn is_open() -> SqlLiteral<Bool> {
    sql("jobs.state IN ('draft', 'waiting', 'running')")
}

fn is_draft() -> SqlLiteral<Bool> {
    sql("jobs.state = 'draft'")
}

/// Removes the file of a job that is over.
fn remove_file(connection: &mut AnyConnection, job: Key) -> QueryResult<()> {
    diesel::delete(file::table.find(job))
        .execute(connection)
        .map(drop)
}
