//! What administrators, and those who were refused, do with a token. Each takes the recipient first.

use diesel::prelude::*;
use symbolon_domain::{
    access_token::{AccessState, AccessToken, ResetRequest},
    port::access_tokens::{AccessChange, ResetRequesting},
    time::Timestamp,
};

use super::{Written, current};
use crate::{
    cached::ExecuteCached as _,
    connection::AnyConnection,
    outbox,
    recipients::{self, Credential},
    row::access_token::{AccessTokenRow, BindingColumns, ResetColumns},
    schema::access_tokens as token,
    sessions,
    tallies::counted,
    transaction::Stop,
    types::{At, Key},
};

type Change = Result<AccessChange, Stop<AccessChange>>;

/// Takes a recipient, and reads the token that has not been replaced.
fn take(
    connection: &mut AnyConnection,
    organization: Key,
    recipient: Key,
) -> Result<(Credential, AccessToken), Stop<AccessChange>> {
    let Some(credential) = recipients::lock(connection, organization, recipient)? else {
        return Err(Stop::Outcome(AccessChange::Absent));
    };
    match current(connection, recipient)? {
        Some(token) => Ok((credential, token)),
        None => Err(Stop::Outcome(AccessChange::Absent)),
    }
}

/// See the port's `reset`.
pub(super) fn reset(
    connection: &mut AnyConnection,
    organization: Key,
    recipient: Key,
    written: &Written,
) -> Change {
    let (credential, found) = take(connection, organization, recipient)?;
    let id = Key::from(found.id);
    if written.is_about_another(id) {
        return Err(Stop::Outcome(AccessChange::Overtaken));
    }
    if credential == Credential::Revoked {
        return Err(Stop::Outcome(AccessChange::CredentialRevoked));
    }
    if found.state() != AccessState::Bound {
        return Err(Stop::Outcome(AccessChange::Refused(found.state())));
    }
    let changed = diesel::update(token::table.find(id))
        .filter(token::bound_at.is_not_null())
        .filter(token::revoked_at.is_null())
        .filter(token::replaced_at.is_null())
        .set((BindingColumns::default(), ResetColumns::default()))
        .execute_cached(connection)?;
    end_sessions(connection, &found)?;
    outbox::drop_useless(connection, id)?;
    counted(connection, recipient, |connection| {
        written_if(changed, connection, written)
    })
}

/// See the port's `grant_reset`.
pub(super) fn grant(
    connection: &mut AnyConnection,
    organization: Key,
    recipient: Key,
    asked_at: Timestamp,
    written: &Written,
) -> Change {
    // The recipient stays taken until all of it is done.
    let (_, found) = take(connection, organization, recipient)?;
    if found
        .reset_request
        .as_ref()
        .is_none_or(|request| request.at != asked_at)
    {
        return Err(Stop::Outcome(AccessChange::Refused(found.state())));
    }
    reset(connection, organization, recipient, written)
}

/// See the port's `revoke`.
pub(super) fn revoke(
    connection: &mut AnyConnection,
    organization: Key,
    recipient: Key,
    written: &Written,
    now: Timestamp,
) -> Change {
    let (_, found) = take(connection, organization, recipient)?;
    let id = Key::from(found.id);
    if written.is_about_another(id) {
        return Err(Stop::Outcome(AccessChange::Overtaken));
    }
    if !matches!(found.state(), AccessState::Free | AccessState::Bound) {
        return Err(Stop::Outcome(AccessChange::Refused(found.state())));
    }
    let changed = diesel::update(token::table.find(id))
        .filter(token::revoked_at.is_null())
        .filter(token::replaced_at.is_null())
        .set((
            token::revoked_at.eq(At(now)),
            token::sealed.eq(None::<Vec<u8>>),
            ResetColumns::default(),
        ))
        .execute_cached(connection)?;
    outbox::drop_useless(connection, id)?;
    written_if(changed, connection, written)
}

