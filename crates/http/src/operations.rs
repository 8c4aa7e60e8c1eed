//! What operators and their monitors ask: is it alive, is it ready, how is it doing?

use std::sync::atomic::Ordering;

use actix_web::{
    HttpResponse, Route, guard,
    middleware::from_fn,
    web::{self, Data},
};

use crate::{
    State, deadline,
    error::{ApiError, causes},
    metrics::Metrics,
};

/// `/livez` and `/readyz`, on both listeners.
pub(crate) fn health(config: &mut web::ServiceConfig) {
    config
        .service(
            web::resource("/livez")
                .route(get().to(livez))
                .default_service(refusal()),
        )
        .service(
            // A database that is silent is not ready either, and whoever asks has to hear so.
            web::resource("/readyz")
                .route(get().to(readyz))
                .default_service(refusal())
                .wrap(from_fn(deadline::guard)),
        );
}

/// A route for GET and HEAD; the server leaves out the body where HEAD was asked.
pub(crate) fn get() -> Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}

fn refusal() -> Route {
    web::route().to(async || Err::<HttpResponse, _>(ApiError::MethodNotAllowed("GET, HEAD")))
}

/// Alive: the process answers. Asks nothing of the store.
async fn livez() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .body("alive\n")
}

/// Ready: the store answers, has the shape this version needs, and the service is not about to stop.
async fn readyz(state: Data<State>) -> HttpResponse {
    if state.stopping.load(Ordering::Relaxed) {
        return HttpResponse::ServiceUnavailable()
            .content_type("text/plain; charset=utf-8")
            .body("stopping: requests in flight are finished, new ones are not taken\n");
    }
    match state.readiness.ready().await {
        Ok(()) => HttpResponse::Ok()
            .content_type("text/plain; charset=utf-8")
            .body("ready\n"),
        Err(error) => {
            tracing::warn!(%error, causes = causes(&error), "not ready");
            HttpResponse::ServiceUnavailable()
                .content_type("text/plain; charset=utf-8")
                .body("not ready: the storage does not answer as it should; see the log\n")
        }
    }
}

/// `/metrics`, for the operations listener.
pub(crate) fn measurements(config: &mut web::ServiceConfig) {
    config.service(
        web::resource("/metrics")
            .route(get().to(metrics))
            .default_service(refusal()),
    );
}

/// The metrics, in the text format of Prometheus.
async fn metrics(metrics: Data<Metrics>) -> HttpResponse {
    match metrics.text() {
        Ok(text) => HttpResponse::Ok()
            .content_type("text/plain; version=0.0.4")
            .body(text),
        Err(error) => {
            tracing::error!(%error, "the metrics cannot be written");
            HttpResponse::InternalServerError().finish()
        }
    }
}
