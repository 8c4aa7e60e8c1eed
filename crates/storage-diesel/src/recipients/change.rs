//! Changes to one recipient: revoking the credential, replacing it, deleting everything.

use diesel::prelude::*;
use symbolon_domain::{
    port::recipients::{Issuing, RecipientChange, Succession},
    recipient::Revocation,
    text::RevocationReason,
};

use super::{
    Credential,
    draft::Draft,
    issue::{keep, prepare},
    lock,
};
use crate::{
    access_tokens::{current, withdraw},
    activity::append,
    cached::ExecuteCached as _,
    connection::AnyConnection,
    jobs,
    row::activity::EntryRow,
    schema::recipients as recipient,
    sessions,
    tallies::counted,
    transaction::Stop,
    types::{At, Key},
};

/// See the port's `revoke`.
pub(super) fn revoke(
    connection: &mut AnyConnection,
    organization: Key,
    id: Key,
    revocation: &Revocation,
    entry: &EntryRow,
) -> Result<RecipientChange, Stop<RecipientChange>> {
    match lock(connection, organization, id)? {
        None => return Err(Stop::Outcome(RecipientChange::Absent)),
        Some(Credential::Revoked) => return Err(Stop::Outcome(RecipientChange::Unchanged)),
        Some(Credential::InForce) => {}
    }
    mark_revoked(connection, id, revocation)?;
    append(connection, entry)?;
    Ok(RecipientChange::Changed)
}

/// See the port's `succeed`. The old credential is revoked before the new one is issued, for both are to the same mail
/// address; where the new one is refused, all of it is rolled back.
pub(super) fn succeed(
    connection: &mut AnyConnection,
    organization: Key,
    id: Key,
    revocation: &Revocation,
    entry: &EntryRow,
    successor: &[Draft; 1],
) -> Result<Succession, Stop<Succession>> {
    let ground = prepare(connection, successor)?;
    match lock(connection, organization, id)? {
        None => return Err(Stop::Outcome(Succession::Absent)),
        Some(Credential::Revoked) => return Err(Stop::Outcome(Succession::AlreadyRevoked)),
        Some(Credential::InForce) => {}
    }
    mark_revoked(connection, id, revocation)?;
    append(connection, entry)?;
    let issued = keep(connection, &ground, successor)?;
    match issued.first() {
        Some(Issuing::Issued) => Ok(Succession::Succeeded),
        Some(refused) => Err(Stop::Outcome(Succession::NotIssued(*refused))),
        None => Err(Stop::Again),
    }
}

fn mark_revoked(connection: &mut AnyConnection, id: Key, revocation: &Revocation) -> QueryResult<()> {
    let reason = revocation.reason.as_ref().map(RevocationReason::as_str);
    counted(connection, id, |connection| {
        diesel::update(recipient::table.find(id))
            .set((
                recipient::revoked_at.eq(At(revocation.at)),
                recipient::revocation_reason.eq(reason),
            ))
            .execute_cached(connection)
    })?;
    withdraw(connection, id).map(drop)
}

/// See the port's `remove`. Access tokens, mail and sign-ins go with the row.
pub(super) fn remove(
    connection: &mut AnyConnection,
    organization: Key,
    id: Key,
    entry: &EntryRow,
) -> Result<bool, Stop<bool>> {
    if lock(connection, organization, id)?.is_none() {
        return Err(Stop::Outcome(false));
    }
    let bound = current(connection, id)?.and_then(|token| token.binding);
    if let Some(binding) = bound {
        sessions::end_all_of(connection, &binding.connection.profile)?;
    }
    counted(connection, id, |connection| {
        diesel::delete(recipient::table.find(id)).execute(connection)
    })?;
    jobs::forget_rows_about(connection, id)?;
    append(connection, entry)?;
    Ok(true)
}
