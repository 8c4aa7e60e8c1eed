//! `/dashboard/settings`: what the organization says about itself, and whether tokens are shown again.

use actix_web::{HttpResponse, web::Payload};
use symbolon_domain::{
    administrator::Right,
    organization::{self, OrganizationEdit},
    port::organizations::OrganizationChange,
    service::{
        caller::Authority,
        change_organization::{Change, ChangeOrganization},
    },
    sign_in::Audience,
    text::{MailAddress, OrganizationName, WebAddress},
};

use crate::{
    page::{
        dashboard::{desk::Desk, typed::Typed, visit::query},
        fault::PageFault,
        respond::{scripted_page, see_page},
    },
    view::dashboard::{
        Choice as _, Field, Outcome, QuestionPage, RevealPolicy, Section, SettingsPage, paths,
    },
};

pub(crate) async fn show(desk: Desk) -> Result<HttpResponse, PageFault> {
    let organization = &desk.administrator.member.organization;
    let name = Field::of(organization.name.as_str());
    let contact = Field::of(organization.contact.as_str());
    let url = organization.url.as_ref().map(ToString::to_string);
    let url = Field::of(url.unwrap_or_default());
    page(&desk, name, contact, url).await
}

pub(crate) async fn change(desk: Desk, payload: Payload) -> Result<HttpResponse, PageFault> {
    let form = desk.form(payload).await?;
    let name = Typed::needed(&form, "name", OrganizationName::parse);
    let contact = Typed::needed(&form, "contact", MailAddress::parse);
    let url = Typed::optional(&form, "url", WebAddress::parse);
    let (Some(new_name), Some(new_contact), Some(new_url)) = (name.value, contact.value, url.value) else {
        return page(&desk, name.field, contact.field, url.field).await;
    };
    let edit = OrganizationEdit {
        name: Some(new_name),
        contact: Some(new_contact),
        url: Some(new_url),
    };
    carry_out(&desk, Change::Edit(edit), Outcome::OrganizationChanged).await
}

pub(crate) async fn ask_about_policy(desk: Desk) -> Result<HttpResponse, PageFault> {
    let policy = query(desk.request(), "policy").and_then(|code| RevealPolicy::from_code(&code));
    let policy = policy.ok_or(PageFault::BadForm)?;
    if policy == shown(&desk) {
        return Ok(see_page(&desk.state, paths::SETTINGS, Vec::new()));
    }
    scripted_page(&QuestionPage::reveal_policy(
        desk.frame(Section::Settings).await?,
        policy,
    ))
}

pub(crate) async fn set_policy(desk: Desk, payload: Payload) -> Result<HttpResponse, PageFault> {
    let form = desk.form(payload).await?;
    let policy = form.text("policy").and_then(organization::RevealPolicy::parse);
    let policy = policy.ok_or(PageFault::BadForm)?;
    carry_out(&desk, Change::RevealPolicy(policy), Outcome::RevealPolicyChanged).await
}

async fn carry_out(desk: &Desk, change: Change, outcome: Outcome) -> Result<HttpResponse, PageFault> {
    let changing = ChangeOrganization {
        id: desk.administrator.member.organization.id,
        change,
        by: Authority::Administrator(&desk.administrator).attribution(),
    };
    match changing.run(&desk.state.ports).await? {
        OrganizationChange::Changed | OrganizationChange::Unchanged => {
            let to = format!("{}?done={}", paths::SETTINGS, outcome.code());
            Ok(see_page(&desk.state, &to, Vec::new()))
        }
        OrganizationChange::Absent => Err(PageFault::NotFound),
    }
}

fn shown(desk: &Desk) -> RevealPolicy {
    match desk.administrator.member.organization.reveal_policy {
        organization::RevealPolicy::Always => RevealPolicy::Always,
        organization::RevealPolicy::Once => RevealPolicy::Once,
    }
}

async fn page(desk: &Desk, name: Field, contact: Field, url: Field) -> Result<HttpResponse, PageFault> {
    let called = async |audience| {
        let providers = desk.state.sign_in.providers(audience).await;
        providers.into_iter().map(|provider| provider.label).collect()
    };
    scripted_page(&SettingsPage {
        frame: desk.frame(Section::Settings).await?,
        name,
        contact,
        url,
        reveal_policy: shown(desk),
        recipients_providers: called(Audience::Recipients).await,
        administrators_providers: called(Audience::Administrators).await,
        may_govern: desk.may(Right::Govern),
    })
}
