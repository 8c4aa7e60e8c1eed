//! Statements that each connection prepares once, and keeps.
//!
//! Diesel keeps what cannot have endlessly many texts, and takes it for granted that an `UPDATE` can: its columns may be left
//! to a value. Ours are fixed, or there are few of them. To prepare one anew each time takes SQLite longer than to run it, for
//! its triggers are prepared too; with PostgreSQL it is a message more to wait for.

use std::cell::OnceCell;

use diesel::{
    QueryResult, RunQueryDsl,
    backend::Backend,
    internal::derives::multiconnection::AstPassHelper as _,
    pg::Pg,
    query_builder::{AstPass, QueryBuilder as _, QueryFragment, QueryId},
    sqlite::Sqlite,
};

use crate::connection::AnyConnection;

/// Runs statements that have a few texts at most: none with a list of values, of which SQLite has each in its text.
pub(crate) trait ExecuteCached {
    /// Runs it, prepared once, and says how many rows it has changed.
    fn execute_cached(self, connection: &mut AnyConnection) -> QueryResult<usize>;
}

impl<Q> ExecuteCached for Q
where
    Q: QueryFragment<Sqlite> + QueryFragment<Pg>,
{
    fn execute_cached(self, connection: &mut AnyConnection) -> QueryResult<usize> {
        // Each connection itself: one that may be either asks every part of a statement whether it can be kept.
        match connection {
            AnyConnection::Sqlite(sqlite) => Cached::new(self).execute(sqlite),
            AnyConnection::Postgres(postgres) => Cached::new(self).execute(postgres),
        }
    }
}

/// A statement that is kept by its text: for a connection that is known to be of SQLite, or of PostgreSQL.
pub(crate) struct Cached<Q, DB> {
    statement: Q,
    backend: DB,
    text: OnceCell<String>,
}

impl<Q, DB: Default> Cached<Q, DB> {
    pub(crate) fn new(statement: Q) -> Self {
        Self {
            statement,
            backend: DB::default(),
            text: OnceCell::new(),
        }
    }
}

impl<Q, DB> QueryFragment<DB> for Cached<Q, DB>
where
    Q: QueryFragment<DB>,
    DB: Backend,
    DB::QueryBuilder: Default,
{
    /// As diesel's own wrapper does it for a connection that may be either: by its text and its values, so that nobody asks
    /// its parts whether they can be kept.
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        if let Some((values, lookup)) = out.bind_collector() {
            return self.statement.collect_binds(values, lookup, &self.backend);
        }
        if self.text.get().is_none() {
            let mut text = DB::QueryBuilder::default();
            self.statement.to_sql(&mut text, &self.backend)?;
            let _ = self.text.set(text.finish());
        }
        out.push_sql(self.text.get().map_or("", String::as_str));
        Ok(())
    }
}

impl<Q, DB> QueryId for Cached<Q, DB> {
    type QueryId = ();

    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q, DB, Conn> RunQueryDsl<Conn> for Cached<Q, DB> {}

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    };

    use diesel::{
        connection::{Connection as _, InstrumentationEvent},
        prelude::*,
    };

    use super::*;
    use crate::{
        schema::canaries,
        support::{Postgres, Sqlite},
    };

    fn an_update_is_prepared_once(mut connection: AnyConnection) {
        let prepared = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&prepared);
        connection.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if matches!(event, InstrumentationEvent::CacheQuery { .. }) {
                count.fetch_add(1, Ordering::Relaxed);
            }
        });
        for key in ["seal0001", "seal0002", "seal0003"] {
            let update =
                diesel::update(canaries::table.find(key)).set(canaries::proof.eq(b"other".as_slice()));
            assert_eq!(update.execute_cached(&mut connection), Ok(0));
        }
        assert_eq!(prepared.load(Ordering::Relaxed), 1);
    }

    #[test]
    fn an_update_is_prepared_once_on_sqlite() {
        an_update_is_prepared_once(Sqlite::migrated().store.maintenance().unwrap());
    }

    #[test]
    fn an_update_is_prepared_once_on_postgres() {
        let fixture = Postgres::migrated();
        an_update_is_prepared_once(fixture.store.maintenance().unwrap());
    }
}
