//! An invitation: somebody says what they are called, chooses a password, and is in.

use actix_web::HttpResponse;
use symbolon_domain::{
    administrator::Member,
    service::administration::links::{OfferedProof, RedeemLink},
    text::PersonName,
};

use super::{Guest, new_password::redeemed};
use crate::{
    page::{
        dashboard::{desk::role, typed::Typed},
        fault::PageFault,
        form::Form,
        respond::page,
    },
    view::dashboard::{Field, InvitationPage, StaleLink},
};

pub(super) fn show(guest: &Guest<'_>, member: &Member) -> Result<HttpResponse, PageFault> {
    form_page(guest, member, Field::default(), Field::default())
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
        return form_page(guest, member, name.field, password.field);
    };
    let redeeming = RedeemLink {
        link: guest.link,
        name: Some(name_given),
        proof: OfferedProof::Password(password_given),
        visit: guest.visit.signing_in(guest.request, guest.state),
    };
    redeemed(guest, redeeming, StaleLink::InvitationUsed).await
}

fn form_page(
    guest: &Guest<'_>,
    member: &Member,
    name: Field,
    password: Field,
) -> Result<HttpResponse, PageFault> {
    page(&InvitationPage {
        frame: guest.frame(),
        organization: member.organization.name.to_string(),
        role: role(member.administrator.role),
        mail: member.administrator.mail.to_string(),
        name,
        password,
        providers: Vec::new(),
    })
}
