//! `/dashboard/recipients/new`: adding one recipient by hand, or oneself as a test.

use actix_web::{HttpResponse, web::Payload};
use symbolon_domain::{
    id::TemplateId,
    port::recipients::RecipientFilter,
    recipient::Locale,
    service::issue_credentials::{
        CredentialWish, ExpiryWish, IssueCredentials, IssueCredentialsError, Issued,
    },
    text::{ExternalId, MailAddress, PersonName},
    time::Timestamp,
};

use super::page_after;
use crate::{
    page::{
        dashboard::{desk::Desk, templates::choices::offer, typed::Typed, visit::query},
        fault::PageFault,
        form::Form,
        respond::{scripted_page, see_page},
    },
    view::dashboard::{AddRecipientPage, Field, Named, Outcome, Problem, Section, TemplateChoices},
};

/// One day: a date typed is the last day of validity, which ends with it.
const DAY_SECONDS: i64 = 24 * 60 * 60;

/// What the form holds.
struct Wish {
    template: Typed<TemplateId>,
    first_name: Typed<PersonName>,
    last_name: Typed<Option<PersonName>>,
    mail: Typed<MailAddress>,
    locale: Typed<Locale>,
    issued_at: Typed<Option<Timestamp>>,
    expires_at: Typed<Option<Timestamp>>,
    external_id: Typed<Option<ExternalId>>,
    no_mail: bool,
    is_test: bool,
}

pub(crate) async fn show(desk: Desk) -> Result<HttpResponse, PageFault> {
    let is_test = query(desk.request(), "test").is_some();
    let asked = query(desk.request(), "template");
    let offer = offer(&desk, asked.as_deref()).await?;
    let template = asked.or(offer.newest).unwrap_or_default();
    let administrator = &desk.administrator.member.administrator;
    let (first_name, last_name) = if is_test {
        halves(administrator.called())
    } else {
        (String::new(), String::new())
    };
    let mail = if is_test {
        administrator.mail.to_string()
    } else {
        String::new()
    };
    let today = desk.now().to_string().chars().take(10).collect::<String>();
    scripted_page(&AddRecipientPage {
        frame: desk.frame(Section::Recipients).await?,
        templates: offer.choices,
        template: Field::of(template),
        first_name: Field::of(first_name),
        last_name: Field::of(last_name),
        mail: Field::of(mail),
        locale: Field::of(Locale::English.tag()),
        issued_at: Field::of(today),
        expires_at: Field::default(),
        external_id: Field::default(),
        no_mail: false,
        is_test,
        duplicate: None,
    })
}

pub(crate) async fn add(desk: Desk, payload: Payload) -> Result<HttpResponse, PageFault> {
    let form = desk.form(payload).await?;
    let templates = offer(&desk, form.text("template")).await?.choices;
    let mut wish = read(&form, &templates);
    let Some(credential) = credential(&wish) else {
        return again(&desk, wish, templates, None).await;
    };
    let (template, mail, no_mail) = (
        credential.template,
        credential.mail.clone(),
        credential.suppress_mail,
    );
    let issuing = IssueCredentials {
        authority: desk.authority(),
        wishes: vec![credential],
        request: None,
    };
    let issued = match issuing.run(&desk.state.ports).await {
        Ok(issued) => issued.into_iter().next(),
        Err(IssueCredentialsError::Fault(fault)) => return Err(fault.into()),
        Err(IssueCredentialsError::OrganizationCancelled | IssueCredentialsError::KeyTaken) => {
            return Err(PageFault::NotFound);
        }
    };
    match issued {
        Some(Issued::Made(made)) => {
            let outcome = if no_mail {
                Outcome::RecipientAddedUnmailed
            } else {
                Outcome::RecipientAdded
            };
            let to = page_after(made.dossier.recipient.id, outcome);
            Ok(see_page(&desk.state, &to, Vec::new()))
        }
        Some(Issued::Duplicate) => {
            let rival = rival(&desk, template, &mail).await?;
            again(&desk, wish, templates, rival).await
        }
        Some(Issued::ExpiryNotAfterIssue) => {
            let late = Problem::Other("It would expire before it is issued: choose a later day.".into());
            wish.expires_at.field = wish.expires_at.field.with(late);
            again(&desk, wish, templates, None).await
        }
        Some(Issued::TemplateAbsent) => {
            wish.template.field = wish.template.field.with(Problem::NotOffered);
            again(&desk, wish, templates, None).await
        }
        None => Err(PageFault::Internal),
    }
}

