//! `/dashboard/recipients/bulk`: one act on many recipients, those who were chosen or all whom the filter lets through. First
//! it is shown what it would do; then it is a job.

use std::cmp::Reverse;

use actix_web::{HttpResponse, web::Payload};
use futures_util::future::{try_join, try_join_all};
use symbolon_domain::{
    access_token::Dossier,
    id::RecipientId,
    port::recipients::{self, RecipientOrder},
    service::jobs::StartJob,
    text::RevocationReason,
};
use symbolon_jobs::{Act, ActPlan, Whom};

use super::filter::{asked, wanted};
use crate::{
    page::{
        dashboard::{desk::Desk, typed::Typed},
        fault::PageFault,
        form::Form,
        respond::{scripted_page, see_page},
    },
    view::dashboard::{
        Amount, BulkAct, BulkPreviewPage, BulkScope, Choice as _, DashboardFrame, Field, MailShown, Named,
        Outcome, Problem, RecipientFilter, Section, Skipped, StateShown, paths,
    },
};

/// To count more would keep whoever asks waiting: the page then says that there are more. Where a database has a million
/// recipients, so many are counted within a few hundredths of a second, whatever they have in common; a thousand took a tenth.
const COUNTED: u64 = 500;

/// How many are looked at one by one. Of more it is quicker to count them for each state that an act applies to.
const LOOKED_AT: usize = 50;

/// How many of those it applies to are named before it is done.
const NAMED: usize = 10;

pub(crate) async fn preview(desk: Desk, payload: Payload) -> Result<HttpResponse, PageFault> {
    let form = desk.form(payload).await?;
    let Some(wish) = Wish::read(&form) else {
        return Ok(back(&desk, &form, Outcome::NoActChosen));
    };
    let (found, frame) = try_join(Found::by(&desk, &wish), desk.frame(Section::Recipients)).await?;
    if found.all.is_none() {
        return Ok(back(&desk, &form, Outcome::NobodyChosen));
    }
    shown(frame, wish, found, Field::default(), Field::default())
}

pub(crate) async fn start(desk: Desk, payload: Payload) -> Result<HttpResponse, PageFault> {
    let form = desk.form(payload).await?;
    let wish = Wish::read(&form).ok_or(PageFault::BadForm)?;
    let found = Found::by(&desk, &wish).await?;
    let reason = Typed::optional(&form, "reason", RevocationReason::parse);
    let confirm = confirmed(&wish, &found, &form);
    let (true, Some(said)) = (confirm.is_good() && !found.applies.is_none(), reason.value) else {
        let frame = desk.frame(Section::Recipients).await?;
        return shown(frame, wish, found, reason.field, confirm);
    };
    let mut act = act(wish.act);
    if let Act::RevokeCredential(why) = &mut act {
        *why = said;
    }
    let plan = ActPlan {
        about: wish.about(&desk).await?,
        whom: wish.whom(),
        act,
    };
    let starting = StartJob {
        by: &desk.administrator,
        kind: plan.act.kind(),
        template: asked(&wish.filter).template,
        plan: plan.written(),
        total: wish.total(&desk).await?,
    };
    let Some(job) = starting.run(&desk.state.ports).await? else {
        return Ok(back(&desk, &form, Outcome::TooManyJobs));
    };
    let to = format!("{}/{}", paths::JOBS, job.id);
    Ok(see_page(&desk.state, &to, Vec::new()))
}

/// What the form asks for.
struct Wish {
    act: BulkAct,
    filter: RecipientFilter,
    /// Those who were chosen; `None` for all whom the filter lets through.
    chosen: Option<Vec<RecipientId>>,
}

impl Wish {
    fn read(form: &Form) -> Option<Self> {
        let mut chosen: Vec<_> = form.texts("id").filter_map(RecipientId::parse).collect();
        chosen.sort_unstable();
        chosen.dedup();
        Some(Self {
            act: BulkAct::from_code(form.text("act")?)?,
            filter: wanted(|name| form.text(name).map(str::to_owned)),
            chosen: match form.text("scope")? {
                "chosen" => Some(chosen),
                "filter" => None,
                _ => return None,
            },
        })
    }

