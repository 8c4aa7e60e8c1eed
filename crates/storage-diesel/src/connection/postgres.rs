//! How a connection to PostgreSQL is set up.

use diesel::{Connection, PgConnection, connection::SimpleConnection};

use super::{ConnectError, Role};
use crate::settings::Settings;

/// What every session sets for itself, so that nothing depends on how the server or the role is configured.
///
/// What was answered is durable: a server that commits before it writes is told not to for this session; stronger
/// settings stay. A statement may take 5 s, waiting for a lock 2 s; then the request fails, and with it its hold on others.
/// No statement is compiled: that takes a tenth of a second, for statements that all take less.
const SESSION: &str = "SET statement_timeout = '5s'; SET lock_timeout = '2s'; \
    SET idle_in_transaction_session_timeout = '10s'; SET TIME ZONE 'UTC'; SET client_min_messages = 'warning'; \
    SET jit = off; SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'";

/// Migrations rebuild tables and wait for each other: no limits.
const MAINTENANCE: &str = "SET statement_timeout = 0; SET lock_timeout = 0; \
    SET idle_in_transaction_session_timeout = 0; SET TIME ZONE 'UTC'; SET client_min_messages = 'warning'";

/// Connects to the server, within the time that the URL's `connect_timeout` says (3 s unless it does).
pub(crate) fn connect(settings: &Settings, role: Role) -> Result<PgConnection, ConnectError> {
    let failed = |reason: String| {
        let reason = settings.url.without_password(&reason);
        ConnectError(format!("PostgreSQL is out of reach: {}", reason.trim()))
    };
    let mut connection =
        PgConnection::establish(&settings.url.for_libpq()).map_err(|error| failed(error.to_string()))?;
    let session = match role {
        Role::Reader | Role::Writer => SESSION,
        Role::Maintenance => MAINTENANCE,
    };
    let search_path = settings
        .postgres_schema
        .as_ref()
        .map_or_else(String::new, |schema| format!("; SET search_path TO \"{schema}\""));
    connection
        .batch_execute(&format!("{session}{search_path}"))
        .map_err(|error| failed(error.to_string()))?;
    Ok(connection)
}

#[cfg(test)]
mod tests {
    use diesel::{QueryableByName, RunQueryDsl, sql_types::Text};

    use super::*;
    use crate::database_url::DatabaseUrl;

    #[derive(QueryableByName)]
    struct Setting {
        #[diesel(sql_type = Text)]
        value: String,
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the test command says in the environment where PostgreSQL is"
    )]
    fn in_force(setting: &str, configured: &str) -> String {
        let server = std::env::var("SYMBOLON_TEST_POSTGRES")
            .expect("SYMBOLON_TEST_POSTGRES is not set; run: cargo xtask test");
        let separator = if server.contains('?') { '&' } else { '?' };
        let url = format!("{server}{separator}options=-c%20{setting}%3D{configured}");
        let settings = Settings::new(DatabaseUrl::parse(&url).unwrap());
        let mut connection = connect(&settings, Role::Writer).unwrap();
        diesel::sql_query(format!("SELECT current_setting('{setting}') AS value"))
            .get_result::<Setting>(&mut connection)
            .unwrap()
            .value
    }

    #[test]
    fn what_was_answered_is_durable_whatever_the_server_says() {
        assert_eq!(in_force("synchronous_commit", "off"), "on");
        assert_eq!(in_force("synchronous_commit", "on"), "on");
        assert_eq!(in_force("synchronous_commit", "remote_apply"), "remote_apply");
    }

    #[test]
    fn no_statement_is_compiled_whatever_the_server_says() {
        assert_eq!(in_force("jit", "on"), "off");
    }
}
