//! Templates: what the organization awards.

pub(super) mod choices;
pub(super) mod delete;
pub(super) mod edit;
pub(super) mod list;
pub(super) mod new;
pub(super) mod pause;
mod present;
pub(super) mod preview;
pub(super) mod show;
mod wish;

use symbolon_domain::{id::TemplateId, template::Template};

use super::desk::Desk;
use crate::{
    page::fault::PageFault,
    view::dashboard::{Outcome, paths},
};

/// The address of a template's page, with what was done.
fn page_after(id: TemplateId, outcome: Outcome) -> String {
    format!("{}/{id}?done={}", paths::TEMPLATES, outcome.code())
}

/// The template that the address names.
async fn named(desk: &Desk, path: &str) -> Result<Template, PageFault> {
    let id = TemplateId::parse(path).ok_or(PageFault::NotFound)?;
    let organization = desk.administrator.member.organization.id;
    let found = desk.state.ports.templates.find(organization, id).await?;
    found.ok_or(PageFault::NotFound)
}
