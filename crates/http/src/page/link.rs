//! `GET /r/{token}`: a mailed link. Answers at once with a clean address, whatever the token is.

use actix_web::{
    HttpRequest, HttpResponse,
    http::Method,
    web::{Data, Path},
};
use symbolon_domain::{secret::AccessSecret, service::open_link::OpenLink};

use super::{cookie::Jar, fault::PageFault, respond::see_page, visitor::sealed};
use crate::{State, view::paths};

/// Nothing is bound here, however often it is asked for and by what. That it was opened is counted; should that fail,
/// the page that follows will say so.
pub(crate) async fn open(
    state: Data<State>,
    path: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, PageFault> {
    let secret = AccessSecret::parse(&path).ok();
    if let Some(secret) = &secret
        && request.method() == Method::GET
        && let Err(error) = (OpenLink { secret }).run(&state.ports).await
    {
        tracing::warn!(%error, "an opened link cannot be counted");
    }
    let cookie = Jar::HandOver.filled(sealed(&state, secret.as_ref())?, &state);
    Ok(see_page(&state, paths::ACCESS, vec![cookie]))
}
