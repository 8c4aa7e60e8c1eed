//! The import wizard: a file, what its columns mean, a check of every row, and then a job. Between the steps the file is kept
//! as a draft.

pub(super) mod check;
pub(super) mod columns;
pub(super) mod example;
pub(super) mod file;
pub(super) mod start;
mod upload;

use actix_web::HttpResponse;
use symbolon_domain::{
    id::JobId,
    job::{Job, JobState},
    template::Template,
};
use symbolon_jobs::ImportPlan;

use super::desk::Desk;
use crate::{
    page::{fault::PageFault, respond::see_page},
    view::dashboard::{Outcome, paths},
};

/// An import that is being put together.
struct Draft {
    job: Job,
    plan: ImportPlan,
    template: Template,
    file: Vec<u8>,
}

impl Draft {
    /// The draft that the address names; `None` where it was started or taken back, or its template is gone.
    async fn named(desk: &Desk, path: &str) -> Result<Option<Self>, PageFault> {
        let id = JobId::parse(path).ok_or(PageFault::NotFound)?;
        let organization = desk.administrator.member.organization.id;
        let ports = &desk.state.ports;
        let job = ports.jobs.find(organization, id).await?;
        let job = job.ok_or(PageFault::NotFound)?;
        if job.state != JobState::Draft {
            return Ok(None);
        }
        let Some((plan, template)) = ImportPlan::of(&job).ok().zip(job.template) else {
            return Ok(None);
        };
        let template = ports.templates.find(organization, template).await?;
        let file = ports.jobs.file(organization, id).await?;
        Ok(template.zip(file).map(|(template, file)| Self {
            job,
            plan,
            template,
            file,
        }))
    }

    /// The address of a step.
    fn step(&self, step: &str) -> String {
        format!("{}/{}/{step}", paths::IMPORT, self.job.id)
    }
}

/// Leads back to the beginning: there is no such draft any more.
fn gone(desk: &Desk) -> HttpResponse {
    let to = format!("{}?done={}", paths::IMPORT, Outcome::ImportGone.code());
    see_page(&desk.state, &to, Vec::new())
}