    fn whom(&self) -> Whom {
        match &self.chosen {
            Some(chosen) => Whom::Chosen(chosen.clone()),
            None => Whom::All(Box::new(asked(&self.filter))),
        }
    }

    /// How many, for the progress of the work: it has to come to its end.
    async fn total(&self, desk: &Desk) -> Result<u64, PageFault> {
        if let Some(chosen) = &self.chosen {
            return Ok(u64::try_from(chosen.len()).unwrap_or(u64::MAX));
        }
        let organization = desk.administrator.member.organization.id;
        let recipients = &desk.state.ports.recipients;
        Ok(recipients
            .count(organization, &asked(&self.filter), u64::MAX)
            .await?)
    }

    /// On whom, in words.
    async fn about(&self, desk: &Desk) -> Result<String, PageFault> {
        if let Some(chosen) = &self.chosen {
            return Ok(match chosen.len() {
                1 => "1 chosen recipient".to_owned(),
                many => format!("{many} chosen recipients"),
            });
        }
        let filter = &self.filter;
        let mut words = vec!["All recipients".to_owned()];
        if let Some(template) = asked(filter).template {
            let organization = desk.administrator.member.organization.id;
            let template = desk.state.ports.templates.find(organization, template).await?;
            words.extend(template.map(|template| format!("“{}”", template.name)));
        }
        if filter.state != StateShown::All {
            words.push(filter.state.label().to_lowercase());
        }
        if filter.mail != MailShown::All {
            words.push(format!("mail {}", filter.mail.label().to_lowercase()));
        }
        if !filter.search.is_empty() {
            words.push(format!("search for “{}”", filter.search));
        }
        Ok(words.join(" · "))
    }
}

/// Whom a wish is about.
struct Found {
    /// How many.
    all: Amount,
    /// How many of them it applies to.
    applies: Amount,
    /// The first of those.
    first: Vec<Named>,
}

impl Found {
    async fn by(desk: &Desk, wish: &Wish) -> Result<Self, PageFault> {
        match &wish.chosen {
            Some(chosen) => Self::chosen(desk, &act(wish.act), chosen).await,
            None => Self::all(desk, &act(wish.act), &asked(&wish.filter)).await,
        }
    }

    async fn chosen(desk: &Desk, act: &Act, chosen: &[RecipientId]) -> Result<Self, PageFault> {
        let organization = desk.administrator.member.organization.id;
        let mut found = Vec::new();
        for id in chosen {
            found.extend(desk.state.ports.recipients.find(organization, *id).await?);
        }
        Ok(Self {
            // Also those who are gone by now.
            all: Amount::Exactly(u64::try_from(chosen.len()).unwrap_or(u64::MAX)),
            ..Self::among(act, &found)
        })
    }

    async fn all(desk: &Desk, act: &Act, filter: &recipients::RecipientFilter) -> Result<Self, PageFault> {
        let organization = desk.administrator.member.organization.id;
        let recipients = &desk.state.ports.recipients;
        let browse = async |filter: &recipients::RecipientFilter, limit: usize| {
            let limit = u32::try_from(limit).unwrap_or(u32::MAX);
            let order = RecipientOrder::default();
            recipients.browse(organization, filter, order, None, limit).await
        };
        let some = browse(filter, LOOKED_AT + 1).await?;
        if some.len() <= LOOKED_AT {
            return Ok(Self::among(act, &some));
        }
        // One more than is said tells whether there are more.
        let enough = COUNTED + 1;
        let mut first = Self::among(act, &some).first;
        if first.len() < NAMED {
            // It applies to hardly anybody at the beginning of the list: they are sought for each state instead.
            first.clear();
        }
        let mut lists = act.narrowed(filter);
        for narrowed in &lists {
            let missing = NAMED - first.len();
            if missing > 0 {
                first.extend(browse(narrowed, missing).await?.iter().map(named));
            }
        }
        // The state first that most are in: often they are more than are counted, and then so are all.
        lists.sort_by_key(|list| {
            let are_in = |dossier: &&Dossier| list.state.is_none_or(|state| state == dossier.state());
            Reverse(some.iter().filter(are_in).count())
        });
        let states = lists.len();
        // It may be one of them: where the act applies to all, or the filter asks for one state.
        if !lists.contains(filter) {
            lists.push(filter.clone());
        }
        let count = |list| recipients.count(organization, list, enough);
        let mut counted = Vec::with_capacity(lists.len());
        if let Some((likely, others)) = lists.split_first() {
            counted.push(count(likely).await?);
            if !counted.contains(&enough) {
                // At once: each takes a while, and none needs another.
                counted.extend(try_join_all(others.iter().map(count)).await?);
            }
        }
        let applies = counted.iter().take(states).sum();
        let all = counted.last().copied().unwrap_or_default();
        Ok(Self {
            all: Amount::of(all, COUNTED),
            applies: Amount::of(applies, COUNTED),
            first,
        })
    }

