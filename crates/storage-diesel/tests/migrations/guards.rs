//! Each guard of the schema, tried with a row that it must refuse: the guards stand behind the code that should never
//! need them, so nothing else would notice one that does not work.

use diesel::result::{
    DatabaseErrorKind::{self, CheckViolation, ForeignKeyViolation, NotNullViolation, UniqueViolation},
    Error,
};

use crate::{
    raw::Raw,
    support::{Postgres, Sqlite},
};

/// A value, written as the database at hand has it.
#[derive(Debug, Clone, Copy)]
enum Value {
    Null,
    /// An id whose every byte is this.
    Id(u8),
    /// So many bytes, all of them this.
    Bytes(usize, u8),
    /// So many letters. They take two bytes each: lengths are counted in characters.
    Letters(usize),
    Text(&'static str),
    Number(i64),
    /// Seconds since 1970.
    At(i64),
}

use Value::{At, Bytes, Id, Letters, Null, Number, Text};

impl Value {
    fn for_database(self, raw: &Raw) -> String {
        let hex = |length, byte: u8| format!("{byte:02x}").repeat(length);
        match (self, raw) {
            (Null, _) => "NULL".to_owned(),
            (Letters(count), _) => format!("'{}'", "é".repeat(count)),
            (Text(text), _) => format!("'{text}'"),
            (Number(number), _) => number.to_string(),
            (Id(byte), Raw::Sqlite(_)) => format!("x'{}'", hex(16, byte)),
            (Id(byte), Raw::Postgres(_)) => format!("'{}'::uuid", hex(16, byte)),
            (Bytes(length, byte), Raw::Sqlite(_)) => format!("x'{}'", hex(length, byte)),
            (Bytes(length, byte), Raw::Postgres(_)) => format!("'\\x{}'::bytea", hex(length, byte)),
            (At(seconds), Raw::Sqlite(_)) => (seconds * 1_000).to_string(),
            (At(seconds), Raw::Postgres(_)) => format!("to_timestamp({seconds})"),
        }
    }
}

/// What a row has other than the good one.
type Changes = &'static [(&'static str, Value)];

/// A table with a row that is good.
struct Table {
    name: &'static str,
    good: &'static [(&'static str, Value)],
}

const ORGANIZATION: Table = Table {
    name: "organizations",
    good: &[
        ("id", Id(0x10)),
        ("name", Letters(200)),
        ("contact", Text("a@b.c")),
        ("url", Letters(2048)),
        ("reveal_policy", Text("once")),
        ("created_at", At(1)),
        ("cancelled_at", Null),
    ],
};

const TOKEN: Table = Table {
    name: "authorization_tokens",
    good: &[
        ("id", Id(0x20)),
        ("organization_id", Id(1)),
        ("pepper_id", Text("pepper01")),
        ("digest", Bytes(32, 0x20)),
        ("sealed", Bytes(80, 1)),
        ("description", Letters(255)),
        ("permissions", Number(7)),
        ("created_at", At(1)),
        ("expires_at", At(2)),
        ("created_by", Id(2)),
        ("rotated_from", Id(2)),
        ("generation", Number(4_294_967_295)),
        ("replayable_until", At(1)),
        ("rotated_at", Null),
        ("grace_until", Null),
        ("revoked_at", Null),
        ("expiry_seen_at", Null),
        ("last_used_at", Null),
        ("reuse_count", Number(1)),
        ("reuse_recorded_at", At(1)),
    ],
};

const ANSWER: Table = Table {
    name: "stored_answers",
    good: &[
        ("caller_id", Id(2)),
        ("key", Letters(64)),
        ("fingerprint", Bytes(32, 1)),
        ("token_id", Id(3)),
        ("sealed", Bytes(1024, 1)),
        ("description", Letters(255)),
        ("expires_at", At(1)),
    ],
};

const ENTRY: Table = Table {
    name: "activity",
    good: &[
        ("id", Id(0x30)),
        ("organization_id", Id(1)),
        ("at", At(1)),
        ("actor", Text("token")),
        ("actor_token_id", Id(0x77)),
        ("request_id", Letters(200)),
        ("address", Text("2001:db8::1")),
        ("action", Text("token.created")),
        ("token_id", Id(0x78)),
        ("other_token_id", Id(0x79)),
    ],
};

const CANARY: Table = Table {
    name: "canaries",
    good: &[("key_id", Text("seal0001")), ("proof", Bytes(255, 1))],
};

/// What must be there before the good rows.
const FOUNDATION: [(&Table, Changes); 4] = [
    (&ORGANIZATION, &[("id", Id(1))]),
    (
        &TOKEN,
        &[
            ("id", Id(2)),
            ("digest", Bytes(32, 2)),
            ("created_by", Null),
            ("rotated_from", Null),
        ],
    ),
    (
        &TOKEN,
        &[("id", Id(3)), ("digest", Bytes(32, 3)), ("rotated_from", Null)],
    ),
    (&ENTRY, &[("id", Id(4))]),
];

