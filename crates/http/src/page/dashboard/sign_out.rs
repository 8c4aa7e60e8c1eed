//! `POST /dashboard/sign-out`: ends the session.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Payload},
};
use symbolon_domain::service::administration::sessions::end;

use super::visit::Visit;
use crate::{
    State,
    page::{cookie::Jar, fault::PageFault, respond::see_page},
    view::dashboard::{Outcome, paths},
};

/// However far the browser has come; who is not signed in has nothing to lose by it.
pub(crate) async fn sign_out(
    state: Data<State>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, PageFault> {
    let visit = Visit::of(&request, &state);
    visit.form(&request, &state, payload).await?;
    if let Some(secret) = visit.session() {
        end(&state.ports, secret).await?;
    }
    let to = format!("{}?done={}", paths::SIGN_IN, Outcome::SignedOut.code());
    let cookies = [Jar::Dashboard, Jar::Welcome].map(|jar| jar.emptied(&state));
    Ok(see_page(&state, &to, cookies.into()))
}
