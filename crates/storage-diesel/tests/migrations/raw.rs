//! Connections beside the store, for what the store itself never does.

use diesel::{
    Connection, PgConnection, QueryableByName, RunQueryDsl, SqliteConnection,
    connection::SimpleConnection,
    sql_types::{BigInt, Bool, Text},
};

use crate::support::{Postgres, Sqlite, test_server};

/// A connection that says what it is connected to.
pub(crate) enum Raw {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

#[derive(Debug, PartialEq, Eq, QueryableByName)]
pub(crate) struct Column {
    #[diesel(sql_type = Text)]
    pub(crate) name: String,
    #[diesel(sql_type = Text)]
    pub(crate) kind: String,
    #[diesel(sql_type = Bool)]
    pub(crate) is_required: bool,
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

impl Raw {
    pub(crate) fn beside_sqlite(fixture: &Sqlite) -> Self {
        let path = fixture.settings.url.sqlite_path().unwrap().to_str().unwrap();
        let mut connection = SqliteConnection::establish(path).unwrap();
        connection.batch_execute("PRAGMA foreign_keys = ON").unwrap();
        Self::Sqlite(connection)
    }

    pub(crate) fn beside_postgres(fixture: &Postgres) -> Self {
        let mut connection = PgConnection::establish(&test_server()).unwrap();
        let schema = fixture.settings.postgres_schema.as_ref().unwrap();
        connection
            .batch_execute(&format!("SET search_path TO {schema}"))
            .unwrap();
        Self::Postgres(connection)
    }

    pub(crate) fn execute(&mut self, statement: &str) -> diesel::QueryResult<usize> {
        match self {
            Self::Sqlite(connection) => diesel::sql_query(statement).execute(connection),
            Self::Postgres(connection) => diesel::sql_query(statement).execute(connection),
        }
    }

    /// The column `number` of what a query gives.
    pub(crate) fn numbers(&mut self, query: &str) -> Vec<i64> {
        let rows: Vec<Number> = match self {
            Self::Sqlite(connection) => diesel::sql_query(query).load(connection),
            Self::Postgres(connection) => diesel::sql_query(query).load(connection),
        }
        .unwrap();
        rows.into_iter().map(|row| row.number).collect()
    }

    /// How many rows each of these tables has.
    pub(crate) fn counts(&mut self, tables: &[&str]) -> Vec<i64> {
        let count = |table: &&str| self.numbers(&format!("SELECT count(*) AS number FROM {table}"));
        tables.iter().flat_map(count).collect()
    }

    /// Every table, index, trigger and function, but for diesel's own and what the databases make by themselves.
    pub(crate) fn objects(&mut self) -> Vec<String> {
        let names = match self {
            Self::Sqlite(connection) => diesel::sql_query(
                "SELECT type || ' ' || name AS name FROM sqlite_master \
                 WHERE name NOT GLOB 'sqlite_*' AND name NOT GLOB '__diesel*' ORDER BY 1",
            )
            .load::<Name>(connection),
            Self::Postgres(connection) => diesel::sql_query(
                "SELECT 'relation ' || relname AS name FROM pg_class \
                 WHERE relnamespace = current_schema()::regnamespace AND left(relname, 8) <> '__diesel' \
                 UNION ALL SELECT 'function ' || proname FROM pg_proc \
                 WHERE pronamespace = current_schema()::regnamespace ORDER BY 1",
            )
            .load::<Name>(connection),
        };
        names.unwrap().into_iter().map(|row| row.name).collect()
    }

    /// `table.column` of every table, with the kind of what it holds.
    pub(crate) fn columns(&mut self) -> Vec<Column> {
        let mut columns: Vec<Column> = match self {
            Self::Sqlite(connection) => diesel::sql_query(
                "SELECT tables.name || '.' || columns.name AS name, lower(columns.type) AS kind, \
                    columns.\"notnull\" OR columns.pk > 0 AS is_required \
                 FROM pragma_table_list AS tables, pragma_table_info(tables.name) AS columns \
                 WHERE tables.schema = 'main' AND tables.name NOT GLOB 'sqlite_*' AND tables.name NOT GLOB '__*'",
            )
            .load(connection),
            Self::Postgres(connection) => diesel::sql_query(
                "SELECT table_name || '.' || column_name AS name, data_type::text AS kind, \
                    is_nullable = 'NO' AS is_required \
                 FROM information_schema.columns \
                 WHERE table_schema = current_schema() AND left(table_name, 2) <> '__'",
            )
            .load(connection),
        }
        .unwrap();
        columns.sort_unstable_by(|one, other| one.name.cmp(&other.name));
        columns
    }
}
