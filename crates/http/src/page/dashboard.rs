//! The dashboard: what administrators do in the browser. One table ([`DASHBOARD`]) names every page with what it needs, and
//! [`Desk`](desk::Desk) is the only way for a handler to come by who is signed in.
//!
//! As with the other pages, a handler reads what the browser shows, calls one use case, and fills a page of `view`.
//! Everything works without script; what htmx asks for are the same pages.

mod activity;
mod confirm;
mod departure;
mod desk;
mod developers;
mod download;
mod fault;
mod forgotten;
mod htmx;
mod import;
mod jobs;
mod link;
mod next;
mod nowhere;
mod overview;
mod provider;
mod provider_return;
mod recipients;
mod routes;
mod second_factor;
mod settings;
mod sign_in;
mod sign_out;
mod templates;
#[cfg(test)]
mod tests;
mod typed;
mod visit;
mod welcome;

use std::time::Duration;

use actix_web::{
    HttpRequest, Resource,
    dev::HttpServiceFactory,
    middleware::from_fn,
    web::{self, ServiceConfig},
};

use self::routes::needs;
pub use self::routes::{DASHBOARD, DashboardRoute, Needs};
pub(super) use self::{
    departure::Departure,
    fault::answer_of,
    provider_return::{come_back, come_back_unproven},
};
use super::shape;
use crate::{
    deadline,
    limits::{HANDLER_TIMEOUT, UPLOAD_TIMEOUT},
    operations::get,
    view::dashboard::paths,
};

/// Registers every page of the dashboard.
pub(super) fn configure(config: &mut ServiceConfig) {
    let mut paths: Vec<&'static str> = DASHBOARD.iter().map(|page| page.path).collect();
    paths.dedup();
    for path in paths {
        config.service(resource(path));
    }
    let nowhere = web::resource(nowhere::PATH).default_service(web::route().to(nowhere::not_found));
    config.service(wrapped(nowhere, HANDLER_TIMEOUT));
}

fn resource(path: &'static str) -> impl HttpServiceFactory + 'static {
    let here: Vec<&DashboardRoute> = DASHBOARD.iter().filter(|page| page.path == path).collect();
    let allowed = match here.as_slice() {
        [page] if page.method == "POST" => "POST",
        [_] => "GET, HEAD",
        _ => "GET, HEAD, POST",
    };
    let mut resource: Resource = web::resource(path);
    for page in here {
        let taken = if page.method == "POST" { web::post() } else { get() };
        resource = resource.route((page.route)(taken));
    }
    let refuse = move |request: HttpRequest| nowhere::not_allowed(request, allowed);
    wrapped(
        resource.default_service(web::route().to(refuse)),
        deadline_of(path),
    )
}

/// With what stands around every page.
fn wrapped(resource: Resource, deadline: Duration) -> impl HttpServiceFactory + 'static {
    resource
        .wrap(from_fn(move |request, next| {
            deadline::within(deadline, request, next)
        }))
        .wrap(from_fn(shape::shape))
        .wrap(from_fn(super::loopback::lead_over))
}

/// How long a page may take. A file takes as long as its way is narrow; what comes of it is told quickly.
fn deadline_of(path: &str) -> Duration {
    if path == paths::IMPORT {
        UPLOAD_TIMEOUT
    } else {
        HANDLER_TIMEOUT
    }
}
