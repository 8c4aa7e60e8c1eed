//! Between which places of the log the days of a filter lie.

use diesel::{
    QueryableByName,
    prelude::*,
    sql_types::{BigInt, Nullable},
};
use symbolon_domain::port::activity::ActivityFilter;

use crate::{
    connection::AnyConnection,
    types::{Id, Key},
};

const MILLIS_PER_DAY: i64 = 86_400_000;

/// Everything that a filter's instants let through stands here. What stands here need not be let through.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Span {
    /// The first place and the last; the whole log, where the filter names no instants.
    pub(super) places: Option<(i64, i64)>,
}

#[derive(QueryableByName)]
struct Places {
    #[diesel(sql_type = Nullable<BigInt>)]
    first: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    last: Option<i64>,
}

impl Span {
    /// Where the days of this filter lie; `None` where they have no entries.
    pub(super) fn of(
        connection: &mut AnyConnection,
        organization: Key,
        filter: &ActivityFilter,
    ) -> QueryResult<Option<Self>> {
        if filter.since.is_none() && filter.until.is_none() {
            return Ok(Some(Self::default()));
        }
        // Before 1970 the databases do not round alike: the days are taken so that none is missing on either.
        let first_day = filter
            .since
            .map_or(i64::MIN, |since| since.as_millis().div_euclid(MILLIS_PER_DAY));
        let last_day = filter
            .until
            .map_or(i64::MAX, |until| (until.as_millis() - 1) / MILLIS_PER_DAY);
        let Places { first, last } = diesel::sql_query(places_of_days(connection))
            .bind::<Id, _>(organization)
            .bind::<BigInt, _>(first_day)
            .bind::<BigInt, _>(last_day)
            .get_result(connection)?;
        Ok(first.zip(last).map(|places| Self { places: Some(places) }))
    }
}

/// Goes from day to day, for each of them to the ends of its part of the index. Both databases know `$1`: SQLite takes it
/// for a name, and counts names as they come.
pub(super) fn places_of_days(connection: &AnyConnection) -> String {
    // As the index has it, to the letter.
    let day = match connection {
        AnyConnection::Sqlite(_) => "at / 86400000",
        AnyConnection::Postgres(_) => "((at AT TIME ZONE 'UTC')::date - DATE '1970-01-01')",
    };
    format!(
        "WITH RECURSIVE days (day) AS ( \
            SELECT (SELECT {day} FROM activity WHERE organization_id = $1 AND {day} >= $2 ORDER BY {day} LIMIT 1) \
            UNION ALL \
            SELECT (SELECT {day} FROM activity WHERE organization_id = $1 AND {day} > days.day ORDER BY {day} LIMIT 1) \
            FROM days WHERE days.day < $3) \
         SELECT min((SELECT seq FROM activity WHERE organization_id = $1 AND {day} = days.day ORDER BY seq LIMIT 1)) \
                AS first, \
            max((SELECT seq FROM activity WHERE organization_id = $1 AND {day} = days.day ORDER BY seq DESC LIMIT 1)) \
                AS last \
         FROM days WHERE days.day <= $3"
    )
}
