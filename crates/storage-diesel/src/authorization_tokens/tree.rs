//! A token with everything that came out of it.

use std::collections::HashSet;

use diesel::{dsl::sql, prelude::*, sql_types::Bool};
use symbolon_domain::{
    authorization_token::AuthorizationToken, port::authorization_tokens::TreeRevocation, time::Timestamp,
};

use super::read;
use crate::{
    activity::append,
    connection::{AnyConnection, MultiBackend},
    organizations,
    row::{activity::EntryRow, authorization_token::TokenRow},
    schema::authorization_tokens as token,
    standing::{owner_is_active, served},
    transaction::Stop,
    types::{At, Id, Key},
};

type Tokens = token::BoxedQuery<'static, MultiBackend>;

/// The tokens of an organization that came out of this one, and this one itself.
fn tree(organization: Key, root: Key) -> Tokens {
    let is_in_tree = sql::<Bool>(
        "authorization_tokens.id IN (WITH RECURSIVE tree (id) AS ( \
            SELECT root.id FROM authorization_tokens AS root WHERE root.id = ",
    )
    .bind::<Id, _>(root)
    .sql(
        " UNION SELECT token.id FROM tree JOIN authorization_tokens AS token \
            ON token.created_by = tree.id OR token.rotated_from = tree.id \
        ) SELECT tree.id FROM tree)",
    );
    token::table
        .filter(token::organization_id.eq(organization))
        .filter(is_in_tree)
        .into_boxed()
}

/// See the port's `descendants`.
pub(super) fn descendants(
    connection: &mut AnyConnection,
    organization: Key,
    root: Key,
) -> QueryResult<Vec<AuthorizationToken>> {
    let rows: Vec<TokenRow> = tree(organization, root)
        .filter(token::id.ne(root))
        .order((token::created_at.asc(), token::id.asc()))
        .select(TokenRow::as_select())
        .load(connection)?;
    rows.into_iter()
        .map(|row| Ok(AuthorizationToken::try_from(row)?))
        .collect()
}

/// See the port's `revoke_tree`. The organization's row is taken first: no token of it is made or rotated from then on, so
/// the tree stays as it is seen.
pub(super) fn revoke(
    connection: &mut AnyConnection,
    organization: Key,
    root: Key,
    entries: &[EntryRow],
    now: Timestamp,
) -> Result<TreeRevocation, Stop<TreeRevocation>> {
    let is_there = organizations::take(connection, organization)?
        && read::of_organization(connection, organization, root)?.is_some();
    if !is_there {
        return Err(Stop::Outcome(TreeRevocation::Absent));
    }
    let serving = lock(connection, organization, root, At(now))?;
    let told: HashSet<Key> = entries.iter().filter_map(|entry| entry.token_id).collect();
    if !serving.is_subset(&told) {
        return Err(Stop::Outcome(TreeRevocation::Overtaken));
    }
    let revoked = diesel::update(token::table.filter(token::id.eq_any(&serving)))
        .set((token::revoked_at.eq(At(now)), token::sealed.eq(None::<Vec<u8>>)))
        .execute(connection)?;
    let about_them = |entry: &&EntryRow| entry.token_id.is_some_and(|id| serving.contains(&id));
    for entry in entries.iter().filter(about_them) {
        append(connection, entry)?;
    }
    Ok(TreeRevocation::Revoked(
        u64::try_from(revoked).unwrap_or(u64::MAX),
    ))
}

/// Takes the rows of those that are served, in the order in which others take several, and names them.
fn lock(connection: &mut AnyConnection, organization: Key, root: Key, now: At) -> QueryResult<HashSet<Key>> {
    let ids: Vec<Key> = tree(organization, root)
        .filter(served(now))
        .filter(owner_is_active())
        .order(token::id)
        .select(token::id)
        .load(connection)?;
    let serving = token::table
        .filter(token::id.eq_any(ids))
        .filter(served(now))
        .order(token::id)
        .select(token::id);
    let ids: Vec<Key> = match connection {
        AnyConnection::Postgres(postgres) => serving.for_no_key_update().load(postgres),
        // Nobody else writes.
        AnyConnection::Sqlite(sqlite) => serving.load(sqlite),
    }?;
    Ok(ids.into_iter().collect())
}
