//! Transactions that are broken off, rolled back, or tried again.

use std::{sync::Barrier, thread};

use diesel::{connection::SimpleConnection, prelude::*};

use super::*;
use crate::{
    schema::canaries,
    support::{Postgres, Sqlite},
};

fn add(connection: &mut AnyConnection, key: &str) -> QueryResult<usize> {
    diesel::insert_into(canaries::table)
        .values((canaries::key_id.eq(key), canaries::proof.eq(b"proof".as_slice())))
        .execute(connection)
}

fn kept(connection: &mut AnyConnection) -> i64 {
    canaries::table.count().get_result(connection).unwrap()
}

/// What a transaction that lost has written is gone, and its connection is as good as before.
fn an_outcome_rolls_back(mut connection: AnyConnection) {
    for _ in 0..2 {
        let outcome = write(&mut connection, |connection| {
            add(connection, "seal0001")?;
            Err(Stop::Outcome("lost"))
        });
        assert_eq!(outcome.unwrap(), "lost");
        assert_eq!(kept(&mut connection), 0);
    }
    write(&mut connection, |connection| Ok(add(connection, "seal0001")?)).unwrap();
    assert_eq!(kept(&mut connection), 1);
}

#[test]
fn an_outcome_rolls_back_on_sqlite() {
    an_outcome_rolls_back(Sqlite::migrated().store.maintenance().unwrap());
}

#[test]
fn an_outcome_rolls_back_on_postgres() {
    let fixture = Postgres::migrated();
    an_outcome_rolls_back(fixture.store.maintenance().unwrap());
}

#[test]
fn what_changed_under_its_eyes_is_tried_again_but_not_for_ever() {
    let fixture = Sqlite::migrated();
    let mut connection = fixture.store.maintenance().unwrap();
    let mut tries = 0;
    let done = write(&mut connection, |connection| {
        tries += 1;
        add(connection, "seal0001")?;
        if tries < 3 { Err(Stop::Again) } else { Ok(tries) }
    });
    assert_eq!(done, Ok(3));
    assert_eq!(kept(&mut connection), 1);

    let mut tries = 0;
    let failed: QueryResult<()> = write(&mut connection, |_| {
        tries += 1;
        Err(Stop::Again)
    });
    assert!(failed.is_err());
    assert_eq!(tries, TRIES);
}

#[test]
fn a_failed_serialization_is_tried_again() {
    let fixture = Postgres::migrated();
    let mut connection = fixture.store.maintenance().unwrap();
    let mut tries = 0;
    let done = write(&mut connection, |connection| {
        tries += 1;
        add(connection, "seal0001")?;
        if tries < 3 {
            connection.batch_execute("DO $$ BEGIN RAISE 'no' USING ERRCODE = '40001'; END $$")?;
        }
        Ok(tries)
    });
    assert_eq!(done, Ok(3));
    assert_eq!(kept(&mut connection), 1);
}

#[test]
fn any_other_failure_is_not_tried_again() {
    let fixture = Postgres::migrated();
    let mut connection = fixture.store.maintenance().unwrap();
    let mut tries = 0;
    let failed = write(&mut connection, |connection| {
        tries += 1;
        Ok(connection.batch_execute("SELECT 1 / 0")?)
    });
    assert!(failed.is_err());
    assert_eq!(tries, 1);
}

/// Two take the same two rows in opposite orders: the server breaks one of them off, and both get through.
#[test]
fn a_deadlock_is_tried_again() {
    let fixture = Postgres::migrated();
    let mut connection = fixture.store.maintenance().unwrap();
    for key in ["seal0001", "seal0002"] {
        add(&mut connection, key).unwrap();
    }
    let both_have_one = Barrier::new(2);
    let tries: u32 = thread::scope(|scope| {
        let rivals: Vec<_> = [["seal0001", "seal0002"], ["seal0002", "seal0001"]]
            .map(|keys| {
                let mut connection = fixture.store.maintenance().unwrap();
                let both_have_one = &both_have_one;
                scope.spawn(move || {
                    let mut tries = 0;
                    write(&mut connection, |connection| {
                        tries += 1;
                        for (index, key) in keys.into_iter().enumerate() {
                            diesel::update(canaries::table.find(key))
                                .set(canaries::proof.eq(canaries::proof))
                                .execute(connection)?;
                            if tries == 1 && index == 0 {
                                both_have_one.wait();
                            }
                        }
                        Ok(tries)
                    })
                    .unwrap()
                })
            })
            .into_iter()
            .collect();
        rivals.into_iter().map(|rival| rival.join().unwrap()).sum()
    });
    // On its second try the one may take its row before the other, which waits for it, and be in its way again.
    assert!(tries >= 3, "one of the two was broken off");
}
