//! One span and one line per request: method, route, status, time taken, request id.
//!
//! The route is the pattern that matched, never the path as it came: paths may carry tokens. Queries, headers and
//! bodies are not logged at all, nor methods that are none of HTTP's.

use std::time::Instant;

use actix_web::{
    Error, HttpMessage as _,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
};
use tracing::Span;
use tracing_actix_web::RootSpanBuilder;

use crate::{headers::request_id, limits::is_standard};

#[derive(Clone, Copy)]
struct Started(Instant);

pub(crate) struct RequestLog;

impl RootSpanBuilder for RequestLog {
    fn on_request_start(request: &ServiceRequest) -> Span {
        request.extensions_mut().insert(Started(Instant::now()));
        let method = if is_standard(request.method()) {
            request.method().as_str()
        } else {
            "other"
        };
        let route = request.match_pattern().unwrap_or_else(|| "unmatched".to_owned());
        let request_id = request_id(request).unwrap_or_default();
        // Of the highest level, so that whatever is logged at all tells its request.
        tracing::error_span!(target: "symbolon::access", "request", method, route, request_id)
    }

    fn on_request_end<B: MessageBody>(span: Span, outcome: &Result<ServiceResponse<B>, Error>) {
        let _entered = span.enter();
        let (status, started) = match outcome {
            Ok(response) => (
                response.status(),
                response.request().extensions().get::<Started>().copied(),
            ),
            Err(error) => (error.as_response_error().status_code(), None),
        };
        let micros = started.map(|Started(at)| u64::try_from(at.elapsed().as_micros()).unwrap_or(u64::MAX));
        tracing::info!(target: "symbolon::access", status = status.as_u16(), micros, "answered");
    }
}
