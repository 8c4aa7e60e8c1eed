//! `/dashboard/templates/new`: creating a template.

use actix_web::{HttpResponse, web::Payload};
use symbolon_domain::service::create_template::CreateTemplate;

use super::{page_after, wish::Wish};
use crate::{
    page::{
        dashboard::desk::Desk,
        fault::PageFault,
        respond::{scripted_page, see_page},
    },
    view::{
        Kind,
        dashboard::{Field, Outcome, Section, TemplateFormPage},
    },
};

pub(crate) async fn show(desk: Desk) -> Result<HttpResponse, PageFault> {
    scripted_page(&TemplateFormPage {
        frame: desk.frame(Section::Templates).await?,
        edited: None,
        kind: Kind::Certificate,
        name: Field::default(),
        description: Field::default(),
        validity_days: Field::default(),
    })
}

pub(crate) async fn create(desk: Desk, payload: Payload) -> Result<HttpResponse, PageFault> {
    let wish = Wish::read(&desk.form(payload).await?);
    let (Some(name), Some(description), Some(validity), false) = (
        wish.name.value.clone(),
        wish.description.value.clone(),
        wish.validity.value,
        wish.is_preview,
    ) else {
        return scripted_page(&wish.page(desk.frame(Section::Templates).await?, None));
    };
    let creating = CreateTemplate {
        authority: desk.authority(),
        kind: wish.kind,
        name,
        description,
        validity,
    };
    // Whose organization was cancelled meanwhile is signed out with the next request.
    let template = creating
        .run(&desk.state.ports)
        .await?
        .ok_or(PageFault::NotFound)?;
    let to = page_after(template.id, Outcome::TemplateCreated);
    Ok(see_page(&desk.state, &to, Vec::new()))
}
