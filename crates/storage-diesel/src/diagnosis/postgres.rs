//! What can be wrong with a PostgreSQL server, as far as a client can see.

use diesel::QueryResult;

use super::{Finding, Severity, ask};
use crate::{connection::AnyConnection, settings::Settings};

/// The oldest version that is looked after.
const OLDEST: u32 = 130_000;

pub(super) fn findings(connection: &mut AnyConnection, settings: &Settings) -> QueryResult<Vec<Finding>> {
    let mut setting = |name: &str| ask(connection, &format!("SELECT current_setting('{name}') AS answer"));
    let version = setting("server_version")?;
    let number = setting("server_version_num")?;
    let fsync = setting("fsync")?;

    let pages = setting("full_page_writes")?;
    let read_only = setting("default_transaction_read_only")?;
    let is_standby = ask(connection, "SELECT pg_is_in_recovery()::text AS answer")?;
    let is_near = ask(
        connection,
        "SELECT (coalesce(inet_server_addr() <<= '127.0.0.0/8' OR inet_server_addr() = '::1', true))::text AS answer",
    )?;
    let is_encrypted = ask(
        connection,
        "SELECT coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false)::text AS answer",
    )?;
    Ok(vec![
        Finding::check(
            "PostgreSQL version",
            version,
            number.parse().is_ok_and(|number: u32| number >= OLDEST),
            Severity::Bad,
            "PostgreSQL 13 or later is needed",
        ),
        Finding::check(
            "writable",
            if is_standby == "true" {
                "this is a standby"
            } else {
                "this is a primary"
            },
            is_standby == "false" && read_only == "off",
            Severity::Bad,
            "the service needs the primary, for it answers from nothing older: change the URL",
        ),
        Finding::check(
            "fsync",
            &fsync,
            fsync == "on",
            Severity::Bad,
            "a crash of the server can lose or damage everything: set fsync = on",
        ),
        Finding::check(
            "full_page_writes",
            &pages,
            pages == "on",
            Severity::Attention,
            "a power failure can damage pages: set full_page_writes = on unless the disk prevents that",
        ),
        encryption(
            is_near == "true",
            is_encrypted == "true",
            settings.url.parameter("sslmode"),
        ),
    ])
}

/// Without `verify-full` whoever sits between can pose as the server, and read all that is said.
fn encryption(is_near: bool, is_encrypted: bool, mode: Option<&str>) -> Finding {
    let text = match (is_near, is_encrypted) {
        (true, _) => "the server is on this host",
        (false, true) => "encrypted",
        (false, false) => "not encrypted, and the server is on another host",
    };
    Finding::check(
        "connection",
        text,
        is_near || (is_encrypted && mode == Some("verify-full")),
        if is_encrypted {
            Severity::Attention
        } else {
            Severity::Bad
        },
        "add sslmode=verify-full and sslrootcert=FILE to the database URL",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn off_the_host_only_verified_encryption_is_good() {
        for (is_near, is_encrypted, mode, severity) in [
            (true, false, None, Severity::Good),
            (false, true, Some("verify-full"), Severity::Good),
            (false, true, Some("require"), Severity::Attention),
            (false, true, None, Severity::Attention),
            (false, false, None, Severity::Bad),
            (false, false, Some("disable"), Severity::Bad),
        ] {
            assert_eq!(
                encryption(is_near, is_encrypted, mode).severity,
                severity,
                "{mode:?}"
            );
        }
    }
}
