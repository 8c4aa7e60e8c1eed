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
    let about = |id: &Key| entries.iter().find(|entry| entry.token_id == Some(*id));
    let Some(told) = serving.iter().map(about).collect::<Option<Vec<_>>>() else {
        return Err(Stop::Outcome(TreeRevocation::Overtaken));
    };
    diesel::update(token::table.filter(token::id.eq_any(&serving)))
        .set((token::revoked_at.eq(At(now)), token::sealed.eq(None::<Vec<u8>>)))
        .execute(connection)?;
    for entry in told {
        append(connection, entry)?;
    }
    Ok(TreeRevocation::Revoked(
        u64::try_from(serving.len()).unwrap_or(u64::MAX),
    ))
}

/// Takes the rows of those that are served, and names them in the order in which they were made. The rows are taken in the
/// order in which others take several.
fn lock(connection: &mut AnyConnection, organization: Key, root: Key, now: At) -> QueryResult<Vec<Key>> {
    let mut serving: Vec<Key> = tree(organization, root)
        .filter(served(now))
        .filter(owner_is_active())
        .order((token::created_at.asc(), token::id.asc()))
        .select(token::id)
        .load(connection)?;
    if let AnyConnection::Postgres(postgres) = connection {
        let still: HashSet<Key> = token::table
            .filter(token::id.eq_any(&serving))
            .filter(served(now))
            .order(token::id)
            .select(token::id)
            .for_no_key_update()
            .load(postgres)?
            .into_iter()
            .collect();
        serving.retain(|id| still.contains(id));
    }
    Ok(serving)
}
