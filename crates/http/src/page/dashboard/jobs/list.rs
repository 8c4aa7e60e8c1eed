//! `GET /dashboard/jobs`: long work, the latest first.

use actix_web::HttpResponse;
use symbolon_domain::{administrator::Right, id::JobId, job, port::jobs::BesideJob};

use super::present::{self, Names};
use crate::{
    page::{
        dashboard::{desk::Desk, visit::query},
        fault::PageFault,
        respond::scripted_page,
    },
    view::dashboard::{JobListPage, KeyPages, Section},
};

/// Jobs on a page.
const PER: u32 = 25;

pub(crate) async fn show(desk: Desk) -> Result<HttpResponse, PageFault> {
    let id = |name| query(desk.request(), name).and_then(|text| JobId::parse(&text));
    let beside = id("after")
        .map(BesideJob::After)
        .or_else(|| id("before").map(BesideJob::Before));
    let organization = desk.administrator.member.organization.id;
    let mut jobs = desk
        .state
        .ports
        .jobs
        .browse(organization, beside, PER + 1)
        .await?;
    let pages = cut(&mut jobs, beside);
    let names = Names::of(&desk).await?;
    let now = desk.now();
    scripted_page(&JobListPage {
        frame: desk.frame(Section::Recipients).await?,
        jobs: jobs.iter().map(|job| present::job(job, &names, now)).collect(),
        pages,
        may_act: desk.may(Right::Work),
    })
}

/// Leaves as many as a page shows, and says what lies beside them.
fn cut(jobs: &mut Vec<job::Job>, beside: Option<BesideJob>) -> KeyPages {
    let most = usize::try_from(PER).unwrap_or(usize::MAX);
    let are_more = jobs.len() > most;
    let is_backward = matches!(beside, Some(BesideJob::Before(_)));
    if are_more && is_backward {
        // The farthest stands first.
        jobs.remove(0);
    }
    jobs.truncate(most);
    let id = |job: Option<&job::Job>| job.map(|job| job.id.to_string());
    let (has_before, has_after) = match beside {
        None => (false, are_more),
        Some(BesideJob::After(_)) => (true, are_more),
        Some(BesideJob::Before(_)) => (are_more, true),
    };
    KeyPages {
        before: id(jobs.first()).filter(|_| has_before),
        after: id(jobs.last()).filter(|_| has_after),
    }
}
