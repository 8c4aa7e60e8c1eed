//! Numbers: each call of the port, and the file that does it.
//!
//! A number is the sum of its rows. A step that changes it [adds](Differences) a row in its own transaction, and waits for
//! nobody by that; [`settle`](settle) brings the rows of a number together into one, so that there are few to sum up.
//!
//! What a recipient adds to the numbers is their [`Share`]. It changes only while their row is taken, or written, by the
//! transaction that changes it: then no two steps count the same thing, and who is removed takes away what they had added.

mod differences;
mod settle;
mod share;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use async_trait::async_trait;
use diesel::{dsl::sql, expression::SqlLiteral, prelude::*, sql_types::BigInt};
use symbolon_domain::{
    id::{OrganizationId, TemplateId},
    port::{
        StoreError,
        tallies::{Numbers, Tallies},
    },
    time::Day,
};

use crate::{DieselStore, connection::AnyConnection, lists, schema::tallies as tally, types::Key};

pub(crate) use self::{
    differences::Differences,
    share::{Share, counted},
};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Recipients,
    Mailed,
    MailFailed,
    Opened,
    Claimed,
    Revoked,
    Tests,
    /// By day, like what follows.
    Claims,
    Expiries,
}

impl What {
    /// The stored name, which never changes.
    const fn name(self) -> &'static str {
        match self {
            Self::Recipients => "recipients",
            Self::Mailed => "mailed",
            Self::MailFailed => "mail_failed",
            Self::Opened => "opened",
            Self::Claimed => "claimed",
            Self::Revoked => "revoked",
            Self::Tests => "tests",
            Self::Claims => "claims",
            Self::Expiries => "expiries",
        }
    }

    /// Where it stands among the numbers of a template; `None` for what is counted by day.
    fn of(self, numbers: &mut Numbers) -> Option<&mut u64> {
        Some(match self {
            Self::Recipients => &mut numbers.recipients,
            Self::Mailed => &mut numbers.mailed,
            Self::MailFailed => &mut numbers.mail_failed,
            Self::Opened => &mut numbers.opened,
            Self::Claimed => &mut numbers.claimed,
            Self::Revoked => &mut numbers.revoked,
            Self::Tests => &mut numbers.tests,
            Self::Claims | Self::Expiries => return None,
        })
    }

    const ALL: [Self; 9] = [
        Self::Recipients,
        Self::Mailed,
        Self::MailFailed,
        Self::Opened,
        Self::Claimed,
        Self::Revoked,
        Self::Tests,
        Self::Claims,
        Self::Expiries,
    ];
}

#[async_trait]
impl Tallies for DieselStore {
    async fn of_templates(
        &self,
        organization: OrganizationId,
        templates: &[TemplateId],
    ) -> Result<Vec<Numbers>, StoreError> {
        let organization = Key::from(organization);
        let templates: Vec<Key> = templates.iter().copied().map(Key::from).collect();
        self.read(move |connection| of_templates(connection, organization, &templates))
            .await
    }

    async fn of_organization(&self, organization: OrganizationId) -> Result<Numbers, StoreError> {
        let organization = Key::from(organization);
        self.read(move |connection| {
            let sums: Vec<(String, i64)> = tally::table
                .filter(tally::organization_id.eq(organization))
                .filter(tally::template_id.is_not_null())
                .group_by(tally::what)
                .select((tally::what, sum()))
                .load(connection)?;
            let mut numbers = Numbers::default();
            for (what, sum) in sums {
                put(&mut numbers, &what, sum);
            }
            Ok(numbers)
        })
        .await
    }

    async fn claims(&self, organization: OrganizationId, from: Day) -> Result<Vec<(Day, u64)>, StoreError> {
        self.by_day(organization, What::Claims, from, None).await
    }

    async fn expiries(
        &self,
        organization: OrganizationId,
        from: Day,
        before: Day,
    ) -> Result<Vec<(Day, u64)>, StoreError> {
        self.by_day(organization, What::Expiries, from, Some(before))
            .await
    }

    async fn settle(&self) -> Result<bool, StoreError> {
        let is_more_of_lists = self.settle_lists().await?;
        for _ in 0..settle::BATCHES {
            // Mostly there is nothing to do, and to see that takes no lock.
            if !self.read(settle::is_due).await? {
                return Ok(is_more_of_lists);
            }
            let is_more = self.write(|connection| Ok(settle::settle(connection)?)).await?;
            if !is_more {
                return Ok(is_more_of_lists);
            }
        }
        Ok(true)
    }
}

impl DieselStore {
    /// Brings what came into lists, and went, into their sections.
    async fn settle_lists(&self) -> Result<bool, StoreError> {
        for _ in 0..settle::BATCHES {
            if !self.read(lists::is_due).await? {
                return Ok(false);
            }
            let is_more = self.write(|connection| Ok(lists::settle(connection)?)).await?;
            if !is_more {
                return Ok(false);
            }
        }
        Ok(true)
    }

    async fn by_day(
        &self,
        organization: OrganizationId,
        what: What,
        from: Day,
        before: Option<Day>,
    ) -> Result<Vec<(Day, u64)>, StoreError> {
        let organization = Key::from(organization);
        self.read(move |connection| {
            // No day is later than the last that a database counts with.
            let last = before.map_or(i64::MAX, |before| before.number().saturating_sub(1));
            let sums: Vec<(Option<i64>, i64)> = tally::table
                .filter(tally::organization_id.eq(organization))
                .filter(tally::what.eq(what.name()))
                .filter(tally::day.between(from.number(), last))
                .group_by(tally::day)
                .order(tally::day)
                .select((tally::day, sum()))
                .load(connection)?;
            let days = sums.into_iter().filter_map(|(day, sum)| {
                let number = u64::try_from(sum).ok().filter(|number| *number > 0)?;
                Some((Day::from_number(day?), number))
            });
            Ok(days.collect())
        })
        .await
    }
}

fn of_templates(
    connection: &mut AnyConnection,
    organization: Key,
    templates: &[Key],
) -> QueryResult<Vec<Numbers>> {
    let sums: Vec<(Option<Key>, String, i64)> = tally::table
        .filter(tally::organization_id.eq(organization))
        .filter(tally::template_id.eq_any(templates))
        // Says nothing new; it is the condition of the index.
        .filter(tally::template_id.is_not_null())
        .group_by((tally::template_id, tally::what))
        .select((tally::template_id, tally::what, sum()))
        .load(connection)?;
    let mut numbers: HashMap<Key, Numbers> = HashMap::with_capacity(templates.len());
    for (template, what, sum) in sums {
        if let Some(template) = template {
            put(numbers.entry(template).or_default(), &what, sum);
        }
    }
    let of = |template: &Key| numbers.get(template).copied().unwrap_or_default();
    Ok(templates.iter().map(of).collect())
}

/// What PostgreSQL sums up is of another type than what it has summed up.
fn sum() -> SqlLiteral<BigInt> {
    sql("CAST(SUM(tallies.difference) AS bigint)")
}

/// Writes a number in its place. What a newer version counts is passed over.
fn put(numbers: &mut Numbers, what: &str, sum: i64) {
    let what = What::ALL.into_iter().find(|one| one.name() == what);
    if let Some(number) = what.and_then(|what| what.of(numbers)) {
        *number = u64::try_from(sum).unwrap_or(0);
    }
}
