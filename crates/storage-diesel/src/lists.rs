//! Where in a long list a page begins, and how long the list is, without going through it.
//!
//! A [`List`] is cut into [`Sections`] by the instants at which those in it were created. A step that adds or removes some
//! [notes](note) how many of which instant, in its own transaction, and waits for nobody by that; [`settle`] brings these notes
//! into the sections that are kept. Who [reads](read) a list does the same in memory, so that what is not settled yet is counted
//! too.

mod cut;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use diesel::{
    connection::SimpleConnection as _,
    dsl::{count_star, exists},
    prelude::*,
    sql_types::BigInt,
};
use symbolon_domain::port::StoreError;
use uuid::Uuid;

pub(crate) use self::cut::{Place, Sections};
use crate::{
    DieselStore,
    connection::AnyConnection,
    error::store_error,
    insertion::insert_all,
    schema::{
        authorization_tokens as token, list_differences as difference, list_sections as section,
        recipients as recipient,
    },
    transaction::write,
    types::Key,
};

/// How many notes are settled in one transaction, some milliseconds.
const MANY: usize = 1_000;

/// What PostgreSQL's lock for settling is called by: any number that nobody else uses.
const LOCK: i64 = 0x0073_6563_7469_6f6e;

/// A list of an organization that is cut, in the order in which those in it were created.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum List {
    /// All recipients.
    Recipients,
    /// Those on a template.
    OnTemplate(Key),
    /// All authorization tokens, whatever has become of them.
    Tokens,
}

impl List {
    /// What it is called by among the lists of its organization.
    fn id(self, organization: Key) -> Key {
        match self {
            Self::Recipients => organization,
            Self::OnTemplate(template) => template,
            Self::Tokens => Key(Uuid::nil()),
        }
    }
}

/// How many came, or went, and when they had been created.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = difference)]
pub(crate) struct Note {
    pub(crate) organization_id: Key,
    /// On which template recipients are; `None` where it is authorization tokens.
    pub(crate) template_id: Option<Key>,
    /// In milliseconds since 1970.
    pub(crate) at: i64,
    pub(crate) difference: i64,
}

/// The lists that recipients on a template are in, or authorization tokens.
fn lists_of(organization: Key, template: Option<Key>) -> Vec<Key> {
    let lists = match template {
        Some(template) => vec![List::Recipients, List::OnTemplate(template)],
        None => vec![List::Tokens],
    };
    lists.into_iter().map(|list| list.id(organization)).collect()
}

/// A section as it is kept.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = section)]
struct SectionRow {
    organization_id: Key,
    list_id: Key,
    begins_at: i64,
    latest_at: i64,
    number: i64,
}

/// Writes notes, as part of the transaction at hand.
pub(crate) fn note(connection: &mut AnyConnection, notes: &[Note]) -> QueryResult<()> {
    let notes: Vec<&Note> = notes.iter().collect();
    insert_all!(connection, difference::table, notes);
    Ok(())
}

/// The sections of a list, as of this moment: as part of the snapshot at hand.
pub(crate) fn read(connection: &mut AnyConnection, organization: Key, list: List) -> QueryResult<Sections> {
    let list = list.id(organization);
    let mut sections = kept(connection, organization, list)?;
    let notes: Vec<(Option<Key>, i64, i64)> = difference::table
        .filter(difference::organization_id.eq(organization))
        .order(difference::seq)
        .select((difference::template_id, difference::at, difference::difference))
        .load(connection)?;
    for (template, at, difference) in notes {
        if lists_of(organization, template).contains(&list) {
            sections.add(at, difference);
        }
    }
    Ok(sections)
}

fn kept(connection: &mut AnyConnection, organization: Key, list: Key) -> QueryResult<Sections> {
    let rows = section::table
        .filter(section::organization_id.eq(organization))
        .filter(section::list_id.eq(list))
        .order(section::begins_at)
        .select((section::begins_at, section::latest_at, section::number))
        .load(connection)?;
    Ok(Sections::of(rows))
}

/// Whether there are notes to be settled.
pub(crate) fn is_due(connection: &mut AnyConnection) -> QueryResult<bool> {
    diesel::select(exists(difference::table.select(difference::seq))).get_result(connection)
}

/// Brings the first notes into the sections. Says whether there may be more; where somebody else is at it, they will see.
pub(crate) fn settle(connection: &mut AnyConnection) -> QueryResult<bool> {
    if !is_ours(connection)? {
        return Ok(false);
    }
    let limit = i64::try_from(MANY).unwrap_or(i64::MAX);
    let notes: Vec<(i64, Key, Option<Key>, i64, i64)> = difference::table
        .order(difference::seq)
        .limit(limit)
        .select((
            difference::seq,
            difference::organization_id,
            difference::template_id,
            difference::at,
            difference::difference,
        ))
        .load(connection)?;
    let lists: BTreeSet<(Key, Key)> = notes
        .iter()
        .flat_map(|(_, organization, template, ..)| {
            let lists = lists_of(*organization, *template);
            lists.into_iter().map(|list| (*organization, list))
        })
        .collect();
    let mut cut = BTreeMap::new();
    for (organization, list) in lists {
        cut.insert((organization, list), kept(connection, organization, list)?);
    }
    for (_, organization, template, at, difference) in &notes {
        for list in lists_of(*organization, *template) {
            if let Some(sections) = cut.get_mut(&(*organization, list)) {
                sections.add(*at, *difference);
            }
        }
    }
    for ((organization, list), sections) in &cut {
        keep(connection, *organization, *list, sections)?;
    }
    let gone: Vec<i64> = notes.iter().map(|(seq, ..)| *seq).collect();
    diesel::delete(difference::table.filter(difference::seq.eq_any(&gone))).execute(connection)?;
    Ok(gone.len() == MANY)
}

