//! `/access`: where a mailed link leads. The choice of a profile, or why there is none.

use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder,
    web::{Data, Payload},
};
use symbolon_domain::service::{begin_sign_in::BeginSignIn, request_reset::RequestReset};
use symbolon_domain::{
    access_token::{AccessState, ClaimStanding, Dossier, LinkStanding, Refusal},
    sign_in::{Audience, SignInPurpose},
    social_profile::{Connection, ProviderId},
};

use super::{
    cookie::Jar,
    fault::PageFault,
    form::Form,
    newer_mail, present, profile, provider_name,
    respond::{page, page_with_providers, see_other, see_page},
    visitor::{Visitor, browser},
};
use crate::{
    State,
    bearer::origin,
    client_address::client_address,
    view::{
        AccessOffer, AccessPage, ClosedLink, ClosedLinkPage, Frame, InUse, Moment, SignInProblem,
        SignInProblemPage, WayBack, paths,
    },
};

/// The access page of the token that was handed over.
pub(crate) async fn show(state: Data<State>, request: HttpRequest) -> Result<HttpResponse, PageFault> {
    let mut visitor = Visitor::of(&request, &state).await?;
    let dossier = visitor.dossier(&state).await?;
    visitor.speak_as(dossier.recipient.locale);
    // Somebody who was refused wants to choose again.
    let chooses = request.query_string() == "choose";

    match dossier.link() {
        LinkStanding::Closed(refusal) => closed(&visitor, &dossier, &refusal, &state).await,
        LinkStanding::Claimed => match visitor.connection() {
            Some(connection) if !chooses => match dossier.claim_by(&connection.profile) {
                ClaimStanding::AlreadyYours => Ok(see_page(&state, &own(&dossier), Vec::new())),
                ClaimStanding::Refused(Refusal::AccessRevoked) => {
                    shut_out(&visitor, connection, &dossier, &state)
                }
                ClaimStanding::Refused(refusal) => closed(&visitor, &dossier, &refusal, &state).await,
                // Claimed, so that nobody may claim it.
                ClaimStanding::MayClaim => Err(PageFault::Internal),
            },
            _ if dossier.token.state() == AccessState::Revoked => {
                choice(&visitor, &dossier, AccessOffer::ReturnAfterRevocation, &state).await
            }
            _ => choice(&visitor, &dossier, AccessOffer::Return, &state).await,
        },
        LinkStanding::Free => choice(&visitor, &dossier, AccessOffer::Claim, &state).await,
    }
}