fn read(form: &Form, templates: &TemplateChoices) -> Wish {
    let id = form.text("template").unwrap_or_default();
    let template = TemplateId::parse(id).filter(|_| templates.find(id).is_some());
    let tag = form.text("locale").unwrap_or(Locale::English.tag());
    let locale = Locale::ALL.into_iter().find(|locale| locale.tag() == tag);
    Wish {
        template: chosen(id, template),
        first_name: Typed::needed(form, "first_name", PersonName::parse),
        last_name: Typed::optional(form, "last_name", PersonName::parse),
        mail: Typed::needed(form, "mail", MailAddress::parse),
        locale: chosen(tag, locale),
        issued_at: day(form, "issued_at"),
        expires_at: day(form, "expires_at"),
        external_id: Typed::optional(form, "external_id", ExternalId::parse),
        no_mail: form.text("no_mail").is_some(),
        is_test: form.text("is_test").is_some(),
    }
}

fn chosen<T>(text: &str, value: Option<T>) -> Typed<T> {
    let field = Field::of(text);
    Typed {
        field: if value.is_some() {
            field
        } else {
            field.with(Problem::NotOffered)
        },
        value,
    }
}

fn day(form: &Form, name: &str) -> Typed<Option<Timestamp>> {
    let text = form.text(name).unwrap_or_default().trim();
    let field = Field::of(text);
    if text.is_empty() {
        return Typed {
            field,
            value: Some(None),
        };
    }
    match Timestamp::parse(text).filter(|_| text.len() == 10) {
        Some(day) => Typed {
            field,
            value: Some(Some(day)),
        },
        None => Typed {
            field: field.with(Problem::Other("Enter a day, such as 2026-03-05.".into())),
            value: None,
        },
    }
}

fn credential(wish: &Wish) -> Option<CredentialWish> {
    let last_day = wish.expires_at.value?;
    Some(CredentialWish {
        template: wish.template.value?,
        mail: wish.mail.value.clone()?,
        first_name: wish.first_name.value.clone()?,
        last_name: wish.last_name.value.clone()?,
        issued_at: wish.issued_at.value?,
        expiry: last_day.map_or(ExpiryWish::Template, |day| {
            ExpiryWish::At(day.plus_seconds(DAY_SECONDS))
        }),
        locale: wish.locale.value?,
        external_id: wish.external_id.value.clone()?,
        is_test: wish.is_test,
        suppress_mail: wish.no_mail,
    })
}

async fn again(
    desk: &Desk,
    wish: Wish,
    templates: TemplateChoices,
    duplicate: Option<Named>,
) -> Result<HttpResponse, PageFault> {
    scripted_page(&AddRecipientPage {
        frame: desk.frame(Section::Recipients).await?,
        templates,
        template: wish.template.field,
        first_name: wish.first_name.field,
        last_name: wish.last_name.field,
        mail: wish.mail.field,
        locale: wish.locale.field,
        issued_at: wish.issued_at.field,
        expires_at: wish.expires_at.field,
        external_id: wish.external_id.field,
        no_mail: wish.no_mail,
        is_test: wish.is_test,
        duplicate,
    })
}

/// Who has this mail address on the template already.
async fn rival(desk: &Desk, template: TemplateId, mail: &MailAddress) -> Result<Option<Named>, PageFault> {
    let filter = RecipientFilter {
        template: Some(template),
        mail: Some(mail.clone()),
        ..RecipientFilter::default()
    };
    let organization = desk.administrator.member.organization.id;
    let found = desk
        .state
        .ports
        .recipients
        .walk(organization, &filter, None, 100)
        .await?;
    Ok(found
        .into_iter()
        .find(|dossier| dossier.recipient.revocation.is_none())
        .map(|dossier| Named {
            id: dossier.recipient.id.to_string(),
            name: dossier.recipient.name(),
        }))
}

/// A whole name as first and last name, at its last gap.
fn halves(name: &str) -> (String, String) {
    match name.rsplit_once(' ') {
        Some((first, last)) => (first.to_owned(), last.to_owned()),
        None => (name.to_owned(), String::new()),
    }
}
