//! `GET /dashboard/recipients`: the list, over all templates or on one.

use actix_web::{HttpRequest, HttpResponse};
use futures_util::{TryFutureExt as _, future::try_join4};
use symbolon_domain::{
    access_token::Dossier,
    administrator::Right,
    id::{RecipientId, TemplateId},
    port::{
        recipients::{Beside, RecipientKey, RecipientOrder},
        tallies::Numbers,
    },
};

use super::{
    filter::{asked, wanted},
    present::{self, Mails},
};
use crate::{
    page::{
        dashboard::{desk::Desk, templates::choices::offer, visit::query},
        fault::PageFault,
        respond::scripted_page,
    },
    view::dashboard::{
        KeyPages, MailShown, Order, RecipientListPage, RecipientRow, Section, Since, StateShown,
    },
};

/// Recipients on a page.
const PER: u32 = 50;

pub(crate) async fn show(desk: Desk) -> Result<HttpResponse, PageFault> {
    let filter = wanted(|name| query(desk.request(), name));
    let organization = desk.administrator.member.organization.id;
    let ports = &desk.state.ports;
    let (found, beside) = (asked(&filter), beside(desk.request()));
    let order = order(filter.order);
    // At once: each waits for the database, and none needs another.
    let (mut dossiers, numbers, frame, offer) = try_join4(
        // One more than is shown tells whether there are more.
        ports
            .recipients
            .browse(organization, &found, order, beside, PER + 1)
            .err_into(),
        numbers(&desk, found.template),
        desk.frame(Section::Recipients),
        offer(&desk, filter.template.as_deref()),
    )
    .await?;
    let pages = cut(&mut dossiers, beside);
    let ids: Vec<RecipientId> = dossiers.iter().map(|dossier| dossier.recipient.id).collect();
    let mails = Mails::of(ports.outbox.about(organization, &ids).await?);
    let all = numbers.recipients + numbers.tests;
    let is_open =
        filter.search.is_empty() && filter.state == StateShown::All && filter.mail == MailShown::All;
    // How many a filter lets through is known where they fit on a page; to count them otherwise may cost more than the page.
    let is_whole = pages.before.is_none() && pages.after.is_none();
    let total = if is_open {
        Some(all)
    } else {
        u64::try_from(dossiers.len()).ok().filter(|_| is_whole)
    };
    let page = RecipientListPage {
        frame,
        templates: offer.choices,
        recipients: dossiers
            .iter()
            .map(|dossier| row(&desk, dossier, &mails))
            .collect(),
        total,
        pages,
        has_recipients: all > 0,
        may_act: desk.may(Right::Work),
        may_export: desk.may(Right::Export),
        filter,
    };
    scripted_page(&page)
}

/// Of one template, or of all.
async fn numbers(desk: &Desk, template: Option<TemplateId>) -> Result<Numbers, PageFault> {
    let organization = desk.administrator.member.organization.id;
    let tallies = &desk.state.ports.tallies;
    Ok(match template {
        Some(template) => {
            let numbers = tallies.of_templates(organization, &[template]).await?;
            numbers.first().copied().unwrap_or_default()
        }
        None => tallies.of_organization(organization).await?,
    })
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
