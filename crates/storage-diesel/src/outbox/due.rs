//! Taking the mail that is due.

#[cfg(test)]
mod tests;

use diesel::{dsl::sql, expression::SqlLiteral, prelude::*, result::Error, sql_types::Bool};
use symbolon_domain::{
    access_token::{Dossier, Posting},
    mail::{Mail, MailState},
};

use super::waiting::Ground;
use crate::{
    cached::ExecuteCached as _,
    connection::AnyConnection,
    dossiers,
    error::store_error,
    organizations,
    row::mail::MailRow,
    schema::{mails as mail, recipients as recipient},
    templates,
    transaction::Stop,
    types::{At, Key},
};

/// How many are looked at in one go: more than there are rivals, for those of rivals are passed over.
const CANDIDATES: i64 = 32;

/// A mail that is due, as far as can be seen without taking it.
#[derive(Debug, Clone, Copy, Queryable)]
pub(super) struct Candidate {
    id: Key,
    organization: Key,
    template: Key,
}

/// What became of a candidate.
#[derive(Debug)]
pub(super) enum Look {
    /// It was taken; with everything it can tell.
    Taken(Box<(Mail, Dossier)>),
    /// It has to wait, and so has all mail on the same ground.
    Waits(Ground),
    /// It is not due any more: it was dropped, or cannot be read and waits.
    Cleared,
    /// Somebody else has it.
    Passed,
}

impl Candidate {
    /// What it may have to wait for.
    pub(super) fn grounds(self) -> [Ground; 2] {
        [
            Ground::Organization(self.organization),
            Ground::Template(self.organization, self.template),
        ]
    }
}

/// Written out, not a parameter: the index of what is due has the same condition, and a database that plans before it
/// knows the parameters could not tell.
pub(super) fn is_pending() -> SqlLiteral<Bool> {
    sql("mails.state = 'pending'")
}

/// The first that are due.
pub(super) fn candidates(connection: &mut AnyConnection, now: At) -> QueryResult<Vec<Candidate>> {
    mail::table
        .inner_join(recipient::table.on(recipient::id.eq(mail::recipient_id)))
        .filter(is_pending())
        .filter(mail::due_at.le(now))
        .order((mail::due_at, mail::id))
        .limit(CANDIDATES)
        .select((mail::id, recipient::organization_id, recipient::template_id))
        .load(connection)
}

/// Takes a mail, if it is to be sent at this moment and no rival has it; drops it, if its link has become useless.
///
/// Organization and template are held as they are while the domain judges: a pause comes before this, and is seen, or
/// after.
pub(super) fn take(
    connection: &mut AnyConnection,
    candidate: Candidate,
    now: At,
    until: At,
) -> Result<Look, Stop<Look>> {
    let is_active = organizations::hold(connection, candidate.organization)?.is_some();
    if templates::hold(connection, candidate.organization, candidate.template)?.is_none() {
        return Err(Stop::Outcome(Look::Passed));
    }
    let Some(found) = lock(connection, candidate.id, now)? else {
        return Err(Stop::Outcome(Look::Passed));
    };
    let (found, dossier) = match read(connection, found) {
        Ok(Some(read)) => read,
        Ok(None) => return Err(Stop::Outcome(Look::Passed)),
        // A row that another version has written, or another hand. The others are not to wait for it.
        Err(error @ Error::DeserializationError(_)) => {
            tracing::error!(mail = %candidate.id.0, error = %store_error(&error), "a mail cannot be read, and waits");
            begin(connection, candidate.id, until)?;
            return Ok(Look::Cleared);
        }
        Err(error) => return Err(error.into()),
    };
    match dossier.posting(found.kind) {
        Posting::Wait => {
            let [organization, template] = candidate.grounds();
            let ground = if is_active { template } else { organization };
            Err(Stop::Outcome(Look::Waits(ground)))
        }
        // It was reactivated after it could have been held.
        Posting::Send if !is_active => Err(Stop::Again),
        Posting::Send => {
            begin(connection, candidate.id, until)?;
            let mail = Mail {
                due_at: until.0,
                attempts: found.attempts.saturating_add(1),
                ..found
            };
            Ok(Look::Taken(Box::new((mail, dossier))))
        }
        Posting::Drop => {
            diesel::update(mail::table.find(candidate.id))
                .set(mail::state.eq(MailState::Dropped.name()))
                .execute_cached(connection)?;
            Ok(Look::Cleared)
        }
    }
}

/// A mail, with everything it can tell.
fn read(connection: &mut AnyConnection, row: MailRow) -> QueryResult<Option<(Mail, Dossier)>> {
    let token = row.access_token_id;
    let mail = Mail::try_from(row)?;
    Ok(dossiers::by_id(connection, token)?.map(|dossier| (mail, dossier)))
}

/// Keeps that an attempt is under way, and until when nobody else makes one.
fn begin(connection: &mut AnyConnection, id: Key, until: At) -> QueryResult<()> {
    diesel::update(mail::table.find(id))
        .set((mail::due_at.eq(until), mail::attempts.eq(mail::attempts + 1)))
        .execute_cached(connection)
        .map(drop)
}

/// Takes the row of a mail that is still due, unless a rival has it: nobody waits for a mail that is being taken.
fn lock(connection: &mut AnyConnection, id: Key, now: At) -> QueryResult<Option<MailRow>> {
    let due = || {
        mail::table
            .find(id)
            .filter(mail::state.eq(MailState::Pending.name()))
            .filter(mail::due_at.le(now))
    };
    if let AnyConnection::Postgres(postgres) = connection {
        let free = due()
            .select(mail::id)
            .for_no_key_update()
            .skip_locked()
            .get_result::<Key>(postgres)
            .optional()?;
        if free.is_none() {
            return Ok(None);
        }
    }
    due()
        .select(MailRow::as_select())
        .get_result(connection)
        .optional()
}
