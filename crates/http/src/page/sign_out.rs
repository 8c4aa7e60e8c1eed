//! `POST /sign-out`: ends the session.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Payload},
};
use symbolon_domain::service::resume_session::end_session;

use super::{cookie::Jar, fault::PageFault, form::Form, respond::page, visitor::Visitor};
use crate::{
    State,
    view::{Frame, SignedOutPage},
};

/// Says so at once: the page is made for a browser that shows nothing any more.
pub(crate) async fn sign_out(
    state: Data<State>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, PageFault> {
    let visitor = Visitor::of(&request, &state).await?;
    let form = Form::read(&request, payload).await?;
    visitor.check_form(&request, &state, form.text("csrf"))?;
    if let Some(secret) = visitor.session_secret() {
        end_session(&state.ports, secret).await?;
    }
    let mut response = page(&SignedOutPage {
        frame: Frame {
            signed_in: None,
            ..visitor.frame(&state)
        },
    })?;
    for jar in [Jar::Session, Jar::HandOver, Jar::SignIn] {
        if let Err(error) = response.add_cookie(&jar.emptied(&state)) {
            tracing::error!(%error, "a cookie cannot be written");
            return Err(PageFault::Internal);
        }
    }
    Ok(response)
}
