//! An invitation: somebody says what they are called and chooses a password, or comes with an account at a provider, and is
//! in.

use actix_web::HttpResponse;
use symbolon_domain::{
    administrator::Member,
    service::administration::links::{OfferedProof, RedeemLink},
    text::PersonName,
};

use super::{Guest, new_password::redeemed};
use crate::{
    page::{
        dashboard::{desk::role, provider::offered, typed::Typed},
        fault::PageFault,
        form::Form,
        respond::page_with_providers,
    },
    view::dashboard::{Field, InvitationPage, Refusal, StaleLink},
};

pub(super) async fn show(
    guest: &Guest<'_>,
    member: &Member,
    refusal: Option<Refusal>,
) -> Result<HttpResponse, PageFault> {
    form_page(guest, member, Field::default(), Field::default(), refusal).await
}

pub(super) async fn enter(
    guest: &Guest<'_>,
    member: &Member,
    form: &Form,
) -> Result<HttpResponse, PageFault> {
    let name = Typed::needed(form, "name", PersonName::parse);
    let about = [
        form.text("name").unwrap_or_default(),
        member.administrator.mail.as_str(),
        member.organization.name.as_str(),
    ];
    let password = Typed::password(form, "password", &about);
    let (Some(name_given), Some(password_given)) = (name.value, password.value) else {
        return form_page(guest, member, name.field, password.field, None).await;
    };
    let redeeming = RedeemLink {
        link: guest.link,
        name: Some(name_given),
        proof: OfferedProof::Password(password_given),
        visit: guest.visit.signing_in(guest.request, guest.state),
    };
    redeemed(guest, redeeming, StaleLink::InvitationUsed).await
}

async fn form_page(
    guest: &Guest<'_>,
    member: &Member,
    name: Field,
    password: Field,
    refusal: Option<Refusal>,
) -> Result<HttpResponse, PageFault> {
    let (providers, origins) = offered(guest.state).await;
    let view = InvitationPage {
        frame: guest.frame(),
        organization: member.organization.name.to_string(),
        role: role(member.administrator.role),
        mail: member.administrator.mail.to_string(),
        name,
        password,
        providers,
        refusal,
    };
    page_with_providers(&view, &origins)
}
