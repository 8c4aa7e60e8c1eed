//! What surrounds every handler: a deadline, and a net for panics, so that one bad request ends alone.

use std::{panic::AssertUnwindSafe, time::Duration};

use actix_web::{
    Error,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
};
use futures_util::FutureExt as _;

use crate::{error::ApiError, limits::HANDLER_TIMEOUT};

/// Answers in a handler's stead where it takes too long or panics.
///
/// To be wrapped around resources, not around the whole application: routing needs the request for itself.
pub(crate) async fn guard(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    within(HANDLER_TIMEOUT, request, next).await
}

/// The same for what may take so long.
pub(crate) async fn within(
    most: Duration,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let kept = request.request().clone();
    let handled = AssertUnwindSafe(tokio::time::timeout(most, next.call(request)));
    let error = match handled.catch_unwind().await {
        Ok(Ok(answered)) => return Ok(answered?.map_into_boxed_body()),
        Ok(Err(_elapsed)) => {
            tracing::error!("a request was not served in time");
            ApiError::DeadlineExceeded
        }
        // The panic hook has logged where; what it said may hold anything, so it is not repeated.
        Err(_panic) => ApiError::Internal,
    };
    Ok(ServiceResponse::from_err(error, kept))
}

#[cfg(test)]
mod tests {
    use actix_web::{App, HttpResponse, middleware::from_fn, test, web};

    use super::*;

    async fn status(handler: impl AsyncFn() -> HttpResponse + Clone + 'static) -> u16 {
        let resource = web::resource("/").wrap(from_fn(guard)).get(move || {
            let handler = handler.clone();
            async move { handler().await }
        });
        let app = test::init_service(App::new().service(resource)).await;
        test::call_service(&app, test::TestRequest::get().to_request())
            .await
            .status()
            .as_u16()
    }

    #[actix_web::test]
    async fn a_panic_is_an_answer() {
        assert_eq!(status(async || panic!("on purpose")).await, 500);
        assert_eq!(status(async || HttpResponse::Ok().finish()).await, 200);
    }

    #[actix_web::test]
    async fn a_handler_that_hangs_is_an_answer() {
        tokio::time::pause();
        assert_eq!(status(async || std::future::pending().await).await, 503);
    }
}
