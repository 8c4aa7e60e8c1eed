//! An administrator comes back from a sign-in provider, to what they left for; or it has not proved who they are.

use actix_web::{HttpRequest, HttpResponse};
use symbolon_domain::{
    administrator_session::Stage,
    port::administrators::{ProofChanging, Redeeming},
    service::{
        administration::{
            links::RedeemOutcome,
            password_sign_in::SigningIn,
            provider_return::{Connecting, ProviderReturn, ProvingAgain, ReturnFromProvider},
        },
        finish_sign_in::ReturnedAdministrator,
    },
    sign_in::AdministratorPurpose,
    social_profile::ProviderId,
};

use super::{confirm, departure::Departure, next::Next, sign_in, sign_in::seated, visit::Visit, welcome};
use crate::{
    State,
    page::{cookie::Jar, fault::PageFault, provider_name, respond::see_page},
    view::dashboard::{Outcome, Refusal, paths},
};

/// Somebody whom a provider vouches for comes back to the dashboard.
pub(in crate::page) async fn come_back(
    returned: ReturnedAdministrator,
    provider: &ProviderId,
    request: &HttpRequest,
    state: &State,
) -> Result<HttpResponse, PageFault> {
    let arriving = Arriving::of(provider, request, state);
    let back = ReturnFromProvider {
        returned,
        link: arriving.visit.link(),
        visit: arriving.visit.signing_in(request, state),
    };
    let became = back.run(&state.ports, state.proving()).await?;
    let provider = arriving.provider.clone();
    let answer = match became {
        ProviderReturn::SignIn(signing_in) => match arriving.seated(signing_in) {
            Some(answer) => answer,
            None => arriving.to_sign_in(Refusal::Unknown { provider }).await?,
        },
        ProviderReturn::ProveAgain(proving) => arriving.proved(proving).await?,
        ProviderReturn::Connect(connecting) => arriving.connected(connecting)?,
        ProviderReturn::Join(joining) => arriving.joined(&joining).await?,
        ProviderReturn::NobodyThere => return Err(PageFault::UnknownSignIn),
    };
    Ok(remembered_no_more(answer, state))
}

/// The provider has not said who somebody is, or they did not want it to.
pub(in crate::page) async fn come_back_unproven(
    purpose: AdministratorPurpose,
    provider: &ProviderId,
    request: &HttpRequest,
    state: &State,
) -> Result<HttpResponse, PageFault> {
    let arriving = Arriving::of(provider, request, state);
    let refusal = Refusal::ProviderFailed {
        provider: arriving.provider.clone(),
    };
    let answer = match purpose {
        AdministratorPurpose::SignIn => arriving.to_sign_in(refusal).await?,
        AdministratorPurpose::ProveAgain(_) => arriving.to_confirm(refusal).await?,
        AdministratorPurpose::Connect(_) => arriving.to_account(Outcome::AccountNotConnected),
        AdministratorPurpose::Join(_) => arriving.to_welcome(Some(refusal)).await?,
    };
    Ok(remembered_no_more(answer, state))
}

/// A browser that comes back.
struct Arriving<'a> {
    visit: Visit,
    /// What people call the provider.
    provider: String,
    /// Where they wanted to go.
    next: Next,
    request: &'a HttpRequest,
    state: &'a State,
}

impl<'a> Arriving<'a> {
    fn of(provider: &ProviderId, request: &'a HttpRequest, state: &'a State) -> Self {
        let departure = Departure::read(request, state).unwrap_or_default();
        Self {
            visit: Visit::of(request, state),
            provider: provider_name(state, provider),
            next: departure.next(),
            request,
            state,
        }
    }

    /// On to where they wanted to go, or to the second factor; `None` where nobody is let in.
    fn seated(&self, signing_in: SigningIn) -> Option<HttpResponse> {
        let (secret, stage) = match signing_in {
            SigningIn::SignedIn(secret) => (secret, Stage::Full),
            SigningIn::SecondFactor(secret) => (secret, Stage::SecondFactor),
            SigningIn::Wrong | SigningIn::TooSoon { .. } => return None,
        };
        Some(seated(self.state, &secret, stage, &self.next))
    }

    async fn proved(&self, proving: ProvingAgain) -> Result<HttpResponse, PageFault> {
        let provider = self.provider.clone();
        match proving {
            // Where nobody is let in, what lets them in was changed meanwhile.
            ProvingAgain::Begun(begun) => self.seated(begun).ok_or_else(|| self.sign_in_first()),
            ProvingAgain::AnotherProfile => self.to_confirm(Refusal::AnotherProfile { provider }).await,
            ProvingAgain::Undated => self.to_confirm(Refusal::Undated { provider }).await,
            ProvingAgain::NotAnew => self.to_confirm(Refusal::NotAnew { provider }).await,
        }
    }

    fn connected(&self, connecting: Connecting) -> Result<HttpResponse, PageFault> {
        match connecting {
            Connecting::Tried(ProofChanging::Changed) => Ok(self.to_account(Outcome::AccountConnected)),
            Connecting::Tried(ProofChanging::Overtaken | ProofChanging::ProfileTaken) => {
                Ok(self.to_account(Outcome::AccountNotConnected))
            }
            Connecting::ProveFirst => Err(PageFault::ProveFirst {
                next: paths::ACCOUNT.to_owned(),
            }),
        }
    }

    async fn joined(&self, joining: &RedeemOutcome) -> Result<HttpResponse, PageFault> {
        let (secret, stage) = match joining {
            RedeemOutcome::SignedIn(secret) => (secret, Stage::Full),
            RedeemOutcome::SecondFactor(secret) => (secret, Stage::SecondFactor),
            RedeemOutcome::Not(Redeeming::ProfileTaken) => {
                let provider = self.provider.clone();
                return self.to_welcome(Some(Refusal::Taken { provider })).await;
            }
            RedeemOutcome::Not(_) => return self.to_welcome(None).await,
        };
        // The provider was not asked what they are called.
        let next = format!("{}?done={}", paths::ACCOUNT, Outcome::Joined.code());
        Ok(seated(self.state, secret, stage, &Next::read(Some(&next))))
    }

    async fn to_sign_in(&self, refusal: Refusal) -> Result<HttpResponse, PageFault> {
        sign_in::refused(&self.visit, self.request, self.state, &self.next, refusal).await
    }

    async fn to_confirm(&self, refusal: Refusal) -> Result<HttpResponse, PageFault> {
        let asked = confirm::refused(&self.visit, self.request, self.state, &self.next, refusal);
        asked.await?.ok_or_else(|| self.sign_in_first())
    }

    async fn to_welcome(&self, refusal: Option<Refusal>) -> Result<HttpResponse, PageFault> {
        welcome::refused(&self.visit, self.request, self.state, refusal).await
    }

    fn to_account(&self, outcome: Outcome) -> HttpResponse {
        let to = format!("{}?done={}", paths::ACCOUNT, outcome.code());
        see_page(self.state, &to, Vec::new())
    }

    fn sign_in_first(&self) -> PageFault {
        PageFault::SignInFirst {
            next: self.next.carried(),
            had_session: self.visit.session().is_some(),
        }
    }
}

/// They are back.
fn remembered_no_more(mut answer: HttpResponse, state: &State) -> HttpResponse {
    // A cookie of ours can always be written.
    let _ = answer.add_cookie(&Jar::Departure.emptied(state));
    answer
}
