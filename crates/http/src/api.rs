//! The endpoints under `/v1`: one file each, and one table that names them all.

use actix_web::{
    HttpRequest, Resource, Route,
    dev::ServiceRequest,
    http::{Uri, uri::PathAndQuery},
    middleware::from_fn,
    web,
};
use symbolon_domain::permissions::Permission;

use crate::{deadline, error::ApiError, operations::get};

mod authorization_tokens;
mod badge_templates;
mod badges;
mod organizations;

/// One endpoint: what it answers to, what it needs, and who answers.
pub struct Endpoint {
    /// `GET`, `POST`, `PUT`, `PATCH` or `DELETE`. What takes GET takes HEAD.
    pub method: &'static str,
    /// The path, with parameters in braces, without a slash at the end; one with a slash is answered the same.
    pub path: &'static str,
    /// What the caller's token must permit; `None` where any good token will do.
    pub permission: Option<Permission>,
    route: fn(Route) -> Route,
}

const ORGANIZATIONS: &str = "/v1/organizations";
const ORGANIZATION: &str = "/v1/organizations/{organization_id}";
const TOKENS: &str = "/v1/organizations/{organization_id}/authorization_tokens";
const CURRENT: &str = "/v1/organizations/{organization_id}/authorization_tokens/current";
const ROTATE: &str = "/v1/organizations/{organization_id}/authorization_tokens/rotate";
const TOKEN: &str = "/v1/organizations/{organization_id}/authorization_tokens/{token_id}";
const TEMPLATES: &str = "/v1/organizations/{organization_id}/badge_templates";
const TEMPLATE: &str = "/v1/organizations/{organization_id}/badge_templates/{template_id}";
const PAUSE: &str = "/v1/organizations/{organization_id}/badge_templates/{template_id}/pause";
const RESUME: &str = "/v1/organizations/{organization_id}/badge_templates/{template_id}/resume";
const BADGES: &str = "/v1/organizations/{organization_id}/badges";
const BATCH: &str = "/v1/organizations/{organization_id}/badges/batch";
const BADGE: &str = "/v1/organizations/{organization_id}/badges/{badge_id}";
const REVOKE: &str = "/v1/organizations/{organization_id}/badges/{badge_id}/revoke";
const REPLACE: &str = "/v1/organizations/{organization_id}/badges/{badge_id}/replace";
const EMAIL: &str = "/v1/organizations/{organization_id}/badges/{badge_id}/email";
const ACCESS: &str = "/v1/organizations/{organization_id}/badges/{badge_id}/access_token";
const ACCESS_RESET: &str = "/v1/organizations/{organization_id}/badges/{badge_id}/access_token/reset";
const ACCESS_REVOKE: &str = "/v1/organizations/{organization_id}/badges/{badge_id}/access_token/revoke";
const ACCESS_REPLACE: &str = "/v1/organizations/{organization_id}/badges/{badge_id}/access_token/replace";

