//! `GET /dashboard/import/template.csv`: a file to fill in.

use actix_web::{HttpResponse, http::header::CONTENT_DISPOSITION};
use symbolon_spreadsheet::import::template_csv;

use crate::page::{dashboard::desk::Desk, fault::PageFault};

pub(crate) async fn download(_: Desk) -> Result<HttpResponse, PageFault> {
    let file = template_csv().map_err(|_| PageFault::Internal)?;
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"recipients.csv\""))
        .body(file))
}
