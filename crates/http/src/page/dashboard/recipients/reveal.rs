//! `POST /dashboard/recipients/{id}/reveal`: shows an access token and its link, which is recorded before.

use actix_web::{
    HttpResponse,
    web::{Path, Payload},
};
use symbolon_domain::service::reveal_access::RevealAccess;

use super::{named, show::recipient_page};
use crate::page::{dashboard::desk::Desk, fault::PageFault};

pub(crate) async fn reveal(
    desk: Desk,
    path: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, PageFault> {
    desk.form(payload).await?;
    let dossier = named(&desk, &path).await?;
    desk.state.rates.reveal(desk.administrator.id())?;
    let revealing = RevealAccess {
        authority: desk.authority(),
        recipient: dossier.recipient.id,
    };
    let shown = revealing
        .run(&desk.state.ports)
        .await?
        .ok_or(PageFault::NotFound)?;
    recipient_page(&desk, &shown.dossier, shown.secret.as_ref()).await
}
