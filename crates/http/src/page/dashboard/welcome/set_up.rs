//! The set-up: who is the first administrator, and of which organization.

use actix_web::HttpResponse;
use symbolon_domain::{
    administrator_session::Stage,
    id::OrganizationId,
    organization::Organization,
    page::PageRequest,
    port::administrators::SettingUp,
    service::administration::{
        password_sign_in::{SigningIn, begin_after_proof},
        set_up::{FoundingOrganization, SetUp, SetUpOutcome},
    },
    text::{MailAddress, OrganizationName, PersonName, WebAddress},
};

use super::Guest;
use crate::{
    bearer::origin,
    page::{
        dashboard::{next::Next, sign_in::seated, typed::Typed},
        fault::PageFault,
        form::Form,
        respond::page,
    },
    view::dashboard::{Field, Outcome, Owned, Problem, StaleLink, WelcomePage, paths},
};

pub(super) async fn show(guest: &Guest<'_>) -> Result<HttpResponse, PageFault> {
    let existing = existing(guest).await?;
    let owned = if existing.is_empty() {
        Owned::New {
            organization: Field::default(),
            contact: Field::default(),
            url: Field::default(),
        }
    } else {
        Owned::OneOf {
            chosen: Field::of(existing.first().map_or("", |(id, _)| id)),
            organizations: existing,
        }
    };
    page(&WelcomePage {
        frame: guest.frame(),
        owned,
        name: Field::default(),
        mail: Field::default(),
        password: Field::default(),
    })
}

pub(super) async fn enter(guest: &Guest<'_>, form: &Form) -> Result<HttpResponse, PageFault> {
    let (owned, organization) = organization(guest, form).await?;
    let name = Typed::needed(form, "name", PersonName::parse);
    let mail = Typed::needed(form, "mail", MailAddress::parse);
    let about = ["organization", "name", "mail"].map(|name| form.text(name).unwrap_or_default());
    let password = Typed::password(form, "password", &about);
    let (Some(organization), Some(name_given), Some(mail_given), Some(password_given)) =
        (organization, name.value, mail.value, password.value)
    else {
        return page(&WelcomePage {
            frame: guest.frame(),
            owned,
            name: name.field,
            mail: mail.field,
            password: password.field,
        });
    };
    let state = guest.state;
    let set_up = SetUp {
        link: guest.link,
        organization,
        name: name_given,
        mail: mail_given,
        password: password_given,
        origin: origin(guest.request, state),
    };
    let member = match set_up.run(&state.ports, state.passwords.as_ref()).await? {
        SetUpOutcome::Done(member) => member,
        SetUpOutcome::Not(SettingUp::SomebodyExists | SettingUp::Done) => {
            return guest.stale(StaleLink::SetUpDone);
        }
        SetUpOutcome::Not(SettingUp::LinkSpent) => return guest.stale(StaleLink::Spent),
        SetUpOutcome::Not(SettingUp::OrganizationCancelled) => return show(guest).await,
    };
    let visit = guest.visit.signing_in(guest.request, state);
    let begun = begin_after_proof(&state.ports, &member, &visit);
    let next = Next::read(Some(&format!(
        "{}?done={}",
        paths::OVERVIEW,
        Outcome::SetUp.code()
    )));
    match begun.await? {
        SigningIn::SignedIn(secret) => Ok(seated(state, &secret, Stage::Full, &next)),
        _ => Err(PageFault::SignInFirst {
            next: String::new(),
            had_session: false,
        }),
    }
}

/// The organization that the form names, as it is shown again, and as it is.
async fn organization(
    guest: &Guest<'_>,
    form: &Form,
) -> Result<(Owned, Option<FoundingOrganization>), PageFault> {
    let existing = existing(guest).await?;
    if existing.is_empty() {
        let name = Typed::needed(form, "organization", OrganizationName::parse);
        let contact = Typed::needed(form, "contact", MailAddress::parse);
        let url = Typed::optional(form, "url", WebAddress::parse);
        let owned = Owned::New {
            organization: name.field,
            contact: contact.field,
            url: url.field,
        };
        let given = name.value.zip(contact.value).zip(url.value);
        return Ok((
            owned,
            given.map(|((name, contact), url)| FoundingOrganization::New { name, contact, url }),
        ));
    }
    let text = form.text("organization_id").unwrap_or_default();
    let is_offered = existing.iter().any(|(id, _)| id == text);
    let chosen = if is_offered {
        Field::of(text)
    } else {
        Field::of(text).with(Problem::NotOffered)
    };
    let id = OrganizationId::parse(text).filter(|_| is_offered);
    let owned = Owned::OneOf {
        organizations: existing,
        chosen,
    };
    Ok((owned, id.map(FoundingOrganization::Existing)))
}

/// The first hundred organizations that an operator has made and not cancelled: id and name.
async fn existing(guest: &Guest<'_>) -> Result<Vec<(String, String)>, PageFault> {
    let page = PageRequest::new(1, PageRequest::MAX_PER);
    let organizations = guest.state.ports.organizations.list(page).await?;
    Ok(organizations
        .items
        .into_iter()
        .filter(Organization::is_active)
        .map(|organization| (organization.id.to_string(), organization.name.to_string()))
        .collect())
}
