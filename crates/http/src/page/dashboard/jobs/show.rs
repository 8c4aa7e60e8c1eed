//! `GET /dashboard/jobs/{id}`: how far it is, and what became of the first rows.

use actix_web::{HttpResponse, web::Path};
use symbolon_domain::{
    administrator::Right,
    job::{Job, JobKind, JobOutcome, JobResult},
};

use symbolon_jobs::row_told;

use super::{
    named,
    present::{self, Names},
};
use crate::{
    page::{dashboard::desk::Desk, fault::PageFault, respond::scripted_page},
    view::dashboard::{JobPage, JobRow, Section},
};

/// How many rows of the report the page shows.
const SHOWN: u32 = 50;

pub(crate) async fn show(desk: Desk, path: Path<String>) -> Result<HttpResponse, PageFault> {
    let job = named(&desk, &path).await?;
    let names = Names::of(&desk).await?;
    let now = desk.now();
    scripted_page(&JobPage {
        frame: desk.frame(Section::Recipients).await?,
        report: report(&desk, &job).await?,
        job: present::job(&job, &names, now),
        may_act: desk.may(Right::Work),
        may_export: desk.may(Right::Export),
    })
}

/// What became of the first rows: those that need somebody first.
async fn report(desk: &Desk, job: &Job) -> Result<Vec<JobRow>, PageFault> {
    let mut rows = Vec::new();
    for outcome in [JobOutcome::Failed, JobOutcome::Skipped, JobOutcome::Done] {
        if outcome == JobOutcome::Done && !job.state.is_over() {
            // What goes well is told by the number while it goes on.
            break;
        }
        let left = SHOWN.saturating_sub(u32::try_from(rows.len()).unwrap_or(SHOWN));
        if left == 0 {
            break;
        }
        let results = desk
            .state
            .ports
            .jobs
            .results(job.organization, job.id, Some(outcome), None, left)
            .await?;
        for result in results {
            rows.push(row(desk, job, result).await?);
        }
    }
    Ok(rows)
}

async fn row(desk: &Desk, job: &Job, result: JobResult) -> Result<JobRow, PageFault> {
    let found = match result.recipient {
        Some(id) => desk.state.ports.recipients.find(job.organization, id).await?,
        None => None,
    };
    let is_import = job.kind == JobKind::Import;
    let gone = || {
        if is_import {
            row_told(&result).unwrap_or_default()
        } else {
            "a recipient who was deleted".to_owned()
        }
    };
    let name = found
        .as_ref()
        .map_or_else(gone, |dossier| dossier.recipient.name());
    Ok(JobRow {
        line: is_import.then_some(result.place),
        name,
        recipient: found.map(|dossier| dossier.recipient.id.to_string()),
        outcome: present::outcome(result.outcome),
        why: result.why,
    })
}
