//! Tokens that were there before anybody was told of their expiry.

use symbolon_storage_diesel::DieselStore;

use crate::{
    back::back_to_before,
    raw::Raw,
    support::{Postgres, Sqlite},
};

const DAY: i64 = 86_400;

/// Adds a token that expires after so many days, and was retired in these columns.
fn add(raw: &mut Raw, byte: u8, days: i64, retired_in: &str) {
    let bytes = |byte: u8, length| format!("{byte:02x}").repeat(length);
    let (id, owner, digest) = match raw {
        Raw::Sqlite(_) => (
            format!("x'{}'", bytes(byte, 16)),
            format!("x'{}'", bytes(1, 16)),
            format!("x'{}'", bytes(byte, 32)),
        ),
        Raw::Postgres(_) => (
            format!("'{}'", bytes(byte, 16)),
            format!("'{}'", bytes(1, 16)),
            format!("'\\x{}'", bytes(byte, 32)),
        ),
    };
    let at = |seconds: i64| match raw {
        Raw::Sqlite(_) => (seconds * 1_000).to_string(),
        Raw::Postgres(_) => format!("to_timestamp({seconds})"),
    };
    let (start, end) = (at(0), at(days * DAY));
    if byte == 1 {
        let statement = format!(
            "INSERT INTO organizations (id, name, contact, reveal_policy, created_at) \
             VALUES ({owner}, 'Owner', 'a@b.c', 'always', {start})"
        );
        assert_eq!(raw.execute(&statement), Ok(1));
    }
    let retired = if retired_in.is_empty() {
        String::new()
    } else {
        format!(", {start}")
    };
    let statement = format!(
        "INSERT INTO authorization_tokens (id, organization_id, pepper_id, digest, permissions, created_at, \
            expires_at, generation{retired_in}) \
         VALUES ({id}, {owner}, 'pepper01', {digest}, 7, {start}, {end}, 0{retired})"
    );
    assert_eq!(raw.execute(&statement), Ok(1), "{statement}");
}

/// The announcements, as days since 1970, in the order of the tokens; 999 stands for none.
fn announced(raw: &mut Raw) -> Vec<i64> {
    let seconds = match raw {
        Raw::Sqlite(_) => "announce_at / 1000",
        Raw::Postgres(_) => "CAST(extract(epoch FROM announce_at) AS bigint)",
    };
    raw.numbers(&format!(
        "SELECT coalesce({seconds} / {DAY}, 999) AS number FROM authorization_tokens ORDER BY id"
    ))
}

fn tokens_are_announced(store: &DieselStore, raw: &mut Raw) {
    store.migrate().unwrap();
    back_to_before(store, "announcements");
    let tokens = [
        (180, ""),
        (31, ""),
        (180, ", rotated_at"),
        (180, ", revoked_at"),
        (180, ", expiry_seen_at"),
    ];
    for (byte, (days, retired_in)) in (1..).zip(tokens) {
        add(raw, byte, days, retired_in);
    }
    for _ in 0..2 {
        store.migrate().unwrap();
        assert_eq!(announced(raw), [150, 1, 999, 999, 999]);
        back_to_before(store, "announcements");
        assert_eq!(raw.counts(&["authorization_tokens"]), [5]);
    }
}

#[test]
fn sqlite_announces_the_tokens_it_has() {
    let fixture = Sqlite::empty();
    tokens_are_announced(&fixture.store, &mut Raw::beside_sqlite(&fixture));
}

#[test]
fn postgres_announces_the_tokens_it_has() {
    let fixture = Postgres::empty();
    tokens_are_announced(&fixture.store, &mut Raw::beside_postgres(&fixture));
}
