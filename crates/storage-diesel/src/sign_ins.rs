//! Sign-ins under way.

use async_trait::async_trait;
use diesel::prelude::*;
use symbolon_domain::{
    port::{StoreError, sign_ins::SignIns},
    sealed::TokenDigest,
    sign_in::{MAX_PENDING_PER_TOKEN, PendingSignIn},
    time::Timestamp,
};

use crate::{
    DieselStore,
    connection::AnyConnection,
    retention::remove_some,
    row::sign_in::SignInRow,
    schema::{access_tokens as token, sign_ins as sign_in},
    transaction::Stop,
    types::{At, Key},
};

#[async_trait]
impl SignIns for DieselStore {
    async fn begin(&self, sign_in: &PendingSignIn, now: Timestamp) -> Result<(), StoreError> {
        let row = SignInRow::from(sign_in);
        self.write(move |connection| {
            if let Some(token) = row.access_token_id {
                if !lock_token(connection, token)? {
                    return Err(Stop::Outcome(()));
                }
                make_room(connection, token, At(now))?;
            }
            diesel::insert_into(sign_in::table)
                .values(&row)
                .execute(connection)?;
            Ok(())
        })
        .await
    }

    async fn finish(
        &self,
        state: &TokenDigest,
        browser: &TokenDigest,
        now: Timestamp,
    ) -> Result<Option<PendingSignIn>, StoreError> {
        let (state, browser) = (*state, *browser);
        let found = self.write(move |connection| {
            let mine = sign_in::table
                .filter(sign_in::state_digest.eq(state.bytes.as_slice()))
                .filter(sign_in::state_pepper_id.eq(state.pepper.as_str()))
                .filter(sign_in::browser_digest.eq(browser.bytes.as_slice()))
                .filter(sign_in::browser_pepper_id.eq(browser.pepper.as_str()))
                .filter(sign_in::expires_at.gt(At(now)));
            let Some((seq, row)) = mine
                .select((sign_in::seq, SignInRow::as_select()))
                .get_result::<(i64, SignInRow)>(connection)
                .optional()?
            else {
                return Err(Stop::Outcome(None));
            };
            // Of several that have read it, the one that removes it has it.
            let removed = diesel::delete(sign_in::table.find(seq)).execute(connection)?;
            if removed == 0 {
                return Err(Stop::Outcome(None));
            }
            let found = PendingSignIn::try_from(row).map_err(|unreadable| Stop::Failed(unreadable.into()))?;
            Ok(Some(Box::new(found)))
        });
        Ok(found.await?.map(|found| *found))
    }

    async fn forget(&self, now: Timestamp) -> Result<u64, StoreError> {
        let is_over = move || sign_in::expires_at.le(At(now));
        self.in_steps(move |connection, most| {
            remove_some!(connection, sign_in::table, sign_in::seq => i64, is_over(), most)
        })
        .await
    }
}

/// Takes a token's row, so that those who wait for it are counted and one is added without another in between. `false`
/// where it is gone.
fn lock_token(connection: &mut AnyConnection, id: Key) -> QueryResult<bool> {
    let found = token::table.find(id).select(token::id);
    match connection {
        AnyConnection::Postgres(postgres) => found.for_no_key_update().get_result::<Key>(postgres),
        // Nobody else writes.
        AnyConnection::Sqlite(sqlite) => found.get_result::<Key>(sqlite),
    }
    .optional()
    .map(|found| found.is_some())
}

/// Gives up the oldest of those who wait for a token, until one more can.
fn make_room(connection: &mut AnyConnection, token: Key, now: At) -> QueryResult<()> {
    let staying = i64::try_from(MAX_PENDING_PER_TOKEN.saturating_sub(1)).unwrap_or(i64::MAX);
    let oldest: Vec<i64> = sign_in::table
        .filter(sign_in::access_token_id.eq(token))
        .filter(sign_in::expires_at.gt(now))
        .order((sign_in::expires_at.desc(), sign_in::seq.desc()))
        .limit(i64::MAX)
        .offset(staying)
        .select(sign_in::seq)
        .load(connection)?;
    diesel::delete(sign_in::table)
        .filter(sign_in::seq.eq_any(oldest))
        .execute(connection)
        .map(drop)
}
