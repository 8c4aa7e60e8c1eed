//! `/dashboard/templates/{id}/delete`: removes a template on which nothing was issued.

use actix_web::{
    HttpResponse,
    web::{Path, Payload},
};
use symbolon_domain::{port::templates::TemplateRemoval, service::change_template::DeleteTemplate};

use super::{named, page_after};
use crate::{
    page::{
        dashboard::desk::Desk,
        fault::PageFault,
        respond::{scripted_page, see_page},
    },
    view::dashboard::{Outcome, QuestionPage, Section, paths},
};

pub(crate) async fn ask(desk: Desk, path: Path<String>) -> Result<HttpResponse, PageFault> {
    let template = named(&desk, &path).await?;
    let frame = desk.frame(Section::Templates).await?;
    let (id, name) = (template.id.to_string(), template.name.to_string());
    scripted_page(&QuestionPage::delete_template(frame, &id, &name))
}

pub(crate) async fn delete(
    desk: Desk,
    path: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, PageFault> {
    desk.form(payload).await?;
    let template = named(&desk, &path).await?;
    let deleting = DeleteTemplate {
        authority: desk.authority(),
        id: template.id,
    };
    let to = match deleting.run(&desk.state.ports).await? {
        TemplateRemoval::Removed => {
            format!("{}?done={}", paths::TEMPLATES, Outcome::TemplateDeleted.code())
        }
        TemplateRemoval::HasRecipients => page_after(template.id, Outcome::TemplateInUse),
        TemplateRemoval::Absent => return Err(PageFault::NotFound),
    };
    Ok(see_page(&desk.state, &to, Vec::new()))
}
