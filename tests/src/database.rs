//! A database of one's own on the PostgreSQL of the tests.

use std::thread;

use tokio_postgres::{NoTls, SimpleQueryMessage};

use crate::{chance::random, environment};

/// An empty database, removed with this.
#[derive(Debug)]
pub struct PostgresDatabase {
    name: String,
    url: String,
}

impl PostgresDatabase {
    /// Makes one.
    pub fn fresh() -> Self {
        let server = environment::postgres();
        let name = format!("symbolon_test_{:016x}", random());
        run(&server, &format!("CREATE DATABASE {name}"));
        let url = named(&server, &name);
        Self { name, url }
    }

    /// Where it is.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The columns of all rows that a query finds, as text.
    pub fn query(&self, sql: &str) -> Vec<String> {
        run(&self.url, sql)
    }
}

impl Drop for PostgresDatabase {
    fn drop(&mut self) {
        if !thread::panicking() {
            run(
                &environment::postgres(),
                &format!("DROP DATABASE {} WITH (FORCE)", self.name),
            );
        }
    }
}

/// The URL of another database on the same server.
fn named(server: &str, name: &str) -> String {
    let (place, parameters) = match server.split_once('?') {
        Some((place, parameters)) => (place, format!("?{parameters}")),
        None => (server, String::new()),
    };
    let (scheme, rest) = place
        .split_once("://")
        .expect("SYMBOLON_TEST_POSTGRES is a postgres:// URL");
    let host = rest.split_once('/').map_or(rest, |(host, _)| host);
    format!("{scheme}://{host}/{name}{parameters}")
}

/// Runs on a thread of its own, for tests and their ends are blocking and asynchronous ones alike.
fn run(url: &str, sql: &str) -> Vec<String> {
    let (url, sql) = (url.to_owned(), sql.to_owned());
    thread::spawn(move || {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime can be made")
            .block_on(answer(&url, &sql))
            .unwrap_or_else(|error| panic!("{sql}: {error:?}"))
    })
    .join()
    .expect("the database does as it is told")
}

async fn answer(url: &str, sql: &str) -> Result<Vec<String>, tokio_postgres::Error> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(connection);
    let messages = client.simple_query(sql).await?;
    Ok(messages
        .iter()
        .filter_map(|message| match message {
            SimpleQueryMessage::Row(row) => Some(row),
            _ => None,
        })
        .flat_map(|row| (0..row.len()).filter_map(|column| row.get(column).map(ToOwned::to_owned)))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn another_database_has_another_path() {
        let name = |url| named(url, "x");
        assert_eq!(name("postgres://u:p@h:1/postgres"), "postgres://u:p@h:1/x");
        assert_eq!(name("postgres://h"), "postgres://h/x");
        assert_eq!(
            name("postgresql://h/a?sslmode=disable"),
            "postgresql://h/x?sslmode=disable"
        );
    }
}
