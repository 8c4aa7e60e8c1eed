//! The log from its end.
//!
//! What a filter names is looked up in indexes that are each read from their end, and the latest of what they give are put
//! together here: one condition over several columns or values would have a database read all there is, and sort it.

mod span;
#[cfg(test)]
mod tests;
mod together;
mod way;

use std::collections::BTreeMap;

use diesel::prelude::*;
use symbolon_domain::{
    activity::ActivityEntry,
    port::activity::{ActivityFilter, LogPlace, LogSide},
};

use self::{span::Span, together::Together};
use crate::{
    connection::{AnyConnection, MultiBackend},
    schema::activity,
    transaction::snapshot,
    types::{At, Key},
};

type Entries = activity::BoxedQuery<'static, MultiBackend>;

/// See the port's `look_back`. Everything is asked in one snapshot: an entry that is appended meanwhile is in no answer.
pub(super) fn look_back(
    connection: &mut AnyConnection,
    organization: Key,
    filter: &ActivityFilter,
    side: Option<LogSide>,
    limit: u32,
) -> QueryResult<Vec<(LogPlace, ActivityEntry)>> {
    let found = snapshot(connection, |connection| {
        let Some(span) = Span::of(connection, organization, filter)? else {
            return Ok(BTreeMap::new());
        };
        let questions = questions(organization, filter, span, side, limit);
        Together::of(questions).load(connection)
    })?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let skipped = match side {
        // The nearest are the earliest of what was found.
        Some(LogSide::After(_)) => found.len().saturating_sub(limit),
        Some(LogSide::Before(_)) | None => 0,
    };
    found
        .into_iter()
        .rev()
        .skip(skipped)
        .take(limit)
        .map(|(seq, row)| Ok((place(seq), row.try_into()?)))
        .collect()
}

/// For each way in which an entry can be what is looked for, those nearest to the place.
fn questions(
    organization: Key,
    filter: &ActivityFilter,
    span: Span,
    side: Option<LogSide>,
    limit: u32,
) -> Vec<Entries> {
    way::ways(filter)
        .into_iter()
        .map(|way| {
            let narrowed = way
                .into_iter()
                .fold(shown(organization, filter, span, side), |entries, narrow| {
                    narrow.of(entries)
                });
            match side {
                Some(LogSide::After(_)) => narrowed.order(activity::seq.asc()),
                Some(LogSide::Before(_)) | None => narrowed.order(activity::seq.desc()),
            }
            .limit(limit.into())
        })
        .collect()
}

/// Places are numbers that the database gives, and it counts from one.
fn place(seq: i64) -> LogPlace {
    LogPlace(u64::try_from(seq).unwrap_or(0))
}

/// No database counts further.
fn seq(LogPlace(place): LogPlace) -> i64 {
    i64::try_from(place).unwrap_or(i64::MAX)
}

/// The entries that a filter lets through, but for what its ways say.
fn shown(organization: Key, filter: &ActivityFilter, span: Span, side: Option<LogSide>) -> Entries {
    let mut entries = activity::table
        .filter(activity::organization_id.eq(organization))
        .into_boxed();
    entries = match side {
        None => entries,
        Some(LogSide::Before(place)) => entries.filter(activity::seq.lt(seq(place))),
        Some(LogSide::After(place)) => entries.filter(activity::seq.gt(seq(place))),
    };
    if let Some((first, last)) = span.places {
        entries = entries
            .filter(activity::seq.ge(first))
            .filter(activity::seq.le(last));
    }
    if let Some(template) = filter.template {
        entries = entries.filter(activity::template_id.eq(Key::from(template)));
    }
    if let Some(recipient) = filter.recipient {
        entries = entries.filter(activity::recipient_id.eq(Key::from(recipient)));
    }
    if let Some(since) = filter.since {
        entries = entries.filter(activity::at.ge(At(since)));
    }
    if let Some(until) = filter.until {
        entries = entries.filter(activity::at.lt(At(until)));
    }
    entries
}
