//! `GET /dashboard/jobs/{id}/report.csv` and `rejects.csv`: what became of each row, and the rows that were not imported.

use actix_web::{
    HttpResponse,
    http::header::CONTENT_DISPOSITION,
    web::{Bytes, Path},
};
use futures_util::stream::{self, TryStreamExt as _};
use symbolon_domain::{
    job::{Job, JobKind, JobOutcome, JobResult},
    port::Ports,
    recipient::Recipient,
};
use symbolon_jobs::{ImportPlan, rejects, rejects_begun};
use symbolon_spreadsheet::SheetWriter;

use super::named;
use crate::page::{dashboard::desk::Desk, fault::PageFault};

/// How many results are read at once.
const BATCH: u32 = 500;

/// Why a file breaks off: the browser reports it as broken, and never takes it for a whole one.
#[derive(Debug, thiserror::Error)]
#[error("the file breaks off, for the store cannot answer")]
struct BrokenOff;

pub(crate) async fn report(desk: Desk, path: Path<String>) -> Result<HttpResponse, PageFault> {
    let job = named(&desk, &path).await?;
    let place = if job.kind == JobKind::Import {
        "line"
    } else {
        "number"
    };
    let head = sheet(
        |sheet| sheet.add([place, "outcome", "id", "name", "recipient_email", "reason"]),
        true,
    );
    let name = format!("report-{}.csv", job.id);
    Ok(streamed(
        &desk,
        job,
        None,
        head?,
        &name,
        |ports, job, results| async move {
            let mut rows = Vec::new();
            for result in results {
                let found = match result.recipient {
                    Some(id) => ports
                        .recipients
                        .find(job.organization, id)
                        .await
                        .map_err(|_| BrokenOff)?,
                    None => None,
                };
                let recipient = found.map(|dossier| dossier.recipient);
                rows.push([
                    result.place.to_string(),
                    result.outcome.name().to_owned(),
                    result.recipient.map(|id| id.to_string()).unwrap_or_default(),
                    recipient.as_ref().map(Recipient::name).unwrap_or_default(),
                    recipient.map(|one| one.mail.to_string()).unwrap_or_default(),
                    result.why.unwrap_or_default(),
                ]);
            }
            sheet(|sheet| rows.iter().try_for_each(|row| sheet.add(row)), false).map_err(|_| BrokenOff)
        },
    ))
}

pub(crate) async fn left_out(desk: Desk, path: Path<String>) -> Result<HttpResponse, PageFault> {
    let job = named(&desk, &path).await?;
    let plan = ImportPlan::of(&job)
        .ok()
        .filter(|_| job.kind == JobKind::Import)
        .ok_or(PageFault::NotFound)?;
    let head = rejects_begun(&plan).map_err(|_| PageFault::Internal)?;
    let name = format!("not-imported-{}.csv", job.id);
    let failed = Some(JobOutcome::Failed);
    Ok(streamed(&desk, job, failed, head, &name, move |_, _, results| {
        let rows = rejects(&plan, &results).map_err(|_| BrokenOff);
        async move { rows }
    }))
}

/// A file of all results with this outcome, as it is read; memory does not grow with it.
fn streamed<F>(
    desk: &Desk,
    job: Job,
    outcome: Option<JobOutcome>,
    head: Vec<u8>,
    name: &str,
    written: impl Fn(Ports, Job, Vec<JobResult>) -> F + 'static,
) -> HttpResponse
where
    F: Future<Output = Result<Vec<u8>, BrokenOff>> + 'static,
{
    let ports = desk.state.ports.clone();
    let rows = stream::try_unfold((Some(None), written), move |(after, written)| {
        let (ports, job) = (ports.clone(), job.clone());
        async move {
            let Some(after) = after else { return Ok(None) };
            let results = ports
                .jobs
                .results(job.organization, job.id, outcome, after, BATCH)
                .await
                .map_err(|_| BrokenOff)?;
            let last = results.last().map(|result| result.place);
            if last.is_none() {
                return Ok(None);
            }
            let bytes = written(ports, job, results).await?;
            Ok::<_, BrokenOff>(Some((Bytes::from(bytes), (Some(last), written))))
        }
    });
    let head = stream::once(async move { Ok(Bytes::from(head)) });
    HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .streaming(
            futures_util::StreamExt::chain(head, rows)
                .inspect_err(|error| tracing::warn!(%error, "an export broke off")),
        )
}

fn sheet(
    write: impl FnOnce(&mut SheetWriter<&mut Vec<u8>>) -> std::io::Result<()>,
    is_beginning: bool,
) -> Result<Vec<u8>, PageFault> {
    let mut bytes = Vec::new();
    let mut sheet = if is_beginning {
        SheetWriter::begin(&mut bytes, b',').map_err(|_| PageFault::Internal)?
    } else {
        SheetWriter::resume(&mut bytes, b',')
    };
    write(&mut sheet)
        .and_then(|()| sheet.flush())
        .map_err(|_| PageFault::Internal)?;
    drop(sheet);
    Ok(bytes)
}
