//! `GET /dashboard/link/{token}`: a one-time link. It changes nothing: the value goes into a sealed cookie, and the browser
//! on to a clean address.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use symbolon_domain::{secret::AdministratorLinkSecret, service::administration::links::hand_over};

use crate::{
    State,
    page::{cookie::Jar, fault::PageFault, respond::see_page},
    view::dashboard::paths,
};

/// What is no link leads on as one that is: which it was, the page says where it ends.
pub(crate) async fn open(state: Data<State>, path: Path<String>) -> Result<HttpResponse, PageFault> {
    let cookie = match AdministratorLinkSecret::parse(&path) {
        Ok(secret) => {
            let note = hand_over(&state.ports, &secret)?;
            Jar::Welcome.filled(BASE64_URL_SAFE_NO_PAD.encode(note), &state)
        }
        Err(_) => Jar::Welcome.emptied(&state),
    };
    Ok(see_page(&state, paths::WELCOME, vec![cookie]))
}
