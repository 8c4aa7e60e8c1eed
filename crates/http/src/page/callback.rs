//! `GET /sign-in/{provider}/callback`: the way back from a provider. The only request that binds.
//!
//! Recipients and administrators come back to the same address, so that operators register one with each provider. What the
//! sign-in was begun for decides where they go on, and nothing that comes with the request does.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path, Query},
};
use serde::Deserialize;
use symbolon_domain::{
    port::sign_in::Callback,
    secret::SignInSecret,
    service::{
        enter::Arrival,
        finish_sign_in::{FinishSignIn, Finished, ReturnedRecipient},
    },
    sign_in::SignInPurpose,
    social_profile::ProviderId,
};

use super::{
    access::own,
    cookie::Jar,
    dashboard,
    fault::PageFault,
    provider_name,
    respond::see_page,
    visitor::{Visitor, browser},
};
use crate::{State, bearer::origin, view::paths};

/// What a provider sends back. Its words about an error are never shown nor logged.
#[derive(Deserialize)]
pub(crate) struct Answer {
    state: Option<String>,
    code: Option<String>,
    iss: Option<String>,
    error: Option<String>,
}

pub(crate) async fn finish(
    state: Data<State>,
    path: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, PageFault> {
    let answer = Query::<Answer>::from_query(request.query_string())
        .map_err(|_| PageFault::UnknownSignIn)?
        .into_inner();
    let provider = ProviderId::parse(&path).ok_or(PageFault::NotFound)?;
    let sign_in = answer
        .state
        .as_deref()
        .and_then(|text| SignInSecret::parse(text).ok());
    let sign_in = sign_in.ok_or(PageFault::UnknownSignIn)?;
    let browser = browser(&request, &state).ok_or(PageFault::UnknownSignIn)?;
    // Nothing but an error means that the person declined, or that the provider did; it is the same to us.
    let callback = match (answer.error, answer.code) {
        (Some(_), _) => None,
        (None, Some(code)) => Some(Callback {
            code,
            issuer: answer.iss,
        }),
        (None, None) => return Err(PageFault::UnknownSignIn),
    };
    let visitor = Visitor::of(&request, &state).await?;

    let finish = FinishSignIn {
        provider: &provider,
        state: &sign_in,
        browser: &browser,
        callback: callback.as_ref(),
    };
    match finish.run(&state.ports, state.sign_in.as_ref()).await {
        Ok(Finished::Recipient(returned)) => enter(returned, &visitor, &request, &state).await,
        Ok(Finished::Administrator(returned)) => {
            dashboard::come_back(returned, &provider, &request, &state).await
        }
        Err(error) => {
            let (purpose, fault) = PageFault::of_finish(error, provider_name(&state, &provider));
            match purpose {
                Some(SignInPurpose::Administrator(purpose)) => {
                    dashboard::come_back_unproven(purpose, &provider, &request, &state).await
                }
                Some(SignInPurpose::Recipient(_)) | None => Err(fault),
            }
        }
    }
}

/// Lets a recipient in, and leads them to what they came for.
async fn enter(
    returned: ReturnedRecipient,
    visitor: &Visitor,
    request: &HttpRequest,
    state: &State,
) -> Result<HttpResponse, PageFault> {
    let origin = origin(request, state);
    let entered = returned.enter(&state.ports, visitor.session_secret(), &origin);
    let signed_in = entered.await?;
    let session = Jar::Session.filled(signed_in.session.expose().to_owned(), state);
    Ok(match signed_in.arrival {
        Arrival::Holdings => see_page(state, paths::CREDENTIALS, vec![session]),
        Arrival::Credential { dossier, is_new } => {
            let query = if is_new { "?claimed" } else { "" };
            let cookies = vec![session, Jar::HandOver.emptied(state)];
            see_page(state, &format!("{}{query}", own(&dossier)), cookies)
        }
        // The access page says why: it has the token still, and now knows who was refused.
        Arrival::Refused(..) | Arrival::Gone => see_page(state, paths::ACCESS, vec![session]),
    })
}
