//! `/dashboard/welcome`: where one-time links lead. The set-up, an invitation, or a new password.

mod join;
mod new_password;
mod set_up;

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Payload},
};
use symbolon_domain::{
    administrator_link::LinkPurpose,
    secret::AdministratorLinkSecret,
    service::administration::links::{LinkFinding, look},
};

use super::visit::Visit;
use crate::{
    State,
    page::{fault::PageFault, form::Form, respond::page},
    view::dashboard::{OutsideFrame, Refusal, StaleLink, StaleLinkPage},
};

/// Somebody with a link, and what it takes to answer them.
struct Guest<'a> {
    visit: &'a Visit,
    link: &'a AdministratorLinkSecret,
    request: &'a HttpRequest,
    state: &'a State,
}

impl Guest<'_> {
    fn frame(&self) -> OutsideFrame {
        self.visit.frame(self.request, self.state)
    }

    fn stale(&self, reason: StaleLink) -> Result<HttpResponse, PageFault> {
        page(&StaleLinkPage {
            frame: self.frame(),
            reason,
        })
    }
}

pub(crate) async fn show(state: Data<State>, request: HttpRequest) -> Result<HttpResponse, PageFault> {
    let visit = Visit::of(&request, &state);
    answer(&visit, &request, &state, None).await
}

pub(crate) async fn enter(
    state: Data<State>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, PageFault> {
    let visit = Visit::of(&request, &state);
    let form = visit.form(&request, &state, payload).await?;
    answer(&visit, &request, &state, Some(&form)).await
}

/// Asks again whoever is invited, after a provider that has not let them join; or says that the link leads nowhere any more.
pub(super) async fn refused(
    visit: &Visit,
    request: &HttpRequest,
    state: &State,
    refusal: Option<Refusal>,
) -> Result<HttpResponse, PageFault> {
    if let Some(link) = visit.link()
        && let LinkFinding::Invitation(member) = look(&state.ports, link).await?
    {
        let guest = Guest {
            visit,
            link,
            request,
            state,
        };
        return join::show(&guest, &member, refusal).await;
    }
    answer(visit, request, state, None).await
}

/// The page that the link leads to, or what its form does.
async fn answer(
    visit: &Visit,
    request: &HttpRequest,
    state: &State,
    form: Option<&Form>,
) -> Result<HttpResponse, PageFault> {
    let Some(link) = visit.link() else {
        return page(&StaleLinkPage {
            frame: visit.frame(request, state),
            reason: StaleLink::Unknown,
        });
    };
    let guest = Guest {
        visit,
        link,
        request,
        state,
    };
    match (look(&state.ports, link).await?, form) {
        (LinkFinding::SetUp, None) => set_up::show(&guest).await,
        (LinkFinding::SetUp, Some(form)) => set_up::enter(&guest, form).await,
        (LinkFinding::Invitation(member), None) => join::show(&guest, &member, None).await,
        (LinkFinding::Invitation(member), Some(form)) => join::enter(&guest, &member, form).await,
        (LinkFinding::NewPassword(member), None) => new_password::show(&guest, &member),
        (LinkFinding::NewPassword(member), Some(form)) => new_password::enter(&guest, &member, form).await,
        (LinkFinding::Expired(LinkPurpose::SetUp), _) => guest.stale(StaleLink::SetUpExpired),
        (LinkFinding::Expired(LinkPurpose::Invitation(_)), _) => guest.stale(StaleLink::InvitationExpired),
        (LinkFinding::Expired(LinkPurpose::NewPassword(_)), _) => guest.stale(StaleLink::PasswordExpired),
        (LinkFinding::Spent, None) => guest.stale(StaleLink::Spent),
        (LinkFinding::Spent, Some(form)) => guest.stale(used(state, form).await?),
    }
}

/// What a link was for whose form was filled in, by that form: it was good when the page was made. Whoever makes up such a form
/// learns nothing from what it says, unless it is that there is an administrator.
async fn used(state: &State, form: &Form) -> Result<StaleLink, PageFault> {
    Ok(
        match (form.text("mail"), form.text("name"), form.text("password")) {
            (Some(_), Some(_), Some(_)) if state.ports.administrators.exist().await? => StaleLink::SetUpDone,
            (None, Some(_), Some(_)) => StaleLink::InvitationUsed,
            (None, None, Some(_)) => StaleLink::PasswordUsed,
            _ => StaleLink::Spent,
        },
    )
}
