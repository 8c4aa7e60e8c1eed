//! `POST /dashboard/import/{id}/start`: the last step. From here on it is a job.

use actix_web::{
    HttpResponse,
    web::{Path, Payload},
};
use symbolon_domain::service::jobs::StartDraft;

use super::{Draft, columns::problems, gone};
use crate::{
    page::{dashboard::desk::Desk, fault::PageFault, respond::see_page},
    view::dashboard::paths,
};

pub(crate) async fn start(
    desk: Desk,
    path: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, PageFault> {
    let form = desk.form(payload).await?;
    let Some(mut draft) = Draft::named(&desk, &path).await? else {
        return Ok(gone(&desk));
    };
    if !problems(&draft.plan).is_empty() {
        return Ok(see_page(&desk.state, &draft.step("columns"), Vec::new()));
    }
    draft.plan.suppress_mail = form.text("no_mail").is_some();
    let starting = StartDraft {
        by: &desk.administrator,
        job: &draft.job,
        total: draft.plan.rows,
        plan: draft.plan.written(),
    };
    if starting.run(&desk.state.ports).await? {
        let to = format!("{}/{}", paths::JOBS, draft.job.id);
        Ok(see_page(&desk.state, &to, Vec::new()))
    } else {
        Ok(gone(&desk))
    }
}
