//! What surrounds every request, in one layer: limits before it is looked at, then the shape of errors and the headers of the
//! answer. A layer for each would box every request and every answer once more.

use actix_web::{
    Error,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
};

use crate::{
    api,
    error_shape::{refuse, shaped},
    headers, limits, unread_body,
};

/// For the public application.
pub(crate) async fn of_public(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let held = unread_body::held(&mut request);
    let response = if let Some(error) = limits::refusal(&request) {
        refuse(request, &error)
    } else {
        api::without_slash(&mut request);
        shaped(next.call(request).await?.map_into_boxed_body())
    };
    Ok(finished(response, held))
}

/// For what operators ask, who get errors as they are.
pub(crate) async fn of_operations(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let held = unread_body::held(&mut request);
    let response = if let Some(error) = limits::refusal(&request) {
        refuse(request, &error)
    } else {
        next.call(request).await?.map_into_boxed_body()
    };
    Ok(finished(response, held))
}

fn finished(
    mut response: ServiceResponse<BoxBody>,
    held: Option<unread_body::Held>,
) -> ServiceResponse<BoxBody> {
    headers::add(&mut response);
    match held {
        Some(held) => held.by(response),
        None => response,
    }
}
