//! Lists by mail address of those who have a word that is neither rare nor common.
//!
//! They stand together, far from where a list begins, so that it cannot be read until a page is full; and to look at all of
//! them would take too long. The table of words has their addresses too: whoever comes first is known without a row being read.

use diesel::prelude::*;

use super::{Part, Shown};
use crate::{
    connection::AnyConnection, recipients::words::Holders, schema::recipient_words as having, types::Key,
};

/// How many are looked at. First some, for often most of them are shown; then more, which are still few.
const STEPS: [i64; 2] = [500, 5_000];

/// The first of a part, where those who come first among the holders of the word are enough to know them.
pub(super) fn first(
    connection: &mut AnyConnection,
    part: &Part<'_>,
    holders: &Holders,
) -> QueryResult<Option<Vec<Key>>> {
    for step in STEPS {
        let mut ids = holders_by_mail(connection, part, holders, step)?;
        let are_all = i64::try_from(ids.len()).is_ok_and(|count| count < step);
        // Whoever has two words that begin so stands there twice.
        ids.dedup();
        let shown = part.first(connection, Shown::Few(ids))?;
        if are_all || i64::try_from(shown.len()).is_ok_and(|count| count == part.limit) {
            return Ok(Some(shown));
        }
    }
    Ok(None)
}

fn holders_by_mail(
    connection: &mut AnyConnection,
    part: &Part<'_>,
    holders: &Holders,
    step: i64,
) -> QueryResult<Vec<Key>> {
    let entries = holders.entries(part.organization).into_boxed();
    let (mail, id) = (having::mail, having::recipient_id);
    let entries = match (&part.place, part.order.is_falling) {
        (None, _) => entries,
        (Some((_, _, from, beside)), true) => entries.filter(
            mail.lt(from.clone())
                .or(mail.eq(from.clone()).and(id.lt(*beside))),
        ),
        (Some((_, _, from, beside)), false) => entries.filter(
            mail.gt(from.clone())
                .or(mail.eq(from.clone()).and(id.gt(*beside))),
        ),
    };
    let ordered = if part.order.is_falling {
        entries.order((mail.desc(), id.desc()))
    } else {
        entries.order((mail.asc(), id.asc()))
    };
    ordered.limit(step).select(id).load(connection)
}
