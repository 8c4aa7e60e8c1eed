//! Writes that share a transaction, and what becomes of them where it is lost.

use std::{pin::Pin, time::Duration};

use diesel::{connection::SimpleConnection as _, prelude::*};
use futures_util::future::{join_all, poll_immediate};

use super::*;
use crate::{DieselStore, schema::canaries, support::Sqlite, transaction::Stop};

type Answer<T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send>>;

/// A row with this name, of at most eight letters.
fn add(connection: &mut AnyConnection, key: &str) -> QueryResult<usize> {
    diesel::insert_into(canaries::table)
        .values((
            canaries::key_id.eq(format!("{key:_<8}")),
            canaries::proof.eq(b"proof".as_slice()),
        ))
        .execute(connection)
}

async fn kept(store: &DieselStore) -> Vec<String> {
    let keys = |connection: &mut AnyConnection| {
        canaries::table
            .select(canaries::key_id)
            .order(canaries::key_id)
            .load(connection)
    };
    let keys: Vec<String> = store.read(keys).await.unwrap();
    keys.iter()
        .map(|key| key.trim_end_matches('_').to_owned())
        .collect()
}

/// Begins a write, so that it waits in the queue.
async fn asked<T: Send + 'static>(
    store: &DieselStore,
    work: impl FnMut(&mut AnyConnection) -> Result<T, Stop<T>> + Send + 'static,
) -> Answer<T> {
    let store = store.clone();
    let mut answer: Answer<T> = Box::pin(async move { store.write(work).await });
    assert!(poll_immediate(&mut answer).await.is_none());
    answer
}

/// A store of which nobody gets the writing connection before this permit is dropped: all that is asked meanwhile waits.
async fn held(store: &DieselStore) -> impl Drop + use<> {
    store.writers.permit(Instant::now()).await.unwrap()
}

