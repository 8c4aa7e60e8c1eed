//! What pages load, and what crawlers read.

use actix_web::{HttpRequest, HttpResponse, http::header::CACHE_CONTROL};

use super::fault::PageFault;
use crate::view::assets;

/// A file under a name that changes with its content: browsers may keep it for a year.
pub(crate) async fn show(request: HttpRequest) -> Result<HttpResponse, PageFault> {
    let asset = assets::find(request.path()).ok_or(PageFault::NotFound)?;
    Ok(HttpResponse::Ok()
        .content_type(asset.content_type)
        .insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(asset.bytes.clone()))
}

/// Nothing here is for search engines.
pub(crate) async fn robots() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .body("User-agent: *\nDisallow: /\n")
}
