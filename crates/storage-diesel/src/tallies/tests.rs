//! How many rows there are of what is counted.

use diesel::prelude::*;
use symbolon_contract::sample::{Samples, expiry, now};
use symbolon_domain::{
    activity::Action,
    port::{
        recipients::{NewRecipient, Recipients},
        tallies::{Numbers, Tallies},
    },
    time::Day,
};

use crate::{
    DieselStore,
    schema::tallies as tally,
    support::{Postgres, Sqlite, template},
};

/// More than are brought together in one transaction.
const MANY: i64 = 1_300;

/// How many rows are not settled, and how many are.
fn rows(store: &DieselStore) -> (i64, i64) {
    let connection = &mut store.maintenance().unwrap();
    let count = |is_settled: bool| tally::table.filter(tally::is_settled.eq(is_settled)).count();
    let unsettled = count(false).get_result(connection).unwrap();
    (unsettled, count(true).get_result(connection).unwrap())
}

async fn remove(store: &DieselStore, samples: &Samples, new: &NewRecipient) {
    let owner = new.recipient.organization;
    let entry = samples.entry(owner, Action::RecipientDeleted);
    assert!(
        Recipients::remove(store, owner, new.recipient.id, &entry)
            .await
            .unwrap()
    );
}

/// A batch is one row for each number it changes, and a number is one row when everything is settled.
async fn one_row_is_kept_of_each_number(store: &DieselStore) {
    let samples = Samples::default();
    let template = template(store, &samples).await;
    let mut batch: Vec<_> = (0..20).map(|_| samples.new_recipient(&template)).collect();
    for new in batch.iter_mut().take(3) {
        new.recipient.expires_at = Some(expiry());
    }
    store.issue(&batch).await.unwrap();
    assert_eq!(rows(store), (2, 0));
    assert!(!Tallies::settle(store).await.unwrap());
    assert_eq!(rows(store), (0, 2));
    for new in &batch[..4] {
        remove(store, &samples, new).await;
    }
    assert_eq!(rows(store), (7, 2));
    assert!(!Tallies::settle(store).await.unwrap());
    // Nothing expires any more, and there is no row that says so.
    assert_eq!(rows(store), (0, 1));
    let wanted = Numbers {
        recipients: 16,
        ..Numbers::default()
    };
    let counted = store.of_organization(template.organization).await.unwrap();
    assert_eq!(counted, wanted);
    for new in &batch[4..] {
        remove(store, &samples, new).await;
    }
    assert!(!Tallies::settle(store).await.unwrap());
    assert_eq!(rows(store), (0, 0));
}

/// All are brought together in one call, in several transactions.
async fn one_call_settles_many(store: &DieselStore) {
    let samples = Samples::default();
    let template = template(store, &samples).await;
    let mut batch: Vec<_> = (0..MANY).map(|_| samples.new_recipient(&template)).collect();
    for (new, day) in batch.iter_mut().zip(0..) {
        new.recipient.expires_at = Some(Day::of(now()).plus(day).start());
    }
    store.issue(&batch).await.unwrap();
    assert_eq!(rows(store), (MANY + 1, 0));
    assert!(!Tallies::settle(store).await.unwrap());
    assert_eq!(rows(store), (0, MANY + 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn sqlite_keeps_one_row_of_each_number() {
    one_row_is_kept_of_each_number(&Sqlite::migrated().store).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn postgres_keeps_one_row_of_each_number() {
    one_row_is_kept_of_each_number(&Postgres::migrated().store).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sqlite_settles_many_in_one_call() {
    one_call_settles_many(&Sqlite::migrated().store).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn postgres_settles_many_in_one_call() {
    one_call_settles_many(&Postgres::migrated().store).await;
}
