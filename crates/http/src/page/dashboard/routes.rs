//! The one table of the dashboard's pages and acts, with what each of them needs.

use actix_web::{HttpRequest, Route};
use symbolon_domain::administrator::Right;

use super::{
    activity, confirm, developers, forgotten, import, jobs, link, overview, provider, recipients,
    second_factor, settings, sign_in, sign_out, templates, welcome,
};

/// One page of the dashboard, or one act: what it answers to, what it needs, and who answers.
pub struct DashboardRoute {
    /// `GET` or `POST`. What takes GET takes HEAD.
    pub method: &'static str,
    /// The path, with parameters in braces.
    pub path: &'static str,
    /// What it needs.
    pub needs: Needs,
    pub(super) route: fn(Route) -> Route,
}

/// What a page or an act of the dashboard needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Nothing: it comes before signing in, or ends it.
    Nothing,
    /// Somebody who is signed in and has this right.
    Right(Right),
    /// The same, and that they proved who they are not long ago.
    RecentProof(Right),
}

const fn at(
    method: &'static str,
    path: &'static str,
    needs: Needs,
    route: fn(Route) -> Route,
) -> DashboardRoute {
    DashboardRoute {
        method,
        path,
        needs,
        route,
    }
}

const OPEN: Needs = Needs::Nothing;
const LOOK: Needs = Needs::Right(Right::Look);
const WORK: Needs = Needs::Right(Right::Work);
const REVEAL: Needs = Needs::Right(Right::Reveal);
const GOVERN: Needs = Needs::Right(Right::Govern);
const WORK_PROVED: Needs = Needs::RecentProof(Right::Work);
const REVEAL_PROVED: Needs = Needs::RecentProof(Right::Reveal);
const EXPORT_PROVED: Needs = Needs::RecentProof(Right::Export);
const GOVERN_PROVED: Needs = Needs::RecentProof(Right::Govern);
const LOOK_PROVED: Needs = Needs::RecentProof(Right::Look);

