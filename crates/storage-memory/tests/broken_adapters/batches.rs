//! Flaws in the steps of jobs, in what is issued and kept by them, and in who holds a credential already.

use symbolon_domain::{
    id::{JobId, OrganizationId, TemplateId},
    job::{JobCounts, JobOutcome, JobResult, JobState},
    page::PageRequest,
    port::{
        jobs::{JobStep, Jobs, Next, Turn},
        recipients::{Issuing, NewRecipient, RecipientFilter, RecipientOrder, Recipients},
        templates::Templates,
    },
    text::MailAddress,
    time::Timestamp,
};
use symbolon_storage_memory::MemoryStore;

use crate::{
    chores::any,
    flaw::{Answer, BreaksJobs, BreaksRecipients, meanwhile},
};

type Issued = Option<Vec<Issuing>>;
type Rows<'a> = &'a [(u64, String)];

/// Keeps what is done in any turn while the job goes on.
pub(crate) struct TurnIgnored;

impl BreaksJobs for TurnIgnored {
    async fn step(store: &MemoryStore, turn: &Turn, step: &JobStep) -> Answer<bool> {
        for number in (1..=100).rev() {
            if Jobs::step(store, &Turn { number, ..*turn }, step).await? {
                return Ok(true);
            }
        }
        Jobs::step(store, turn, step).await
    }
}

/// Keeps nothing of a job that was stopped.
pub(crate) struct StepOfTheStoppedLost;

impl BreaksJobs for StepOfTheStoppedLost {
    async fn step(store: &MemoryStore, turn: &Turn, step: &JobStep) -> Answer<bool> {
        if any(store, |job| job.id == turn.job && job.state == JobState::Stopped)
            .await?
            .is_some()
        {
            return Ok(false);
        }
        Jobs::step(store, turn, step).await
    }
}

/// Forgets where to go on.
pub(crate) struct CursorForgotten;

impl BreaksJobs for CursorForgotten {
    async fn step(store: &MemoryStore, turn: &Turn, step: &JobStep) -> Answer<bool> {
        let cursor = None;
        Jobs::step(
            store,
            turn,
            &JobStep {
                cursor,
                ..step.clone()
            },
        )
        .await
    }
}

/// Keeps no results.
pub(crate) struct ResultsForgotten;

impl BreaksJobs for ResultsForgotten {
    async fn step(store: &MemoryStore, turn: &Turn, step: &JobStep) -> Answer<bool> {
        let results = Vec::new();
        Jobs::step(
            store,
            turn,
            &JobStep {
                results,
                ..step.clone()
            },
        )
        .await
    }
}

/// Passes over a place that is taken.
pub(crate) struct TakenPlacePassedOver;

impl BreaksJobs for TakenPlacePassedOver {
    async fn step(store: &MemoryStore, turn: &Turn, step: &JobStep) -> Answer<bool> {
        match Jobs::step(store, turn, step).await {
            Ok(kept) => Ok(kept),
            Err(_) => ResultsForgotten::step(store, turn, step).await,
        }
    }
}

/// Leaves the end of a turn where it was.
pub(crate) struct TurnNotProlonged;

impl BreaksJobs for TurnNotProlonged {
    async fn step(store: &MemoryStore, turn: &Turn, step: &JobStep) -> Answer<bool> {
        let mut step = step.clone();
        if let Next::GoOn(until) = step.next {
            step.next = Next::GoOn(until.plus_seconds(-5));
        }
        Jobs::step(store, turn, &step).await
    }
}

/// Has another turn come too early.
pub(crate) struct LaterIsNow;

impl BreaksJobs for LaterIsNow {
    async fn step(store: &MemoryStore, turn: &Turn, step: &JobStep) -> Answer<bool> {
        let mut step = step.clone();
        if let Next::Later(at) = step.next {
            step.next = Next::Later(at.plus_millis(-1));
        }
        Jobs::step(store, turn, &step).await
    }
}

/// Says of a job that broke off that it is done.
pub(crate) struct BrokenIsDone;

impl BreaksJobs for BrokenIsDone {
    async fn step(store: &MemoryStore, turn: &Turn, step: &JobStep) -> Answer<bool> {
        let mut step = step.clone();
        if let Next::Failed(at, _) = step.next {
            step.next = Next::Done(at);
        }
        Jobs::step(store, turn, &step).await
    }
}

/// Issues whatever the turn is, and keeps the step afterwards.
pub(crate) struct IssuedApart;

