//! Sessions.

use async_trait::async_trait;
use diesel::prelude::*;
use symbolon_domain::{
    port::{StoreError, sessions::Sessions},
    sealed::TokenDigest,
    session::Session,
    social_profile::SocialProfile,
    time::Timestamp,
};

use crate::{
    DieselStore, cached::ExecuteCached as _, connection::AnyConnection, retention::remove_some,
    row::session::SessionRow, schema::sessions as session, types::At,
};

#[async_trait]
impl Sessions for DieselStore {
    async fn begin(&self, session: &Session, former: Option<&TokenDigest>) -> Result<(), StoreError> {
        let (row, former) = (SessionRow::from(session), former.copied());
        self.write(move |connection| {
            if let Some(former) = &former {
                end(connection, former)?;
            }
            diesel::insert_into(session::table)
                .values(&row)
                .execute(connection)?;
            Ok(())
        })
        .await
    }

    async fn find(&self, digest: &TokenDigest) -> Result<Option<Session>, StoreError> {
        let digest = *digest;
        self.read(move |connection| {
            let row = session::table
                .find((digest.bytes.as_slice(), digest.pepper.as_str()))
                .select(SessionRow::as_select())
                .get_result(connection)
                .optional()?;
            Ok(row.map(Session::try_from).transpose()?)
        })
        .await
    }

    async fn touch(&self, digest: &TokenDigest, idle_until: Timestamp) -> Result<(), StoreError> {
        let digest = *digest;
        self.write(move |connection| {
            diesel::update(session::table.find((digest.bytes.as_slice(), digest.pepper.as_str())))
                .filter(session::idle_until.lt(At(idle_until)))
                .set(session::idle_until.eq(At(idle_until)))
                .execute_cached(connection)?;
            Ok(())
        })
        .await
    }

    async fn end(&self, digest: &TokenDigest) -> Result<(), StoreError> {
        let digest = *digest;
        self.write(move |connection| Ok(end(connection, &digest)?)).await
    }

    async fn forget(&self, now: Timestamp) -> Result<u64, StoreError> {
        let is_over = move || session::idle_until.le(At(now)).or(session::ends_at.le(At(now)));
        self.in_steps(move |connection, most| {
            remove_some!(connection, session::table, session::digest => Vec<u8>, is_over(), most)
        })
        .await
    }
}

fn end(connection: &mut AnyConnection, digest: &TokenDigest) -> QueryResult<()> {
    diesel::delete(session::table.find((digest.bytes.as_slice(), digest.pepper.as_str())))
        .execute(connection)
        .map(drop)
}

/// Ends every session of a profile, as part of the transaction at hand.
pub(crate) fn end_all_of(connection: &mut AnyConnection, profile: &SocialProfile) -> QueryResult<()> {
    diesel::delete(session::table)
        .filter(session::issuer.eq(profile.issuer()))
        .filter(session::subject.eq(profile.subject()))
        .execute(connection)
        .map(drop)
}
