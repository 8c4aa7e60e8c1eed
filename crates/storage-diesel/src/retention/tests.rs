//! Removing in steps.

use std::sync::{Arc, Mutex};

use diesel::prelude::*;
use symbolon_contract::sample::{Samples, now};
use symbolon_domain::{idempotency::RequestFingerprint, port::sign_in_attempts::SignInAttempts as _};

use super::*;
use crate::{
    schema::sign_in_attempts as attempts,
    support::{Postgres, Sqlite},
    types::At,
};

/// Each step takes no more than it may, and the last finds less.
async fn a_step_takes_no_more_than_it_may(store: &DieselStore) {
    let left = Arc::new(Mutex::new(2 * STEP + 7));
    let taken = Arc::new(Mutex::new(Vec::new()));
    let (rest, log) = (Arc::clone(&left), Arc::clone(&taken));
    let removed = store
        .in_steps(move |_, most| {
            let mut rest = rest.lock().unwrap();
            let now = most.min(*rest);
            *rest -= now;
            log.lock().unwrap().push(now);
            Ok(usize::try_from(now).unwrap())
        })
        .await;
    assert_eq!(removed.unwrap(), u64::try_from(2 * STEP + 7).unwrap());
    assert_eq!(*taken.lock().unwrap(), [STEP, STEP, 7]);
}

fn remove(connection: &mut AnyConnection, old: At, most: i64) -> QueryResult<usize> {
    let is_over = || attempts::remembered_until.le(old);
    remove_some!(connection, attempts::table, attempts::account => Vec<u8>, is_over(), most)
}

/// Some of the many that are too old are removed, and nobody else.
async fn some_are_removed(store: &DieselStore) {
    let samples = Samples::default();
    for _ in 0..5 {
        let account = RequestFingerprint(samples.digest().bytes);
        store.begin(&account, now()).await.unwrap();
    }
    let kept = RequestFingerprint(samples.digest().bytes);
    store.begin(&kept, now().plus_seconds(60)).await.unwrap();
    let connection = &mut store.maintenance().unwrap();
    let until: Vec<At> = attempts::table
        .select(attempts::remembered_until)
        .order(attempts::remembered_until)
        .load(connection)
        .unwrap();
    let old = *until.first().unwrap();
    let mut some = |most| remove(connection, old, most).unwrap();
    assert_eq!([some(3), some(3), some(3)], [3, 2, 0]);
    let left: Vec<Vec<u8>> = attempts::table
        .select(attempts::account)
        .load(connection)
        .unwrap();
    assert_eq!(left, [kept.0.to_vec()]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_old_is_removed_in_steps_on_sqlite() {
    let fixture = Sqlite::migrated();
    a_step_takes_no_more_than_it_may(&fixture.store).await;
    some_are_removed(&fixture.store).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_old_is_removed_in_steps_on_postgres() {
    let fixture = Postgres::migrated();
    a_step_takes_no_more_than_it_may(&fixture.store).await;
    some_are_removed(&fixture.store).await;
}