/// Whoever writes sees those before them in the group, whom nobody else sees before the commit.
#[tokio::test(flavor = "multi_thread")]
async fn those_who_wait_are_committed_together() {
    let fixture = Sqlite::migrated();
    let store = &fixture.store;
    let held = held(store).await;
    let mut answers = Vec::new();
    for number in 0..20 {
        let mut outside = store.maintenance().unwrap();
        answers.push(
            asked(store, move |connection| {
                add(connection, &format!("seal{number:04}"))?;
                let count =
                    |connection: &mut AnyConnection| canaries::table.count().get_result::<i64>(connection);
                Ok((count(connection)?, count(&mut outside)?))
            })
            .await,
        );
    }
    drop(held);
    for (number, seen) in join_all(answers).await.into_iter().enumerate() {
        assert_eq!(seen.unwrap(), (i64::try_from(number).unwrap() + 1, 0));
    }
    assert_eq!(kept(store).await.len(), 20);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_loses_or_fails_takes_back_only_their_own() {
    let fixture = Sqlite::migrated();
    let store = &fixture.store;
    let held = held(store).await;
    let first = asked(store, |connection| Ok(add(connection, "first")?)).await;
    let loser = asked(store, |connection| {
        add(connection, "loser")?;
        Err(Stop::Outcome(0))
    })
    .await;
    let failing = asked(store, |connection| {
        add(connection, "failing")?;
        Ok(add(connection, "first")?)
    })
    .await;
    let mut tries = 0;
    let again = asked(store, move |connection| {
        tries += 1;
        add(connection, "again")?;
        if tries < 3 { Err(Stop::Again) } else { Ok(tries) }
    })
    .await;
    let last = asked(store, |connection| Ok(add(connection, "last")?)).await;
    drop(held);
    assert_eq!(first.await.unwrap(), 1);
    assert_eq!(loser.await.unwrap(), 0);
    let failure = failing.await.unwrap_err().to_string();
    assert!(failure.contains("UNIQUE"), "{failure}");
    assert_eq!(again.await.unwrap(), 3);
    assert_eq!(last.await.unwrap(), 1);
    assert_eq!(kept(store).await, ["again", "first", "last"]);
}

/// As where the disk is full: SQLite ends the transaction by itself. Those who were in it are told, nobody is written
/// outside of it, and whoever it did not come to is written in the next.
#[tokio::test(flavor = "multi_thread")]
async fn a_lost_transaction_is_told_to_all_who_were_in_it() {
    let fixture = Sqlite::migrated();
    let store = &fixture.store;
    let held = held(store).await;
    let first = asked(store, |connection| Ok(add(connection, "first")?)).await;
    let lost = asked(store, |connection| {
        connection.batch_execute("ROLLBACK")?;
        Ok(())
    })
    .await;
    let last = asked(store, |connection| Ok(add(connection, "last")?)).await;
    drop(held);
    assert!(first.await.is_err());
    assert!(lost.await.is_err());
    assert_eq!(last.await.unwrap(), 1);
    assert_eq!(kept(store).await, ["last"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_panic_it_goes_on() {
    let fixture = Sqlite::migrated();
    let store = &fixture.store;
    let held = held(store).await;
    let first = asked(store, |connection| Ok(add(connection, "first")?)).await;
    let panics = asked(store, |_| -> Result<(), Stop<()>> { panic!("as a defect would") }).await;
    drop(held);
    assert!(first.await.is_err());
    assert!(panics.await.is_err());
    let next = store.write(|connection| Ok(add(connection, "next")?)).await;
    assert_eq!(next.unwrap(), 1);
    assert_eq!(kept(store).await, ["next"]);
}

/// Alone it has a transaction of its own.
#[tokio::test(flavor = "multi_thread")]
async fn one_alone_is_as_good_as_a_group() {
    let fixture = Sqlite::migrated();
    let store = &fixture.store;
    assert_eq!(
        store
            .write(|connection| Ok(add(connection, "first")?))
            .await
            .unwrap(),
        1
    );
    let lost = store.write(|connection| {
        add(connection, "loser")?;
        Err(Stop::Outcome(0))
    });
    assert_eq!(lost.await.unwrap(), 0);
    let failing = store.write(|connection| {
        add(connection, "failing")?;
        Ok(add(connection, "first")?)
    });
    let failure = failing.await.unwrap_err().to_string();
    assert!(failure.contains("UNIQUE"), "{failure}");
    let panics = store.write(|connection| -> Result<(), Stop<()>> {
        add(connection, "panics")?;
        panic!("as a defect would")
    });
    assert!(panics.await.is_err());
    assert_eq!(
        store
            .write(|connection| Ok(add(connection, "last")?))
            .await
            .unwrap(),
        1
    );
    assert_eq!(kept(store).await, ["first", "last"]);
}

/// Where another program writes for longer than is waited.
#[tokio::test(flavor = "multi_thread")]
async fn where_it_cannot_begin_all_who_wait_are_told() {
    let fixture = Sqlite::with(|settings| settings.busy_timeout = Duration::ZERO);
    fixture.store.migrate().unwrap();
    let store = &fixture.store;
    let mut other = store.maintenance().unwrap();
    other.batch_execute("BEGIN IMMEDIATE").unwrap();
    let held = held(store).await;
    let waiting = [
        asked(store, |connection| Ok(add(connection, "one")?)).await,
        asked(store, |connection| Ok(add(connection, "other")?)).await,
    ];
    drop(held);
    for answer in join_all(waiting).await {
        let failure = answer.unwrap_err().to_string();
        assert!(failure.contains("locked"), "{failure}");
    }
    other.batch_execute("ROLLBACK").unwrap();
    assert_eq!(
        store
            .write(|connection| Ok(add(connection, "next")?))
            .await
            .unwrap(),
        1
    );
    assert_eq!(kept(store).await, ["next"]);
}

/// While a group is written, however long that takes, others wait no longer than they would for a connection.
#[tokio::test(flavor = "multi_thread")]
async fn who_gives_up_is_not_written() {
    let fixture = Sqlite::with(|settings| settings.acquire_timeout = Duration::from_millis(200));
    fixture.store.migrate().unwrap();
    let store = &fixture.store;
    let (begun, has_begun) = oneshot::channel();
    let (end, ends) = std::sync::mpsc::channel();
    let mut begun = Some(begun);
    let slow = asked(store, move |connection| {
        if let Some(begun) = begun.take() {
            begun.send(()).unwrap();
        }
        ends.recv().unwrap();
        Ok(add(connection, "slow")?)
    })
    .await;
    has_begun.await.unwrap();
    let gone = asked(store, |connection| Ok(add(connection, "gone")?)).await;
    drop(gone);
    let late = asked(store, |connection| Ok(add(connection, "late")?)).await;
    let failure = late.await.unwrap_err().to_string();
    assert!(failure.contains("in time"), "{failure}");
    end.send(()).unwrap();
    assert_eq!(slow.await.unwrap(), 1);
    assert_eq!(
        store
            .write(|connection| Ok(add(connection, "next")?))
            .await
            .unwrap(),
        1
    );
    assert_eq!(kept(store).await, ["next", "slow"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_more_wait_than_may() {
    let fixture = Sqlite::migrated();
    let store = &fixture.store;
    let held = held(store).await;
    let mut waiting = Vec::new();
    for _ in 0..MOST_WAITING {
        waiting.push(asked(store, |_| Ok(())).await);
    }
    let failure = store.write(|_| Ok(())).await.unwrap_err().to_string();
    assert!(failure.contains("too many"), "{failure}");
    drop(held);
    for answer in join_all(waiting).await {
        answer.unwrap();
    }
    store.write(|_| Ok(())).await.unwrap();
}

/// Long work of some does not keep others from the commit of what they have done.
#[tokio::test(flavor = "multi_thread")]
async fn a_group_ends_after_long_work() {
    let fixture = Sqlite::migrated();
    let store = &fixture.store;
    let held = held(store).await;
    let first = asked(store, |connection| {
        add(connection, "first")?;
        let begun = Instant::now();
        while begun.elapsed() < LONG {
            std::hint::spin_loop();
        }
        Ok(())
    })
    .await;
    let mut outside = store.maintenance().unwrap();
    let next = asked(store, move |_| {
        Ok(canaries::table.count().get_result::<i64>(&mut outside)?)
    })
    .await;
    drop(held);
    first.await.unwrap();
    assert_eq!(next.await.unwrap(), 1);
}
