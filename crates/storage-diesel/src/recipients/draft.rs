//! What is to be issued, as rows, and how many rows are written at once.

use diesel::prelude::*;
use symbolon_domain::port::recipients::NewRecipient;

use crate::{
    connection::AnyConnection,
    insertion::{CHUNK, insert_all},
    row::{access_token::AccessTokenRow, activity::EntryRow, mail::MailRow, recipient::NewRecipientRow},
    schema::{access_tokens, activity, mails, recipients},
    tallies::{Differences, Share},
    types::Key,
};

/// A credential that is to be issued.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(super) row: NewRecipientRow,
    token: AccessTokenRow,
    mail: Option<MailRow>,
    entry: EntryRow,
    share: Share,
}

/// What a client calls a request: no two credentials are issued under one such name and place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct RequestName<'a> {
    pub(super) caller: Key,
    pub(super) key: &'a str,
}

impl Draft {
    /// The client's name for the request, what it says, and the place in it.
    pub(super) fn request(&self) -> Option<(RequestName<'_>, &[u8], i64)> {
        let request = &self.row.request;
        let name = RequestName {
            caller: request.caller_id?,
            key: request.key.as_deref()?,
        };
        Some((name, request.fingerprint.as_deref()?, request.place?))
    }

    /// The template and the mail address: no two credentials in force have the same.
    pub(super) fn person(&self) -> (Key, &str) {
        let recipient = &self.row.recipient;
        (recipient.template_id, &recipient.mail)
    }
}

impl From<&NewRecipient> for Draft {
    fn from(new: &NewRecipient) -> Self {
        Self {
            row: new.into(),
            token: (&new.token).into(),
            mail: new.mail.as_ref().map(Into::into),
            entry: (&new.entry).into(),
            share: new.into(),
        }
    }
}

/// Adds the recipients in whose way nobody is, and names them. On PostgreSQL this waits for rivals that are about to add
/// the same, and the unique indexes decide; on SQLite there are none.
pub(super) fn add_recipients(connection: &mut AnyConnection, drafts: &[&Draft]) -> QueryResult<Vec<Key>> {
    let mut drafts = drafts.to_vec();
    // In the same order as every rival: so no two wait for each other.
    drafts.sort_unstable_by_key(|draft| draft.person());
    let rows: Vec<_> = drafts.into_iter().map(|draft| &draft.row).collect();
    let mut added = Vec::with_capacity(rows.len());
    match connection {
        AnyConnection::Postgres(postgres) => {
            for chunk in rows.chunks(CHUNK) {
                let ids: Vec<Key> = diesel::insert_into(recipients::table)
                    .values(chunk.to_vec())
                    .on_conflict_do_nothing()
                    .returning(recipients::id)
                    .get_results(postgres)?;
                added.extend(ids);
            }
        }
        AnyConnection::Sqlite(sqlite) => {
            for row in rows {
                diesel::insert_into(recipients::table)
                    .values(row)
                    .execute(sqlite)?;
                added.push(row.recipient.id);
            }
        }
    }
    Ok(added)
}

/// Adds what belongs to recipients that were added, in the order of the batch.
pub(super) fn add_the_rest(connection: &mut AnyConnection, drafts: &[&Draft]) -> QueryResult<()> {
    let tokens: Vec<_> = drafts.iter().map(|draft| &draft.token).collect();
    insert_all!(connection, access_tokens::table, tokens);
    let mails: Vec<_> = drafts.iter().filter_map(|draft| draft.mail.as_ref()).collect();
    insert_all!(connection, mails::table, mails);
    let entries: Vec<_> = drafts.iter().map(|draft| &draft.entry).collect();
    insert_all!(connection, activity::table, entries);
    let mut differences = Differences::default();
    for draft in drafts {
        differences.add(&draft.share);
    }
    differences.append(connection)
}
