//! `POST /dashboard/settings/account/sessions/…`: ends sessions of whoever is signed in.

use actix_web::{
    HttpResponse,
    web::{Path, Payload},
};
use symbolon_domain::{id::AdministratorSessionId, service::administration::sessions};

use super::account::after;
use crate::{
    page::{dashboard::desk::Desk, fault::PageFault},
    view::dashboard::Outcome,
};

pub(crate) async fn end_one(
    desk: Desk,
    path: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, PageFault> {
    desk.form(payload).await?;
    let id = AdministratorSessionId::parse(&path).ok_or(PageFault::NotFound)?;
    if sessions::end_one(&desk.state.ports, &desk.administrator, id).await? {
        Ok(after(&desk, Outcome::SessionClosed))
    } else {
        Err(PageFault::NotFound)
    }
}

pub(crate) async fn end_others(desk: Desk, payload: Payload) -> Result<HttpResponse, PageFault> {
    desk.form(payload).await?;
    sessions::end_others(&desk.state.ports, &desk.administrator).await?;
    Ok(after(&desk, Outcome::SessionsClosed))
}
