//! Recipients: the list, a page for each, and what administrators do to one.

pub(super) mod act;
pub(super) mod add;
pub(super) mod bulk;
pub(super) mod export;
mod filter;
pub(super) mod list;
mod present;
pub(super) mod preview;
pub(super) mod requests;
pub(super) mod reveal;
pub(super) mod show;
mod timeline;

use symbolon_domain::{access_token::Dossier, id::RecipientId};

use super::desk::Desk;
use crate::{
    page::fault::PageFault,
    view::dashboard::{Outcome, paths},
};

/// The address of a recipient's page, with what was done.
fn page_after(id: RecipientId, outcome: Outcome) -> String {
    format!("{}/{id}?done={}", paths::RECIPIENTS, outcome.code())
}

/// The recipient that the address names.
async fn named(desk: &Desk, path: &str) -> Result<Dossier, PageFault> {
    let id = RecipientId::parse(path).ok_or(PageFault::NotFound)?;
    let organization = desk.administrator.member.organization.id;
    let found = desk.state.ports.recipients.find(organization, id).await?;
    found.ok_or(PageFault::NotFound)
}
