//! Each guard of the schema, tried with a row that it must refuse: the guards stand behind the code that should never
//! need them, so nothing else would notice one that does not work.

#[path = "guards/administrators.rs"]
mod administrators;
#[path = "guards/credentials.rs"]
mod credentials;
#[path = "guards/issuers.rs"]
mod issuers;
#[path = "guards/jobs.rs"]
mod jobs;
#[path = "guards/refused.rs"]
mod refused;
#[path = "guards/tallies.rs"]
mod tallies;

use diesel::result::Error;

use self::{
    Value::{At, Bytes, Flag, Id, Letters, Null, Number, Text},
    administrators::{ADMINISTRATOR, ATTEMPTS, CODE, LINK, NOTICE, VISIT},
    credentials::{ACCESS, MAIL, RECIPIENT, SESSION, SIGN_IN, TEMPLATE},
    issuers::{ANSWER, CANARY, ENTRY, ORGANIZATION, TOKEN},
    jobs::{FILE, JOB, RESULT},
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
    Flag(bool),
    /// Seconds since 1970.
    At(i64),
}

impl Value {
    fn for_database(self, raw: &Raw) -> String {
        let hex = |length, byte: u8| format!("{byte:02x}").repeat(length);
        match (self, raw) {
            (Null, _) => "NULL".to_owned(),
            (Letters(count), _) => format!("'{}'", "é".repeat(count)),
            (Text(text), _) => format!("'{text}'"),
            (Number(number), _) => number.to_string(),
            (Flag(flag), Raw::Sqlite(_)) => i32::from(flag).to_string(),
            (Flag(flag), Raw::Postgres(_)) => flag.to_string(),
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
    for (table, other) in [
        issuers::FOUNDATION,
        credentials::FOUNDATION,
        administrators::FOUNDATION,
        jobs::FOUNDATION,
    ]
    .concat()
    {
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
    let bad = issuers::BAD.iter().chain(refused::BAD);
    let bad = bad.chain(administrators::BAD).chain(jobs::BAD);
    for (table, other, expected) in bad.chain(tallies::BAD) {
        let statement = insertion(raw, table, other);
        let result = raw.execute(&statement);
        assert_eq!(kind(result), format!("{expected:?}"), "{} {other:?}", table.name);
    }
    // Refused for what was wrong with them: without that they are accepted, once.
    for table in [
        &ORGANIZATION,
        &TOKEN,
        &ANSWER,
        &ENTRY,
        &CANARY,
        &TEMPLATE,
        &RECIPIENT,
        &ACCESS,
        &MAIL,
        &SESSION,
        &SIGN_IN,
        &ADMINISTRATOR,
        &CODE,
        &LINK,
        &VISIT,
        &ATTEMPTS,
        &NOTICE,
        &JOB,
        &FILE,
        &RESULT,
    ] {
        let statement = insertion(raw, table, &[]);
        assert_eq!(raw.execute(&statement), Ok(1), "{statement}");
        assert!(raw.execute(&statement).is_err(), "{statement} again");
    }
    let second_successor = insertion(raw, &TOKEN, &[("id", Id(0x21)), ("digest", Bytes(32, 0x21))]);
    assert_eq!(kind(raw.execute(&second_successor)), "UniqueViolation");
    let good = credentials::GOOD.iter().chain(administrators::GOOD);
    for (table, other) in good.chain(jobs::GOOD).chain(tallies::GOOD) {
        let statement = insertion(raw, table, other);
        assert_eq!(raw.execute(&statement), Ok(1), "{statement}");
    }
    let others: [Changes; 2] = [
        &[
            ("id", Id(0x31)),
            ("actor", Text("recipient")),
            ("actor_token_id", Null),
        ],
        &[
            ("id", Id(0x32)),
            ("actor", Text("administrator")),
            ("actor_token_id", Null),
            ("actor_administrator_id", Id(0x10)),
        ],
    ];
    for other in others {
        let by_another = insertion(raw, &ENTRY, other);
        assert_eq!(raw.execute(&by_another), Ok(1), "{other:?}");
    }
    delete_what_belongs_together(raw);
    delete_an_administrator(raw);
    delete_a_job(raw);
}

/// With a recipient goes everything about them but the log; a template goes only once nothing hangs on it.
fn delete_what_belongs_together(raw: &mut Raw) {
    let template = Id(5).for_database(raw);
    let template = format!("DELETE FROM templates WHERE id = {template}");
    assert_eq!(kind(raw.execute(&template)), "ForeignKeyViolation");
    let before = raw.counts(&["activity", "sessions"]);
    assert_eq!(raw.counts(&["access_tokens", "mails", "sign_ins"]), [3, 2, 4]);
    let recipient = Id(6).for_database(raw);
    let recipient = format!("DELETE FROM recipients WHERE id = {recipient}");
    assert_eq!(raw.execute(&recipient), Ok(1));
    // Those of the other recipient, a sign-in for nobody's token, and an administrator's.
    assert_eq!(raw.counts(&["access_tokens", "mails", "sign_ins"]), [1, 0, 2]);
    assert_eq!(raw.counts(&["activity", "sessions"]), before);
    assert_eq!(raw.execute("DELETE FROM recipients"), Ok(5));
    assert_eq!(raw.execute(&template), Ok(1));
}

/// With an administrator goes everything of theirs but the log.
fn delete_an_administrator(raw: &mut Raw) {
    let theirs = [
        "administrators",
        "recovery_codes",
        "administrator_links",
        "administrator_sessions",
        "notices",
    ];
    let log = raw.counts(&["activity"]);
    assert_eq!(raw.counts(&theirs), [5, 2, 4, 3, 3]);
    let administrator = Id(0x10).for_database(raw);
    let administrator = format!("DELETE FROM administrators WHERE id = {administrator}");
    assert_eq!(raw.execute(&administrator), Ok(1));
    // The other administrators, the links for the set-up, and a notice to the contact.
    assert_eq!(raw.counts(&theirs), [4, 0, 2, 0, 1]);
    assert_eq!(raw.counts(&["activity"]), log);
}

/// With a job goes its file, and what became of its rows.
fn delete_a_job(raw: &mut Raw) {
    let tables = ["jobs", "job_files", "job_results"];
    assert_eq!(raw.counts(&tables), [4, 1, 2]);
    let job = Id(0x81).for_database(raw);
    assert_eq!(raw.execute(&format!("DELETE FROM jobs WHERE id = {job}")), Ok(1));
    assert_eq!(raw.counts(&tables), [3, 0, 0]);
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
    refuse_bad_rows(
        raw,
        &[
            issuers::BAD_ON_SQLITE,
            refused::BAD_ON_SQLITE,
            administrators::BAD_ON_SQLITE,
            jobs::BAD_ON_SQLITE,
        ]
        .concat(),
    );
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
