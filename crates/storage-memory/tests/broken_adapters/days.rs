//! Flaws in what is counted by days.

use std::collections::BTreeMap;

use symbolon_domain::{
    activity::{Action, ActivityEntry},
    id::{OrganizationId, RecipientId},
    port::{activity::ActivityLog, recipients::Recipients, tallies::Tallies},
    recipient::Recipient,
    time::{Day, Timestamp},
};
use symbolon_storage_memory::MemoryStore;

use crate::{
    counts::dossiers,
    flaw::{Answer, BreaksRecipients, BreaksTallies},
    ledgers::noted,
};

type Days = Vec<(Day, u64)>;

const MILLIS_PER_DAY: i64 = 86_400_000;

/// How many there are of each day, where a recipient has one; tests left out.
async fn by_day(
    store: &MemoryStore,
    organization: OrganizationId,
    day: impl Fn(&Recipient) -> Option<Day> + Send,
) -> Answer<BTreeMap<Day, u64>> {
    let mut days = BTreeMap::new();
    for dossier in dossiers(store, organization).await? {
        if let Some(day) = day(&dossier.recipient).filter(|_| !dossier.recipient.is_test) {
            *days.entry(day).or_default() += 1;
        }
    }
    Ok(days)
}

/// Leaves out the day it was asked from.
pub(crate) struct ClaimsAfterTheDay;

impl BreaksTallies for ClaimsAfterTheDay {
    async fn claims(store: &MemoryStore, organization: OrganizationId, from: Day) -> Answer<Days> {
        Tallies::claims(store, organization, from.plus(1)).await
    }
}

/// Gives days on which nobody came.
pub(crate) struct EmptyDaysShown;

impl BreaksTallies for EmptyDaysShown {
    async fn claims(store: &MemoryStore, organization: OrganizationId, from: Day) -> Answer<Days> {
        let claims = Tallies::claims(store, organization, from).await?;
        let filled = claims
            .into_iter()
            .flat_map(|(day, number)| [(day, number), (day.plus(1), 0)]);
        Ok(filled.collect())
    }
}

/// Gives the latest day first.
pub(crate) struct LatestDayFirst;

impl BreaksTallies for LatestDayFirst {
    async fn claims(store: &MemoryStore, organization: OrganizationId, from: Day) -> Answer<Days> {
        let mut claims = Tallies::claims(store, organization, from).await?;
        claims.reverse();
        Ok(claims)
    }

    async fn expiries(
        store: &MemoryStore,
        organization: OrganizationId,
        from: Day,
        before: Day,
    ) -> Answer<Days> {
        let mut expiries = Tallies::expiries(store, organization, from, before).await?;
        expiries.reverse();
        Ok(expiries)
    }
}

/// Counts who holds it now, on the day they came.
pub(crate) struct DayOfTheBinding;

impl BreaksTallies for DayOfTheBinding {
    async fn claims(store: &MemoryStore, organization: OrganizationId, from: Day) -> Answer<Days> {
        let mut days = BTreeMap::new();
        for dossier in dossiers(store, organization).await? {
            let bound = dossier.token.binding.map(|binding| Day::of(binding.bound_at));
            if let Some(day) = bound.filter(|day| *day >= from && !dossier.recipient.is_test) {
                *days.entry(day).or_default() += 1;
            }
        }
        Ok(days.into_iter().collect())
    }
}

/// Lets the claims of test recipients count.
pub(crate) struct TestsClaim;

impl BreaksTallies for TestsClaim {
    async fn claims(store: &MemoryStore, organization: OrganizationId, from: Day) -> Answer<Days> {
        let mut days = BTreeMap::new();
        for dossier in dossiers(store, organization).await? {
            let claimed = dossier.recipient.first_claimed_at.map(Day::of);
            if let Some(day) = claimed.filter(|day| *day >= from) {
                *days.entry(day).or_default() += 1;
            }
        }
        Ok(days.into_iter().collect())
    }
}

/// Counts to the end of the day that it was to stop before.
pub(crate) struct LastDayIncluded;

impl BreaksTallies for LastDayIncluded {
    async fn expiries(
        store: &MemoryStore,
        organization: OrganizationId,
        from: Day,
        before: Day,
    ) -> Answer<Days> {
        Tallies::expiries(store, organization, from, before.plus(1)).await
    }
}

/// Rounds days before 1970 towards it.
pub(crate) struct DaysTruncated;

impl BreaksTallies for DaysTruncated {
    async fn expiries(
        store: &MemoryStore,
        organization: OrganizationId,
        from: Day,
        before: Day,
    ) -> Answer<Days> {
        let truncated = |at: Timestamp| Day::from_number(at.as_millis() / MILLIS_PER_DAY);
        let days = by_day(store, organization, |recipient| {
            let in_force = recipient.revocation.is_none();
            recipient.expires_at.filter(|_| in_force).map(truncated)
        });
        let days = days.await?.into_iter();
        Ok(days.filter(|(day, _)| (from..before).contains(day)).collect())
    }
}

/// Lets revoked credentials expire.
pub(crate) struct RevokedExpire;

impl BreaksTallies for RevokedExpire {
    async fn expiries(
        store: &MemoryStore,
        organization: OrganizationId,
        from: Day,
        before: Day,
    ) -> Answer<Days> {
        let days = by_day(store, organization, |recipient| recipient.expires_at.map(Day::of));
        let days = days.await?.into_iter();
        Ok(days.filter(|(day, _)| (from..before).contains(day)).collect())
    }
}

/// Takes away an expiry with the recipient that the revocation has taken away before.
pub(crate) struct ExpiryTakenAwayTwice;

impl BreaksRecipients for ExpiryTakenAwayTwice {
    async fn remove(
        store: &MemoryStore,
        organization: OrganizationId,
        id: RecipientId,
        entry: &ActivityEntry,
    ) -> Answer<bool> {
        let found = Recipients::find(store, organization, id).await?;
        if found.is_some_and(|dossier| dossier.recipient.revocation.is_some()) {
            let line = symbolon_contract::sample::Samples::default();
            store
                .append(&line.entry(organization, Action::IntegrityFailed))
                .await?;
        }
        Recipients::remove(store, organization, id, entry).await
    }
}

impl BreaksTallies for ExpiryTakenAwayTwice {
    async fn expiries(
        store: &MemoryStore,
        organization: OrganizationId,
        from: Day,
        before: Day,
    ) -> Answer<Days> {
        let twice = noted(store, organization).await?;
        let mut expiries = Tallies::expiries(store, organization, from, before).await?;
        if let Some((_, number)) = expiries.first_mut() {
            *number = number.saturating_sub(twice);
        }
        expiries.retain(|(_, number)| *number > 0);
        Ok(expiries)
    }
}

/// Gives a thousand days at most.
pub(crate) struct DaysCutOff;

impl BreaksTallies for DaysCutOff {
    async fn expiries(
        store: &MemoryStore,
        organization: OrganizationId,
        from: Day,
        before: Day,
    ) -> Answer<Days> {
        let mut expiries = Tallies::expiries(store, organization, from, before).await?;
        expiries.truncate(1_000);
        Ok(expiries)
    }
}
