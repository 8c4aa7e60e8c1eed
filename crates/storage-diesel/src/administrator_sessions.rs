//! Sessions of administrators.

use async_trait::async_trait;
use diesel::prelude::*;
use symbolon_domain::{
    activity::ActivityEntry,
    administrator::Member,
    administrator_session::AdministratorSession,
    id::{AdministratorId, AdministratorSessionId},
    port::{StoreError, administrator_sessions::AdministratorSessions},
    sealed::TokenDigest,
    time::Timestamp,
};

use crate::{
    DieselStore,
    activity::append,
    administrators::codes_left,
    cached::ExecuteCached as _,
    connection::AnyConnection,
    retention::remove_some,
    row::{
        activity::EntryRow,
        administrator::{AdministratorRow, read_member},
        administrator_session::AdministratorSessionRow,
        organization::OrganizationRow,
    },
    schema::{
        administrator_sessions as session, administrators as administrator, organizations as organization,
    },
    transaction::Stop,
    types::{At, Key},
};

#[async_trait]
impl AdministratorSessions for DieselStore {
    async fn begin(
        &self,
        session: &AdministratorSession,
        generation: u32,
        former: Option<&TokenDigest>,
        entry: Option<&ActivityEntry>,
    ) -> Result<bool, StoreError> {
        let (row, former) = (AdministratorSessionRow::from(session), former.copied());
        let entry = entry.map(EntryRow::from);
        self.write(move |connection| begin(connection, &row, generation, former.as_ref(), entry.as_ref()))
            .await
    }

