//! Those who wait for a reset.

use diesel::prelude::*;
use symbolon_domain::access_token::Dossier;

use super::withdraw;
use crate::{
    activity::append,
    connection::AnyConnection,
    recipients,
    row::activity::EntryRow,
    schema::access_tokens as token,
    transaction::{Stop, snapshot},
    types::{At, Key},
};

/// See the port's `dismiss_reset`.
pub(super) fn dismiss(
    connection: &mut AnyConnection,
    organization: Key,
    recipient: Key,
    asked_at: At,
    entry: &EntryRow,
) -> Result<bool, Stop<bool>> {
    if recipients::lock(connection, organization, recipient)?.is_none()
        || !waits(connection, recipient, asked_at)?
        || !withdraw(connection, recipient)?
    {
        return Err(Stop::Outcome(false));
    }
    append(connection, entry)?;
    Ok(true)
}

/// Whether it is the request of this instant that waits.
fn waits(connection: &mut AnyConnection, recipient: Key, asked_at: At) -> QueryResult<bool> {
    let asking = token::table
        .filter(token::recipient_id.eq(recipient))
        .filter(token::replaced_at.is_null())
        .filter(token::reset_requested_at.eq(asked_at));
    diesel::select(diesel::dsl::exists(asking)).get_result(connection)
}

/// See the port's `waiting_for_reset`: who they are, from a narrow index; then what is known of these few.
pub(super) fn waiting(
    connection: &mut AnyConnection,
    organization: Key,
    after: Option<(At, Key)>,
    limit: u32,
) -> QueryResult<Vec<Dossier>> {
    snapshot(connection, |connection| {
        let mut rest = token::table
            .filter(token::organization_id.eq(organization))
            .filter(token::reset_requested_at.is_not_null())
            .filter(token::replaced_at.is_null())
            .into_boxed();
        if let Some((asked, id)) = after {
            let is_later = token::reset_requested_at.gt(asked);
            let is_next = token::reset_requested_at
                .eq(asked)
                .and(token::recipient_id.gt(id).nullable());
            // The first condition says nothing new; it is what a database can look up in an index.
            rest = rest
                .filter(token::reset_requested_at.ge(asked))
                .filter(is_later.or(is_next));
        }
        let ids = rest
            .order((token::reset_requested_at, token::recipient_id))
            .limit(limit.into())
            .select(token::recipient_id)
            .load(connection)?;
        recipients::in_order(connection, &ids)
    })
}