/// Writes what is other than it was kept.
fn keep(
    connection: &mut AnyConnection,
    organization_id: Key,
    list_id: Key,
    sections: &Sections,
) -> QueryResult<()> {
    let changed: Vec<_> = sections
        .changed()
        .map(|(begins_at, latest_at, number)| SectionRow {
            organization_id,
            list_id,
            begins_at,
            latest_at,
            number,
        })
        .collect();
    for row in &changed {
        diesel::delete(section::table.find((row.organization_id, row.list_id, row.begins_at)))
            .execute(connection)?;
    }
    let changed: Vec<&SectionRow> = changed.iter().collect();
    insert_all!(connection, section::table, changed);
    Ok(())
}

/// Whether nobody else is settling, until the transaction at hand ends.
fn is_ours(connection: &mut AnyConnection) -> QueryResult<bool> {
    diesel::define_sql_function! {
        fn pg_try_advisory_xact_lock(number: BigInt) -> Bool;
    }
    match connection {
        // Nobody else writes.
        AnyConnection::Sqlite(_) => Ok(true),
        AnyConnection::Postgres(postgres) => {
            diesel::select(pg_try_advisory_xact_lock(LOCK)).get_result(postgres)
        }
    }
}

impl DieselStore {
    /// Counts anew how many recipients and authorization tokens stand in which section of each list, if the sum of them is not how
    /// many there are: as after some were removed by other means than this program. Whether it was so. It takes seconds with
    /// millions, and nobody can write meanwhile.
    ///
    /// # Errors
    /// Where the database does not answer; nothing is changed then.
    pub fn mend_lists(&self) -> Result<bool, StoreError> {
        let mut connection = self.maintenance()?;
        if are_right(&mut connection).map_err(|error| store_error(&error))? {
            return Ok(false);
        }
        let mended = write(&mut connection, |connection| {
            hold(connection)?;
            // They may have been looked at between two steps of somebody's.
            if are_right(connection)? {
                return Ok(false);
            }
            diesel::delete(difference::table).execute(connection)?;
            diesel::delete(section::table).execute(connection)?;
            let script = match connection {
                AnyConnection::Sqlite(_) => SQLITE,
                AnyConnection::Postgres(_) => POSTGRES,
            };
            let (_, cut) = script.split_once(MARK).unwrap_or_default();
            connection.batch_execute(cut)?;
            Ok(true)
        });
        mended.map_err(|error| store_error(&error))
    }
}

/// Nobody adds, removes or settles from here to the end of the transaction. In the order in which others take them: tokens
/// before recipients, as who issues does, and sections before what is noted, as who settles does.
fn hold(connection: &mut AnyConnection) -> QueryResult<()> {
    match connection {
        // Nobody else writes.
        AnyConnection::Sqlite(_) => Ok(()),
        AnyConnection::Postgres(postgres) => postgres.batch_execute(
            "LOCK TABLE authorization_tokens, recipients IN SHARE MODE; \
             LOCK TABLE list_sections, list_differences IN SHARE ROW EXCLUSIVE MODE",
        ),
    }
}

/// The migrations cut the lists that are there; what stands after this line does it again.
const MARK: &str = "-- From here on it is also done where lists are mended.";
const SQLITE: &str = include_str!("../../../migrations/sqlite/2026-11-23-000027_list_sections/up.sql");
const POSTGRES: &str = include_str!("../../../migrations/postgres/2026-11-23-000027_list_sections/up.sql");

/// Whether there are as many as the sections of each list say, and what is noted of it.
pub(crate) fn are_right(connection: &mut AnyConnection) -> QueryResult<bool> {
    let mut said: BTreeMap<(Key, Key), i64> = BTreeMap::new();
    let kept: Vec<(Key, Key, i64)> = section::table
        .select((section::organization_id, section::list_id, section::number))
        .load(connection)?;
    for (organization, list, number) in kept {
        *said.entry((organization, list)).or_default() += number;
    }
    let noted: Vec<(Key, Option<Key>, i64)> = difference::table
        .select((
            difference::organization_id,
            difference::template_id,
            difference::difference,
        ))
        .load(connection)?;
    count(&mut said, noted);
    said.retain(|_, number| *number != 0);
    let mut there = BTreeMap::new();
    let recipients: Vec<(Key, Key, i64)> = recipient::table
        .group_by((recipient::organization_id, recipient::template_id))
        .select((recipient::organization_id, recipient::template_id, count_star()))
        .load(connection)?;
    let recipients = recipients
        .into_iter()
        .map(|(organization, template, number)| (organization, Some(template), number));
    count(&mut there, recipients);
    let tokens: Vec<(Key, i64)> = token::table
        .group_by(token::organization_id)
        .select((token::organization_id, count_star()))
        .load(connection)?;
    let tokens = tokens
        .into_iter()
        .map(|(organization, number)| (organization, None, number));
    count(&mut there, tokens);
    Ok(said == there)
}

/// Counts some in each list they are in.
fn count(lists: &mut BTreeMap<(Key, Key), i64>, some: impl IntoIterator<Item = (Key, Option<Key>, i64)>) {
    for (organization, template, number) in some {
        for list in lists_of(organization, template) {
            *lists.entry((organization, list)).or_default() += number;
        }
    }
}