/// Every page and act of the dashboard. What is not in this table does not exist. Earlier paths win over later ones that
/// would match too.
pub const DASHBOARD: &[DashboardRoute] = &[
    at("GET", "/dashboard", LOOK, |route| route.to(overview::show)),
    at("GET", "/dashboard/link/{token}", OPEN, |route| {
        route.to(link::open)
    }),
    at("GET", "/dashboard/welcome", OPEN, |route| route.to(welcome::show)),
    at("POST", "/dashboard/welcome", OPEN, |route| {
        route.to(welcome::enter)
    }),
    at("POST", "/dashboard/welcome/provider", OPEN, |route| {
        route.to(provider::join)
    }),
    at("GET", "/dashboard/sign-in", OPEN, |route| route.to(sign_in::show)),
    at("POST", "/dashboard/sign-in", OPEN, |route| {
        route.to(sign_in::sign_in)
    }),
    at("POST", "/dashboard/sign-in/provider", OPEN, |route| {
        route.to(provider::sign_in)
    }),
    at("GET", "/dashboard/second-factor", OPEN, |route| {
        route.to(second_factor::show)
    }),
    at("POST", "/dashboard/second-factor", OPEN, |route| {
        route.to(second_factor::give)
    }),
    at("GET", "/dashboard/forgotten", OPEN, |route| {
        route.to(forgotten::show)
    }),
    at("POST", "/dashboard/forgotten", OPEN, |route| {
        route.to(forgotten::mail)
    }),
    at("POST", "/dashboard/sign-out", OPEN, |route| {
        route.to(sign_out::sign_out)
    }),
    at("GET", "/dashboard/confirm", LOOK, |route| route.to(confirm::show)),
    at("POST", "/dashboard/confirm", LOOK, |route| {
        route.to(confirm::confirm)
    }),
    at("POST", "/dashboard/confirm/provider", LOOK, |route| {
        route.to(provider::prove_again)
    }),
    at("GET", "/dashboard/developers", LOOK, |route| {
        route.to(developers::list::show)
    }),
    at("GET", "/dashboard/developers/new", WORK_PROVED, |route| {
        route.to(developers::new::show)
    }),
    at("POST", "/dashboard/developers/new", WORK_PROVED, |route| {
        route.to(developers::new::create)
    }),
    at("GET", "/dashboard/developers/{id}", LOOK, |route| {
        route.to(developers::show::show)
    }),
    at("GET", "/dashboard/developers/{id}/made", WORK, |route| {
        route.to(developers::made::show)
    }),
    at("POST", "/dashboard/developers/{id}/describe", WORK, |route| {
        route.to(developers::describe::describe)
    }),
    at(
        "POST",
        "/dashboard/developers/{id}/reveal",
        REVEAL_PROVED,
        |route| route.to(developers::reveal::reveal),
    ),
    at("GET", "/dashboard/developers/{id}/rotate", WORK_PROVED, |route| {
        route.to(developers::rotate::ask)
    }),
    at(
        "POST",
        "/dashboard/developers/{id}/rotate",
        WORK_PROVED,
        |route| route.to(developers::rotate::rotate),
    ),
    at("GET", "/dashboard/developers/{id}/revoke", WORK_PROVED, |route| {
        route.to(developers::revoke::ask)
    }),
    at(
        "POST",
        "/dashboard/developers/{id}/revoke",
        WORK_PROVED,
        |route| route.to(developers::revoke::revoke),
    ),
    at("GET", "/dashboard/templates", LOOK, |route| {
        route.to(templates::list::show)
    }),
    at("GET", "/dashboard/templates/new", WORK, |route| {
        route.to(templates::new::show)
    }),
    at("POST", "/dashboard/templates/new", WORK, |route| {
        route.to(templates::new::create)
    }),
    at("GET", "/dashboard/templates/preview", WORK, |route| {
        route.to(templates::preview::part)
    }),
    at("GET", "/dashboard/templates/preview.svg", WORK, |route| {
        route.to(templates::preview::picture)
    }),
    at("GET", "/dashboard/templates/{id}", LOOK, |route| {
        route.to(templates::show::show)
    }),
    at("GET", "/dashboard/templates/{id}/picture.svg", LOOK, |route| {
        route.to(templates::show::picture)
    }),
    at("GET", "/dashboard/templates/{id}/edit", WORK, |route| {
        route.to(templates::edit::show)
    }),
    at("POST", "/dashboard/templates/{id}/edit", WORK, |route| {
        route.to(templates::edit::change)
    }),
    at("GET", "/dashboard/templates/{id}/pause", WORK, |route| {
        route.to(templates::pause::ask_to_pause)
    }),
    at("POST", "/dashboard/templates/{id}/pause", WORK, |route| {
        route.to(templates::pause::pause)
    }),
    at("GET", "/dashboard/templates/{id}/resume", WORK, |route| {
        route.to(templates::pause::ask_to_resume)
    }),
    at("POST", "/dashboard/templates/{id}/resume", WORK, |route| {
        route.to(templates::pause::resume)
    }),
    at("GET", "/dashboard/templates/{id}/delete", WORK, |route| {
        route.to(templates::delete::ask)
    }),
    at("POST", "/dashboard/templates/{id}/delete", WORK, |route| {
        route.to(templates::delete::delete)
    }),
    at("GET", "/dashboard/recipients", LOOK, |route| {
        route.to(recipients::list::show)
    }),
    at("GET", "/dashboard/recipients/new", WORK, |route| {
        route.to(recipients::add::show)
    }),
    at("POST", "/dashboard/recipients/new", WORK, |route| {
        route.to(recipients::add::add)
    }),
    at("GET", "/dashboard/reset-requests", LOOK, |route| {
        route.to(recipients::requests::show)
    }),
    at("POST", "/dashboard/reset-requests", WORK, |route| {
        route.to(recipients::requests::answer)
    }),
    at("POST", "/dashboard/recipients/bulk", WORK, |route| {
        route.to(recipients::bulk::preview)
    }),
    at("POST", "/dashboard/recipients/bulk/start", WORK, |route| {
        route.to(recipients::bulk::start)
    }),
    at("GET", "/dashboard/import", WORK, |route| {
        route.to(import::file::show)
    }),
    at("POST", "/dashboard/import", WORK, |route| {
        route.to(import::file::take)
    }),
    at("GET", "/dashboard/import/template.csv", WORK, |route| {
        route.to(import::example::download)
    }),
    at("GET", "/dashboard/import/{id}/columns", WORK, |route| {
        route.to(import::columns::show)
    }),
    at("POST", "/dashboard/import/{id}/columns", WORK, |route| {
        route.to(import::columns::choose)
    }),
    at("GET", "/dashboard/import/{id}/check", WORK, |route| {
        route.to(import::check::show)
    }),
    at("POST", "/dashboard/import/{id}/start", WORK, |route| {
        route.to(import::start::start)
    }),
    at("GET", "/dashboard/jobs", LOOK, |route| route.to(jobs::list::show)),
    at("GET", "/dashboard/jobs/{id}", LOOK, |route| {
        route.to(jobs::show::show)
    }),
    at("GET", "/dashboard/jobs/{id}/cancel", WORK, |route| {
        route.to(jobs::stop::ask)
    }),
    at("POST", "/dashboard/jobs/{id}/cancel", WORK, |route| {
        route.to(jobs::stop::stop)
    }),
    at(
        "GET",
        "/dashboard/jobs/{id}/rejects.csv",
        EXPORT_PROVED,
        |route| route.to(jobs::report::left_out),
    ),
    at("GET", "/dashboard/jobs/{id}/report.csv", EXPORT_PROVED, |route| {
        route.to(jobs::report::report)
    }),
    at("GET", "/dashboard/recipients/{id}", LOOK, |route| {
        route.to(recipients::show::show)
    }),
    at("GET", "/dashboard/recipients/{id}/image.svg", LOOK, |route| {
        route.to(recipients::show::image)
    }),
    at("GET", "/dashboard/recipients/{id}/preview", LOOK, |route| {
        route.to(recipients::preview::show)
    }),
    at("POST", "/dashboard/recipients/{id}/reveal", REVEAL, |route| {
        route.to(recipients::reveal::reveal)
    }),
    at("GET", "/dashboard/recipients/{id}/{act}", WORK, |route| {
        route.to(recipients::act::ask)
    }),
    at("POST", "/dashboard/recipients/{id}/{act}", WORK, |route| {
        route.to(recipients::act::carry_out)
    }),
    at("GET", "/dashboard/recipients.csv", EXPORT_PROVED, |route| {
        route.to(recipients::export::csv)
    }),
    at("GET", "/dashboard/activity", LOOK, |route| {
        route.to(activity::show::show)
    }),
    at("GET", "/dashboard/activity.csv", EXPORT_PROVED, |route| {
        route.to(activity::export::csv)
    }),
    at("GET", "/dashboard/activity.jsonl", EXPORT_PROVED, |route| {
        route.to(activity::export::json_lines)
    }),
    at("GET", "/dashboard/settings", LOOK, |route| {
        route.to(settings::organization::show)
    }),
    at("POST", "/dashboard/settings", GOVERN, |route| {
        route.to(settings::organization::change)
    }),
    at(
        "GET",
        "/dashboard/settings/reveal-policy",
        GOVERN_PROVED,
        |route| route.to(settings::organization::ask_about_policy),
    ),
    at(
        "POST",
        "/dashboard/settings/reveal-policy",
        GOVERN_PROVED,
        |route| route.to(settings::organization::set_policy),
    ),
    at("GET", "/dashboard/settings/administrators", LOOK, |route| {
        route.to(settings::administrators::show)
    }),
    at(
        "POST",
        "/dashboard/settings/administrators",
        GOVERN_PROVED,
        |route| route.to(settings::administrators::invite),
    ),
    at(
        "POST",
        "/dashboard/settings/administrators/{id}/invite-again",
        GOVERN_PROVED,
        |route| route.to(settings::administrators::invite_once_more),
    ),
    at(
        "POST",
        "/dashboard/settings/administrators/{id}/role",
        GOVERN_PROVED,
        |route| route.to(settings::administrators::set_role),
    ),
    at(
        "GET",
        "/dashboard/settings/administrators/{id}/remove",
        GOVERN_PROVED,
        |route| route.to(settings::administrators::ask_to_remove),
    ),
    at(
        "POST",
        "/dashboard/settings/administrators/{id}/remove",
        GOVERN_PROVED,
        |route| route.to(settings::administrators::take_away),
    ),
    at("GET", "/dashboard/settings/account", LOOK, |route| {
        route.to(settings::account::show)
    }),
    at("POST", "/dashboard/settings/account", LOOK, |route| {
        route.to(settings::account::set_name)
    }),
    at("POST", "/dashboard/settings/account/password", LOOK, |route| {
        route.to(settings::account::set_password)
    }),
    at(
        "POST",
        "/dashboard/settings/account/connect",
        LOOK_PROVED,
        |route| route.to(provider::connect),
    ),
    at(
        "GET",
        "/dashboard/settings/account/disconnect",
        LOOK_PROVED,
        |route| route.to(settings::account::ask_to_disconnect),
    ),
    at(
        "POST",
        "/dashboard/settings/account/disconnect",
        LOOK_PROVED,
        |route| route.to(settings::account::disconnect),
    ),
    at(
        "GET",
        "/dashboard/settings/account/second-factor",
        LOOK_PROVED,
        |route| route.to(settings::second_factor::show),
    ),
    at(
        "POST",
        "/dashboard/settings/account/second-factor",
        LOOK_PROVED,
        |route| route.to(settings::second_factor::add),
    ),
    at(
        "GET",
        "/dashboard/settings/account/second-factor/remove",
        LOOK_PROVED,
        |route| route.to(settings::second_factor::ask_to_remove),
    ),
    at(
        "POST",
        "/dashboard/settings/account/second-factor/remove",
        LOOK_PROVED,
        |route| route.to(settings::second_factor::remove),
    ),
    at(
        "GET",
        "/dashboard/settings/account/recovery-codes",
        LOOK_PROVED,
        |route| route.to(settings::second_factor::ask_to_renew),
    ),
    at(
        "POST",
        "/dashboard/settings/account/recovery-codes",
        LOOK_PROVED,
        |route| route.to(settings::second_factor::renew),
    ),
    at(
        "POST",
        "/dashboard/settings/account/sessions/end-others",
        LOOK,
        |route| route.to(settings::sessions::end_others),
    ),
    at(
        "POST",
        "/dashboard/settings/account/sessions/{id}/end",
        LOOK,
        |route| route.to(settings::sessions::end_one),
    ),
];

/// What the page at hand needs; `None` where it is not in the table.
pub(super) fn needs(request: &HttpRequest) -> Option<Needs> {
    let path = request.match_pattern()?;
    let method = match request.method().as_str() {
        "HEAD" => "GET",
        method => method,
    };
    let page = DASHBOARD
        .iter()
        .find(|page| page.method == method && page.path == path)?;
    Some(page.needs)
}