/// Every endpoint of the API. What is not in this table does not exist; the coverage test tries all that is.
///
/// Earlier paths win over later ones that would match too.
pub const ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        method: "GET",
        path: ORGANIZATIONS,
        permission: Some(Permission::Read),
        route: |route| route.to(organizations::list::list),
    },
    Endpoint {
        method: "GET",
        path: ORGANIZATION,
        permission: Some(Permission::Read),
        route: |route| route.to(organizations::show::show),
    },
    Endpoint {
        method: "GET",
        path: TOKENS,
        permission: Some(Permission::Read),
        route: |route| route.to(authorization_tokens::list::list),
    },
    Endpoint {
        method: "POST",
        path: TOKENS,
        permission: Some(Permission::Write),
        route: |route| route.to(authorization_tokens::create::create),
    },
    Endpoint {
        method: "POST",
        path: ROTATE,
        permission: None,
        route: |route| route.to(authorization_tokens::rotate::rotate),
    },
    Endpoint {
        method: "GET",
        path: CURRENT,
        permission: Some(Permission::Read),
        route: |route| route.to(authorization_tokens::current::current),
    },
    Endpoint {
        method: "GET",
        path: TOKEN,
        permission: Some(Permission::Read),
        route: |route| route.to(authorization_tokens::show::show),
    },
    Endpoint {
        method: "PATCH",
        path: TOKEN,
        permission: Some(Permission::Write),
        route: |route| route.to(authorization_tokens::describe::describe),
    },
    Endpoint {
        method: "DELETE",
        path: TOKEN,
        permission: Some(Permission::Delete),
        route: |route| route.to(authorization_tokens::revoke::revoke),
    },
    Endpoint {
        method: "GET",
        path: TEMPLATES,
        permission: Some(Permission::Read),
        route: |route| route.to(badge_templates::list::list),
    },
    Endpoint {
        method: "POST",
        path: TEMPLATES,
        permission: Some(Permission::Write),
        route: |route| route.to(badge_templates::create::create),
    },
    Endpoint {
        method: "GET",
        path: TEMPLATE,
        permission: Some(Permission::Read),
        route: |route| route.to(badge_templates::show::show),
    },
    Endpoint {
        method: "PUT",
        path: TEMPLATE,
        permission: Some(Permission::Write),
        route: |route| route.to(badge_templates::change::edit),
    },
    Endpoint {
        method: "DELETE",
        path: TEMPLATE,
        permission: Some(Permission::Delete),
        route: |route| route.to(badge_templates::delete::delete),
    },
    Endpoint {
        method: "POST",
        path: PAUSE,
        permission: Some(Permission::Write),
        route: |route| route.to(badge_templates::change::pause),
    },
    Endpoint {
        method: "POST",
        path: RESUME,
        permission: Some(Permission::Write),
        route: |route| route.to(badge_templates::change::resume),
    },
    Endpoint {
        method: "GET",
        path: BADGES,
        permission: Some(Permission::Read),
        route: |route| route.to(badges::list::list),
    },
    Endpoint {
        method: "POST",
        path: BADGES,
        permission: Some(Permission::Write),
        route: |route| route.to(badges::issue::issue),
    },
    Endpoint {
        method: "POST",
        path: BATCH,
        permission: Some(Permission::Write),
        route: |route| route.to(badges::batch::batch),
    },
    Endpoint {
        method: "GET",
        path: BADGE,
        permission: Some(Permission::Read),
        route: |route| route.to(badges::show::show),
    },
    Endpoint {
        method: "DELETE",
        path: BADGE,
        permission: Some(Permission::Delete),
        route: |route| route.to(badges::delete::delete),
    },
    Endpoint {
        method: "PUT",
        path: REVOKE,
        permission: Some(Permission::Write),
        route: |route| route.to(badges::revoke::revoke),
    },
    Endpoint {
        method: "POST",
        path: REPLACE,
        permission: Some(Permission::Write),
        route: |route| route.to(badges::replace::replace),
    },
    Endpoint {
        method: "POST",
        path: EMAIL,
        permission: Some(Permission::Write),
        route: |route| route.to(badges::email::email),
    },
    Endpoint {
        method: "GET",
        path: ACCESS,
        permission: Some(Permission::Write),
        route: |route| route.to(badges::access_token::reveal),
    },
    Endpoint {
        method: "POST",
        path: ACCESS_RESET,
        permission: Some(Permission::Write),
        route: |route| route.to(badges::access_token::reset),
    },
    Endpoint {
        method: "POST",
        path: ACCESS_REVOKE,
        permission: Some(Permission::Write),
        route: |route| route.to(badges::access_token::revoke),
    },
    Endpoint {
        method: "POST",
        path: ACCESS_REPLACE,
        permission: Some(Permission::Write),
        route: |route| route.to(badges::access_token::replace),
    },
];

/// What an organization has.
const COLLECTIONS: [&str; 3] = ["/authorization_tokens", "/badge_templates", "/badges"];

