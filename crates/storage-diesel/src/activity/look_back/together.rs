//! Many questions as one statement: a database that is not on this machine is asked once.

use std::collections::BTreeMap;

use diesel::{
    dsl::{AsSelect, Select},
    prelude::*,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
};

use super::Entries;
use crate::{
    connection::{AnyConnection, MultiBackend},
    row::activity::EntryRow,
    schema::activity,
};

type Placed = (activity::seq, AsSelect<EntryRow, MultiBackend>);
type Question = Select<Entries, Placed>;

/// What answers at least one of these questions.
pub(super) struct Together(Vec<Question>);

impl Together {
    pub(super) fn of(questions: Vec<Entries>) -> Self {
        let placed = |entries: Entries| entries.select((activity::seq, EntryRow::as_select()));
        Self(questions.into_iter().map(placed).collect())
    }

    /// By their places.
    pub(super) fn load(self, connection: &mut AnyConnection) -> QueryResult<BTreeMap<i64, EntryRow>> {
        if self.0.is_empty() {
            return Ok(BTreeMap::new());
        }
        let rows: Vec<(i64, EntryRow)> = RunQueryDsl::load(self, connection)?;
        Ok(rows.into_iter().collect())
    }
}

impl QueryId for Together {
    type QueryId = ();

    const HAS_STATIC_QUERY_ID: bool = false;
}

impl Query for Together {
    type SqlType = <Question as Query>::SqlType;
}

impl RunQueryDsl<AnyConnection> for Together {}

impl QueryFragment<MultiBackend> for Together {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        for (number, question) in self.0.iter().enumerate() {
            // Each has an order and a limit of its own, and stands in brackets for that.
            out.push_sql(if number == 0 {
                "SELECT * FROM ("
            } else {
                " UNION ALL SELECT * FROM ("
            });
            <Question as QueryFragment<MultiBackend>>::walk_ast(question, out.reborrow())?;
            out.push_sql(") AS way");
        }
        Ok(())
    }
}