/// Rows that differ from a good one in this, and are refused for that reason on both databases.
const BAD: &[(&Table, Changes, DatabaseErrorKind)] = &[
    (&ORGANIZATION, &[("id", Id(1))], UniqueViolation),
    (&ORGANIZATION, &[("id", Null)], NotNullViolation),
    (&ORGANIZATION, &[("name", Null)], NotNullViolation),
    (&ORGANIZATION, &[("name", Letters(0))], CheckViolation),
    (&ORGANIZATION, &[("name", Letters(201))], CheckViolation),
    (&ORGANIZATION, &[("contact", Letters(2))], CheckViolation),
    (&ORGANIZATION, &[("contact", Letters(255))], CheckViolation),
    (&ORGANIZATION, &[("url", Letters(0))], CheckViolation),
    (&ORGANIZATION, &[("url", Letters(2049))], CheckViolation),
    (&ORGANIZATION, &[("reveal_policy", Text("never"))], CheckViolation),
    (&ORGANIZATION, &[("created_at", Null)], NotNullViolation),
    (&TOKEN, &[("id", Id(2)), ("rotated_from", Id(3))], UniqueViolation),
    (&TOKEN, &[("organization_id", Id(9))], ForeignKeyViolation),
    (&TOKEN, &[("organization_id", Null)], NotNullViolation),
    (&TOKEN, &[("pepper_id", Letters(7))], CheckViolation),
    (&TOKEN, &[("pepper_id", Letters(9))], CheckViolation),
    (&TOKEN, &[("digest", Bytes(32, 2))], UniqueViolation),
    (&TOKEN, &[("digest", Bytes(31, 1))], CheckViolation),
    (&TOKEN, &[("digest", Bytes(33, 1))], CheckViolation),
    (&TOKEN, &[("digest", Null)], NotNullViolation),
    (&TOKEN, &[("sealed", Bytes(0, 1))], CheckViolation),
    (&TOKEN, &[("sealed", Bytes(1025, 1))], CheckViolation),
    (&TOKEN, &[("description", Letters(0))], CheckViolation),
    (&TOKEN, &[("description", Letters(256))], CheckViolation),
    (&TOKEN, &[("permissions", Number(0))], CheckViolation),
    (&TOKEN, &[("permissions", Number(8))], CheckViolation),
    (&TOKEN, &[("permissions", Number(-1))], CheckViolation),
    (&TOKEN, &[("expires_at", At(0))], CheckViolation),
    (&TOKEN, &[("created_by", Id(9))], ForeignKeyViolation),
    (&TOKEN, &[("rotated_from", Id(9))], ForeignKeyViolation),
    (&TOKEN, &[("rotated_from", Id(0x20))], CheckViolation),
    (&TOKEN, &[("generation", Number(0))], CheckViolation),
    (&TOKEN, &[("generation", Number(-1))], CheckViolation),
    (&TOKEN, &[("generation", Number(4_294_967_296))], CheckViolation),
    (&TOKEN, &[("grace_until", At(1))], CheckViolation),
    (&TOKEN, &[("rotated_at", At(1))], CheckViolation),
    (&TOKEN, &[("revoked_at", At(1))], CheckViolation),
    (
        &TOKEN,
        &[("reuse_count", Number(-1)), ("reuse_recorded_at", Null)],
        CheckViolation,
    ),
    (&TOKEN, &[("reuse_count", Number(0))], CheckViolation),
    (&ANSWER, &[("caller_id", Id(9))], ForeignKeyViolation),
    (&ANSWER, &[("token_id", Id(9))], ForeignKeyViolation),
    (&ANSWER, &[("key", Letters(0))], CheckViolation),
    (&ANSWER, &[("key", Letters(65))], CheckViolation),
    (&ANSWER, &[("fingerprint", Bytes(31, 1))], CheckViolation),
    (&ANSWER, &[("sealed", Null)], NotNullViolation),
    (&ANSWER, &[("sealed", Bytes(0, 1))], CheckViolation),
    (&ANSWER, &[("sealed", Bytes(1025, 1))], CheckViolation),
    (&ANSWER, &[("description", Letters(256))], CheckViolation),
    (&ANSWER, &[("expires_at", Null)], NotNullViolation),
    (&ENTRY, &[("organization_id", Id(9))], ForeignKeyViolation),
    (&ENTRY, &[("actor", Text("somebody"))], CheckViolation),
    (&ENTRY, &[("actor", Text("operator"))], CheckViolation),
    (&ENTRY, &[("actor_token_id", Null)], CheckViolation),
    (&ENTRY, &[("request_id", Letters(0))], CheckViolation),
    (&ENTRY, &[("request_id", Letters(201))], CheckViolation),
    (&ENTRY, &[("address", Letters(1))], CheckViolation),
    (&ENTRY, &[("address", Letters(46))], CheckViolation),
    (&ENTRY, &[("action", Letters(0))], CheckViolation),
    (&ENTRY, &[("action", Letters(65))], CheckViolation),
    (&ENTRY, &[("at", Null)], NotNullViolation),
    (&CANARY, &[("key_id", Letters(7))], CheckViolation),
    (&CANARY, &[("proof", Bytes(0, 1))], CheckViolation),
    (&CANARY, &[("proof", Bytes(256, 1))], CheckViolation),
    (&CANARY, &[("proof", Null)], NotNullViolation),
];

