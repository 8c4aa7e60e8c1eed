//! `/dashboard/templates/{id}/pause` and `…/resume`.

use actix_web::{
    HttpResponse,
    web::{Path, Payload},
};
use symbolon_domain::{
    port::templates::TemplateChange,
    service::change_template::{ChangeTemplate, TemplateAct},
};

use super::{named, page_after};
use crate::{
    page::{
        dashboard::desk::Desk,
        fault::PageFault,
        respond::{scripted_page, see_page},
    },
    view::dashboard::{Outcome, QuestionPage, Section},
};

pub(crate) async fn ask_to_pause(desk: Desk, path: Path<String>) -> Result<HttpResponse, PageFault> {
    let template = named(&desk, &path).await?;
    let frame = desk.frame(Section::Templates).await?;
    let (id, name) = (template.id.to_string(), template.name.to_string());
    scripted_page(&QuestionPage::pause_template(frame, &id, &name))
}

pub(crate) async fn ask_to_resume(desk: Desk, path: Path<String>) -> Result<HttpResponse, PageFault> {
    let template = named(&desk, &path).await?;
    let frame = desk.frame(Section::Templates).await?;
    let (id, name) = (template.id.to_string(), template.name.to_string());
    scripted_page(&QuestionPage::resume_template(frame, &id, &name))
}

pub(crate) async fn pause(
    desk: Desk,
    path: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, PageFault> {
    act(desk, &path, payload, TemplateAct::Pause, Outcome::TemplatePaused).await
}

pub(crate) async fn resume(
    desk: Desk,
    path: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, PageFault> {
    act(
        desk,
        &path,
        payload,
        TemplateAct::Resume,
        Outcome::TemplateResumed,
    )
    .await
}

/// What is so already was what somebody wanted.
async fn act(
    desk: Desk,
    path: &str,
    payload: Payload,
    act: TemplateAct,
    outcome: Outcome,
) -> Result<HttpResponse, PageFault> {
    desk.form(payload).await?;
    let template = named(&desk, path).await?;
    let changing = ChangeTemplate {
        authority: desk.authority(),
        id: template.id,
        act,
    };
    match changing.run(&desk.state.ports).await? {
        TemplateChange::Changed | TemplateChange::Unchanged => Ok(see_page(
            &desk.state,
            &page_after(template.id, outcome),
            Vec::new(),
        )),
        TemplateChange::Absent => Err(PageFault::NotFound),
    }
}
