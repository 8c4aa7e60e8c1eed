//! How many recipients a list shows, counted up to a number.
//!
//! In the order of the list they are counted quickly where many are shown: whoever comes first is soon enough. Where they
//! stand far apart it is asked first whether enough of those are shown who fulfil one of the conditions, as an index names
//! them.

use diesel::prelude::*;
use symbolon_domain::{
    port::recipients::{RecipientFilter, RecipientOrder},
    search::Search,
};

use super::{
    few::{AT_MOST, OF_A_PAGE, SOURCES, Shown, few},
    list::{People, among, are_sets_quick, ordered},
    words,
};
use crate::{connection::AnyConnection, schema::recipients as recipient, transaction::snapshot, types::Key};

/// How many are asked about for each who is to be counted: that one in four of them is shown is likely, where no other
/// condition is a rare one.
const FOR_EACH: i64 = 4;

/// See the port's `count`.
pub(super) fn count(
    connection: &mut AnyConnection,
    organization: Key,
    filter: &RecipientFilter,
    up_to: u64,
) -> QueryResult<u64> {
    let up_to = i64::try_from(up_to).unwrap_or(i64::MAX);
    let found = snapshot(connection, |connection| {
        let order = RecipientOrder::default();
        let sets = are_sets_quick(connection);
        let shown = |few| among(organization, filter, few, order.key, sets);
        if up_to > AT_MOST {
            // More than can be taken out one by one.
            let few = few(connection, organization, filter, OF_A_PAGE)?;
            return shown(few).count().get_result(connection);
        }
        let sample = up_to.saturating_mul(FOR_EACH).min(AT_MOST);
        let enough_of = |connection: &mut AnyConnection, ids: Vec<Key>| -> QueryResult<Option<i64>> {
            let are_all = i64::try_from(ids.len()).is_ok_and(|length| length < sample);
            let found = length(connection, shown(Shown::Few(ids)), up_to)?;
            Ok((are_all || found == up_to).then_some(found))
        };
        for source in SOURCES {
            if let Some(ids) = source(connection, organization, filter, sample)?
                && let Some(found) = enough_of(connection, ids)?
            {
                return Ok(found);
            }
        }
        if let Some(Search::Words(sought)) = filter.query.as_deref().map(Search::of) {
            let template = filter.template.map(Key::from);
            if let Shown::Few(ids) = words::holders(connection, organization, template, &sought, OF_A_PAGE)? {
                return length(connection, shown(Shown::Few(ids)), up_to);
            }
            for word in &sought {
                let ids = words::some_with(connection, organization, word, &sought, sample)?;
                if let Some(found) = enough_of(connection, ids)? {
                    return Ok(found);
                }
            }
        }
        let few = few(connection, organization, filter, AT_MOST)?;
        length(connection, ordered(shown(few), order), up_to)
    })?;
    Ok(u64::try_from(found.min(up_to)).unwrap_or(0))
}

/// How many they are, looked for no further than that.
fn length(connection: &mut AnyConnection, shown: People, up_to: i64) -> QueryResult<i64> {
    let ids: Vec<Key> = shown.limit(up_to).select(recipient::id).load(connection)?;
    Ok(i64::try_from(ids.len()).unwrap_or(i64::MAX))
}