    async fn find(&self, digest: &TokenDigest) -> Result<Option<(AdministratorSession, Member)>, StoreError> {
        let digest = *digest;
        self.read(move |connection| find(connection, &digest)).await
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

    async fn of(&self, administrator: AdministratorId) -> Result<Vec<AdministratorSession>, StoreError> {
        let administrator = Key::from(administrator);
        self.read(move |connection| {
            let rows: Vec<AdministratorSessionRow> = session::table
                .filter(session::administrator_id.eq(administrator))
                .order((session::created_at.desc(), session::id.desc()))
                .select(AdministratorSessionRow::as_select())
                .load(connection)?;
            rows.into_iter().map(|row| Ok(row.try_into()?)).collect()
        })
        .await
    }

    async fn end(&self, digest: &TokenDigest) -> Result<(), StoreError> {
        let digest = *digest;
        self.write(move |connection| Ok(end(connection, &digest)?)).await
    }

    async fn end_of(
        &self,
        administrator: AdministratorId,
        id: AdministratorSessionId,
        entry: &ActivityEntry,
    ) -> Result<bool, StoreError> {
        let (administrator, id, entry) = (Key::from(administrator), Key::from(id), EntryRow::from(entry));
        self.write(move |connection| {
            let ended = diesel::delete(session::table)
                .filter(session::id.eq(id))
                .filter(session::administrator_id.eq(administrator))
                .execute(connection)?;
            if ended == 0 {
                return Err(Stop::Outcome(false));
            }
            append(connection, &entry)?;
            Ok(true)
        })
        .await
    }

    async fn end_all_of(
        &self,
        administrator: AdministratorId,
        keep: Option<&TokenDigest>,
        entry: &ActivityEntry,
    ) -> Result<u64, StoreError> {
        let (keep, entry) = (keep.copied(), EntryRow::from(entry));
        self.write(move |connection| {
            let ended = end_all_of(connection, administrator.into(), keep.as_ref())?;
            if ended > 0 {
                append(connection, &entry)?;
            }
            Ok(u64::try_from(ended).unwrap_or(u64::MAX))
        })
        .await
    }

    async fn forget(&self, now: Timestamp) -> Result<u64, StoreError> {
        let is_over = move || session::idle_until.le(At(now)).or(session::ends_at.le(At(now)));
        self.in_steps(move |connection, most| {
            remove_some!(connection, session::table, session::digest => Vec<u8>, is_over(), most)
        })
        .await
    }
}

/// See the port's `begin`. The administrator's row is taken, or held as it is, until the session can be seen: a change of
/// their proofs comes before this, and the generation says so, or after, and ends the session.
fn begin(
    connection: &mut AnyConnection,
    row: &AdministratorSessionRow,
    generation: u32,
    former: Option<&TokenDigest>,
    entry: Option<&EntryRow>,
) -> Result<bool, Stop<bool>> {
    let is_in_time = match entry {
        Some(_) => has_signed_in(connection, row, generation)?,
        None => hold(connection, row.administrator_id, generation)?,
    };
    if !is_in_time {
        return Err(Stop::Outcome(false));
    }
    if let Some(former) = former {
        end(connection, former)?;
    }
    diesel::insert_into(session::table)
        .values(row)
        .execute(connection)?;
    if let Some(entry) = entry {
        append(connection, entry)?;
    }
    Ok(true)
}

/// Keeps that an administrator has signed in, if their proofs are of this generation.
fn has_signed_in(
    connection: &mut AnyConnection,
    row: &AdministratorSessionRow,
    generation: u32,
) -> QueryResult<bool> {
    let changed = diesel::update(administrator::table.find(row.administrator_id))
        .filter(administrator::generation.eq(i64::from(generation)))
        .set(administrator::signed_in_at.eq(row.created_at))
        .execute_cached(connection)?;
    Ok(changed == 1)
}

/// Keeps an administrator's proofs as they are until the transaction at hand ends. `false` where they are not of this
/// generation.
fn hold(connection: &mut AnyConnection, id: Key, generation: u32) -> QueryResult<bool> {
    let current = administrator::table
        .find(id)
        .filter(administrator::generation.eq(i64::from(generation)))
        .select(administrator::id);
    match connection {
        AnyConnection::Postgres(postgres) => current.for_share().get_result::<Key>(postgres),
        // Nobody else writes.
        AnyConnection::Sqlite(sqlite) => current.get_result::<Key>(sqlite),
    }
    .optional()
    .map(|found| found.is_some())
}

/// One statement, with everything that decides about a request.
fn find(
    connection: &mut AnyConnection,
    digest: &TokenDigest,
) -> QueryResult<Option<(AdministratorSession, Member)>> {
    let found = session::table
        .inner_join(administrator::table.inner_join(organization::table))
        .filter(session::digest.eq(digest.bytes.as_slice()))
        .filter(session::pepper_id.eq(digest.pepper.as_str()))
        .select((
            AdministratorSessionRow::as_select(),
            (
                AdministratorRow::as_select(),
                codes_left(),
                OrganizationRow::as_select(),
            ),
        ))
        .get_result(connection)
        .optional()?;
    let Some((session, member)) = found else {
        return Ok(None);
    };
    Ok(Some((
        AdministratorSession::try_from(session)?,
        read_member(member)?,
    )))
}

fn end(connection: &mut AnyConnection, digest: &TokenDigest) -> QueryResult<()> {
    diesel::delete(session::table.find((digest.bytes.as_slice(), digest.pepper.as_str())))
        .execute(connection)
        .map(drop)
}

/// Ends every session of an administrator but the one to keep, as part of the transaction at hand, and says how many.
pub(crate) fn end_all_of(
    connection: &mut AnyConnection,
    administrator: Key,
    keep: Option<&TokenDigest>,
) -> QueryResult<usize> {
    let theirs = session::administrator_id.eq(administrator);
    match keep {
        None => diesel::delete(session::table.filter(theirs)).execute(connection),
        Some(keep) => {
            let is_another = session::digest
                .ne(keep.bytes.as_slice())
                .or(session::pepper_id.ne(keep.pepper.as_str()));
            diesel::delete(session::table.filter(theirs).filter(is_another)).execute(connection)
        }
    }
}
