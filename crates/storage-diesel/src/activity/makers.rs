//! Who made tokens: the entries of their creation, and of the rotations that they came of.

use std::collections::HashMap;

use diesel::prelude::*;
use symbolon_domain::{
    activity::{Action, ActivityEntry, Actor},
    id::AuthorizationTokenId,
};

use crate::{
    connection::AnyConnection, row::activity::EntryRow, schema::activity, transaction::snapshot, types::Key,
};

/// Each column has an index of its own: see [`look_back`](super::look_back).
pub(super) fn makers(
    connection: &mut AnyConnection,
    organization: Key,
    tokens: &[Key],
) -> QueryResult<HashMap<AuthorizationTokenId, Actor>> {
    let rows = snapshot(connection, |connection| {
        let of_organization = || activity::table.filter(activity::organization_id.eq(organization));
        let created: Vec<EntryRow> = of_organization()
            .filter(activity::token_id.eq_any(tokens))
            .filter(activity::action.eq(Action::TokenCreated.name()))
            .select(EntryRow::as_select())
            .load(connection)?;
        let rotated: Vec<EntryRow> = of_organization()
            .filter(activity::other_token_id.eq_any(tokens))
            .filter(activity::action.eq(Action::TokenRotated.name()))
            .select(EntryRow::as_select())
            .load(connection)?;
        Ok([created, rotated].concat())
    })?;
    let mut makers = HashMap::new();
    for row in rows {
        let entry = ActivityEntry::try_from(row)?;
        let made = match entry.action {
            Action::TokenRotated => entry.about.other_token,
            _ => entry.about.token,
        };
        makers.extend(made.map(|token| (token, entry.attribution.actor)));
    }
    Ok(makers)
}
