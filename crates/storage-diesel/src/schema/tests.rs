//! The tables of the queries are the tables of the migrations: every column of every table is selected on both
//! databases, and no database has a column that queries do not know.

use diesel::{
    connection::SimpleConnection, debug_query, pg::Pg, prelude::*, sql_types::Text, sqlite::Sqlite,
};

use super::{
    access_tokens, activity, administrator_links, administrator_sessions, administrators,
    authorization_tokens, canaries, changed_tokens, foundation, job_files, job_results, jobs,
    list_differences, list_sections, mails, notices, organizations, recipient_words, recipients,
    recovery_codes, sessions, sign_in_attempts, sign_ins, stored_answers, tallies, templates,
};
use crate::{
    DieselStore,
    connection::AnyConnection,
    support::{Postgres, Sqlite as SqliteFixture},
};

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    name: String,
}

macro_rules! each_table {
    ($($table:ident),*) => {
        fn selections(connection: &AnyConnection) -> Vec<String> {
            match connection {
                AnyConnection::Sqlite(_) => vec![$(debug_query::<Sqlite, _>(&$table::table.select($table::all_columns)).to_string()),*],
                AnyConnection::Postgres(_) => vec![$(debug_query::<Pg, _>(&$table::table.select($table::all_columns)).to_string()),*],
            }
        }

        /// As `table.column`, in order.
        fn known_columns() -> Vec<String> {
            let mut columns = Vec::new();
            $(columns.extend(names($table::all_columns, stringify!($table)));)*
            columns.sort_unstable();
            columns
        }
    };
}

each_table!(
    organizations,
    authorization_tokens,
    changed_tokens,
    stored_answers,
    templates,
    recipients,
    recipient_words,
    access_tokens,
    mails,
    sessions,
    sign_ins,
    activity,
    canaries,
    administrators,
    recovery_codes,
    administrator_links,
    foundation,
    administrator_sessions,
    sign_in_attempts,
    notices,
    jobs,
    job_files,
    job_results,
    tallies,
    list_differences,
    list_sections
);

/// The names in `SELECT` order, taken from the statement.
fn names<C>(columns: C, table: &str) -> Vec<String>
where
    C: diesel::Expression + diesel::query_builder::QueryFragment<Sqlite>,
{
    debug_query::<Sqlite, _>(&columns)
        .to_string()
        .split(" -- ")
        .next()
        .unwrap()
        .split(", ")
        .map(|column| column.replace('`', ""))
        .inspect(|column| assert!(column.starts_with(table), "{column}"))
        .collect()
}

fn agree(store: &DieselStore) {
    let mut connection = store.maintenance().unwrap();
    for selection in selections(&connection) {
        connection.batch_execute(&selection).expect(&selection);
    }
    let question = match connection {
        AnyConnection::Sqlite(_) => {
            "SELECT tables.name || '.' || columns.name AS name FROM pragma_table_list AS tables, \
             pragma_table_info(tables.name) AS columns \
             WHERE tables.schema = 'main' AND tables.name NOT GLOB 'sqlite_*' AND tables.name NOT GLOB '__*'"
        }
        AnyConnection::Postgres(_) => {
            "SELECT table_name || '.' || column_name AS name FROM information_schema.columns \
             WHERE table_schema = current_schema() AND left(table_name, 2) <> '__'"
        }
    };
    let mut found: Vec<String> = diesel::sql_query(question)
        .load::<Column>(&mut connection)
        .unwrap()
        .into_iter()
        .map(|column| column.name)
        .collect();
    found.sort_unstable();
    assert_eq!(found, known_columns());
}

#[test]
fn sqlite_has_the_tables_of_the_queries() {
    agree(&SqliteFixture::migrated().store);
}

#[test]
fn postgres_has_the_tables_of_the_queries() {
    agree(&Postgres::migrated().store);
}
