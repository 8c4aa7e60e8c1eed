//! By how much a step changes the numbers.

use std::collections::BTreeMap;

use diesel::prelude::*;
use symbolon_domain::time::Day;

use super::{Share, What};
use crate::{
    connection::AnyConnection,
    lists::{Note, note},
    schema::tallies as tally,
    types::{At, Key},
};

/// Rows in one statement: PostgreSQL counts parameters with 16 bits.
const CHUNK: usize = 1_000;

/// Whose number it is: a template's, or a day's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    Template(Key),
    Day(i64),
}

/// By how much a step changes the numbers of organizations, and how many come into their lists or go.
#[derive(Debug, Default)]
pub(crate) struct Differences {
    numbers: BTreeMap<(Key, Place, &'static str), i64>,
    /// By organization, template and instant of creation.
    listed: BTreeMap<(Key, Key, i64), i64>,
}

/// A row of a number.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = tally, treat_none_as_default_value = false)]
pub(super) struct Row<'a> {
    organization_id: Key,
    template_id: Option<Key>,
    what: &'a str,
    day: Option<i64>,
    difference: i64,
    is_settled: bool,
}

impl<'a> Row<'a> {
    pub(super) const fn new(
        organization_id: Key,
        place: Place,
        what: &'a str,
        difference: i64,
        is_settled: bool,
    ) -> Self {
        let (template_id, day) = match place {
            Place::Template(id) => (Some(id), None),
            Place::Day(day) => (None, Some(day)),
        };
        Self {
            organization_id,
            template_id,
            what,
            day,
            difference,
            is_settled,
        }
    }
}

impl Differences {
    /// A recipient comes.
    pub(crate) fn add(&mut self, share: &Share) {
        self.count(share, 1);
    }

    /// A recipient goes.
    pub(crate) fn take(&mut self, share: &Share) {
        self.count(share, -1);
    }

    fn count(&mut self, share: &Share, difference: i64) {
        let place = (share.organization, share.template, share.created_at.as_millis());
        *self.listed.entry(place).or_insert(0) += difference;
        share.each(|place, what| self.change(share.organization, place, what, difference));
    }

    /// Somebody's link was opened for the first time.
    pub(crate) fn open(&mut self, organization: Key, template: Key) {
        self.change(organization, Place::Template(template), What::Opened, 1);
    }

    /// Somebody has claimed for the first time.
    pub(crate) fn claim(&mut self, organization: Key, template: Key, at: At) {
        let day = Place::Day(Day::of(at.0).number());
        self.change(organization, Place::Template(template), What::Claimed, 1);
        self.change(organization, day, What::Claims, 1);
    }

    fn change(&mut self, organization: Key, place: Place, what: What, difference: i64) {
        *self
            .numbers
            .entry((organization, place, what.name()))
            .or_insert(0) += difference;
    }

    /// Writes them, as part of the transaction at hand.
    pub(crate) fn append(&self, connection: &mut AnyConnection) -> QueryResult<()> {
        let changed = self.numbers.iter().filter(|(_, difference)| **difference != 0);
        let rows: Vec<_> = changed
            .map(|((organization, place, what), difference)| {
                Row::new(*organization, *place, what, *difference, false)
            })
            .collect();
        insert(connection, &rows)?;
        let changed = self.listed.iter().filter(|(_, difference)| **difference != 0);
        let notes: Vec<_> = changed
            .map(|((organization_id, template_id, at), difference)| Note {
                organization_id: *organization_id,
                template_id: Some(*template_id),
                at: *at,
                difference: *difference,
            })
            .collect();
        note(connection, &notes)
    }
}

/// Adds rows: on PostgreSQL many in one statement, on SQLite each with the same prepared statement, which is quicker there.
pub(super) fn insert(connection: &mut AnyConnection, rows: &[Row<'_>]) -> QueryResult<()> {
    match connection {
        AnyConnection::Postgres(postgres) => {
            for chunk in rows.chunks(CHUNK) {
                diesel::insert_into(tally::table)
                    .values(chunk)
                    .execute(postgres)?;
            }
        }
        AnyConnection::Sqlite(sqlite) => {
            for row in rows {
                diesel::insert_into(tally::table).values(row).execute(sqlite)?;
            }
        }
    }
    Ok(())
}
