//! What went wrong in the dashboard: a page with a way forward, or the way to sign in.

use actix_web::{HttpMessage as _, HttpRequest, HttpResponse, web::Data};
use symbolon_domain::administrator::{Right, Role};

use super::{
    Needs,
    desk::{Seated, role},
    htmx, needs,
    next::Next,
    sign_in::with_next,
};
use crate::{
    State,
    headers::request_id,
    page::{
        cookie::Jar,
        fault::PageFault,
        respond::{scripted_page, see_page},
    },
    view::dashboard::{DashboardError, DashboardErrorPage, Outcome, paths},
};

/// The most that a form may hold, in MiB, as people are told.
const MOST_MIB: u64 = 10;

/// The dashboard's answer to a fault: where somebody has to sign in or prove who they are, and where somebody is signed in.
/// `None` where the other pages' answer does.
pub(in crate::page) fn answer_of(fault: &PageFault, request: &HttpRequest) -> Option<HttpResponse> {
    let state = request.app_data::<Data<State>>()?;
    if let Some(answer) = to_proof(fault, state) {
        return Some(htmx::leading_as_a_whole(request, answer));
    }
    let frame = request
        .extensions()
        .get::<Seated>()
        .map(|Seated(frame)| frame.clone())?;
    let error = match fault {
        PageFault::NotFound => DashboardError::NotFound,
        PageFault::MethodNotAllowed(_) => DashboardError::MethodNotAllowed,
        PageFault::RightLacking => DashboardError::NoRight {
            needed: role(least(request)),
        },
        PageFault::ForeignForm => DashboardError::FormExpired,
        PageFault::BadForm => DashboardError::BadForm,
        PageFault::TooSlow => DashboardError::TooSlow,
        PageFault::TooLarge => DashboardError::TooLarge { most: MOST_MIB },
        PageFault::TooOften(too_often) => DashboardError::TooOften {
            retry_after: too_often.seconds,
        },
        PageFault::Busy => DashboardError::Conflict,
        PageFault::Unavailable => DashboardError::Unavailable,
        _ => DashboardError::Internal,
    };
    scripted_page(&DashboardErrorPage {
        frame,
        error,
        reference: request_id(request),
        back: None,
    })
    .ok()
}

/// The way to sign in, or to prove it again, where that is what is missing.
fn to_proof(fault: &PageFault, state: &State) -> Option<HttpResponse> {
    let (path, next) = match fault {
        PageFault::SignInFirst { next, had_session } => {
            return Some(to_sign_in(state, &Next::read(Some(next)), *had_session));
        }
        PageFault::SecondFactorFirst { next } => (paths::SECOND_FACTOR, next),
        PageFault::ProveFirst { next } => (paths::CONFIRM, next),
        _ => return None,
    };
    let next = Next::read(Some(next));
    Some(see_page(state, &with_next(path, &next), Vec::new()))
}

fn to_sign_in(state: &State, next: &Next, had_session: bool) -> HttpResponse {
    let path = with_next(paths::SIGN_IN, next);
    if !had_session {
        return see_page(state, &path, Vec::new());
    }
    let and = if path.contains('?') { '&' } else { '?' };
    let told = format!("{path}{and}done={}", Outcome::SessionEnded.code());
    see_page(state, &told, vec![Jar::Dashboard.emptied(state)])
}

/// The least role that may do what was asked for.
fn least(request: &HttpRequest) -> Role {
    let right = match needs(request) {
        Some(Needs::Right(right) | Needs::RecentProof(right)) => right,
        Some(Needs::Nothing) | None => Right::Look,
    };
    Role::ALL
        .into_iter()
        .find(|role| role.has(right))
        .unwrap_or(Role::Owner)
}
