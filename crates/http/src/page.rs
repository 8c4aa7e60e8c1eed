//! The pages that recipients and verifiers see: one file each, and one table that names them all.
//!
//! A handler reads what the browser shows, calls one use case, and fills a page of `view`. Nothing here
//! needs a script, and nothing that a mail scanner does binds anything: that takes a completed sign-in.

mod access;
mod asset;
mod callback;
mod cookie;
mod credential;
mod dashboard;
mod fault;
mod form;
mod holdings;
mod home;
mod link;
mod loopback;
mod newer_mail;
mod picture;
mod present;
mod rate;
mod recipient_view;
mod respond;
mod retrieve;
mod same_site;
pub(crate) mod shape;
mod sign_in;
mod sign_out;
mod studio;
#[cfg(test)]
mod tests;
mod verify;
mod visitor;

use actix_web::{
    HttpRequest, Resource, Route,
    middleware::from_fn,
    web::{self, ServiceConfig},
};
use symbolon_domain::social_profile::{Connection, ProviderId};

pub use self::{
    dashboard::{DASHBOARD, DashboardRoute, Needs},
    rate::Rates,
    studio::Studio,
};
use crate::{State, deadline, error::ApiError, operations::get, view::Profile};

/// One page: what it answers to, and who answers.
pub struct PageRoute {
    /// `GET` or `POST`. What takes GET takes HEAD, but for the way back from a provider.
    pub method: &'static str,
    /// The path, with parameters in braces.
    pub path: &'static str,
    route: fn(Route) -> Route,
}

const fn page(method: &'static str, path: &'static str, route: fn(Route) -> Route) -> PageRoute {
    PageRoute { method, path, route }
}

/// The way back from a provider. It changes things, so a HEAD is not taken for it.
const CALLBACK: &str = "/sign-in/{provider}/callback";

/// Every page. What is not in this table does not exist.
pub const PAGES: &[PageRoute] = &[
    page("GET", "/", |route| route.to(home::show)),
    page("GET", "/r/{token}", |route| route.to(link::open)),
    page("GET", "/access", |route| route.to(access::show)),
    page("POST", "/access", |route| route.to(access::connect)),
    page("POST", "/access/reset-request", |route| {
        route.to(access::request_reset)
    }),
    page("POST", "/sign-in", |route| route.to(sign_in::begin_without_link)),
    page("GET", CALLBACK, |route| route.to(callback::finish)),
    page("POST", "/sign-out", |route| route.to(sign_out::sign_out)),
    page("GET", "/credentials", |route| route.to(holdings::show)),
    page("GET", "/credentials/{id}", |route| route.to(credential::show)),
    page("GET", "/credentials/{id}/{file}", |route| {
        route.to(credential::file)
    }),
    page("GET", "/verify/{id}", |route| route.to(verify::show)),
    page("GET", "/verify/{id}/image.svg", |route| route.to(verify::picture)),
    page("GET", "/recipient-view", |route| route.to(recipient_view::show)),
    page("POST", "/recipient-view", |route| route.to(recipient_view::open)),
    page("GET", "/retrieve", |route| route.to(retrieve::show)),
    page("POST", "/retrieve", |route| route.to(retrieve::mail)),
    page("GET", "/assets/{file}", |route| route.to(asset::show)),
    page("GET", "/robots.txt", |route| route.to(asset::robots)),
];

/// Registers every page.
pub(crate) fn configure(config: &mut ServiceConfig) {
    let mut paths: Vec<&'static str> = PAGES.iter().map(|page| page.path).collect();
    paths.dedup();
    for path in paths {
        config.service(resource(path));
    }
    dashboard::configure(config);
}

fn resource(path: &'static str) -> impl actix_web::dev::HttpServiceFactory + 'static {
    let here: Vec<&PageRoute> = PAGES.iter().filter(|page| page.path == path).collect();
    let allowed = match here.as_slice() {
        [_] if path == CALLBACK => "GET",
        [page] if page.method == "POST" => "POST",
        [_] => "GET, HEAD",
        _ => "GET, HEAD, POST",
    };
    let mut resource: Resource = web::resource(path);
    for page in here {
        let taken = match page.method {
            "POST" => web::post(),
            _ if path == CALLBACK => web::get(),
            _ => get(),
        };
        resource = resource.route((page.route)(taken));
    }
    let refuse = move |_: HttpRequest| async move { Err::<&str, _>(ApiError::MethodNotAllowed(allowed)) };
    resource
        .default_service(web::route().to(refuse))
        .wrap(from_fn(deadline::guard))
        .wrap(from_fn(shape::shape))
        .wrap(from_fn(loopback::lead_over))
}

/// A social profile, as pages name it.
fn profile(state: &State, connection: &Connection) -> Profile {
    Profile {
        provider: provider_name(state, &connection.provider),
        hint: connection.hint.to_string(),
    }
}

/// What people call a provider. One that is no longer configured is called by its id.
fn provider_name(state: &State, provider: &ProviderId) -> String {
    state
        .sign_in
        .label(provider)
        .unwrap_or_else(|| provider.to_string())
}
