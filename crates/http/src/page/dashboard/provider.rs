//! The buttons that send administrators to a sign-in provider: to sign in, to accept an invitation, to prove again who they
//! are, and to connect an account.
//!
//! Each says what for when it is pressed, and that is kept here: the way back is the recipients', and the provider learns
//! nothing of it.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Payload},
};
use symbolon_domain::{
    service::{administration::links::invitation, begin_sign_in::BeginSignIn},
    sign_in::{AdministratorPurpose, Audience, SignInPurpose},
    social_profile::ProviderId,
};

use super::{departure::Departure, desk::Desk, next::Next, visit::Visit};
use crate::{
    State,
    client_address::client_address,
    page::{access::send_away, fault::PageFault, form::Form, present, respond::see_page, visitor::browser},
    view::{self, dashboard::paths},
};

/// `POST /dashboard/sign-in/provider`.
pub(crate) async fn sign_in(
    state: Data<State>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, PageFault> {
    let visit = Visit::of(&request, &state);
    let form = visit.form(&request, &state, payload).await?;
    let departure = Departure::from(paths::SIGN_IN, &Next::read(form.text("next")));
    leave(AdministratorPurpose::SignIn, &departure, &form, &request, &state).await
}

/// `POST /dashboard/welcome/provider`.
pub(crate) async fn join(
    state: Data<State>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, PageFault> {
    let visit = Visit::of(&request, &state);
    let form = visit.form(&request, &state, payload).await?;
    let link = match visit.link() {
        Some(secret) => invitation(&state.ports, secret).await?,
        None => None,
    };
    let Some(link) = link else {
        // It says why the link leads nowhere.
        return Ok(see_page(&state, paths::WELCOME, Vec::new()));
    };
    let departure = Departure::from(paths::WELCOME, &Next::default());
    leave(
        AdministratorPurpose::Join(link),
        &departure,
        &form,
        &request,
        &state,
    )
    .await
}

/// `POST /dashboard/confirm/provider`.
pub(crate) async fn prove_again(desk: Desk, payload: Payload) -> Result<HttpResponse, PageFault> {
    let form = desk.form(payload).await?;
    let purpose = AdministratorPurpose::ProveAgain(desk.administrator.session.id);
    let departure = Departure::from(paths::CONFIRM, &Next::read(form.text("next")));
    leave(purpose, &departure, &form, desk.request(), &desk.state).await
}

/// `POST /dashboard/settings/account/connect`.
pub(crate) async fn connect(desk: Desk, payload: Payload) -> Result<HttpResponse, PageFault> {
    let form = desk.form(payload).await?;
    let purpose = AdministratorPurpose::Connect(desk.administrator.id());
    let departure = Departure::from(paths::ACCOUNT, &Next::default());
    leave(purpose, &departure, &form, desk.request(), &desk.state).await
}

/// Sends the browser to the provider that a form names.
async fn leave(
    purpose: AdministratorPurpose,
    departure: &Departure,
    form: &Form,
    request: &HttpRequest,
    state: &State,
) -> Result<HttpResponse, PageFault> {
    state.rates.sign_in(client_address(request, state))?;
    let provider = form.text("provider").and_then(ProviderId::parse);
    let provider = provider.ok_or(PageFault::BadForm)?;
    let begun = BeginSignIn {
        provider: &provider,
        purpose: SignInPurpose::Administrator(purpose),
        browser: browser(request, state),
    };
    let mut away = send_away(begun, state).await?;
    Ok(away.cookie(departure.kept(state)).finish())
}

/// The providers that administrators may sign in with, and the origins that their buttons lead to.
pub(super) async fn offered(state: &State) -> (Vec<view::Provider>, Vec<String>) {
    present::providers(state.sign_in.providers(Audience::Administrators).await)
}

/// Of these the one with which somebody has connected their account, as far as it is still offered.
pub(super) async fn connected(
    provider: Option<&ProviderId>,
    state: &State,
) -> (Vec<view::Provider>, Vec<String>) {
    let Some(provider) = provider else {
        return (Vec::new(), Vec::new());
    };
    let offered = state.sign_in.providers(Audience::Administrators).await;
    present::providers(offered.into_iter().filter(|one| one.id == *provider).collect())
}