/// See the port's `replace`.
pub(super) fn replace(
    connection: &mut AnyConnection,
    organization: Key,
    successor: &AccessTokenRow,
    written: &Written,
    now: Timestamp,
) -> Change {
    let (credential, found) = take(connection, organization, successor.recipient_id)?;
    if successor.generation != i64::from(found.generation) + 1 {
        return Err(Stop::Outcome(AccessChange::Overtaken));
    }
    if credential == Credential::Revoked {
        return Err(Stop::Outcome(AccessChange::CredentialRevoked));
    }
    counted(connection, successor.recipient_id, |connection| {
        let changed = put_in_place(connection, &found, successor, now)?;
        written_if(changed.into(), connection, written)
    })
}

/// Retires a token in favour of its successor, within a transaction that has taken the recipient. Of the old token stays
/// what its link needs to say that there is a newer one. `false` where it is not the current one. What this changes of the
/// numbers is the caller's to [count](counted).
pub(crate) fn put_in_place(
    connection: &mut AnyConnection,
    found: &AccessToken,
    successor: &AccessTokenRow,
    now: Timestamp,
) -> QueryResult<bool> {
    let changed = diesel::update(token::table.find(Key::from(found.id)))
        .filter(token::replaced_at.is_null())
        .set((
            token::replaced_at.eq(At(now)),
            token::sealed.eq(None::<Vec<u8>>),
            BindingColumns::default(),
            ResetColumns::default(),
        ))
        .execute_cached(connection)?;
    if changed == 0 {
        return Ok(false);
    }
    end_sessions(connection, found)?;
    outbox::drop_useless(connection, found.id.into())?;
    diesel::insert_into(token::table)
        .values(successor)
        .execute(connection)?;
    Ok(true)
}

/// Ends the sessions of the profile that was bound.
fn end_sessions(connection: &mut AnyConnection, found: &AccessToken) -> QueryResult<()> {
    match &found.binding {
        Some(binding) => sessions::end_all_of(connection, &binding.connection.profile),
        None => Ok(()),
    }
}

/// The end of a change that touched so many rows. The recipient was taken, so none is a row that nobody could have
/// changed; should there be one after all, the change is tried again instead of being told of.
fn written_if(changed: usize, connection: &mut AnyConnection, written: &Written) -> Change {
    if changed == 0 {
        return Err(Stop::Again);
    }
    written.write(connection)?;
    Ok(AccessChange::Changed)
}

/// See the port's `request_reset`.
pub(super) fn request_reset(
    connection: &mut AnyConnection,
    id: Key,
    request: &ResetRequest,
    written: &Written,
) -> Result<ResetRequesting, Stop<ResetRequesting>> {
    let owner: Option<(Key, Key)> = token::table
        .find(id)
        .select((token::organization_id, token::recipient_id))
        .get_result(connection)
        .optional()?;
    let Some((organization, recipient)) = owner else {
        return Err(Stop::Outcome(ResetRequesting::Absent));
    };
    match recipients::lock(connection, organization, recipient)? {
        None => return Err(Stop::Outcome(ResetRequesting::Absent)),
        Some(Credential::Revoked) => return Err(Stop::Outcome(ResetRequesting::CredentialRevoked)),
        Some(Credential::InForce) => {}
    }
    let changed = diesel::update(token::table.find(id))
        .filter(token::reset_requested_at.is_null())
        .filter(token::bound_at.is_not_null())
        .filter(token::revoked_at.is_null())
        .filter(token::replaced_at.is_null())
        .set(ResetColumns::from(request))
        .execute_cached(connection)?;
    if changed == 0 {
        return Err(Stop::Outcome(unwanted(connection, id)?));
    }
    written.write(connection)?;
    Ok(ResetRequesting::Requested)
}

/// Why a request for a reset was not kept.
fn unwanted(connection: &mut AnyConnection, id: Key) -> QueryResult<ResetRequesting> {
    let row = token::table
        .find(id)
        .select(AccessTokenRow::as_select())
        .get_result(connection)
        .optional()?;
    let Some(found) = row.map(AccessToken::try_from).transpose()? else {
        return Ok(ResetRequesting::Absent);
    };
    Ok(match found.state() {
        AccessState::Bound => ResetRequesting::AlreadyRequested,
        other => ResetRequesting::Refused(other),
    })
}
