//! `/dashboard/confirm`: who is signed in proves it again, before an act that reveals or decides much.

use actix_web::{HttpResponse, web::Payload};
use symbolon_domain::{
    administrator_session::Stage,
    password::Password,
    service::administration::password_sign_in::{ProveAgain, SigningIn},
};

use super::{
    desk::Desk,
    next::Next,
    sign_in::{seated, too_soon},
    visit::query,
};
use crate::{
    client_address::client_address,
    page::{fault::PageFault, respond::page},
    view::dashboard::{ConfirmPage, ConfirmReason, Field, Problem, Refusal, paths},
};

pub(crate) async fn show(desk: Desk) -> Result<HttpResponse, PageFault> {
    let next = Next::read(query(desk.request(), "next").as_deref());
    form(&desk, &next, None, None)
}

pub(crate) async fn confirm(desk: Desk, payload: Payload) -> Result<HttpResponse, PageFault> {
    let fields = desk.form(payload).await?;
    let next = Next::read(fields.text("next"));
    let state = &desk.state;
    state
        .rates
        .dashboard_sign_in(client_address(desk.request(), state))?;
    let Some(password) = Password::typed(fields.text("password").unwrap_or_default()) else {
        return form(&desk, &next, Some(Problem::Missing), None);
    };
    let proving = ProveAgain {
        administrator: &desk.administrator,
        password,
        code: fields.text("code"),
        visit: desk.visit.signing_in(desk.request(), state),
    };
    match proving.run(&state.ports, state.proving()).await? {
        SigningIn::SignedIn(secret) => Ok(seated(state, &secret, Stage::Full, &next)),
        SigningIn::TooSoon { from } => form(&desk, &next, None, Some(too_soon(from, desk.now()))),
        SigningIn::Wrong | SigningIn::SecondFactor(_) => {
            form(&desk, &next, Some(Problem::WrongPassword), None)
        }
    }
}

fn form(
    desk: &Desk,
    next: &Next,
    problem: Option<Problem>,
    refusal: Option<Refusal>,
) -> Result<HttpResponse, PageFault> {
    let administrator = &desk.administrator.member.administrator;
    let has_factor = administrator.proofs.second_factor.is_some();
    page(&ConfirmPage {
        frame: desk.visit.frame(desk.request(), &desk.state),
        mail: administrator.mail.to_string(),
        reason: reason(next),
        password: Field {
            problem,
            ..Field::default()
        },
        code: has_factor.then(Field::default),
        next: next.carried(),
        refusal,
    })
}

/// What it is asked for, by where they want to go.
fn reason(next: &Next) -> ConfirmReason {
    let path = next.as_str();
    if path.starts_with(paths::ACCOUNT) {
        ConfirmReason::Account
    } else if path.starts_with(paths::SETTINGS) {
        ConfirmReason::Roles
    } else if path.starts_with(paths::DEVELOPERS) {
        ConfirmReason::Reveal
    } else {
        ConfirmReason::Export
    }
}
