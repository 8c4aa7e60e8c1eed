//! What is noted of tokens while they are used, expired or used again after their time.

use diesel::{prelude::*, sql_types::Array};
use symbolon_domain::{
    id::AuthorizationTokenId,
    notice::NoticeSubject,
    port::authorization_tokens::{REUSE_ENTRY_SECONDS, REUSE_NOTICE_SECONDS},
    time::Timestamp,
};

use crate::{
    activity::append,
    cached::{Cached, ExecuteCached as _},
    connection::AnyConnection,
    notices,
    row::{activity::EntryRow, notice::NoticeRow},
    schema::{authorization_tokens as token, notices as notice},
    types::{At, Id, Instant, Key},
};

/// Rows that one transaction touches at most, so that nobody who wants one of them waits for long.
const BATCH: usize = 200;

pub(super) fn mark_expired(connection: &mut AnyConnection, id: Key, now: At) -> QueryResult<()> {
    diesel::update(token::table.find(id))
        .filter(token::expiry_seen_at.is_null())
        .set(token::expiry_seen_at.eq(now))
        .execute_cached(connection)
        .map(drop)
}

/// Uses in the order of their tokens: two that write the same tokens at once take them in the same order, and never wait
/// for each other in a circle.
pub(super) fn batches(uses: &[(AuthorizationTokenId, Timestamp)]) -> Vec<Vec<(Key, At)>> {
    let mut uses: Vec<_> = uses.iter().map(|(id, at)| (Key::from(*id), At(*at))).collect();
    uses.sort_unstable_by_key(|(id, _)| *id);
    uses.chunks(BATCH).map(<[_]>::to_vec).collect()
}

pub(super) fn record_use(connection: &mut AnyConnection, uses: &[(Key, At)]) -> QueryResult<()> {
    match connection {
        AnyConnection::Sqlite(sqlite) => {
            for (id, at) in uses {
                let update = diesel::update(token::table.find(*id))
                    .filter(token::last_used_at.is_null().or(token::last_used_at.lt(*at)))
                    .set(token::last_used_at.eq(*at));
                Cached::new(update).execute(sqlite)?;
            }
        }
        AnyConnection::Postgres(postgres) => {
            let (ids, times): (Vec<_>, Vec<_>) = uses.iter().copied().unzip();
            // One statement: each would wait for the network. An update takes rows in any order, so they are taken before,
            // and of a token that is named twice any time, so the latest is given.
            diesel::sql_query(
                "WITH used AS MATERIALIZED (\
                   SELECT token.id, given.at \
                   FROM (SELECT id, max(at) AS at FROM unnest($1, $2) AS given (id, at) GROUP BY id) AS given \
                   JOIN authorization_tokens AS token ON token.id = given.id \
                   WHERE token.last_used_at IS NULL OR token.last_used_at < given.at \
                   ORDER BY token.id FOR NO KEY UPDATE OF token\
                 ) UPDATE authorization_tokens AS token SET last_used_at = used.at FROM used \
                 WHERE token.id = used.id AND (token.last_used_at IS NULL OR token.last_used_at < used.at)",
            )
            .bind::<Array<Id>, _>(ids)
            .bind::<Array<Instant>, _>(times)
            .execute(postgres)?;
        }
    }
    Ok(())
}

/// Of any number of uses at once, the first of the hour writes the entry, and the first of the day queues the notices: the
/// others wait for the token's row, and then see both.
pub(super) fn record_reuse(
    connection: &mut AnyConnection,
    id: Key,
    entry: &EntryRow,
    told: &[NoticeRow],
    now: Timestamp,
) -> QueryResult<()> {
    diesel::update(token::table.find(id))
        .filter(token::rotated_at.is_not_null())
        .set(token::reuse_count.eq(token::reuse_count + 1))
        .execute_cached(connection)?;
    let hour_ago = At(now.plus_seconds(-REUSE_ENTRY_SECONDS));
    let due = diesel::update(token::table.find(id))
        .filter(token::rotated_at.is_not_null())
        .filter(
            token::reuse_recorded_at
                .is_null()
                .or(token::reuse_recorded_at.le(hour_ago)),
        )
        .set(token::reuse_recorded_at.eq(At(now)))
        .execute_cached(connection)?;
    if due == 0 {
        return Ok(());
    }
    append(connection, entry)?;
    if was_told(connection, id, now)? {
        return Ok(());
    }
    told.iter().try_for_each(|row| notices::queue(connection, row))
}

/// Whether a notice of the token's reuse was queued in the last day.
fn was_told(connection: &mut AnyConnection, id: Key, now: Timestamp) -> QueryResult<bool> {
    let told = notice::table
        .filter(notice::token_id.eq(id))
        .filter(notice::subject.eq(NoticeSubject::TokenReused(id.into()).name()))
        .filter(notice::created_at.gt(At(now.plus_seconds(-REUSE_NOTICE_SECONDS))));
    diesel::select(diesel::dsl::exists(told)).get_result(connection)
}
