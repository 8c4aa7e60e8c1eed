//! `GET /dashboard/templates/{id}`: one template, and its picture.

use actix_web::{HttpResponse, web::Path};
use symbolon_domain::{administrator::Right, port::tallies::Numbers};

use super::{named, present, preview::picture_of};
use crate::{
    page::{dashboard::desk::Desk, fault::PageFault, present::kind, respond::scripted_page},
    view::dashboard::{Section, Since, TemplatePage, paths},
};

pub(crate) async fn show(desk: Desk, path: Path<String>) -> Result<HttpResponse, PageFault> {
    let template = named(&desk, &path).await?;
    let tallies = &desk.state.ports.tallies;
    let counted = tallies
        .of_templates(template.organization, &[template.id])
        .await?;
    let numbers: Numbers = counted.first().copied().unwrap_or_default();
    let base = desk.state.public_url.base();
    scripted_page(&TemplatePage {
        frame: desk.frame(Section::Templates).await?,
        id: template.id.to_string(),
        kind: kind(template.kind),
        name: template.name.to_string(),
        description: template.description.as_ref().map(ToString::to_string),
        validity_days: template.validity.map(|validity| u64::from(validity.days())),
        state: present::state(&template),
        created: Since::of(template.created_at, desk.now()),
        numbers: present::numbers(numbers),
        tests: numbers.tests,
        picture: format!("{base}{}/{}/picture.svg", paths::TEMPLATES, template.id),
        may_act: desk.may(Right::Work),
    })
}

/// How a credential on it looks, for somebody made up.
pub(crate) async fn picture(desk: Desk, path: Path<String>) -> Result<HttpResponse, PageFault> {
    let template = named(&desk, &path).await?;
    picture_of(&desk, &template).await
}
