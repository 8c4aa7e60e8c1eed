//! A new password, in the place of one that was forgotten.

use actix_web::HttpResponse;
use symbolon_domain::{
    administrator::Member,
    administrator_session::Stage,
    port::administrators::Redeeming,
    service::administration::links::{OfferedProof, RedeemLink, RedeemOutcome},
};

use super::Guest;
use crate::{
    page::{
        dashboard::{next::Next, sign_in::seated, typed::Typed},
        fault::PageFault,
        form::Form,
        respond::page,
    },
    view::dashboard::{Field, NewPasswordPage, StaleLink},
};

pub(super) fn show(guest: &Guest<'_>, member: &Member) -> Result<HttpResponse, PageFault> {
    form_page(guest, member, Field::default())
}

pub(super) async fn enter(
    guest: &Guest<'_>,
    member: &Member,
    form: &Form,
) -> Result<HttpResponse, PageFault> {
    let about = [
        member.administrator.called(),
        member.administrator.mail.as_str(),
        member.organization.name.as_str(),
    ];
    let password = Typed::password(form, "password", &about);
    let Some(given) = password.value else {
        return form_page(guest, member, password.field);
    };
    let redeeming = RedeemLink {
        link: guest.link,
        name: None,
        proof: OfferedProof::Password(given),
        visit: guest.visit.signing_in(guest.request, guest.state),
    };
    redeemed(guest, redeeming, StaleLink::PasswordUsed).await
}

/// Uses the link up, and lets the browser in; says `used` where somebody was faster.
pub(super) async fn redeemed(
    guest: &Guest<'_>,
    redeeming: RedeemLink<'_>,
    used: StaleLink,
) -> Result<HttpResponse, PageFault> {
    let state = guest.state;
    match redeeming.run(&state.ports, state.proving()).await? {
        RedeemOutcome::SignedIn(secret) => Ok(seated(state, &secret, Stage::Full, &Next::default())),
        RedeemOutcome::SecondFactor(secret) => {
            Ok(seated(state, &secret, Stage::SecondFactor, &Next::default()))
        }
        RedeemOutcome::Not(Redeeming::LinkSpent) => guest.stale(used),
        RedeemOutcome::Not(_) => guest.stale(StaleLink::Spent),
    }
}

fn form_page(guest: &Guest<'_>, member: &Member, password: Field) -> Result<HttpResponse, PageFault> {
    page(&NewPasswordPage {
        frame: guest.frame(),
        mail: member.administrator.mail.to_string(),
        password,
    })
}
