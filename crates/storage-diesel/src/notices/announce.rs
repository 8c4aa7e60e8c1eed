//! Announcing that tokens expire.

use diesel::prelude::*;
use symbolon_domain::id::AuthorizationTokenId;

use super::queue;
use crate::{
    cached::ExecuteCached as _,
    connection::AnyConnection,
    row::notice::NoticeRow,
    schema::authorization_tokens as token,
    transaction::Stop,
    types::{At, Key},
};

/// The tokens whose announcement is due, those due longest first.
pub(super) fn due(
    connection: &mut AnyConnection,
    now: At,
    limit: u32,
) -> QueryResult<Vec<AuthorizationTokenId>> {
    let due: Vec<Key> = token::table
        .filter(token::announce_at.le(now))
        .order((token::announce_at, token::id))
        .limit(limit.into())
        .select(token::id)
        .load(connection)?;
    Ok(due.into_iter().map(Into::into).collect())
}

/// See the port's `announce`. The row count decides: a rival finds that the announcement is not due any more.
pub(super) fn announce(
    connection: &mut AnyConnection,
    id: Key,
    notices: &[NoticeRow],
    next: Option<At>,
    now: At,
) -> Result<bool, Stop<bool>> {
    let announced = diesel::update(token::table.find(id))
        .filter(token::announce_at.le(now))
        .set(token::announce_at.eq(next))
        .execute_cached(connection)?;
    if announced == 0 {
        return Err(Stop::Outcome(false));
    }
    for notice in notices {
        queue(connection, notice)?;
    }
    Ok(true)
}
