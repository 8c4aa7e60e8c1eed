//! `/dashboard/jobs/{id}/cancel`: stopping long work. `GET` asks, `POST` does it.

use actix_web::{
    HttpResponse,
    web::{Path, Payload},
};
use symbolon_domain::service::jobs::StopJob;

use super::{
    named,
    present::{self, Names},
};
use crate::{
    page::{
        dashboard::desk::Desk,
        fault::PageFault,
        respond::{scripted_page, see_page},
    },
    view::dashboard::{Outcome, QuestionPage, Section, paths},
};

pub(crate) async fn ask(desk: Desk, path: Path<String>) -> Result<HttpResponse, PageFault> {
    let job = named(&desk, &path).await?;
    if !job.state.goes_on() {
        return Ok(after(&desk, &path, Outcome::JobOver));
    }
    let names = Names::of(&desk).await?;
    let shown = present::job(&job, &names, desk.now());
    let frame = desk.frame(Section::Recipients).await?;
    scripted_page(&QuestionPage::cancel_job(frame, &shown))
}

pub(crate) async fn stop(
    desk: Desk,
    path: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, PageFault> {
    desk.form(payload).await?;
    let job = named(&desk, &path).await?;
    let stopping = StopJob {
        by: &desk.administrator,
        job: &job,
    };
    let outcome = if stopping.run(&desk.state.ports).await? {
        Outcome::JobCancelled
    } else {
        Outcome::JobOver
    };
    Ok(after(&desk, &path, outcome))
}

fn after(desk: &Desk, id: &str, outcome: Outcome) -> HttpResponse {
    let to = format!("{}/{id}?done={}", paths::JOBS, outcome.code());
    see_page(&desk.state, &to, Vec::new())
}
