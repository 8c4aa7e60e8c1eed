//! What every request to the demonstration's own pages goes through.

use std::net::SocketAddr;

use actix_web::{
    Error, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header::{
        CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, HeaderName, HeaderValue, REFERRER_POLICY,
        X_CONTENT_TYPE_OPTIONS,
    },
    middleware::Next,
};

/// What every answer carries, unless it brings its own. The policy allows nothing at all.
const ALWAYS: [(HeaderName, HeaderValue); 6] = [
    (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (
        CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"),
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("x-robots-tag"),
        HeaderValue::from_static("noindex, nofollow"),
    ),
];

/// Refuses whoever calls this machine by a name that is not its own: a page from elsewhere whose name was made to lead
/// here could otherwise read the mails.
pub(super) async fn check_host(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let address = request.app_config().local_addr();
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    if host.is_some_and(|host| is_ours(host, address)) {
        return Ok(next.call(request).await?.map_into_boxed_body());
    }
    let refusal = HttpResponse::MisdirectedRequest().body("This is found under its own address only.\n");
    Ok(request.into_response(refusal))
}

fn is_ours(host: &str, address: SocketAddr) -> bool {
    let port = address.port();
    host == address.to_string() || host == format!("localhost:{port}")
}

/// Adds the headers to every answer.
pub(super) async fn add_headers(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let mut response = next.call(request).await?.map_into_boxed_body();
    for (name, value) in ALWAYS {
        if !response.headers().contains_key(&name) {
            response.headers_mut().insert(name, value);
        }
    }
    Ok(response)
}
