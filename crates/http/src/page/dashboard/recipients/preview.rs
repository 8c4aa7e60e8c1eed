//! `GET /dashboard/recipients/{id}/preview`: the credential as its holder sees it. Nothing is bound, and nothing counted.

use actix_web::{HttpResponse, web::Path};

use super::{
    named,
    present::{self, Mails},
};
use crate::{
    page::{dashboard::desk::Desk, fault::PageFault, present::issuer, respond::scripted_page},
    view::dashboard::{RecipientPreviewPage, Section},
};

pub(crate) async fn show(desk: Desk, path: Path<String>) -> Result<HttpResponse, PageFault> {
    let dossier = named(&desk, &path).await?;
    let none = Mails::of(Vec::new());
    scripted_page(&RecipientPreviewPage {
        frame: desk.frame(Section::Recipients).await?,
        recipient: present::recipient(&desk.state, &dossier, &none),
        description: dossier.template.description.as_ref().map(ToString::to_string),
        issuer: issuer(&dossier.organization),
    })
}