    /// Of those who were looked at.
    fn among(act: &Act, all: &[Dossier]) -> Self {
        let applies = || all.iter().filter(|dossier| act.applies_to(dossier));
        let exactly = |count| Amount::Exactly(u64::try_from(count).unwrap_or(u64::MAX));
        Self {
            all: exactly(all.len()),
            applies: exactly(applies().count()),
            first: applies().take(NAMED).map(named).collect(),
        }
    }
}

fn named(dossier: &Dossier) -> Named {
    Named {
        id: dossier.recipient.id.to_string(),
        name: dossier.recipient.name(),
    }
}

/// The act without what the form says besides.
const fn act(act: BulkAct) -> Act {
    match act {
        BulkAct::SendAgain => Act::MailAgain,
        BulkAct::Reset => Act::ResetAccess,
        BulkAct::RevokeAccess => Act::RevokeAccess,
        BulkAct::RevokeCredential => Act::RevokeCredential(None),
        BulkAct::Delete => Act::DeleteRecipient,
    }
}

/// What was typed before a deletion: the number that stands on the page at this moment.
fn confirmed(wish: &Wish, found: &Found, form: &Form) -> Field {
    if wish.act != BulkAct::Delete {
        return Field::default();
    }
    let typed = form.text("confirm").unwrap_or_default().trim();
    let number = typed.replace([',', '.', ' '], "");
    let field = Field::of(typed);
    if typed.is_empty() {
        field.with(Problem::Missing)
    } else if number == found.applies.number().to_string() {
        field
    } else {
        let now = format!("Type {} to go on.", found.applies.number());
        field.with(Problem::Other(now))
    }
}

fn shown(
    frame: DashboardFrame,
    wish: Wish,
    found: Found,
    reason: Field,
    confirm: Field,
) -> Result<HttpResponse, PageFault> {
    let left_out = found.all.without(found.applies);
    // Everybody can be deleted: of more than are counted, nobody is left out either.
    let are_any = left_out.map_or(wish.act != BulkAct::Delete, |count| !count.is_none());
    let skipped = are_any.then(|| Skipped {
        count: left_out,
        why: act(wish.act).bar().to_owned(),
    });
    scripted_page(&BulkPreviewPage {
        frame,
        act: wish.act,
        scope: match wish.chosen {
            Some(chosen) => BulkScope::Chosen(chosen.iter().map(ToString::to_string).collect()),
            None => BulkScope::Filter,
        },
        filter: wish.filter,
        applies: found.applies,
        skipped,
        first: found.first,
        reason,
        confirm,
    })
}

/// Leads back to the list, with its filter.
fn back(desk: &Desk, form: &Form, outcome: Outcome) -> HttpResponse {
    let filter = wanted(|name| form.text(name).map(str::to_owned));
    let to = filter.address(paths::RECIPIENTS, &[("done", outcome.code().to_owned())]);
    see_page(&desk.state, &to, Vec::new())
}
