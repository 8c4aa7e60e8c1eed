//! Long work: the list of it, a page for each, stopping it, and what became of each row as a file.

pub(super) mod list;
mod present;
pub(super) mod report;
pub(super) mod show;
pub(super) mod stop;

use symbolon_domain::{id::JobId, job::Job, job::JobState};

use super::desk::Desk;
use crate::page::fault::PageFault;

/// The job that the address names; drafts have other pages.
async fn named(desk: &Desk, path: &str) -> Result<Job, PageFault> {
    let id = JobId::parse(path).ok_or(PageFault::NotFound)?;
    let organization = desk.administrator.member.organization.id;
    let found = desk.state.ports.jobs.find(organization, id).await?;
    found
        .filter(|job| job.state != JobState::Draft)
        .ok_or(PageFault::NotFound)
}
