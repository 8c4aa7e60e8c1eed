//! The answer that carries a page.

use actix_web::{
    HttpResponse, HttpResponseBuilder,
    cookie::Cookie,
    http::{
        StatusCode,
        header::{CONTENT_SECURITY_POLICY, HeaderName, LOCATION},
    },
};

use super::fault::PageFault;
use crate::{State, view::Page};

/// Keeps pages about people out of search engines.
pub(super) const X_ROBOTS_TAG: HeaderName = HeaderName::from_static("x-robots-tag");

/// What a page may load: what is ours, and nothing inline. Its forms go to us, and by our answer on to these origins.
fn policy(form_origins: &[String]) -> String {
    let forms = form_origins
        .iter()
        .fold("'self'".to_owned(), |forms, origin| forms + " " + origin);
    format!(
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action {forms}; base-uri 'none'; \
         frame-ancestors 'none'"
    )
}

/// A page whose forms stay with us.
pub(super) fn page(page: &impl Page) -> Result<HttpResponse, PageFault> {
    page_with_providers(page, &[])
}

/// A page whose forms lead to sign-in providers.
pub(super) fn page_with_providers(
    page: &impl Page,
    form_origins: &[String],
) -> Result<HttpResponse, PageFault> {
    rendered(page, &policy(form_origins))
}

/// A page of the dashboard, which scripts of ours make handier, and which may ask us for parts of itself.
pub(super) fn scripted_page(page: &impl Page) -> Result<HttpResponse, PageFault> {
    scripted_page_with_providers(page, &[])
}

/// The same, with forms that lead to sign-in providers.
pub(super) fn scripted_page_with_providers(
    page: &impl Page,
    form_origins: &[String],
) -> Result<HttpResponse, PageFault> {
    let policy = policy(form_origins) + "; script-src 'self'; connect-src 'self'";
    rendered(page, &policy)
}

fn rendered(page: &impl Page, policy: &str) -> Result<HttpResponse, PageFault> {
    let html = page.render().map_err(|error| {
        tracing::error!(%error, "a page cannot be rendered");
        PageFault::Internal
    })?;
    let status = StatusCode::from_u16(page.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    Ok(HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .insert_header((CONTENT_SECURITY_POLICY, policy))
        .insert_header((X_ROBOTS_TAG, "noindex, nofollow"))
        .body(html))
}

/// Sends the browser to another address, with GET.
pub(super) fn see_other(location: &str) -> HttpResponseBuilder {
    let mut response = HttpResponse::SeeOther();
    response
        .insert_header((LOCATION, location))
        .insert_header((X_ROBOTS_TAG, "noindex, nofollow"));
    response
}

/// Sends the browser to a page of ours.
pub(super) fn see_page(state: &State, path: &str, cookies: Vec<Cookie<'static>>) -> HttpResponse {
    let mut response = see_other(&format!("{}{path}", state.public_url.base()));
    for cookie in cookies {
        response.cookie(cookie);
    }
    response.finish()
}
