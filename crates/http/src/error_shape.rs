//! Errors in the shape the client asked for: Credly's, RFC 9457's where `Accept` names it, or a page for a person.

use actix_web::{
    HttpRequest,
    body::BoxBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::ACCEPT,
};

use crate::{
    error::ApiError,
    page::shape::{page_of, wants_page},
};

/// An answer, written again where it is a handler's error and another shape is wanted.
pub(crate) fn shaped(response: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    let error = response
        .response()
        .error()
        .and_then(|error| error.as_error::<ApiError>())
        .cloned();
    match error {
        Some(error) if wants_problem(response.request()) => response.into_response(error.problem()),
        Some(error) if wants_page(response.request()) => {
            let page = page_of(&error, response.request());
            response.into_response(page)
        }
        _ => response,
    }
}

/// The answer to a request that is refused before it is routed.
pub(crate) fn refuse(request: ServiceRequest, error: &ApiError) -> ServiceResponse<BoxBody> {
    let response = if wants_problem(request.request()) {
        error.problem()
    } else if wants_page(request.request()) {
        page_of(error, request.request())
    } else {
        error.response()
    };
    request.into_response(response)
}

fn wants_problem(request: &HttpRequest) -> bool {
    request
        .headers()
        .get_all(ACCEPT)
        .filter_map(|value| value.to_str().ok())
        .any(|value| value.to_ascii_lowercase().contains("application/problem+json"))
}