/// The button: sends the browser to the provider it names. Nothing is bound by it.
pub(crate) async fn connect(
    state: Data<State>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, PageFault> {
    let mut visitor = Visitor::of(&request, &state).await?;
    let form = Form::read(&request, payload).await?;
    visitor.check_form(&request, &state, form.text("csrf"))?;
    let dossier = visitor.dossier(&state).await?;
    visitor.speak_as(dossier.recipient.locale);
    if let LinkStanding::Closed(refusal) = dossier.link() {
        return closed(&visitor, &dossier, &refusal, &state).await;
    }
    state.rates.sign_in(client_address(&request, &state))?;
    begin(&request, &state, &form, Some(&dossier)).await
}

/// Begins a sign-in with the provider that a form names.
pub(super) async fn begin(
    request: &HttpRequest,
    state: &State,
    form: &Form,
    dossier: Option<&Dossier>,
) -> Result<HttpResponse, PageFault> {
    let provider = form.text("provider").and_then(ProviderId::parse);
    let provider = provider.ok_or(PageFault::BadForm)?;
    let begun = BeginSignIn {
        provider: &provider,
        purpose: SignInPurpose::Recipient(dossier.map(|dossier| dossier.token.id)),
        browser: browser(request, state),
    };
    let mut away = send_away(begun, state).await?;
    // Whoever comes back goes on here, and not to the dashboard.
    if Jar::Departure.read(request, state).is_some() {
        away.cookie(Jar::Departure.emptied(state));
    }
    Ok(away.finish())
}

/// Sends the browser to a provider.
pub(super) async fn send_away(
    begun: BeginSignIn<'_>,
    state: &State,
) -> Result<HttpResponseBuilder, PageFault> {
    let provider = begun.provider;
    let begun = begun
        .run(&state.ports, state.sign_in.as_ref())
        .await
        .map_err(|error| PageFault::of_begin(error, provider_name(state, provider)))?;
    let mut away = see_other(&begun.location);
    away.cookie(Jar::SignIn.filled(begun.browser.expose().to_owned(), state));
    Ok(away)
}

/// Asks the issuer of a token that another profile has claimed for a reset.
pub(crate) async fn request_reset(
    state: Data<State>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, PageFault> {
    let visitor = Visitor::of(&request, &state).await?;
    let form = Form::read(&request, payload).await?;
    visitor.check_form(&request, &state, form.text("csrf"))?;
    let dossier = visitor.dossier(&state).await?;
    // Whoever holds the credential has no need to, and the page says what else is the matter.
    let is_refused = visitor.connection().is_none_or(|connection| {
        dossier.claim_by(&connection.profile) == ClaimStanding::Refused(Refusal::InUseByAnother)
    });
    if is_refused && dossier.link() == LinkStanding::Claimed {
        let request = RequestReset {
            dossier: &dossier,
            connection: visitor.connection(),
            origin: origin(&request, &state),
        };
        request.run(&state.ports).await?;
    }
    Ok(see_page(&state, paths::ACCESS, Vec::new()))
}

/// The address of the holder's view.
pub(super) fn own(dossier: &Dossier) -> String {
    format!("{}/{}", paths::CREDENTIALS, dossier.recipient.id)
}

async fn choice(
    visitor: &Visitor,
    dossier: &Dossier,
    offer: AccessOffer,
    state: &State,
) -> Result<HttpResponse, PageFault> {
    let frame = visitor.frame(state);
    let (providers, origins) = present::providers(state.sign_in.providers(Audience::Recipients).await);
    if providers.is_empty() {
        return no_provider(frame, WayBack::Access);
    }
    let view = AccessPage {
        frame,
        offer,
        kind: present::kind(dossier.template.kind),
        title: dossier.template.name.to_string(),
        issuer: present::issuer(&dossier.organization),
        first_name: dossier.recipient.first_name.to_string(),
        standing: present::standing(dossier, state.ports.clock.now()),
        providers,
    };
    page_with_providers(&view, &origins)
}

/// What is shown while no provider is configured.
pub(super) fn no_provider(frame: Frame, back: WayBack) -> Result<HttpResponse, PageFault> {
    page(&SignInProblemPage {
        frame,
        problem: SignInProblem::NoProvider,
        back,
    })
}

fn in_use(visitor: &Visitor, dossier: &Dossier, state: &State) -> Result<HttpResponse, PageFault> {
    let reason = ClosedLink::InUse(InUse {
        issuer: present::issuer(&dossier.organization),
        kind: present::kind(dossier.template.kind),
        refused: visitor.connection().map(|connection| profile(state, connection)),
        asked_at: dossier
            .token
            .reset_request
            .as_ref()
            .map(|request| Moment::of(request.at)),
    });
    page(&ClosedLinkPage {
        frame: visitor.frame(state),
        reason,
    })
}

/// Somebody else than the bound profile, after access was revoked.
fn shut_out(
    visitor: &Visitor,
    connection: &Connection,
    dossier: &Dossier,
    state: &State,
) -> Result<HttpResponse, PageFault> {
    page(&ClosedLinkPage {
        frame: visitor.frame(state),
        reason: ClosedLink::ShutOut {
            issuer: present::issuer(&dossier.organization),
            kind: present::kind(dossier.template.kind),
            refused: profile(state, connection),
        },
    })
}

async fn closed(
    visitor: &Visitor,
    dossier: &Dossier,
    refusal: &Refusal,
    state: &State,
) -> Result<HttpResponse, PageFault> {
    let reason = match refusal {
        Refusal::InUseByAnother => return in_use(visitor, dossier, state),
        Refusal::Replaced { .. } => ClosedLink::Replaced {
            issuer: present::issuer(&dossier.organization),
            sent_at: newer_mail::sent_at(dossier, state).await?.map(Moment::of),
        },
        _ => present::closed(dossier, refusal).ok_or(PageFault::Internal)?,
    };
    page(&ClosedLinkPage {
        frame: visitor.frame(state),
        reason,
    })
}
