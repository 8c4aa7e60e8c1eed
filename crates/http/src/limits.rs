//! How large a request may be and how long it may take, and where that is checked first.

use std::time::Duration;

use actix_web::{
    dev::ServiceRequest,
    http::{Method, header::CONTENT_ENCODING},
};

use crate::error::ApiError;

/// The largest JSON body, in bytes.
pub const MAX_BODY: usize = 64 * 1024;
/// The largest form, in bytes.
pub const MAX_FORM: usize = 16 * 1024;
/// The largest body of a batch, in bytes.
pub const MAX_BULK: usize = 1024 * 1024;
/// The most keys in the body of a batch: 20 for each of 1,000 items.
pub const MAX_BULK_KEYS: usize = 20_000;
/// The deepest nesting of a JSON body.
pub const MAX_DEPTH: usize = 32;
/// The most keys in a JSON body, at all levels together.
pub const MAX_KEYS: usize = 1_000;
/// The longest path and query, in bytes.
pub const MAX_URI: usize = 8 * 1024;
/// The largest head: names and values of all headers, in bytes.
pub const MAX_HEADERS: usize = 16 * 1024;
/// How long the head of a request may take to arrive.
pub const HEAD_TIMEOUT: Duration = Duration::from_secs(5);
/// How long the body of a request may take to arrive.
pub const BODY_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a request may take to be served.
pub const HANDLER_TIMEOUT: Duration = Duration::from_secs(15);
/// How long a request with a file may take.
pub const UPLOAD_TIMEOUT: Duration = Duration::from_mins(5);
/// How long an idle connection is kept.
pub const KEEP_ALIVE: Duration = Duration::from_secs(5);
/// How long requests in flight may take to finish when the service stops.
pub const DRAIN: Duration = Duration::from_secs(30);
/// Connections per worker.
pub const MAX_CONNECTIONS: usize = 1_024;
/// Connections that wait to be accepted.
pub const BACKLOG: u32 = 1_024;

/// Whether HTTP knows the method; others are texts of the sender's, and must not get into a log or a metric.
pub(crate) fn is_standard(method: &Method) -> bool {
    const STANDARD: [Method; 9] = [
        Method::GET,
        Method::HEAD,
        Method::POST,
        Method::PUT,
        Method::PATCH,
        Method::DELETE,
        Method::OPTIONS,
        Method::TRACE,
        Method::CONNECT,
    ];
    STANDARD.contains(method)
}

/// Why a request is refused before anything of it is looked at: it is unheard of, too large or compressed.
pub(crate) fn refusal(request: &ServiceRequest) -> Option<ApiError> {
    let head: usize = request
        .headers()
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len())
        .sum();
    let uri = request.uri().path_and_query().map_or(0, |uri| uri.as_str().len());
    if !is_standard(request.method()) {
        Some(ApiError::MethodNotAllowed("GET, HEAD, POST, PUT, PATCH, DELETE"))
    } else if uri > MAX_URI {
        Some(ApiError::UriTooLong)
    } else if head > MAX_HEADERS {
        Some(ApiError::HeadersTooLarge)
    } else if request.headers().contains_key(CONTENT_ENCODING) {
        Some(ApiError::UnsupportedEncoding)
    } else {
        None
    }
}
