//! Changes to one token: revoking it, describing it.

use diesel::prelude::*;
use symbolon_domain::{
    authorization_token::Standing, port::authorization_tokens::TokenChange, time::Timestamp,
};

use super::read;
use crate::{
    activity::append,
    cached::ExecuteCached as _,
    connection::AnyConnection,
    row::activity::EntryRow,
    schema::authorization_tokens as token,
    standing::{owner_is_active, served, unretired},
    transaction::Stop,
    types::{At, Key},
};

type Change = Result<TokenChange, Stop<TokenChange>>;

/// See the port's `revoke`.
pub(super) fn revoke(
    connection: &mut AnyConnection,
    organization: Key,
    id: Key,
    entry: &EntryRow,
    now: Timestamp,
) -> Change {
    let changed = diesel::update(token::table.find(id))
        .filter(token::organization_id.eq(organization))
        .filter(served(At(now)))
        .filter(owner_is_active())
        .set((token::revoked_at.eq(At(now)), token::sealed.eq(None::<Vec<u8>>)))
        .execute_cached(connection)?;
    if changed == 0 {
        return Err(lost(connection, organization, id, now, Standing::is_served));
    }
    append(connection, entry)?;
    Ok(TokenChange::Changed)
}

/// See the port's `describe`.
pub(super) fn describe(
    connection: &mut AnyConnection,
    organization: Key,
    id: Key,
    description: Option<&str>,
    entry: &EntryRow,
    now: Timestamp,
) -> Change {
    let changed = diesel::update(token::table.find(id))
        .filter(token::organization_id.eq(organization))
        .filter(unretired(At(now)))
        .filter(owner_is_active())
        .set(token::description.eq(description))
        .execute_cached(connection)?;
    if changed == 0 {
        return Err(lost(connection, organization, id, now, |standing| {
            standing == Standing::Live
        }));
    }
    append(connection, entry)?;
    Ok(TokenChange::Changed)
}

/// Why nothing was changed.
fn lost(
    connection: &mut AnyConnection,
    organization: Key,
    id: Key,
    now: Timestamp,
    could_be_changed: impl Fn(Standing) -> bool,
) -> Stop<TokenChange> {
    match read::standing(connection, organization, id, now) {
        Err(error) => Stop::Failed(error),
        Ok(None) => Stop::Outcome(TokenChange::Absent),
        // Its organization became active again after the guard had seen it cancelled.
        Ok(Some(standing)) if could_be_changed(standing) => Stop::Again,
        Ok(Some(standing)) => Stop::Outcome(TokenChange::Refused(standing)),
    }
}
