//! What the pages of the demonstration have in common.

use actix_web::{
    HttpResponse,
    error::ErrorInternalServerError,
    http::{StatusCode, header::CONTENT_SECURITY_POLICY},
};
use askama::Template;

/// What only these pages have, behind the service's own style.
const STYLE: &[u8] = include_bytes!("../../assets/demonstration.css");

/// What every page has around it.
pub(super) struct Frame<'a> {
    /// What stands above every page, so that nobody takes it for the real thing.
    pub(super) stage: &'static str,
    /// What that means.
    pub(super) caution: &'static str,
    pub(super) heading: &'a str,
}

/// A page of words.
#[derive(Template)]
#[template(path = "demonstration_words.html")]
pub(super) struct WordsPage<'a> {
    pub(super) frame: Frame<'a>,
    pub(super) why: &'a str,
    pub(super) what_to_do: &'a str,
}

/// The style of the pages.
pub(super) async fn style() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/css; charset=utf-8")
        .body([symbolon_http::stylesheet(), STYLE].concat())
}

/// A page. What it may do beyond its style is added to its policy.
pub(super) fn page(
    template: &impl Template,
    status: StatusCode,
    policy: &str,
) -> actix_web::Result<HttpResponse> {
    let html = template.render().map_err(ErrorInternalServerError)?;
    let policy = format!(
        "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'; {policy}"
    );
    Ok(HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .insert_header((CONTENT_SECURITY_POLICY, policy))
        .body(html))
}
