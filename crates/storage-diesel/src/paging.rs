//! Pages of a list: items and their number from one statement, or at least from one snapshot.

use diesel::QueryResult;
use symbolon_domain::page::{Page, PageRequest};

use crate::{connection::AnyConnection, error::Unreadable, transaction::snapshot};

/// How many rows lie before a page. A number beyond what a database counts with is past the end of any list.
pub(crate) fn offset(request: PageRequest) -> i64 {
    i64::try_from(request.offset()).unwrap_or(i64::MAX)
}

/// How many rows a page has at most.
pub(crate) fn limit(request: PageRequest) -> i64 {
    i64::try_from(request.per()).unwrap_or(i64::MAX)
}

/// Reads a page. `items` gives its rows, each with the number of all rows; `count` gives that number where a page past
/// the end has no row to carry it.
pub(crate) fn page<R, T>(
    connection: &mut AnyConnection,
    request: PageRequest,
    items: impl Fn(&mut AnyConnection) -> QueryResult<Vec<(R, i64)>>,
    count: impl Fn(&mut AnyConnection) -> QueryResult<i64>,
) -> QueryResult<Page<T>>
where
    T: TryFrom<R, Error = Unreadable>,
{
    let here = items(connection)?;
    let (here, total) = match here.first() {
        Some((_, total)) => {
            let total = *total;
            (here, total)
        }
        None if request.number() == 1 => (here, 0),
        // Between two statements the list may grow to reach this page after all.
        None => snapshot(connection, |connection| {
            Ok((items(connection)?, count(connection)?))
        })?,
    };
    Ok(Page {
        request,
        items: here
            .into_iter()
            .map(|(row, _)| T::try_from(row))
            .collect::<Result<_, _>>()?,
        total_count: u64::try_from(total).unwrap_or(0),
    })
}
