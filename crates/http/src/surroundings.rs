//! What surrounds every request, in one layer: limits before it is looked at, then its count, the shape of errors and the headers
//! of the answer. A layer for each would box every request and every answer once more.

use std::time::Instant;

use actix_web::{
    Error,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
    web::Data,
};

use crate::{
    api,
    error_shape::{refuse, shaped},
    headers, limits,
    metrics::Metrics,
    unread_body,
};

/// For the public application.
pub(crate) async fn of_public(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    around(request, async |mut request| {
        api::without_slash(&mut request);
        let came = Instant::now();
        let metrics = request.app_data::<Data<Metrics>>().cloned();
        let response = next.call(request).await?.map_into_boxed_body();
        if let Some(metrics) = metrics {
            metrics.count(&response, came);
        }
        Ok(shaped(response))
    })
    .await
}

/// For what operators ask, who get errors as they are.
pub(crate) async fn of_operations(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    around(request, async |request| {
        Ok(next.call(request).await?.map_into_boxed_body())
    })
    .await
}

async fn around(
    mut request: ServiceRequest,
    serve: impl AsyncFnOnce(ServiceRequest) -> Result<ServiceResponse<BoxBody>, Error>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let held = unread_body::held(&mut request);
    let mut response = if let Some(error) = limits::refusal(&request) {
        refuse(request, &error)
    } else {
        serve(request).await?
    };
    headers::add(&mut response);
    Ok(match held {
        Some(held) => held.by(response),
        None => response,
    })
}
