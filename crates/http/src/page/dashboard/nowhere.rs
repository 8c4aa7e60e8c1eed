//! Where the dashboard has no page, and what its pages do not take.
//!
//! Whoever is signed in is told so. Whoever is not is led to sign in, as from every page: nobody else learns which there are.

use actix_web::{HttpRequest, HttpResponse};

use super::desk::Desk;
use crate::page::fault::PageFault;

/// Every address below the dashboard; asked last, it is what no page answers to.
pub(super) const PATH: &str = "/dashboard/{nowhere}*";

/// There is no such page.
pub(super) async fn not_found(request: HttpRequest) -> Result<HttpResponse, PageFault> {
    Desk::at_no_page(request).await?;
    Err(PageFault::NotFound)
}

/// There is a page, and it takes these methods only.
pub(super) async fn not_allowed(
    request: HttpRequest,
    allowed: &'static str,
) -> Result<HttpResponse, PageFault> {
    Desk::at_no_page(request).await?;
    Err(PageFault::MethodNotAllowed(allowed))
}