impl BreaksJobs for IssuedApart {
    async fn issue(
        store: &MemoryStore,
        turn: &Turn,
        batch: &[NewRecipient],
        rows: Rows<'_>,
        step: &JobStep,
    ) -> Answer<Issued> {
        let outcomes = Recipients::issue(store, batch).await?;
        let mut step = step.clone();
        for ((place, row), outcome) in rows.iter().zip(&outcomes) {
            step.add(*place, row, *outcome);
        }
        let kept = Jobs::step(store, turn, &step).await?;
        Ok(kept.then_some(outcomes))
    }
}

/// Looks whether the job goes on, and issues in another step.
pub(crate) struct IssueJudgedBefore;

impl BreaksJobs for IssueJudgedBefore {
    async fn issue(
        store: &MemoryStore,
        turn: &Turn,
        batch: &[NewRecipient],
        rows: Rows<'_>,
        step: &JobStep,
    ) -> Answer<Issued> {
        let goes_on = any(store, |job| job.id == turn.job && job.state.goes_on()).await?;
        if goes_on.is_none() {
            return Ok(None);
        }
        meanwhile().await;
        IssuedApart::issue(store, turn, batch, rows, step).await
    }
}

/// Keeps the step, and issues in another.
pub(crate) struct StepKeptFirst;

impl BreaksJobs for StepKeptFirst {
    async fn issue(
        store: &MemoryStore,
        turn: &Turn,
        batch: &[NewRecipient],
        rows: Rows<'_>,
        step: &JobStep,
    ) -> Answer<Issued> {
        let going = JobStep {
            next: Next::GoOn(Timestamp::MAX),
            ..step.clone()
        };
        if Jobs::issue(store, turn, &[], &[], &going).await?.is_none() {
            return Ok(None);
        }
        let rest = JobStep {
            results: Vec::new(),
            counts: JobCounts::default(),
            ..step.clone()
        };
        Jobs::issue(store, turn, batch, rows, &rest).await
    }
}

/// Keeps the reason and not the row.
pub(crate) struct RejectedRowForgotten;

impl BreaksJobs for RejectedRowForgotten {
    async fn issue(
        store: &MemoryStore,
        turn: &Turn,
        batch: &[NewRecipient],
        rows: Rows<'_>,
        step: &JobStep,
    ) -> Answer<Issued> {
        let bare: Vec<_> = rows.iter().map(|(place, _)| (*place, String::new())).collect();
        Jobs::issue(store, turn, batch, &bare, step).await
    }
}

/// Counts what is issued, and what cannot be not.
pub(crate) struct RejectedUncounted;

impl BreaksJobs for RejectedUncounted {
    async fn issue(
        store: &MemoryStore,
        turn: &Turn,
        batch: &[NewRecipient],
        _: Rows<'_>,
        step: &JobStep,
    ) -> Answer<Issued> {
        let mut step = step.clone();
        let asked = batch.len();
        step.counts.done += u64::try_from(asked).unwrap_or(0);
        Jobs::issue(store, turn, batch, &[], &step).await
    }
}

/// Shows the results after a place with that one.
pub(crate) struct PlaceShownAgain;

impl BreaksJobs for PlaceShownAgain {
    async fn results(
        store: &MemoryStore,
        organization: OrganizationId,
        id: JobId,
        outcome: Option<JobOutcome>,
        after: Option<u64>,
        limit: u32,
    ) -> Answer<Vec<JobResult>> {
        let after = after.and_then(|after| after.checked_sub(1));
        Jobs::results(store, organization, id, outcome, after, limit).await
    }
}

/// Cuts the results, and then looks what became of them.
pub(crate) struct OutcomesFilteredAfterwards;

impl BreaksJobs for OutcomesFilteredAfterwards {
    async fn results(
        store: &MemoryStore,
        organization: OrganizationId,
        id: JobId,
        outcome: Option<JobOutcome>,
        after: Option<u64>,
        limit: u32,
    ) -> Answer<Vec<JobResult>> {
        let mut results = Jobs::results(store, organization, id, None, after, limit).await?;
        results.retain(|result| outcome.is_none_or(|outcome| result.outcome == outcome));
        Ok(results)
    }
}

/// Keeps no more than a thousand results of a step.
pub(crate) struct ThousandResults;

impl BreaksJobs for ThousandResults {
    async fn step(store: &MemoryStore, turn: &Turn, step: &JobStep) -> Answer<bool> {
        let mut step = step.clone();
        step.results.truncate(1_000);
        Jobs::step(store, turn, &step).await
    }
}

/// Forgets a moment too late.
pub(crate) struct JobsForgottenLate;

impl BreaksJobs for JobsForgottenLate {
    async fn forget(store: &MemoryStore, now: Timestamp) -> Answer<()> {
        Jobs::forget(store, now.plus_millis(-1)).await
    }
}

