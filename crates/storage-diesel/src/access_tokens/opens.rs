//! How often links were opened.

use std::collections::{BTreeSet, HashSet};

use diesel::prelude::*;
use symbolon_domain::{id::AccessTokenId, time::Timestamp};

use crate::{
    cached::ExecuteCached as _,
    connection::AnyConnection,
    recipients,
    schema::access_tokens as token,
    tallies::Differences,
    types::{At, Key},
};

/// Opens of one token: how many, and when the first was.
pub(super) type Opens = (Key, i64, At);

/// Names in one statement: both databases count parameters with 15 or 16 bits.
const CHUNK: usize = 1_000;

/// Opens in the order of their tokens: two that write the same tokens at once take them in the same order, and never wait
/// for each other in a circle.
pub(super) fn sorted(opens: &[(AccessTokenId, u64, Timestamp)]) -> Vec<Opens> {
    let mut opens: Vec<_> = opens
        .iter()
        .map(|(id, count, at)| {
            let count = i64::try_from(*count).unwrap_or(i64::MAX);
            (Key::from(*id), count, At(*at))
        })
        .collect();
    opens.sort_unstable_by_key(|(id, ..)| *id);
    opens
}

/// All in one transaction, unlike uses of authorization tokens: to count a part of them twice would be wrong.
///
/// Recipients are taken before tokens, and those only of whom a link may be opened for the first time.
pub(super) fn record(connection: &mut AnyConnection, opens: &[Opens]) -> QueryResult<()> {
    let mut known = HashSet::with_capacity(opens.len());
    let mut perhaps_first = BTreeSet::new();
    for chunk in opens.chunks(CHUNK) {
        let found: Vec<(Key, Key, Option<At>)> = token::table
            .filter(token::id.eq_any(chunk.iter().map(|(id, ..)| *id)))
            .select((token::id, token::recipient_id, token::first_opened_at))
            .load(connection)?;
        for (id, recipient, opened_at) in found {
            known.insert(id);
            if opened_at.is_none() {
                perhaps_first.insert(recipient);
            }
        }
    }
    let perhaps_first: Vec<_> = perhaps_first.into_iter().collect();
    for chunk in perhaps_first.chunks(CHUNK) {
        count_first(connection, chunk)?;
    }
    for (id, count, at) in opens.iter().filter(|(id, ..)| known.contains(id)) {
        diesel::update(token::table.find(*id))
            .set(token::opens.eq(token::opens + *count))
            .execute_cached(connection)?;
        diesel::update(token::table.find(*id))
            .filter(
                token::first_opened_at
                    .is_null()
                    .or(token::first_opened_at.gt(*at)),
            )
            .set(token::first_opened_at.eq(*at))
            .execute_cached(connection)?;
    }
    Ok(())
}

/// Counts those of these recipients of whom no link was opened so far; the transaction at hand opens one of each.
fn count_first(connection: &mut AnyConnection, ids: &[Key]) -> QueryResult<()> {
    let mut taken = recipients::lock_all(connection, ids)?;
    let opened: Vec<Key> = token::table
        .filter(token::recipient_id.eq_any(ids))
        .filter(token::first_opened_at.is_not_null())
        .select(token::recipient_id)
        .load(connection)?;
    for id in opened {
        taken.remove(&id);
    }
    let mut differences = Differences::default();
    for holder in taken.into_values().filter(|holder| !holder.is_test) {
        differences.open(holder.organization, holder.template);
    }
    differences.append(connection)
}
