//! The log from its end.
//!
//! An entry can name a token, or an administrator, in one of several columns. Each column has an index that is read from
//! its end, and the latest of what they give are put together here: one condition over several columns would have a
//! database read all there is, and sort it.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use diesel::prelude::*;
use symbolon_domain::{
    activity::{Action, ActivityEntry},
    port::activity::{ActivityFilter, ActorKind, LogPlace},
};

use crate::{
    connection::{AnyConnection, MultiBackend},
    row::activity::EntryRow,
    schema::activity,
    transaction::snapshot,
    types::{At, Key},
};

type Entries = activity::BoxedQuery<'static, MultiBackend>;

/// Leaves the entries that name this id in one column.
type Narrowing = fn(Entries, Key) -> Entries;

/// The columns that can name a token.
const OF_TOKEN: [Narrowing; 3] = [
    |entries, id| entries.filter(activity::actor_token_id.eq(id)),
    |entries, id| entries.filter(activity::token_id.eq(id)),
    |entries, id| entries.filter(activity::other_token_id.eq(id)),
];

/// The columns that can name an administrator.
const OF_ADMINISTRATOR: [Narrowing; 2] = [
    |entries, id| entries.filter(activity::actor_administrator_id.eq(id)),
    |entries, id| entries.filter(activity::administrator_id.eq(id)),
];

/// The ways in which an entry can name an id; the one way in which it names nothing, where nothing is asked for.
fn ways<I: Copy + Into<Key>>(id: Option<I>, columns: &[Narrowing]) -> Vec<Option<(Narrowing, Key)>> {
    match id {
        None => vec![None],
        Some(id) => columns.iter().map(|column| Some((*column, id.into()))).collect(),
    }
}

/// See the port's `look_back`. All ways are asked in one snapshot: an entry that is appended meanwhile is in none of them.
pub(super) fn look_back(
    connection: &mut AnyConnection,
    organization: Key,
    filter: &ActivityFilter,
    before: Option<LogPlace>,
    limit: u32,
) -> QueryResult<Vec<(LogPlace, ActivityEntry)>> {
    let latest = snapshot(connection, |connection| {
        let mut latest = BTreeMap::<i64, EntryRow>::new();
        for entries in questions(organization, filter, before, limit) {
            let found = entries.select((activity::seq, EntryRow::as_select()));
            latest.extend(found.load::<(i64, EntryRow)>(connection)?);
        }
        Ok(latest)
    })?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    latest
        .into_iter()
        .rev()
        .take(limit)
        .map(|(seq, row)| Ok((place(seq), row.try_into()?)))
        .collect()
}

/// For each way in which an entry can name what is looked for, the latest that do.
fn questions(
    organization: Key,
    filter: &ActivityFilter,
    before: Option<LogPlace>,
    limit: u32,
) -> Vec<Entries> {
    let of_administrator = ways(filter.administrator, &OF_ADMINISTRATOR);
    ways(filter.token, &OF_TOKEN)
        .into_iter()
        .flat_map(|of_token| of_administrator.iter().map(move |other| [of_token, *other]))
        .map(|ways| {
            let narrowed = |entries, (narrow, id): (Narrowing, Key)| narrow(entries, id);
            ways.into_iter()
                .flatten()
                .fold(shown(organization, filter, before), narrowed)
                .order(activity::seq.desc())
                .limit(limit.into())
        })
        .collect()
}

/// Places are numbers that the database gives, and it counts from one.
fn place(seq: i64) -> LogPlace {
    LogPlace(u64::try_from(seq).unwrap_or(0))
}

/// The entries that a filter lets through, but for what it says of tokens and administrators.
fn shown(organization: Key, filter: &ActivityFilter, before: Option<LogPlace>) -> Entries {
    let mut entries = activity::table
        .filter(activity::organization_id.eq(organization))
        .into_boxed();
    if let Some(LogPlace(before)) = before {
        entries = entries.filter(activity::seq.lt(i64::try_from(before).unwrap_or(i64::MAX)));
    }
    if let Some(actions) = &filter.actions {
        let names: Vec<_> = actions.iter().copied().map(Action::name).collect();
        entries = entries.filter(activity::action.eq_any(names));
    }
    if let Some(actor) = filter.actor.map(ActorKind::name) {
        entries = entries.filter(activity::actor.eq(actor));
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
