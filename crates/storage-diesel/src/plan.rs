//! How a database would answer a question, for tests that see to what an answer costs.

use std::marker::PhantomData;

use diesel::{
    prelude::*,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    sql_types::{Integer, Text},
};

use crate::connection::{AnyConnection, MultiBackend};

/// The plan for a question: rows of this type.
struct Plan<Q, T> {
    explain: &'static str,
    question: Q,
    rows: PhantomData<T>,
}

impl<Q, T> QueryId for Plan<Q, T> {
    type QueryId = ();

    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q, T> Query for Plan<Q, T> {
    type SqlType = T;
}

impl<Q, T> RunQueryDsl<AnyConnection> for Plan<Q, T> {}

impl<Q: QueryFragment<MultiBackend>, T> QueryFragment<MultiBackend> for Plan<Q, T> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        out.push_sql(self.explain);
        // Named in full, for there is another way to the same that the compiler cannot choose between.
        <Q as QueryFragment<MultiBackend>>::walk_ast(&self.question, out.reborrow())
    }
}

impl<Q, T> Plan<Q, T> {
    fn of(question: Q, explain: &'static str) -> Self {
        Self {
            explain,
            question,
            rows: PhantomData,
        }
    }
}

/// The steps, each on a line.
pub(crate) fn plan(connection: &mut AnyConnection, question: impl QueryFragment<MultiBackend>) -> String {
    let lines: Vec<String> = match connection {
        AnyConnection::Sqlite(_) => {
            let plan = Plan::<_, (Integer, Integer, Integer, Text)>::of(question, "EXPLAIN QUERY PLAN ");
            let steps: Vec<(i32, i32, i32, String)> = plan.load(connection).unwrap();
            steps.into_iter().map(|(.., step)| step).collect()
        }
        AnyConnection::Postgres(_) => Plan::<_, Text>::of(question, "EXPLAIN ")
            .load(connection)
            .unwrap(),
    };
    lines.join("\n")
}