/// Registers every endpoint.
///
/// A router tries one path after the other, and one with a parameter is a regular expression. So the organization's is
/// matched once for all that are below it, and what follows is text, or one parameter more.
pub(crate) fn configure(config: &mut web::ServiceConfig) {
    let mut paths: Vec<&'static str> = ENDPOINTS.iter().map(|endpoint| endpoint.path).collect();
    paths.dedup();
    let mut organization = web::scope(ORGANIZATION);
    for collection in COLLECTIONS {
        let mut scope = web::scope(collection);
        for path in &paths {
            if let Some(rest) = below(path, collection) {
                scope = scope.service(resource(path, rest));
            }
        }
        organization = organization.service(scope);
    }
    config
        .service(organization.service(resource(ORGANIZATION, "")))
        .service(resource(ORGANIZATIONS, ORGANIZATIONS));
}

/// What follows the collection in a path below it.
fn below(path: &'static str, collection: &str) -> Option<&'static str> {
    let rest = path.strip_prefix(ORGANIZATION)?.strip_prefix(collection)?;
    (rest.is_empty() || rest.starts_with('/')).then_some(rest)
}

/// Takes the slash from the end of an endpoint's path: with it and without it is the same.
pub(crate) fn without_slash(request: &mut ServiceRequest) {
    let path = request.path();
    let Some(bare) = path.strip_suffix('/').filter(|_| path.starts_with("/v1/")) else {
        return;
    };
    let bare = match request.uri().query() {
        Some(query) => format!("{bare}?{query}"),
        None => bare.to_owned(),
    };
    let mut parts = request.uri().clone().into_parts();
    // It was one before, and is one with a byte less; otherwise it would stay as it came.
    let Ok(bare) = PathAndQuery::from_maybe_shared(bare) else {
        return;
    };
    parts.path_and_query = Some(bare);
    if let Ok(uri) = Uri::from_parts(parts) {
        request.match_info_mut().get_mut().update(&uri);
        request.head_mut().uri = uri;
    }
}

/// The resource at a path, which is this one in its scope: its endpoints, and 405 for every other method.
fn resource(path: &'static str, in_scope: &'static str) -> impl actix_web::dev::HttpServiceFactory + 'static {
    let here: Vec<&Endpoint> = ENDPOINTS
        .iter()
        .filter(|endpoint| endpoint.path == path)
        .collect();
    let allowed = allowed(&here);
    let mut resource: Resource = web::resource(in_scope);
    for endpoint in here {
        resource = resource.route((endpoint.route)(accepting(endpoint.method)));
    }
    let refuse = move |_: HttpRequest| async move { Err::<&str, _>(ApiError::MethodNotAllowed(allowed)) };
    resource
        .default_service(web::route().to(refuse))
        .wrap(from_fn(deadline::guard))
}

/// A route that takes the method, and HEAD where that is GET.
fn accepting(method: &'static str) -> Route {
    match method {
        "GET" => get(),
        "POST" => web::post(),
        "PUT" => web::put(),
        "PATCH" => web::patch(),
        "DELETE" => web::delete(),
        other => unreachable!("no endpoint takes {other}"),
    }
}

/// The value of the `Allow` header.
fn allowed(endpoints: &[&Endpoint]) -> &'static str {
    let methods: Vec<_> = endpoints.iter().map(|endpoint| endpoint.method).collect();
    match methods.as_slice() {
        ["GET"] => "GET, HEAD",
        ["POST"] => "POST",
        ["PUT"] => "PUT",
        ["GET", "DELETE"] => "GET, HEAD, DELETE",
        ["GET", "PUT", "DELETE"] => "GET, HEAD, PUT, DELETE",
        ["GET", "POST"] => "GET, HEAD, POST",
        ["GET", "PATCH", "DELETE"] => "GET, HEAD, PATCH, DELETE",
        other => unreachable!("no Allow header for {other:?}"),
    }
}
