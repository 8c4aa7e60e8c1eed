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
        respond::{page, scripted_page, see_page},
    },
    view::dashboard::{DashboardError, DashboardErrorPage, Outcome, OutsideErrorPage, OutsideFrame, paths},
};

/// The most that a form may hold, in MiB, as people are told.
const MOST_MIB: u64 = 10;

/// The dashboard's answer to a fault: where somebody has to sign in or prove who they are, where somebody is signed in, and on
/// every page before that. `None` where the other pages' answer does.
pub(in crate::page) fn answer_of(fault: &PageFault, request: &HttpRequest) -> Option<HttpResponse> {
    let state = request.app_data::<Data<State>>()?;
    if let Some(answer) = to_proof(fault, state) {
        return Some(htmx::leading_as_a_whole(request, answer));
    }
    let seated = request
        .extensions()
        .get::<Seated>()
        .map(|Seated(frame)| frame.clone());
    let reference = request_id(request);
    let answer = match seated {
        Some(frame) => scripted_page(&DashboardErrorPage {
            frame,
            error: error_of(fault, request).unwrap_or(DashboardError::Internal),
            reference,
            back: None,
        }),
        None if is_ours(request.path()) => page(&OutsideErrorPage {
            frame: OutsideFrame {
                base: state.public_url.base().to_owned(),
                ..OutsideFrame::default()
            },
            error: error_of(fault, request)?,
            reference,
        }),
        None => return None,
    };
    answer.ok()
}

/// What a page says of a fault; `None` of one that tells of a sign-in provider.
fn error_of(fault: &PageFault, request: &HttpRequest) -> Option<DashboardError> {
    Some(match fault {
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
        PageFault::Overtaken => DashboardError::Conflict,
        PageFault::Busy => DashboardError::Busy,
        PageFault::Unavailable => DashboardError::Unavailable,
        PageFault::Internal => DashboardError::Internal,
        _ => return None,
    })
}

/// Whether an address is the dashboard's.
fn is_ours(path: &str) -> bool {
    path.strip_prefix(paths::OVERVIEW)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
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

#[cfg(test)]
mod tests {
    use actix_web::{body::to_bytes, test::TestRequest};

    use super::*;
    use crate::{page::rate::TooOften, test_app::TestApp};

    /// Nobody is told of pictures of credentials who wanted to sign in.
    #[actix_web::test]
    async fn a_fault_before_signing_in_is_told_in_the_dashboards_words() {
        let app = TestApp::start().await;
        let at = |path: &str| {
            TestRequest::with_uri(path)
                .app_data(Data::new(app.state.clone()))
                .to_http_request()
        };
        for (fault, words) in [
            (PageFault::NotFound, "Begin anew."),
            (PageFault::ForeignForm, "came from elsewhere"),
            (PageFault::BadForm, "cannot be read"),
            (PageFault::TooSlow, "did not arrive in time"),
            (PageFault::TooLarge, "in parts"),
            (PageFault::TooOften(TooOften { seconds: 7 }), "in 7 seconds"),
            (PageFault::Busy, "Others are waiting as well."),
            (PageFault::Unavailable, "cannot reach its records"),
            (PageFault::Internal, "Something failed here"),
        ] {
            let answer = answer_of(&fault, &at("/dashboard/sign-in")).unwrap();
            assert_eq!(answer.status(), fault.status(), "{fault:?}");
            let bytes = to_bytes(answer.into_body()).await.unwrap();
            let html = String::from_utf8_lossy(&bytes);
            for part in [words, "For administrators.", "href=\"/dashboard/sign-in\""] {
                assert!(html.contains(part), "{fault:?}, {part}: {html}");
            }
            for elsewhere in ["/access", "/dashboards"] {
                assert!(
                    answer_of(&fault, &at(elsewhere)).is_none(),
                    "{fault:?} {elsewhere}"
                );
            }
        }
        let provider = PageFault::ProviderUnavailable("Example".to_owned());
        assert!(answer_of(&provider, &at("/dashboard/sign-in/provider")).is_none());
    }
}