/// PostgreSQL has a type for ids, which leaves nothing to check.
const BAD_ON_SQLITE: &[(&Table, Changes)] = &[
    (&ORGANIZATION, &[("id", Bytes(15, 1))]),
    (&TOKEN, &[("id", Bytes(17, 1)), ("rotated_from", Null)]),
    (&ENTRY, &[("id", Bytes(15, 1))]),
    (&ENTRY, &[("actor_token_id", Bytes(17, 1))]),
    (&ENTRY, &[("token_id", Bytes(0, 1))]),
    (&ENTRY, &[("other_token_id", Bytes(36, 1))]),
];

/// A good row with other values in some columns, as a statement.
fn insertion(raw: &Raw, table: &Table, other: Changes) -> String {
    let names: Vec<_> = table.good.iter().map(|(name, _)| *name).collect();
    let values: Vec<_> = table
        .good
        .iter()
        .map(|(name, good)| {
            let value = other.iter().find(|(changed, _)| changed == name);
            value.map_or(*good, |(_, value)| *value).for_database(raw)
        })
        .collect();
    for (name, _) in other {
        assert!(names.contains(name), "{name} is a column of {}", table.name);
    }
    format!(
        "INSERT INTO {} ({}) VALUES ({})",
        table.name,
        names.join(", "),
        values.join(", ")
    )
}

fn kind(result: diesel::QueryResult<usize>) -> String {
    match result {
        Ok(_) => "accepted".to_owned(),
        Err(Error::DatabaseError(kind, _)) => format!("{kind:?}"),
        Err(error) => error.to_string(),
    }
}

fn lay_foundation(raw: &mut Raw) {
    for (table, other) in FOUNDATION {
        let statement = insertion(raw, table, other);
        assert_eq!(raw.execute(&statement), Ok(1), "{statement}");
    }
}

fn refuse_bad_rows(raw: &mut Raw, more: &[(&Table, Changes)]) {
    lay_foundation(raw);
    for (table, other) in more {
        let statement = insertion(raw, table, other);
        let result = raw.execute(&statement);
        assert_eq!(kind(result), "CheckViolation", "{} {other:?}", table.name);
    }
    for (table, other, expected) in BAD {
        let statement = insertion(raw, table, other);
        let result = raw.execute(&statement);
        assert_eq!(kind(result), format!("{expected:?}"), "{} {other:?}", table.name);
    }
    // Refused for what was wrong with them: without that they are accepted, once.
    for table in [&ORGANIZATION, &TOKEN, &ANSWER, &ENTRY, &CANARY] {
        let statement = insertion(raw, table, &[]);
        assert_eq!(raw.execute(&statement), Ok(1), "{statement}");
        assert!(raw.execute(&statement).is_err(), "{statement} again");
    }
    let second_successor = insertion(raw, &TOKEN, &[("id", Id(0x21)), ("digest", Bytes(32, 0x21))]);
    assert_eq!(kind(raw.execute(&second_successor)), "UniqueViolation");
}

/// The log keeps what it has, whatever it is told.
fn refuse_other_than_appending(raw: &mut Raw, statements: &[&str]) {
    lay_foundation(raw);
    for statement in statements {
        let error = raw.execute(statement).expect_err(statement);
        assert!(error.to_string().contains("append-only"), "{statement}: {error}");
    }
    let another = insertion(raw, &ENTRY, &[]);
    assert_eq!(raw.execute(&another), Ok(1));
}

const FORBIDDEN: [&str; 3] = [
    "UPDATE activity SET action = 'token.revoked'",
    "DELETE FROM activity",
    "DELETE FROM activity WHERE seq = 1",
];

#[test]
fn sqlite_refuses_bad_rows() {
    let fixture = Sqlite::migrated();
    let raw = &mut Raw::beside_sqlite(&fixture);
    refuse_bad_rows(raw, BAD_ON_SQLITE);
    let of_another_type = insertion(
        raw,
        &CANARY,
        &[("key_id", Text("seal0002")), ("proof", Text("text"))],
    );
    assert!(raw.execute(&of_another_type).is_err(), "tables are STRICT");
}

#[test]
fn postgres_refuses_bad_rows() {
    let fixture = Postgres::migrated();
    refuse_bad_rows(&mut Raw::beside_postgres(&fixture), &[]);
}

#[test]
fn the_log_is_append_only_on_sqlite() {
    let fixture = Sqlite::migrated();
    let raw = &mut Raw::beside_sqlite(&fixture);
    refuse_other_than_appending(raw, &FORBIDDEN);
    let replacing = insertion(raw, &ENTRY, &[("id", Id(4))]).replace("INSERT", "INSERT OR REPLACE");
    let error = raw.execute(&replacing).unwrap_err();
    assert!(error.to_string().contains("append-only"), "{error}");
}

#[test]
fn the_log_is_append_only_on_postgres() {
    let fixture = Postgres::migrated();
    let statements = [&FORBIDDEN[..], &["TRUNCATE activity"]].concat();
    refuse_other_than_appending(&mut Raw::beside_postgres(&fixture), &statements);
}
