//! Bringing together what was counted lately.

use std::collections::BTreeMap;

use diesel::{
    dsl::{exists, sql},
    expression::SqlLiteral,
    prelude::*,
    sql_types::Bool,
};

use super::differences::{Place, Row, insert};
use crate::{connection::AnyConnection, schema::tallies as tally, types::Key};

/// How many rows are brought together in one transaction, some 10 ms.
const MANY: usize = 1_000;
/// How many transactions one call makes at most.
pub(super) const BATCHES: usize = 50;

/// A row, and the number it belongs to.
type Found = (i64, Key, Option<Key>, String, Option<i64>, i64);

/// Written out, not a parameter: the index has the same condition, and a database that plans before it knows the
/// parameters could not tell.
fn is_unsettled() -> SqlLiteral<Bool> {
    sql("NOT tallies.is_settled")
}

/// Whether anything was counted lately.
pub(super) fn is_due(connection: &mut AnyConnection) -> QueryResult<bool> {
    diesel::select(exists(tally::table.filter(is_unsettled()))).get_result(connection)
}

/// Brings the first of what was counted lately together with what is settled, one row for each number and none for zero.
/// Says whether there may be more.
///
/// What somebody else is settling is passed over, settled rows too: a number that two settle at once has two settled rows
/// until it next changes.
pub(super) fn settle(connection: &mut AnyConnection) -> QueryResult<bool> {
    let fresh = unsettled(connection)?;
    let is_more = fresh.len() == MANY;
    let mut gone = Vec::with_capacity(fresh.len());
    let mut sums = BTreeMap::new();
    for (seq, organization, template, what, day, difference) in fresh {
        let place = match (template, day) {
            (Some(template), _) => Place::Template(template),
            (None, Some(day)) => Place::Day(day),
            // The schema has no such row.
            (None, None) => continue,
        };
        gone.push(seq);
        *sums.entry((organization, place, what)).or_insert(0) += difference;
    }
    for ((organization, place, what), sum) in &mut sums {
        for (seq, difference) in settled(connection, *organization, *place, what)? {
            gone.push(seq);
            *sum += difference;
        }
    }
    diesel::delete(tally::table.filter(tally::seq.eq_any(gone))).execute(connection)?;
    let rows: Vec<_> = sums
        .iter()
        .filter(|(_, sum)| **sum != 0)
        .map(|((organization, place, what), sum)| Row::new(*organization, *place, what, *sum, true))
        .collect();
    insert(connection, &rows)?;
    Ok(is_more)
}

/// The first of what was counted lately and nobody else is settling, taken.
fn unsettled(connection: &mut AnyConnection) -> QueryResult<Vec<Found>> {
    let limit = i64::try_from(MANY).unwrap_or(i64::MAX);
    let found = tally::table
        .filter(is_unsettled())
        .order(tally::seq)
        .limit(limit)
        .select((
            tally::seq,
            tally::organization_id,
            tally::template_id,
            tally::what,
            tally::day,
            tally::difference,
        ));
    match connection {
        AnyConnection::Postgres(postgres) => found.for_update().skip_locked().load(postgres),
        // Nobody else writes.
        AnyConnection::Sqlite(sqlite) => found.load(sqlite),
    }
}

/// What is settled of a number and nobody else is settling, taken.
fn settled(
    connection: &mut AnyConnection,
    organization: Key,
    place: Place,
    what: &str,
) -> QueryResult<Vec<(i64, i64)>> {
    let of_number = tally::table
        .filter(tally::organization_id.eq(organization))
        .filter(tally::what.eq(what))
        .filter(tally::is_settled.eq(true));
    match place {
        Place::Template(id) => {
            let found = of_number
                .filter(tally::template_id.eq(id))
                .select((tally::seq, tally::difference));
            match connection {
                AnyConnection::Postgres(postgres) => found.for_update().skip_locked().load(postgres),
                AnyConnection::Sqlite(sqlite) => found.load(sqlite),
            }
        }
        Place::Day(day) => {
            let found = of_number
                .filter(tally::day.eq(day))
                .select((tally::seq, tally::difference));
            match connection {
                AnyConnection::Postgres(postgres) => found.for_update().skip_locked().load(postgres),
                AnyConnection::Sqlite(sqlite) => found.load(sqlite),
            }
        }
    }
}
