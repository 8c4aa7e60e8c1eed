//! Keeping a new token.

use diesel::prelude::*;
use symbolon_domain::{
    authorization_token::MAX_LIVE_TOKENS, idempotency::StoredAnswer, port::authorization_tokens::Insertion,
    time::Timestamp,
};

use super::{Written, answers};
use crate::{
    activity::append,
    cached::ExecuteCached as _,
    connection::AnyConnection,
    lists::{Note, note},
    notices,
    organizations::{self, Sealing},
    row::authorization_token::TokenRow,
    schema::authorization_tokens as token,
    standing::{owner_is_active, served, unretired},
    transaction::Stop,
    types::{At, Key},
};

/// The organization's row is taken first: creations in one organization are one after the other, so the number of its
/// live tokens and the answers under a key are what they are until this transaction ends.
pub(super) fn insert(
    connection: &mut AnyConnection,
    row: &TokenRow,
    written: &Written,
    now: Timestamp,
) -> Result<Insertion, Stop<Insertion>> {
    let Some(sealing) = organizations::lock(connection, row.organization_id)? else {
        return Err(Stop::Outcome(Insertion::OrganizationCancelled));
    };
    if let Some(caller) = row.created_by
        && !lock_caller(connection, caller, At(now))?
    {
        return Err(Stop::Outcome(Insertion::CallerRetired));
    }
    if let Some(answer) = &written.answer
        && let Some(kept) = answers::kept(connection, answer.caller_id, &answer.key, now)?
    {
        let kept = StoredAnswer::try_from(kept).map_err(|unreadable| Stop::Failed(unreadable.into()))?;
        return Err(Stop::Outcome(Insertion::Answered(Box::new(kept))));
    }
    if live_tokens(connection, row.organization_id, At(now))? >= MAX_LIVE_TOKENS {
        return Err(Stop::Outcome(Insertion::LimitReached));
    }
    add(connection, row, sealing, written)?;
    Ok(Insertion::Inserted)
}

/// Takes the row of a token that is served. It is written though nothing changes, so that its revocation comes either
/// before this or after the transaction at hand, and never in between.
fn lock_caller(connection: &mut AnyConnection, caller: Key, now: At) -> QueryResult<bool> {
    let locked = diesel::update(token::table.find(caller))
        .filter(served(now))
        .filter(owner_is_active())
        .set(token::reuse_count.eq(token::reuse_count))
        .execute_cached(connection)?;
    Ok(locked == 1)
}

fn live_tokens(connection: &mut AnyConnection, organization: Key, now: At) -> QueryResult<u64> {
    let live: i64 = token::table
        .filter(token::organization_id.eq(organization))
        .filter(unretired(now))
        .count()
        .get_result(connection)?;
    Ok(u64::try_from(live).unwrap_or(0))
}

/// Writes a token and what belongs to it.
pub(super) fn add(
    connection: &mut AnyConnection,
    row: &TokenRow,
    sealing: Sealing,
    written: &Written,
) -> QueryResult<()> {
    let bare;
    let row = match sealing {
        Sealing::Kept => row,
        Sealing::Erased => {
            bare = row.without_sealed_copy();
            &bare
        }
    };
    diesel::insert_into(token::table)
        .values(row)
        .execute(connection)?;
    let listed = Note {
        organization_id: row.organization_id,
        template_id: None,
        at: row.created_at.0.as_millis(),
        difference: 1,
    };
    note(connection, &[listed])?;
    append(connection, &written.entry)?;
    if let Some(answer) = &written.answer {
        answers::keep(connection, answer)?;
    }
    for notice in &written.notices {
        notices::queue(connection, notice)?;
    }
    Ok(())
}
