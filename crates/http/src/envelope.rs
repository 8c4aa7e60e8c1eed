//! The envelope around every answer that has a body: `{"data": …, "metadata": …}`, and the links between pages.

use actix_web::{
    HttpResponse,
    http::{StatusCode, header::LINK},
};
use serde::Serialize;
use symbolon_domain::page::Page;
use url::Url;

use crate::error::ApiError;

#[derive(Serialize)]
struct Envelope<D, M> {
    data: D,
    metadata: M,
}

#[derive(Serialize)]
struct Empty {}

#[derive(Serialize)]
struct ListMetadata {
    count: usize,
    current_page: u64,
    total_count: u64,
    total_pages: u64,
    per: u64,
    previous_page_url: Option<String>,
    next_page_url: Option<String>,
}

/// An answer with one object.
pub(crate) fn single(status: StatusCode, data: impl Serialize) -> Result<HttpResponse, ApiError> {
    Ok(HttpResponse::build(status)
        .content_type("application/json")
        .body(json(&Envelope {
            data,
            metadata: Empty {},
        })?))
}

/// An answer with a page of a list.
///
/// `list` is the URL of the list without `page` and `per`; links add these, so they always have a query, to which
/// clients append more.
pub(crate) fn list<T: Serialize>(page: &Page<T>, list: &Url) -> Result<HttpResponse, ApiError> {
    let link = |number: u64| {
        let mut url = list.clone();
        url.query_pairs_mut()
            .append_pair("page", &number.to_string())
            .append_pair("per", &page.request.per().to_string());
        url.to_string()
    };
    let metadata = ListMetadata {
        count: page.items.len(),
        current_page: page.request.number(),
        total_count: page.total_count,
        total_pages: page.total_pages(),
        per: page.request.per(),
        previous_page_url: page.previous().map(link),
        next_page_url: page.next().map(link),
    };
    let relations = [
        ("first", Some(1)),
        ("prev", page.previous()),
        ("next", page.next()),
        ("last", Some(page.total_pages())),
    ];
    let links: Vec<_> = relations
        .into_iter()
        .filter_map(|(relation, number)| Some(format!("<{}>; rel=\"{relation}\"", link(number?))))
        .collect();

    Ok(HttpResponse::Ok()
        .insert_header((LINK, links.join(", ")))
        .content_type("application/json")
        .body(json(&Envelope {
            data: &page.items,
            metadata,
        })?))
}

/// An answer with results that are no page of a list, and what is to be said about all of them.
pub(crate) fn several(data: &impl Serialize, metadata: &impl Serialize) -> Result<HttpResponse, ApiError> {
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .body(json(&Envelope { data, metadata })?))
}

fn json(value: &impl Serialize) -> Result<Vec<u8>, ApiError> {
    // Room for one object, which then need not be moved while it is written.
    let mut text = Vec::with_capacity(1_024);
    match serde_json::to_writer(&mut text, value) {
        Ok(()) => Ok(text),
        Err(error) => {
            tracing::error!(%error, "an answer cannot be written as JSON");
            Err(ApiError::Internal)
        }
    }
}
