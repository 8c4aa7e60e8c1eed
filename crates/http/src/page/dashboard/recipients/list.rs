//! `GET /dashboard/recipients`: the list, over all templates or on one.

use actix_web::{HttpRequest, HttpResponse};
use symbolon_domain::{
    access_token::Dossier,
    administrator::Right,
    id::{RecipientId, TemplateId},
    mail,
    page::PageRequest,
    port::recipients::{self, Beside, RecipientKey, RecipientOrder, RecipientState},
};

use super::present::{self, Mails};
use crate::{
    page::{
        dashboard::{desk::Desk, visit::query},
        fault::PageFault,
        respond::scripted_page,
    },
    view::dashboard::{
        Choice as _, KeyPages, MailShown, Named, Order, RecipientFilter, RecipientListPage, RecipientRow,
        Section, Since, StateShown,
    },
};

/// Recipients on a page.
const PER: u32 = 50;

pub(crate) async fn show(desk: Desk) -> Result<HttpResponse, PageFault> {
    let filter = wanted(desk.request());
    let organization = desk.administrator.member.organization.id;
    let ports = &desk.state.ports;
    let (found, beside) = (asked(&filter), beside(desk.request()));
    // One more than is shown tells whether there are more.
    let order = order(filter.order);
    let mut dossiers = ports
        .recipients
        .browse(organization, &found, order, beside, PER + 1)
        .await?;
    let pages = cut(&mut dossiers, beside);
    let ids: Vec<RecipientId> = dossiers.iter().map(|dossier| dossier.recipient.id).collect();
    let mails = Mails::of(ports.outbox.about(organization, &ids).await?);
    let numbers = match found.template {
        Some(template) => ports
            .tallies
            .of_templates(organization, &[template])
            .await?
            .first()
            .copied()
            .unwrap_or_default(),
        None => ports.tallies.of_organization(organization).await?,
    };
    let all = numbers.recipients + numbers.tests;
    let is_open =
        filter.search.is_empty() && filter.state == StateShown::All && filter.mail == MailShown::All;
    let page = RecipientListPage {
        frame: desk.frame(Section::Recipients).await?,
        templates: templates(&desk).await?,
        recipients: dossiers
            .iter()
            .map(|dossier| row(&desk, dossier, &mails))
            .collect(),
        total: is_open.then_some(all),
        pages,
        has_recipients: all > 0,
        may_act: desk.may(Right::Work),
        may_export: desk.may(Right::Export),
        filter,
    };
    scripted_page(&page)
}

/// The templates to choose from, the newest hundred.
pub(super) async fn templates(desk: &Desk) -> Result<Vec<Named>, PageFault> {
    let organization = desk.administrator.member.organization.id;
    let request = PageRequest::new(1, PageRequest::MAX_PER);
    let found = desk.state.ports.templates.list(organization, request).await?;
    Ok(found
        .items
        .into_iter()
        .map(|template| Named {
            id: template.id.to_string(),
            name: template.name.to_string(),
        })
        .collect())
}

/// What the address asks for.
pub(super) fn wanted(request: &HttpRequest) -> RecipientFilter {
    let text = |name| query(request, name).unwrap_or_default();
    RecipientFilter {
        search: text("q").trim().to_owned(),
        template: query(request, "template").filter(|id| TemplateId::parse(id).is_some()),
        state: StateShown::from_code(&text("state")).unwrap_or_default(),
        mail: MailShown::from_code(&text("mail")).unwrap_or_default(),
        order: Order::from_code(&text("sort")).unwrap_or_default(),
    }
}

/// The same in the domain's words.
pub(super) fn asked(filter: &RecipientFilter) -> recipients::RecipientFilter {
    let mut asked = recipients::RecipientFilter {
        template: filter.template.as_deref().and_then(TemplateId::parse),
        query: (!filter.search.is_empty()).then(|| filter.search.clone()),
        link_mail: match filter.mail {
            MailShown::All => None,
            MailShown::Waiting => Some(mail::MailState::Pending),
            MailShown::Sent => Some(mail::MailState::Sent),
            MailShown::Failed => Some(mail::MailState::Failed),
        },
        ..recipients::RecipientFilter::default()
    };
    match filter.state {
        StateShown::All => {}
        StateShown::Waiting => {
            asked.state = Some(RecipientState::Pending);
            asked.access_revoked = Some(false);
        }
        StateShown::Claimed => asked.state = Some(RecipientState::Accepted),
        StateShown::ResetRequested => asked.reset_requested = Some(true),
        StateShown::AccessRevoked => asked.access_revoked = Some(true),
        StateShown::CredentialRevoked => asked.state = Some(RecipientState::Revoked),
    }
    asked
}

const fn order(order: Order) -> RecipientOrder {
    let (key, is_falling) = match order {
        Order::Newest => (RecipientKey::CreatedAt, true),
        Order::Oldest => (RecipientKey::CreatedAt, false),
        Order::Mail => (RecipientKey::Mail, false),
    };
    RecipientOrder { key, is_falling }
}

fn beside(request: &HttpRequest) -> Option<Beside> {
    let id = |name| query(request, name).and_then(|text| RecipientId::parse(&text));
    id("after")
        .map(Beside::After)
        .or_else(|| id("before").map(Beside::Before))
}

/// Leaves as many as a page shows, and says what lies beside them.
fn cut(dossiers: &mut Vec<Dossier>, beside: Option<Beside>) -> KeyPages {
    let most = usize::try_from(PER).unwrap_or(usize::MAX);
    let are_more = dossiers.len() > most;
    let is_backward = matches!(beside, Some(Beside::Before(_)));
    if are_more && is_backward {
        // The farthest stands first.
        dossiers.remove(0);
    }
    dossiers.truncate(most);
    let id = |dossier: Option<&Dossier>| dossier.map(|dossier| dossier.recipient.id.to_string());
    let (has_before, has_after) = match beside {
        None => (false, are_more),
        Some(Beside::After(_)) => (true, are_more),
        Some(Beside::Before(_)) => (are_more, true),
    };
    KeyPages {
        before: id(dossiers.first()).filter(|_| has_before),
        after: id(dossiers.last()).filter(|_| has_after),
    }
}

fn row(desk: &Desk, dossier: &Dossier, mails: &Mails) -> RecipientRow {
    let now = desk.now();
    let recipient = &dossier.recipient;
    RecipientRow {
        id: recipient.id.to_string(),
        name: recipient.name(),
        mail: recipient.mail.to_string(),
        template: dossier.template.name.to_string(),
        mail_state: present::mail_state(dossier, mails, now),
        claim: present::claim(&desk.state, dossier, now),
        revoked: recipient
            .revocation
            .as_ref()
            .map(|revocation| Since::of(revocation.at, now)),
        added: Since::of(recipient.created_at, now),
        is_test: recipient.is_test,
    }
}
