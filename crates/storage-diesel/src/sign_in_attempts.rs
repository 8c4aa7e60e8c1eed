//! Attempts to sign in to the dashboard.

use async_trait::async_trait;
use diesel::prelude::*;
use symbolon_domain::{
    idempotency::RequestFingerprint,
    port::{StoreError, sign_in_attempts::SignInAttempts},
    sign_in_attempts::{Attempt, Attempts, attempt},
    time::Timestamp,
};

use crate::{
    DieselStore,
    cached::ExecuteCached as _,
    connection::AnyConnection,
    retention::remove_some,
    row::sign_in_attempt::{AttemptRow, CountColumns},
    schema::sign_in_attempts as attempts,
    transaction::Stop,
    types::At,
};

#[async_trait]
impl SignInAttempts for DieselStore {
    async fn begin(&self, account: &RequestFingerprint, now: Timestamp) -> Result<Attempt, StoreError> {
        let account = *account;
        self.write(move |connection| begin(connection, &account, now))
            .await
    }

    async fn clear(&self, account: &RequestFingerprint) -> Result<bool, StoreError> {
        let account = *account;
        self.write(move |connection| {
            let cleared = diesel::delete(attempts::table.find(account.0.as_slice())).execute(connection)?;
            Ok(cleared == 1)
        })
        .await
    }

    async fn forget(&self, now: Timestamp) -> Result<u64, StoreError> {
        let is_over = move || attempts::remembered_until.le(At(now));
        self.in_steps(move |connection, most| {
            remove_some!(connection, attempts::table, attempts::account => Vec<u8>, is_over(), most)
        })
        .await
    }
}

/// The first of any number of attempts adds the row; all others wait for it, take it one after the other, and are judged by
/// what those before them have left.
fn begin(
    connection: &mut AnyConnection,
    account: &RequestFingerprint,
    now: Timestamp,
) -> Result<Attempt, Stop<Attempt>> {
    let first = attempt(None, now);
    if let Attempt::Allowed(counted) = first
        && add(connection, &AttemptRow::new(account, counted))?
    {
        return Ok(first);
    }
    let Some(earlier) = lock(connection, account)? else {
        // Cleared, or forgotten, since it stood in the way.
        return Err(Stop::Again);
    };
    let earlier = Attempts::try_from(earlier).map_err(diesel::result::Error::from)?;
    let judged = attempt(Some(earlier), now);
    match judged {
        Attempt::TooSoon { .. } => Err(Stop::Outcome(judged)),
        Attempt::Allowed(counted) => {
            diesel::update(attempts::table.find(account.0.as_slice()))
                .set(CountColumns::from(counted))
                .execute_cached(connection)?;
            Ok(judged)
        }
    }
}

/// Adds the row of an account that has none. `false` where it has one.
fn add(connection: &mut AnyConnection, row: &AttemptRow) -> QueryResult<bool> {
    let adding = diesel::insert_into(attempts::table)
        .values(row)
        .on_conflict_do_nothing();
    let added = match connection {
        AnyConnection::Postgres(postgres) => adding.execute(postgres)?,
        AnyConnection::Sqlite(sqlite) => adding.execute(sqlite)?,
    };
    Ok(added == 1)
}

/// Takes the row of an account until the transaction at hand ends.
fn lock(connection: &mut AnyConnection, account: &RequestFingerprint) -> QueryResult<Option<CountColumns>> {
    let found = attempts::table.find(account.0.as_slice()).select((
        attempts::failures,
        attempts::blocked_until,
        attempts::remembered_until,
    ));
    match connection {
        AnyConnection::Postgres(postgres) => found.for_update().get_result::<CountColumns>(postgres),
        // Nobody else writes.
        AnyConnection::Sqlite(sqlite) => found.get_result::<CountColumns>(sqlite),
    }
    .optional()
}
