//! Correcting a mail address.

use diesel::{
    prelude::*,
    result::{DatabaseErrorKind, Error},
};
use symbolon_domain::{
    port::recipients::Correction, recipient::Recipient, text::MailAddress, time::Timestamp,
};

use super::{Credential, lock};
use crate::{
    access_tokens::{self, Written, current},
    cached::ExecuteCached as _,
    connection::AnyConnection,
    row::{
        access_token::AccessTokenRow,
        recipient::{RecipientRow, words},
    },
    schema::recipients as recipient,
    tallies::counted,
    transaction::Stop,
    types::Key,
};

/// See the port's `correct_mail`. Claims write the recipient's row, and so does this, before anything is asked: a claim
/// comes before it and is seen, or after it and finds its token replaced.
pub(super) fn correct(
    connection: &mut AnyConnection,
    organization: Key,
    mail: &MailAddress,
    successor: &AccessTokenRow,
    written: &Written,
    now: Timestamp,
) -> Result<Correction, Stop<Correction>> {
    let id = successor.recipient_id;
    match lock(connection, organization, id)? {
        None => return Err(Stop::Outcome(Correction::Absent)),
        Some(Credential::Revoked) => return Err(Stop::Outcome(Correction::CredentialRevoked)),
        Some(Credential::InForce) => {}
    }
    let row: RecipientRow = recipient::table
        .find(id)
        .select(RecipientRow::as_select())
        .get_result(connection)?;
    let template = row.template_id;
    let mut seen = Recipient::try_from(row).map_err(Error::from)?;
    if seen.first_claimed_at.is_some() {
        return Err(Stop::Outcome(Correction::Claimed));
    }
    if seen.mail == *mail {
        return Err(Stop::Outcome(Correction::Unchanged));
    }
    if let Some(other) = in_force_with(connection, template, mail.as_str())? {
        return Err(Stop::Outcome(Correction::Duplicate(other.into())));
    }
    let Some(found) = current(connection, id)? else {
        return Err(Stop::Outcome(Correction::Absent));
    };
    if successor.generation != i64::from(found.generation) + 1 {
        return Err(Stop::Outcome(Correction::Overtaken));
    }
    seen.mail = mail.clone();
    let changed = diesel::update(recipient::table.find(id))
        .set(recipient::mail.eq(mail.as_str()))
        .execute_cached(connection);
    match changed {
        Ok(_) => {}
        // Somebody was issued the credential under this address since it was asked who has it.
        Err(Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => return Err(Stop::Again),
        Err(error) => return Err(error.into()),
    }
    // In a statement of its own: whoever changes an address and leaves the words as they are is taken for a version that
    // knows of none, and some addresses come to the same words.
    diesel::update(recipient::table.find(id))
        .set(recipient::words.eq(words(&seen)))
        .execute_cached(connection)?;
    counted(connection, id, |connection| {
        if !access_tokens::put_in_place(connection, &found, successor, now)? {
            return Err(Stop::Again);
        }
        written.write(connection)?;
        Ok(Correction::Corrected)
    })
}

/// Who has this address on a template, and a credential that is not revoked.
fn in_force_with(connection: &mut AnyConnection, template: Key, mail: &str) -> QueryResult<Option<Key>> {
    recipient::table
        .filter(recipient::template_id.eq(template))
        .filter(recipient::mail.eq(mail))
        .filter(recipient::revoked_at.is_null())
        .select(recipient::id)
        .get_result(connection)
        .optional()
}