/// Forgets a moment too early.
pub(crate) struct JobsForgottenEarly;

impl BreaksJobs for JobsForgottenEarly {
    async fn forget(store: &MemoryStore, now: Timestamp) -> Answer<()> {
        Jobs::forget(store, now.plus_millis(1)).await
    }
}

/// Forgets no rows before their job.
pub(crate) struct NothingForgotten;

impl BreaksJobs for NothingForgotten {
    async fn forget(_: &MemoryStore, _: Timestamp) -> Answer<()> {
        Ok(())
    }
}

async fn with_mail(
    store: &MemoryStore,
    organization: OrganizationId,
    filter: RecipientFilter,
    mails: &[MailAddress],
) -> Answer<Vec<MailAddress>> {
    let mut holders = Vec::new();
    for mail in mails {
        let filter = RecipientFilter {
            mail: Some(mail.clone()),
            ..filter.clone()
        };
        let page = PageRequest::new(1, 1);
        let found = Recipients::list(store, organization, &filter, RecipientOrder::default(), page).await?;
        if found.total_count > 0 && !holders.contains(mail) {
            holders.push(mail.clone());
        }
    }
    Ok(holders)
}

/// Takes whoever's credential is revoked for a holder.
pub(crate) struct RevokedHold;

impl BreaksRecipients for RevokedHold {
    async fn holders(
        store: &MemoryStore,
        organization: OrganizationId,
        template: TemplateId,
        mails: &[MailAddress],
    ) -> Answer<Vec<MailAddress>> {
        let filter = RecipientFilter {
            template: Some(template),
            ..RecipientFilter::default()
        };
        with_mail(store, organization, filter, mails).await
    }
}

/// Takes holders of any template for those of one.
pub(crate) struct AnyTemplateHeld;

impl BreaksRecipients for AnyTemplateHeld {
    async fn holders(
        store: &MemoryStore,
        organization: OrganizationId,
        _: TemplateId,
        mails: &[MailAddress],
    ) -> Answer<Vec<MailAddress>> {
        with_mail(store, organization, RecipientFilter::default(), mails).await
    }
}

/// Compares addresses in lower case.
pub(crate) struct HoldersFolded;

impl BreaksRecipients for HoldersFolded {
    async fn holders(
        store: &MemoryStore,
        organization: OrganizationId,
        template: TemplateId,
        mails: &[MailAddress],
    ) -> Answer<Vec<MailAddress>> {
        let folded: Vec<_> = mails
            .iter()
            .filter_map(|mail| MailAddress::parse(&mail.as_str().to_ascii_lowercase()).ok())
            .collect();
        Recipients::holders(store, organization, template, &folded).await
    }
}

/// Tells everybody of holders.
pub(crate) struct HoldersForAnyone;

impl BreaksRecipients for HoldersForAnyone {
    async fn holders(
        store: &MemoryStore,
        organization: OrganizationId,
        template: TemplateId,
        mails: &[MailAddress],
    ) -> Answer<Vec<MailAddress>> {
        let owner = Templates::find_by_id(store, template).await?;
        let organization = owner.map_or(organization, |template| template.organization);
        Recipients::holders(store, organization, template, mails).await
    }
}

/// Finds no more than five hundred holders at once.
pub(crate) struct FiveHundredHolders;

impl BreaksRecipients for FiveHundredHolders {
    async fn holders(
        store: &MemoryStore,
        organization: OrganizationId,
        template: TemplateId,
        mails: &[MailAddress],
    ) -> Answer<Vec<MailAddress>> {
        let asked = mails.get(..500).unwrap_or(mails);
        Recipients::holders(store, organization, template, asked).await
    }
}

/// Counts all there are.
pub(crate) struct CountsOn;

impl BreaksRecipients for CountsOn {
    async fn count(
        store: &MemoryStore,
        organization: OrganizationId,
        filter: &RecipientFilter,
        _: u64,
    ) -> Answer<u64> {
        Recipients::count(store, organization, filter, u64::MAX).await
    }
}

/// Counts the first so many, and of them those that are shown.
pub(crate) struct CountedThenFiltered;

impl BreaksRecipients for CountedThenFiltered {
    async fn count(
        store: &MemoryStore,
        organization: OrganizationId,
        filter: &RecipientFilter,
        up_to: u64,
    ) -> Answer<u64> {
        let all = Recipients::count(store, organization, &RecipientFilter::default(), up_to).await?;
        let shown = Recipients::count(store, organization, filter, u64::MAX).await?;
        Ok(if all < up_to {
            shown
        } else {
            shown.min(up_to.saturating_sub(1))
        })
    }
}
