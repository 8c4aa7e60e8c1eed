//! How often links were opened.

use diesel::prelude::*;
use symbolon_domain::{id::AccessTokenId, time::Timestamp};

use crate::{
    connection::AnyConnection,
    schema::access_tokens as token,
    types::{At, Key},
};

/// Opens of one token: how many, and when the first was.
pub(super) type Opens = (Key, i64, At);

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
pub(super) fn record(connection: &mut AnyConnection, opens: &[Opens]) -> QueryResult<()> {
    for (id, count, at) in opens {
        let known = diesel::update(token::table.find(*id))
            .set(token::opens.eq(token::opens + *count))
            .execute(connection)?;
        if known == 0 {
            continue;
        }
        diesel::update(token::table.find(*id))
            .filter(
                token::first_opened_at
                    .is_null()
                    .or(token::first_opened_at.gt(*at)),
            )
            .set(token::first_opened_at.eq(*at))
            .execute(connection)?;
    }
    Ok(())
}
