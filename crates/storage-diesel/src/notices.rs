//! Notices: each call of the port, and the file that does it.

mod announce;
mod due;

use async_trait::async_trait;
use diesel::{dsl::sql, expression::SqlLiteral, prelude::*, sql_types::Bool};
use symbolon_domain::{
    id::{AuthorizationTokenId, NoticeId, OrganizationId},
    mail::MailState,
    notice::{Notice, NoticeDossier},
    port::{StoreError, notices::Notices, outbox::Attempt},
    time::Timestamp,
};

use self::due::Look;
use crate::{
    DieselStore,
    cached::ExecuteCached as _,
    connection::AnyConnection,
    row::notice::NoticeRow,
    schema::{administrators as administrator, notices as notice},
    types::{At, Key},
};

#[async_trait]
impl Notices for DieselStore {
    async fn queue(&self, notice: &Notice) -> Result<(), StoreError> {
        let row = NoticeRow::from(notice);
        self.write(move |connection| Ok(queue(connection, &row)?)).await
    }

    async fn take_due(&self, now: Timestamp, until: Timestamp) -> Result<Option<NoticeDossier>, StoreError> {
        let (now, until) = (At(now), At(until));
        loop {
            // Mostly there is nothing to do, and to see that takes no lock.
            if !self
                .read(move |connection| due::is_there(connection, now))
                .await?
            {
                return Ok(None);
            }
            let look = self
                .write(move |connection| due::take(connection, now, until))
                .await?;
            match look {
                Look::Taken(taken) => return Ok(Some(*taken)),
                Look::Unreadable if now < until => {}
                Look::Unreadable | Look::Nothing => return Ok(None),
            }
        }
    }

    async fn look_again(&self, id: NoticeId) -> Result<Option<NoticeDossier>, StoreError> {
        self.read(move |connection| due::dossier(connection, id.into()))
            .await
    }

    async fn settle(&self, id: NoticeId, attempt: &Attempt) -> Result<(), StoreError> {
        let (id, attempt) = (Key::from(id), attempt.clone());
        self.write(move |connection| Ok(settle(connection, id, &attempt)?))
            .await
    }

    async fn drop_useless(&self, id: NoticeId) -> Result<(), StoreError> {
        let id = Key::from(id);
        self.write(move |connection| {
            diesel::update(notice::table.find(id))
                .filter(is_pending())
                .set(notice::state.eq(MailState::Dropped.name()))
                .execute_cached(connection)?;
            Ok(())
        })
        .await
    }

    async fn unsent(&self, organization: OrganizationId, limit: u32) -> Result<Vec<Notice>, StoreError> {
        let organization = Key::from(organization);
        self.read(move |connection| {
            let rows: Vec<NoticeRow> = notice::table
                .filter(notice::organization_id.eq(organization))
                .filter(is_unsent())
                .order((notice::created_at.desc(), notice::id.desc()))
                .limit(limit.into())
                .select(NoticeRow::as_select())
                .load(connection)?;
            rows.into_iter().map(|row| Ok(row.try_into()?)).collect()
        })
        .await
    }

    async fn to_announce(&self, now: Timestamp, limit: u32) -> Result<Vec<AuthorizationTokenId>, StoreError> {
        self.read(move |connection| announce::due(connection, At(now), limit))
            .await
    }

    async fn announce(
        &self,
        token: AuthorizationTokenId,
        notices: &[Notice],
        next: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let (token, next) = (Key::from(token), next.map(At));
        let notices: Vec<_> = notices.iter().map(NoticeRow::from).collect();
        self.write(move |connection| announce::announce(connection, token, &notices, next, At(now)))
            .await
    }
}

/// Written out, not parameters: the indexes have the same conditions, and a database that plans before it knows the
/// parameters could not tell.
fn is_pending() -> SqlLiteral<Bool> {
    sql("notices.state = 'pending'")
}

fn is_unsent() -> SqlLiteral<Bool> {
    sql("notices.state IN ('pending', 'failed')")
}

/// Queues a notice, as part of the transaction at hand. Whoever was removed has no notices any more, and gets none.
pub(crate) fn queue(connection: &mut AnyConnection, row: &NoticeRow) -> QueryResult<()> {
    if let Some(addressee) = row.addressee_id
        && !is_there(connection, addressee)?
    {
        return Ok(());
    }
    diesel::insert_into(notice::table)
        .values(row)
        .execute(connection)
        .map(drop)
}

/// Whether there is such an administrator, who then stays until the transaction at hand ends.
fn is_there(connection: &mut AnyConnection, id: Key) -> QueryResult<bool> {
    let found = administrator::table.find(id).select(administrator::id);
    match connection {
        AnyConnection::Postgres(postgres) => found.for_key_share().get_result::<Key>(postgres),
        // Nobody else writes.
        AnyConnection::Sqlite(sqlite) => found.get_result::<Key>(sqlite),
    }
    .optional()
    .map(|found| found.is_some())
}

/// Drops what waits with these links, which are gone.
pub(crate) fn drop_with_links(connection: &mut AnyConnection, links: &[Key]) -> QueryResult<()> {
    diesel::update(notice::table)
        .filter(notice::link_id.eq_any(links))
        .filter(is_pending())
        .set(notice::state.eq(MailState::Dropped.name()))
        .execute(connection)
        .map(drop)
}

/// A notice that was sent was sent, whatever somebody else has made of it meanwhile; every other outcome counts only while
/// nobody has one.
fn settle(connection: &mut AnyConnection, id: Key, attempt: &Attempt) -> QueryResult<()> {
    match attempt {
        Attempt::Sent { at } => diesel::update(notice::table.find(id))
            .filter(notice::state.ne(MailState::Sent.name()))
            .set((
                notice::state.eq(MailState::Sent.name()),
                notice::sent_at.eq(At(*at)),
                notice::failure.eq(None::<String>),
            ))
            .execute_cached(connection),
        Attempt::Again { due_at, failure } => diesel::update(notice::table.find(id))
            .filter(is_pending())
            .set((
                notice::due_at.eq(At(*due_at)),
                notice::failure.eq(failure.as_str()),
            ))
            .execute_cached(connection),
        Attempt::Failed { failure } => diesel::update(notice::table.find(id))
            .filter(is_pending())
            .set((
                notice::state.eq(MailState::Failed.name()),
                notice::failure.eq(failure.as_str()),
            ))
            .execute_cached(connection),
    }
    .map(drop)
}
