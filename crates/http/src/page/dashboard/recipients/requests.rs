//! `/dashboard/reset-requests`: who waits for a reset, and the answer.

use actix_web::{HttpResponse, web::Payload};
use symbolon_domain::{
    access_token::Dossier,
    administrator::Right,
    id::RecipientId,
    service::change_access::{DismissReset, GrantReset},
    time::Timestamp,
};

use crate::{
    page::{
        dashboard::{desk::Desk, visit::query},
        fault::PageFault,
        form::Form,
        profile, provider_name,
        respond::{scripted_page, see_page},
    },
    view::{
        Profile,
        dashboard::{KeyPages, Outcome, ResetRequestRow, ResetRequestsPage, Section, Since, paths},
    },
};

/// What can be answered.
#[derive(Debug, Clone, Copy)]
pub(super) enum Answer {
    /// The link is free for whoever connects next.
    Approve,
    /// Whoever has claimed keeps it.
    Dismiss,
}

impl Answer {
    /// As a form names it.
    pub(super) fn from_code(code: &str) -> Option<Self> {
        match code {
            "approve" => Some(Self::Approve),
            "dismiss" => Some(Self::Dismiss),
            _ => None,
        }
    }
}

/// Requests on a page.
const PER: u32 = 50;

pub(crate) async fn show(desk: Desk) -> Result<HttpResponse, PageFault> {
    let after = query(desk.request(), "after").and_then(|text| place(&text));
    let organization = desk.administrator.member.organization.id;
    let mut waiting = desk
        .state
        .ports
        .access
        .waiting_for_reset(organization, after, PER + 1)
        .await?;
    let most = usize::try_from(PER).unwrap_or(usize::MAX);
    let are_more = waiting.len() > most;
    waiting.truncate(most);
    let last = waiting.last().filter(|_| are_more);
    scripted_page(&ResetRequestsPage {
        frame: desk.frame(Section::Recipients).await?,
        pages: KeyPages {
            before: None,
            after: last.and_then(|dossier| {
                let request = dossier.token.reset_request.as_ref()?;
                Some(format!("{}.{}", request.at.as_millis(), dossier.recipient.id))
            }),
        },
        requests: waiting.iter().filter_map(|dossier| row(&desk, dossier)).collect(),
        may_act: desk.may(Right::Work),
    })
}

pub(crate) async fn answer(desk: Desk, payload: Payload) -> Result<HttpResponse, PageFault> {
    let form = desk.form(payload).await?;
    let recipient = form
        .text("id")
        .and_then(RecipientId::parse)
        .ok_or(PageFault::BadForm)?;
    let answer = form.text("act").and_then(Answer::from_code);
    let outcome = answered(&desk, recipient, answer.ok_or(PageFault::BadForm)?, &form).await?;
    let to = format!("{}?done={}", paths::REQUESTS, outcome.code());
    Ok(see_page(&desk.state, &to, Vec::new()))
}

/// Gives this answer to the request that the form names by its instant: whoever has asked since was not seen on that page.
pub(super) async fn answered(
    desk: &Desk,
    recipient: RecipientId,
    answer: Answer,
    form: &Form,
) -> Result<Outcome, PageFault> {
    let asked_at = form.text("asked").and_then(|millis| millis.parse().ok());
    let asked_at = Timestamp::from_millis(asked_at.ok_or(PageFault::BadForm)?);
    let (authority, ports) = (desk.authority(), &desk.state.ports);
    let (is_answered, outcome) = match answer {
        Answer::Approve => {
            let granting = GrantReset {
                authority,
                recipient,
                asked_at,
            };
            (granting.run(ports).await?, Outcome::AccessReset)
        }
        Answer::Dismiss => {
            let dismissing = DismissReset {
                authority,
                recipient,
                asked_at,
            };
            (dismissing.run(ports).await?, Outcome::RequestDismissed)
        }
    };
    Ok(if is_answered {
        outcome
    } else {
        Outcome::RequestGone
    })
}

fn place(text: &str) -> Option<(Timestamp, RecipientId)> {
    let (at, id) = text.split_once('.')?;
    Some((Timestamp::from_millis(at.parse().ok()?), RecipientId::parse(id)?))
}

fn row(desk: &Desk, dossier: &Dossier) -> Option<ResetRequestRow> {
    let (state, now) = (&desk.state, desk.now());
    let request = dossier.token.reset_request.as_ref()?;
    let binding = dossier.token.binding.as_ref()?;
    Some(ResetRequestRow {
        id: dossier.recipient.id.to_string(),
        name: dossier.recipient.name(),
        mail: dossier.recipient.mail.to_string(),
        template: dossier.template.name.to_string(),
        bound_to: profile(state, &binding.connection),
        bound: Since::of(binding.bound_at, now),
        by: request.by.as_ref().map(|(provider, hint)| Profile {
            provider: provider_name(state, provider),
            hint: hint.to_string(),
        }),
        asked: Since::of(request.at, now),
        asked_at: request.at.as_millis(),
    })
}
