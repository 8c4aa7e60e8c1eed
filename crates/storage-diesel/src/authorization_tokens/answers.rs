//! Stored answers.

use diesel::prelude::*;
use symbolon_domain::time::Timestamp;

use crate::{
    connection::AnyConnection,
    row::stored_answer::AnswerRow,
    schema::stored_answers,
    types::{At, Key},
};

/// The unexpired answer under this caller and key.
pub(super) fn kept(
    connection: &mut AnyConnection,
    caller: Key,
    key: &str,
    now: Timestamp,
) -> QueryResult<Option<AnswerRow>> {
    let found = stored_answers::table
        .find((caller, key))
        .select(AnswerRow::as_select())
        .get_result(connection)
        .optional()?;
    Ok(found.filter(|answer| answer.is_kept(now)))
}

/// Keeps an answer in the place of an expired one, as part of the transaction at hand, which holds the caller's row.
pub(super) fn keep(connection: &mut AnyConnection, answer: &AnswerRow) -> QueryResult<()> {
    diesel::delete(stored_answers::table.find((answer.caller_id, answer.key.as_str())))
        .execute(connection)?;
    diesel::insert_into(stored_answers::table)
        .values(answer)
        .execute(connection)
        .map(drop)
}

/// Removes the answers that expired first, `most` of them, and those that expired at the same instant as the last of these.
pub(super) fn forget(connection: &mut AnyConnection, now: At, most: i64) -> QueryResult<usize> {
    let last = stored_answers::table
        .filter(stored_answers::expires_at.le(now))
        .order(stored_answers::expires_at)
        .select(stored_answers::expires_at)
        .offset(most - 1)
        .limit(1)
        .get_result::<At>(connection)
        .optional()?;
    diesel::delete(stored_answers::table)
        .filter(stored_answers::expires_at.le(last.unwrap_or(now)))
        .execute(connection)
}
