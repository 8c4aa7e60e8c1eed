//! `GET /dashboard/jobs/{id}/report.csv` and `rejects.csv`: what became of each row, and the rows that were not imported.

use std::io;

use actix_web::{HttpResponse, web::Path};
use futures_util::{Stream, StreamExt as _, TryStreamExt as _, stream};
use symbolon_domain::{
    job::{Job, JobKind, JobOutcome, JobResult},
    port::{Ports, StoreError},
    recipient::Recipient,
    service::begin_export::Export,
};
use symbolon_jobs::{ImportPlan, rejects, rejects_begun};
use symbolon_spreadsheet::SheetWriter;

use super::named;
use crate::page::{
    dashboard::{
        desk::Desk,
        download::{self, Kind, STEP, Spool},
    },
    fault::PageFault,
};

pub(crate) async fn report(desk: Desk, path: Path<String>) -> Result<HttpResponse, PageFault> {
    let job = named(&desk, &path).await?;
    let place = if job.kind == JobKind::Import {
        "line"
    } else {
        "number"
    };
    let spool = Spool::default();
    let mut sheet = SheetWriter::begin(spool.clone(), b',').map_err(|_| PageFault::Internal)?;
    sheet
        .add([place, "outcome", "id", "name", "recipient_email", "reason"])
        .map_err(|_| PageFault::Internal)?;
    let what = Export::Recipients {
        template: job.template,
    };
    let ports = desk.state.ports.clone();
    let rows = steps(ports.clone(), job.clone(), None)
        .and_then(move |results| rows(ports.clone(), job.clone(), results));
    // The head goes out also where no row follows.
    let parts = stream::once(async { Ok(Vec::new()) })
        .chain(rows)
        .map(move |rows| {
            for row in rows? {
                sheet.add(row)?;
            }
            sheet.flush()?;
            Ok(spool.take())
        });
    download::file(&desk, what, "report", Kind::Csv, parts).await
}

pub(crate) async fn left_out(desk: Desk, path: Path<String>) -> Result<HttpResponse, PageFault> {
    let job = named(&desk, &path).await?;
    let plan = ImportPlan::of(&job)
        .ok()
        .filter(|_| job.kind == JobKind::Import)
        .ok_or(PageFault::NotFound)?;
    let head = rejects_begun(&plan).map_err(|_| PageFault::Internal)?;
    let what = Export::Recipients {
        template: job.template,
    };
    let rows = steps(desk.state.ports.clone(), job, Some(JobOutcome::Failed));
    let rows = rows.map(move |results| rejects(&plan, &results?));
    let parts = stream::once(async { Ok(head) }).chain(rows);
    download::file(&desk, what, "not-imported", Kind::Csv, parts).await
}

/// All results with this outcome, a step at a time, so that memory does not grow with them.
fn steps(
    ports: Ports,
    job: Job,
    outcome: Option<JobOutcome>,
) -> impl Stream<Item = io::Result<Vec<JobResult>>> {
    stream::try_unfold(None, move |after| {
        let (ports, job) = (ports.clone(), job.clone());
        async move {
            let results = ports
                .jobs
                .results(job.organization, job.id, outcome, after, STEP)
                .await?;
            let last = results.last().map(|result| result.place);
            Ok::<_, StoreError>(last.map(|last| (results, Some(last))))
        }
    })
    .map_err(io::Error::other)
}

async fn rows(ports: Ports, job: Job, results: Vec<JobResult>) -> io::Result<Vec<[String; 6]>> {
    let mut rows = Vec::new();
    for result in results {
        let found = match result.recipient {
            Some(id) => ports.recipients.find(job.organization, id).await,
            None => Ok(None),
        };
        let recipient = found.map_err(io::Error::other)?.map(|dossier| dossier.recipient);
        rows.push([
            result.place.to_string(),
            result.outcome.name().to_owned(),
            result.recipient.map(|id| id.to_string()).unwrap_or_default(),
            recipient.as_ref().map(Recipient::name).unwrap_or_default(),
            recipient.map(|one| one.mail.to_string()).unwrap_or_default(),
            result.why.unwrap_or_default(),
        ]);
    }
    Ok(rows)
}
