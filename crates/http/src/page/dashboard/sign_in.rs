//! `/dashboard/sign-in`: with a mail address and a password.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Payload},
};
use symbolon_domain::{
    administrator_session::Stage,
    password::Password,
    secret::AdministratorSessionSecret,
    service::administration::{
        password_sign_in::{PasswordSignIn, SigningIn},
        sessions::resume,
    },
    text::MailAddress,
    time::Timestamp,
};

use super::{
    next::Next,
    provider::offered,
    visit::{Visit, query},
};
use crate::{
    State,
    bearer::origin,
    client_address::client_address,
    page::{
        cookie::Jar,
        fault::PageFault,
        respond::{page_with_providers, see_page},
    },
    view::{
        Moment,
        dashboard::{DashboardSignInPage, Field, Refusal, paths},
    },
};

pub(crate) async fn show(state: Data<State>, request: HttpRequest) -> Result<HttpResponse, PageFault> {
    let visit = Visit::of(&request, &state);
    let next = Next::read(query(&request, "next").as_deref());
    if let Some(secret) = visit.session()
        && resume(&state.ports, secret, origin(&request, &state))
            .await?
            .is_some()
    {
        return Ok(see_page(&state, next.as_str(), Vec::new()));
    }
    form(&visit, &request, &state, String::new(), &next, None).await
}

pub(crate) async fn sign_in(
    state: Data<State>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, PageFault> {
    let visit = Visit::of(&request, &state);
    let fields = visit.form(&request, &state, payload).await?;
    state.rates.dashboard_sign_in(client_address(&request, &state))?;
    let next = Next::read(fields.text("next"));
    let typed = fields.text("mail").unwrap_or_default();
    let refused = |refusal| form(&visit, &request, &state, typed.to_owned(), &next, Some(refusal));
    let mail = MailAddress::parse(typed);
    let password = Password::typed(fields.text("password").unwrap_or_default());
    let (Ok(mail), Some(password)) = (mail, password) else {
        return refused(Refusal::Wrong).await;
    };
    let signing_in = PasswordSignIn {
        mail: &mail,
        password,
        visit: visit.signing_in(&request, &state),
    };
    match signing_in.run(&state.ports, state.proving()).await? {
        SigningIn::SignedIn(secret) => Ok(seated(&state, &secret, Stage::Full, &next)),
        SigningIn::SecondFactor(secret) => Ok(seated(&state, &secret, Stage::SecondFactor, &next)),
        SigningIn::Wrong => refused(Refusal::Wrong).await,
        SigningIn::TooSoon { from } => refused(too_soon(from, state.ports.clock.now())).await,
    }
}

/// Sends a browser on that has come so far, with what lets it in again.
pub(super) fn seated(
    state: &State,
    secret: &AdministratorSessionSecret,
    stage: Stage,
    next: &Next,
) -> HttpResponse {
    let cookie = Jar::Dashboard.filled(secret.expose().to_owned(), state);
    let cookies = vec![cookie, Jar::Welcome.emptied(state)];
    match stage {
        Stage::Full => see_page(state, next.as_str(), cookies),
        Stage::SecondFactor => see_page(state, &with_next(paths::SECOND_FACTOR, next), cookies),
    }
}

/// A page before signing in that leads on to another.
pub(super) fn with_next(path: &str, next: &Next) -> String {
    let carried = next.carried();
    if carried.is_empty() {
        return path.to_owned();
    }
    let query: String = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("next", &carried)
        .finish();
    format!("{path}?{query}")
}

/// Why nobody may try yet.
pub(super) fn too_soon(from: Timestamp, now: Timestamp) -> Refusal {
    let millis = from.as_millis().saturating_sub(now.as_millis());
    let seconds = u64::try_from(millis).unwrap_or(0).div_ceil(1_000);
    Refusal::TooMany {
        retry_after: seconds,
        until: Moment::of(from),
    }
}

/// Asks again, after a provider that has not let somebody in.
pub(super) async fn refused(
    visit: &Visit,
    request: &HttpRequest,
    state: &State,
    next: &Next,
    refusal: Refusal,
) -> Result<HttpResponse, PageFault> {
    form(visit, request, state, String::new(), next, Some(refusal)).await
}

async fn form(
    visit: &Visit,
    request: &HttpRequest,
    state: &State,
    mail: String,
    next: &Next,
    refusal: Option<Refusal>,
) -> Result<HttpResponse, PageFault> {
    let (providers, origins) = offered(state).await;
    let view = DashboardSignInPage {
        frame: visit.frame(request, state),
        mail: Field::of(mail),
        next: next.carried(),
        providers,
        refusal,
    };
    page_with_providers(&view, &origins)
}
