//! Taking the notice that is due.

use diesel::{prelude::*, result::Error};
use symbolon_domain::notice::NoticeDossier;

use super::is_pending;
use crate::{
    administrators::codes_left,
    cached::ExecuteCached as _,
    connection::AnyConnection,
    error::store_error,
    row::{
        administrator::AdministratorRow,
        administrator_link::LinkRow,
        authorization_token::TokenRow,
        notice::{NoticeRow, NoticeRows, read_dossier},
        organization::OrganizationRow,
    },
    schema::{
        administrator_links as link, administrators as administrator, authorization_tokens as token,
        notices as notice, organizations as organization,
    },
    transaction::Stop,
    types::{At, Key},
};

/// What became of looking for one.
#[derive(Debug)]
pub(super) enum Look {
    /// It was taken; with everything it can tell.
    Taken(Box<NoticeDossier>),
    /// It cannot be read, and waits; another may be due.
    Unreadable,
    /// None is due, or all that are, are in the hands of rivals.
    Nothing,
}

/// Whether any notice is due.
pub(super) fn is_there(connection: &mut AnyConnection, now: At) -> QueryResult<bool> {
    let due = notice::table.filter(is_pending()).filter(notice::due_at.le(now));
    diesel::select(diesel::dsl::exists(due)).get_result(connection)
}

/// Takes the first that is due and that no rival has.
pub(super) fn take(connection: &mut AnyConnection, now: At, until: At) -> Result<Look, Stop<Look>> {
    let Some(id) = lock(connection, now)? else {
        return Err(Stop::Outcome(Look::Nothing));
    };
    diesel::update(notice::table.find(id))
        .set((
            notice::due_at.eq(until),
            notice::attempts.eq(notice::attempts + 1),
        ))
        .execute_cached(connection)?;
    match dossier(connection, id) {
        Ok(Some(dossier)) => Ok(Look::Taken(Box::new(dossier))),
        Ok(None) => Err(Stop::Again),
        // A row that another version has written, or another hand. The others are not to wait for it.
        Err(error @ Error::DeserializationError(_)) => {
            tracing::error!(notice = %id.0, error = %store_error(&error), "a notice cannot be read, and waits");
            Ok(Look::Unreadable)
        }
        Err(error) => Err(error.into()),
    }
}

/// Takes the row of the first that is due, unless a rival has it: nobody waits for a notice that is being taken.
fn lock(connection: &mut AnyConnection, now: At) -> QueryResult<Option<Key>> {
    let first = notice::table
        .filter(is_pending())
        .filter(notice::due_at.le(now))
        .order((notice::due_at, notice::id))
        .limit(1)
        .select(notice::id);
    match connection {
        AnyConnection::Postgres(postgres) => first
            .for_no_key_update()
            .skip_locked()
            .get_result::<Key>(postgres),
        // Nobody else writes.
        AnyConnection::Sqlite(sqlite) => first.get_result::<Key>(sqlite),
    }
    .optional()
}

/// A notice that is pending, with everything it can tell, in one statement on primary keys.
pub(super) fn dossier(connection: &mut AnyConnection, id: Key) -> QueryResult<Option<NoticeDossier>> {
    let rows: Option<NoticeRows> = notice::table
        .inner_join(organization::table)
        .left_join(administrator::table)
        .left_join(link::table)
        .left_join(token::table)
        .filter(notice::id.eq(id))
        .filter(is_pending())
        .select((
            NoticeRow::as_select(),
            OrganizationRow::as_select(),
            Option::<AdministratorRow>::as_select(),
            codes_left(),
            Option::<LinkRow>::as_select(),
            Option::<TokenRow>::as_select(),
        ))
        .get_result(connection)
        .optional()?;
    Ok(rows.map(read_dossier).transpose()?)
}
