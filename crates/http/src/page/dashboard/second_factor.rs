//! `/dashboard/second-factor`: the code of an authenticator app, or a recovery code.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Payload},
};
use symbolon_domain::{
    administrator_session::Stage,
    secret::AdministratorSessionSecret,
    service::administration::{
        password_sign_in::SigningIn,
        second_factor::{GiveCode, half_way},
    },
};

use super::{
    next::Next,
    sign_in::{seated, too_soon, with_next},
    visit::{Visit, query},
};
use crate::{
    State,
    client_address::client_address,
    page::{
        fault::PageFault,
        respond::{page, see_page},
    },
    view::dashboard::{Field, Problem, Refusal, SecondFactorPage, paths},
};

pub(crate) async fn show(state: Data<State>, request: HttpRequest) -> Result<HttpResponse, PageFault> {
    let visit = Visit::of(&request, &state);
    let next = Next::read(query(&request, "next").as_deref());
    let is_half_way = match visit.session() {
        Some(half) => half_way(&state.ports, half).await?.is_some(),
        None => false,
    };
    if is_half_way {
        form(&visit, &request, &state, &next, Field::default(), None)
    } else {
        Ok(see_page(&state, &with_next(paths::SIGN_IN, &next), Vec::new()))
    }
}

pub(crate) async fn give(
    state: Data<State>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, PageFault> {
    let visit = Visit::of(&request, &state);
    let fields = visit.form(&request, &state, payload).await?;
    state.rates.dashboard_sign_in(client_address(&request, &state))?;
    let next = Next::read(fields.text("next"));
    let Some(half) = visit.session() else {
        return Ok(see_page(&state, &with_next(paths::SIGN_IN, &next), Vec::new()));
    };
    let code = fields.text("code").unwrap_or_default();
    match given(&visit, half, code, &request, &state).await? {
        Some(SigningIn::SignedIn(secret)) => Ok(seated(&state, &secret, Stage::Full, &next)),
        Some(SigningIn::TooSoon { from }) => {
            let refusal = too_soon(from, state.ports.clock.now());
            form(&visit, &request, &state, &next, Field::default(), Some(refusal))
        }
        Some(SigningIn::Wrong | SigningIn::SecondFactor(_)) => {
            let code = Field::default().with(Problem::WrongCode);
            form(&visit, &request, &state, &next, code, None)
        }
        // The password was given too long ago.
        None => Ok(see_page(&state, &with_next(paths::SIGN_IN, &next), Vec::new())),
    }
}

async fn given(
    visit: &Visit,
    half: &AdministratorSessionSecret,
    code: &str,
    request: &HttpRequest,
    state: &State,
) -> Result<Option<SigningIn>, PageFault> {
    let giving = GiveCode {
        half,
        code,
        visit: visit.signing_in(request, state),
    };
    Ok(giving.run(&state.ports, state.proving()).await?)
}

fn form(
    visit: &Visit,
    request: &HttpRequest,
    state: &State,
    next: &Next,
    code: Field,
    refusal: Option<Refusal>,
) -> Result<HttpResponse, PageFault> {
    page(&SecondFactorPage {
        frame: visit.frame(request, state),
        code,
        next: next.carried(),
        refusal,
    })
}
