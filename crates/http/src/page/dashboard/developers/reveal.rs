//! `POST /dashboard/developers/{id}/reveal`: shows a token's value, which is recorded before.

use actix_web::{
    HttpResponse,
    web::{Path, Payload},
};
use symbolon_domain::service::show_token::RevealToken;

use super::{named, show::token_page};
use crate::page::{dashboard::desk::Desk, fault::PageFault};

pub(crate) async fn reveal(
    desk: Desk,
    path: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, PageFault> {
    desk.form(payload).await?;
    let token = named(&desk, &path).await?;
    desk.state.rates.reveal(desk.administrator.id())?;
    let revealing = RevealToken {
        authority: desk.authority(),
        id: token.id,
    };
    let shown = revealing
        .run(&desk.state.ports)
        .await?
        .ok_or(PageFault::NotFound)?;
    token_page(&desk, &shown.token, shown.secret.as_ref(), None).await
}
