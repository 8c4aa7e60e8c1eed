//! What went wrong, as a page in the visitor's language with a way forward.

use actix_web::{
    Error, HttpMessage as _, HttpRequest, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header::{ACCEPT, ALLOW, RETRY_AFTER},
    middleware::Next,
    web::Data,
};

use super::{
    cookie::Jar,
    dashboard::{self, Departure},
    fault::PageFault,
    respond,
    visitor::{Remembered, language},
};
use crate::{
    State,
    error::ApiError,
    headers::request_id,
    view::{
        ClosedLink, ClosedLinkPage, ErrorPage, Frame, PageError, SignInProblem, SignInProblemPage, WayBack,
    },
};

/// Writes the errors of pages.
pub(super) async fn shape(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let response = next.call(request).await?.map_into_boxed_body();
    let Some(error) = response.response().error() else {
        return Ok(response);
    };
    let fault = error
        .as_error::<PageFault>()
        .cloned()
        .or_else(|| error.as_error::<ApiError>().map(PageFault::from));
    Ok(match fault {
        Some(fault) => {
            let page = written(&fault, response.request());
            response.into_response(page)
        }
        None => response,
    })
}

/// Whether an error outside the pages' own paths is better shown as a page: a person looks for it, not a program.
pub(crate) fn wants_page(request: &HttpRequest) -> bool {
    let accepts = |value: &str| value.to_ascii_lowercase().contains("text/html");
    let is_api = request.path() == "/v1" || request.path().starts_with("/v1/");
    !is_api
        && request
            .headers()
            .get_all(ACCEPT)
            .filter_map(|value| value.to_str().ok())
            .any(accepts)
}

/// An error of the API, as a page.
pub(crate) fn page_of(error: &ApiError, request: &HttpRequest) -> HttpResponse {
    written(&PageFault::from(error), request)
}

/// As the handler has it, if it came to know the visitor: nothing is read for an error.
fn frame(request: &HttpRequest, state: Option<&Data<State>>) -> Frame {
    if let Some(Remembered(frame)) = request.extensions().get() {
        return frame.clone();
    }
    Frame {
        base: state
            .map(|state| state.public_url.base().to_owned())
            .unwrap_or_default(),
        language: language(request),
        ..Frame::default()
    }
}

fn written(fault: &PageFault, request: &HttpRequest) -> HttpResponse {
    let state = request.app_data::<Data<State>>();
    if let Some(answer) = dashboard::answer_of(fault, request) {
        return with_headers(answer, fault);
    }
    let frame = frame(request, state);
    let is_in_play = state.is_some_and(|state| Jar::HandOver.read(request, state).is_some());
    let back = match state.and_then(|state| Departure::read(request, state)) {
        Some(departure) => WayBack::Dashboard(departure.page().to_owned()),
        None if is_in_play => WayBack::Access,
        None => WayBack::Credentials,
    };
    let error = |error| ErrorPage {
        frame: frame.clone(),
        error,
        reference: request_id(request),
    };
    let problem = |problem| {
        respond::page(&SignInProblemPage {
            frame: frame.clone(),
            problem,
            back: back.clone(),
        })
    };
    let page = match fault {
        PageFault::NotFound => respond::page(&error(PageError::NotFound)),
        PageFault::UnknownLink => respond::page(&ClosedLinkPage {
            frame: frame.clone(),
            reason: ClosedLink::Unknown,
        }),
        PageFault::MethodNotAllowed(_) => respond::page(&error(PageError::MethodNotAllowed)),
        PageFault::ForeignForm => respond::page(&error(PageError::Forbidden)),
        PageFault::BadForm => respond::page(&error(PageError::BadForm)),
        PageFault::TooSlow => respond::page(&error(PageError::TooSlow)),
        PageFault::TooLarge => respond::page(&error(PageError::TooLarge)),
        PageFault::TooOften(too_often) => respond::page(&error(PageError::TooManyRequests {
            retry_after: too_often.seconds,
        })),
        PageFault::NothingHandedOver => problem(SignInProblem::HandOverExpired),
        PageFault::UnknownSignIn => problem(SignInProblem::Over),
        PageFault::Declined(provider) => problem(SignInProblem::Declined {
            provider: provider.clone(),
        }),
        PageFault::InvalidSignIn(provider) => problem(SignInProblem::Unproven {
            provider: provider.clone(),
        }),
        PageFault::ProviderUnavailable(provider) => problem(SignInProblem::Unreachable {
            provider: provider.clone(),
        }),
        PageFault::Busy => respond::page(&error(PageError::Busy)),
        PageFault::Unavailable => respond::page(&error(PageError::Unavailable)),
        // Only the dashboard says these, and answers them itself.
        PageFault::SignInFirst { .. }
        | PageFault::SecondFactorFirst { .. }
        | PageFault::ProveFirst { .. }
        | PageFault::RightLacking
        | PageFault::Overtaken
        | PageFault::Internal => respond::page(&error(PageError::Internal)),
    };
    with_headers(
        page.unwrap_or_else(|fault| HttpResponse::new(fault.status())),
        fault,
    )
}

/// What goes with some of them: which methods are taken, and when to try again.
fn with_headers(mut response: HttpResponse, fault: &PageFault) -> HttpResponse {
    let header = match fault {
        PageFault::MethodNotAllowed(allowed) => Some((ALLOW, (*allowed).to_owned())),
        PageFault::TooOften(too_often) => Some((RETRY_AFTER, too_often.seconds.to_string())),
        PageFault::Busy | PageFault::Unavailable | PageFault::ProviderUnavailable(_) => {
            Some((RETRY_AFTER, "5".to_owned()))
        }
        _ => None,
    };
    if let Some((name, value)) = header
        && let Ok(value) = value.try_into()
    {
        response.headers_mut().insert(name, value);
    }
    response
}

#[cfg(test)]
mod tests {
    use actix_web::{body::to_bytes, test::TestRequest};

    use super::*;
    use crate::page::rate::TooOften;

    /// Every fault, and some words of its page.
    fn faults() -> Vec<(PageFault, &'static str)> {
        let provider = || "Example".to_owned();
        vec![
            (PageFault::NotFound, "There is no such page"),
            (PageFault::UnknownLink, "This link opens nothing"),
            (PageFault::NothingHandedOver, "Open the link in your mail again"),
            (PageFault::ForeignForm, "came from elsewhere"),
            (PageFault::BadForm, "This form cannot be read"),
            (PageFault::TooLarge, "too much at once"),
            (PageFault::TooSlow, "did not arrive in time"),
            (PageFault::TooOften(TooOften { seconds: 7 }), "in 7 seconds"),
            (PageFault::UnknownSignIn, "This sign-in is over"),
            (PageFault::Declined(provider()), "You did not connect"),
            (PageFault::InvalidSignIn(provider()), "could not be recognized"),
            (PageFault::ProviderUnavailable(provider()), "cannot be reached"),
            (PageFault::MethodNotAllowed("GET"), "cannot be used that way"),
            (PageFault::Busy, "Too much is being drawn"),
            (PageFault::Unavailable, "cannot reach its records"),
            (PageFault::Internal, "Something failed here"),
        ]
    }

    #[actix_web::test]
    async fn a_page_says_what_its_status_says() {
        for (fault, words) in faults() {
            let page = written(&fault, &TestRequest::get().to_http_request());
            assert_eq!(page.status(), fault.status(), "{fault:?}");
            let bytes = to_bytes(page.into_body()).await.unwrap();
            let html = String::from_utf8_lossy(&bytes);
            assert!(html.contains(words), "{fault:?}: {html}");
        }
    }
}
