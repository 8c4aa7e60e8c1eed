//! `/dashboard/confirm`: who is signed in proves it again, before an act that reveals or decides much.

use actix_web::{HttpRequest, HttpResponse, web::Payload};
use symbolon_domain::{
    administrator::Administrator,
    administrator_session::Stage,
    password::Password,
    service::administration::{
        password_sign_in::{ProveAgain, SigningIn},
        sessions::resume,
    },
};

use super::{
    desk::Desk,
    next::Next,
    provider::connected,
    sign_in::{seated, too_soon},
    visit::{Visit, query},
};
use crate::{
    State,
    bearer::origin,
    client_address::client_address,
    page::{fault::PageFault, respond::page_with_providers},
    view::dashboard::{ConfirmPage, ConfirmReason, Field, OutsideFrame, Problem, Refusal, paths},
};

pub(crate) async fn show(desk: Desk) -> Result<HttpResponse, PageFault> {
    let next = Next::read(query(desk.request(), "next").as_deref());
    again(&desk, &next, None, None).await
}

pub(crate) async fn confirm(desk: Desk, payload: Payload) -> Result<HttpResponse, PageFault> {
    let fields = desk.form(payload).await?;
    let next = Next::read(fields.text("next"));
    let state = &desk.state;
    state
        .rates
        .dashboard_sign_in(client_address(desk.request(), state))?;
    let Some(password) = Password::typed(fields.text("password").unwrap_or_default()) else {
        return again(&desk, &next, Some(Problem::Missing), None).await;
    };
    let proving = ProveAgain {
        administrator: &desk.administrator,
        password,
        code: fields.text("code"),
        visit: desk.visit.signing_in(desk.request(), state),
    };
    match proving.run(&state.ports, state.proving()).await? {
        SigningIn::SignedIn(secret) => Ok(seated(state, &secret, Stage::Full, &next)),
        SigningIn::TooSoon { from } => again(&desk, &next, None, Some(too_soon(from, desk.now()))).await,
        SigningIn::Wrong | SigningIn::SecondFactor(_) => {
            again(&desk, &next, Some(Problem::WrongPassword), None).await
        }
    }
}

/// Asks again, after a provider that has not proved it; `None` where nobody is signed in any more.
pub(super) async fn refused(
    visit: &Visit,
    request: &HttpRequest,
    state: &State,
    next: &Next,
    refusal: Refusal,
) -> Result<Option<HttpResponse>, PageFault> {
    let administrator = match visit.session() {
        Some(secret) => resume(&state.ports, secret, origin(request, state)).await?,
        None => None,
    };
    let Some(administrator) = administrator else {
        return Ok(None);
    };
    let asking = Asking {
        administrator: &administrator.member.administrator,
        frame: visit.frame(request, state),
        next,
        problem: None,
        refusal: Some(refusal),
    };
    asking.page(state).await.map(Some)
}

async fn again(
    desk: &Desk,
    next: &Next,
    problem: Option<Problem>,
    refusal: Option<Refusal>,
) -> Result<HttpResponse, PageFault> {
    let asking = Asking {
        administrator: &desk.administrator.member.administrator,
        frame: desk.visit.frame(desk.request(), &desk.state),
        next,
        problem,
        refusal,
    };
    asking.page(&desk.state).await
}

/// The question, to somebody who is signed in.
struct Asking<'a> {
    administrator: &'a Administrator,
    frame: OutsideFrame,
    next: &'a Next,
    problem: Option<Problem>,
    refusal: Option<Refusal>,
}

impl Asking<'_> {
    async fn page(self, state: &State) -> Result<HttpResponse, PageFault> {
        let proofs = &self.administrator.proofs;
        let known = proofs.connection.as_ref().map(|connection| &connection.provider);
        let (providers, origins) = connected(known, state).await;
        let view = ConfirmPage {
            frame: self.frame,
            mail: self.administrator.mail.to_string(),
            reason: reason(self.next),
            has_password: proofs.password.is_some(),
            password: Field {
                problem: self.problem,
                ..Field::default()
            },
            code: proofs.second_factor.as_ref().map(|_| Field::default()),
            next: self.next.carried(),
            providers,
            refusal: self.refusal,
        };
        page_with_providers(&view, &origins)
    }
}

/// What it is asked for, by where they want to go.
fn reason(next: &Next) -> ConfirmReason {
    let path = next.as_str();
    if path.starts_with(paths::ACCOUNT) {
        ConfirmReason::Account
    } else if path.starts_with(paths::SETTINGS) {
        ConfirmReason::Roles
    } else if path.starts_with(paths::DEVELOPERS) {
        ConfirmReason::Tokens
    } else {
        ConfirmReason::Export
    }
}
