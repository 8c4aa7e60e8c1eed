//! The headers of every answer.

use actix_web::{
    HttpMessage, HttpRequest,
    body::BoxBody,
    dev::ServiceResponse,
    http::header::{
        CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderMap, HeaderName, HeaderValue, REFERRER_POLICY,
        STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
    },
    web::Data,
};
use symbolon_domain::{authorization_token::AuthorizationToken, time::Timestamp};
use tracing_actix_web::RequestId;

use crate::State;

/// Names the answer in the log.
pub const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Until when the caller's token is served.
pub const TOKEN_EXPIRES_AT: HeaderName = HeaderName::from_static("token-expires-at");
/// Set to `true` where an answer is an earlier one again.
pub const IDEMPOTENCY_REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// What every answer carries, unless it brings its own. The policy allows nothing at all: it is for what is no page.
const ALWAYS: [(HeaderName, HeaderValue); 7] = [
    (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (
        CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"),
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static(
            "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
        ),
    ),
];

/// One year, as browsers' preload lists ask for.
const HSTS: HeaderValue = HeaderValue::from_static("max-age=31536000; includeSubDomains");

/// Until when the token of this request is served; kept with the request by whoever authenticates it, and by handlers
/// that change it.
#[derive(Clone, Copy)]
struct ServedUntil(Timestamp);

/// Keeps until when the token that made this request is served.
pub(crate) fn note_served_until(request: &HttpRequest, token: &AuthorizationToken) {
    request.extensions_mut().insert(ServedUntil(token.served_until()));
}

/// The request's name in the log.
pub(crate) fn request_id(message: &impl HttpMessage) -> Option<String> {
    message.extensions().get::<RequestId>().map(ToString::to_string)
}

/// Adds the headers that every answer has, errors included.
pub(crate) fn add(response: &mut ServiceResponse<BoxBody>) {
    let request = response.request();
    let is_https = request
        .app_data::<Data<State>>()
        .is_some_and(|state| state.public_url.is_https());
    let request_id = request_id(request);
    let served_until = request.extensions().get::<ServedUntil>().copied();

    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        // A page may load what belongs to it, and says so; assets may be kept.
        if !headers.contains_key(&name) {
            headers.insert(name, value);
        }
    }
    if is_https {
        headers.insert(STRICT_TRANSPORT_SECURITY, HSTS);
    }
    insert(headers, X_REQUEST_ID, request_id);
    insert(
        headers,
        TOKEN_EXPIRES_AT,
        served_until.map(|ServedUntil(at)| at.to_string()),
    );
}

fn insert(headers: &mut HeaderMap, name: HeaderName, value: Option<String>) {
    if let Some(value) = value.and_then(|value| HeaderValue::try_from(value).ok()) {
        headers.insert(name, value);
    }
}
