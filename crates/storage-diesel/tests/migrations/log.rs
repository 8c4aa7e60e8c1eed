//! The log through a migration that makes its table anew, and back: no entry is lost, changed or given another number.

use symbolon_storage_diesel::DieselStore;

use crate::{
    back::back_to_before,
    raw::Raw,
    support::{Postgres, Sqlite},
};

/// Adds an entry whose id has this byte everywhere.
fn enter(raw: &mut Raw, byte: u8, columns: &str, values: &str) -> diesel::QueryResult<usize> {
    let bytes = |byte: u8| format!("{byte:02x}").repeat(16);
    let (id, owner, at) = match raw {
        Raw::Sqlite(_) => (format!("x'{}'", bytes(byte)), format!("x'{}'", bytes(1)), "5"),
        Raw::Postgres(_) => (format!("'{}'", bytes(byte)), format!("'{}'", bytes(1)), "now()"),
    };
    if byte == 1 {
        raw.execute(&format!(
            "INSERT INTO organizations (id, name, contact, reveal_policy, created_at) \
             VALUES ({owner}, 'Owner', 'a@b.c', 'always', {at})"
        ))?;
    }
    let values = values.replace("$id", &id);
    raw.execute(&format!(
        "INSERT INTO activity (id, organization_id, at, action{columns}) VALUES ({id}, {owner}, {at}, 'act'{values})"
    ))
}

fn the_log_is_kept(store: &DieselStore, raw: &mut Raw) {
    let seqs = "SELECT seq AS number FROM activity ORDER BY seq";
    store.migrate().unwrap();
    let later = back_to_before(store, "templates");
    for byte in 1..=3 {
        assert_eq!(enter(raw, byte, ", actor", ", 'operator'"), Ok(1));
    }
    assert!(
        enter(raw, 4, ", actor", ", 'recipient'").is_err(),
        "the tables are the old ones"
    );
    let before = raw.numbers(seqs);

    assert_eq!(store.migrate().unwrap().len(), later);
    assert_eq!(raw.numbers(seqs), before);
    assert_eq!(enter(raw, 5, ", actor", ", 'recipient'"), Ok(1));
    assert_eq!(enter(raw, 6, ", actor, recipient_id", ", 'operator', $id"), Ok(1));
    let after = raw.numbers(seqs);
    assert_eq!(after[..3], before);
    assert!(raw.execute("DELETE FROM activity").is_err());

    // What only the later version can say is gone with it; numbers are never given twice.
    back_to_before(store, "templates");
    assert_eq!(raw.numbers(seqs), before);
    assert!(raw.execute("DELETE FROM activity").is_err());
    assert_eq!(enter(raw, 7, ", actor", ", 'operator'"), Ok(1));
    assert!(raw.numbers(seqs).last() > after.last());
}

/// Back before administrators: entries stay, but for those that the version before could not read.
fn the_log_of_administrators_is_kept(store: &DieselStore, raw: &mut Raw) {
    let seqs = "SELECT seq AS number FROM activity ORDER BY seq";
    store.migrate().unwrap();
    back_to_before(store, "activity_of_administrators");
    assert_eq!(enter(raw, 1, ", actor", ", 'operator'"), Ok(1));
    assert_eq!(
        enter(
            raw,
            2,
            ", actor, template_id, recipient_id, access_token_id",
            ", 'recipient', $id, $id, $id"
        ),
        Ok(1)
    );
    let before = raw.numbers(seqs);

    store.migrate().unwrap();
    assert_eq!(raw.numbers(seqs), before);
    let whole = "SELECT count(*) AS number FROM activity \
        WHERE template_id = id AND recipient_id = id AND access_token_id = id";
    assert_eq!(raw.numbers(whole), [1]);
    for (byte, columns, values) in [
        (3, ", actor, actor_administrator_id", ", 'administrator', $id"),
        (4, ", actor, administrator_id", ", 'operator', $id"),
    ] {
        assert_eq!(enter(raw, byte, columns, values), Ok(1));
    }
    assert!(raw.execute("DELETE FROM activity").is_err());

    back_to_before(store, "activity_of_administrators");
    assert_eq!(raw.numbers(seqs), before);
    assert_eq!(raw.numbers(whole), [1]);
    assert!(raw.execute("DELETE FROM activity").is_err());
    assert_eq!(enter(raw, 5, ", actor", ", 'operator'"), Ok(1));
    assert!(raw.numbers(seqs).last() > before.last());
}

#[test]
fn sqlite_keeps_the_log_of_administrators() {
    let fixture = Sqlite::empty();
    the_log_of_administrators_is_kept(&fixture.store, &mut Raw::beside_sqlite(&fixture));
}

#[test]
fn postgres_keeps_the_log_of_administrators() {
    let fixture = Postgres::empty();
    the_log_of_administrators_is_kept(&fixture.store, &mut Raw::beside_postgres(&fixture));
}

#[test]
fn sqlite_keeps_the_log() {
    let fixture = Sqlite::empty();
    the_log_is_kept(&fixture.store, &mut Raw::beside_sqlite(&fixture));
}

#[test]
fn postgres_keeps_the_log() {
    let fixture = Postgres::empty();
    the_log_is_kept(&fixture.store, &mut Raw::beside_postgres(&fixture));
}
