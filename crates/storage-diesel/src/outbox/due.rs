//! Taking the mail that is due.

#[cfg(test)]
mod tests;

use diesel::{
    dsl::{auto_type, sql},
    expression::SqlLiteral,
    prelude::*,
    result::Error,
    sql_types::Bool,
};
use symbolon_domain::{
    access_token::{Dossier, Posting},
    mail::{Mail, MailKind, MailState},
};

use crate::{
    connection::AnyConnection,
    dossiers,
    error::store_error,
    organizations,
    row::mail::MailRow,
    schema::{
        access_tokens as token, mails as mail, organizations as organization, recipients as recipient,
        templates as template,
    },
    templates,
    transaction::Stop,
    types::{At, Key},
};

/// How many are looked at in one go: more than there are rivals, for those of rivals are passed over.
const CANDIDATES: i64 = 32;

/// A mail that is due and does not have to wait, as far as can be seen without taking it.
#[derive(Debug, Clone, Copy, Queryable)]
pub(super) struct Candidate {
    id: Key,
    due_at: At,
    organization: Key,
    template: Key,
}

/// A mail that was taken, with everything it can tell.
pub(super) type Taken = Option<Box<(Mail, Dossier)>>;

/// Where a mail stands in the order in which mail is taken.
pub(super) type Place = (At, Key);

impl Candidate {
    pub(super) const fn place(&self) -> Place {
        (self.due_at, self.id)
    }
}

/// Nothing says that the mail at hand has to wait: [`Dossier::posting`] is not [`Posting::Wait`]. The test compares the
/// two, state by state.
///
/// It only spares looking at mail that waits; whether a mail is sent, the domain says.
#[auto_type(no_type_alias)]
fn need_not_wait<'a>(claimed: &'a str, reset_requested: &'a str) -> _ {
    let issuer_goes_on = template::paused_at
        .is_null()
        .and(organization::cancelled_at.is_null());
    let is_useless = token::replaced_at
        .is_not_null()
        .or(token::revoked_at.is_not_null())
        .or(recipient::revoked_at.is_not_null());
    let nobody_claimed = mail::kind.eq(claimed).and(token::bound_at.is_null());
    let nobody_asks = mail::kind
        .eq(reset_requested)
        .and(token::reset_requested_at.is_null());
    issuer_goes_on.or(is_useless).or(nobody_claimed).or(nobody_asks)
}

/// Written out, not a parameter: the index of what is due has the same condition, and a database that plans before it
/// knows the parameters could not tell.
fn is_pending() -> SqlLiteral<Bool> {
    sql("mails.state = 'pending'")
}

/// The first that are due, after this place.
pub(super) fn candidates(
    connection: &mut AnyConnection,
    now: At,
    after: Option<Place>,
) -> QueryResult<Vec<Candidate>> {
    let of_recipient = recipient::table
        .inner_join(template::table)
        .inner_join(organization::table);
    let mut due = mail::table
        .inner_join(token::table.inner_join(of_recipient))
        .filter(is_pending())
        .filter(mail::due_at.le(now))
        .filter(need_not_wait(
            MailKind::Claimed.name(),
            MailKind::ResetRequested.name(),
        ))
        .into_boxed();
    if let Some((due_at, id)) = after {
        let is_later = mail::due_at.gt(due_at);
        due = due.filter(is_later.or(mail::due_at.eq(due_at).and(mail::id.gt(id))));
    }
    due.order((mail::due_at, mail::id))
        .limit(CANDIDATES)
        .select((
            mail::id,
            mail::due_at,
            recipient::organization_id,
            recipient::template_id,
        ))
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
) -> Result<Taken, Stop<Taken>> {
    let is_active = organizations::hold(connection, candidate.organization)?.is_some();
    if templates::hold(connection, candidate.organization, candidate.template)?.is_none() {
        return Err(Stop::Outcome(None));
    }
    let Some(found) = lock(connection, candidate.id, now)? else {
        return Err(Stop::Outcome(None));
    };
    let (found, dossier) = match read(connection, found) {
        Ok(Some(read)) => read,
        Ok(None) => return Err(Stop::Outcome(None)),
        // A row that another version has written, or another hand. The others are not to wait for it.
        Err(error @ Error::DeserializationError(_)) => {
            tracing::error!(mail = %candidate.id.0, error = %store_error(&error), "a mail cannot be read, and waits");
            begin(connection, candidate.id, until)?;
            return Ok(None);
        }
        Err(error) => return Err(error.into()),
    };
    match dossier.posting(found.kind) {
        Posting::Wait => Err(Stop::Outcome(None)),
        // It was reactivated after it could have been held.
        Posting::Send if !is_active => Err(Stop::Again),
        Posting::Send => {
            begin(connection, candidate.id, until)?;
            let mail = Mail {
                due_at: until.0,
                attempts: found.attempts.saturating_add(1),
                ..found
            };
            Ok(Some(Box::new((mail, dossier))))
        }
        Posting::Drop => {
            diesel::update(mail::table.find(candidate.id))
                .set(mail::state.eq(MailState::Dropped.name()))
                .execute(connection)?;
            Ok(None)
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
        .execute(connection)
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
