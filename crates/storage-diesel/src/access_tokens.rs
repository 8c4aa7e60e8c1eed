//! Access tokens: each call of the port, and the file that does it.
//!
//! Each guard is the condition of an UPDATE whose row count decides, on rows that were taken in the order of
//! [`recipients`](crate::recipients): organization, template, recipient, access token, mail.

mod change;
mod claim;
mod opens;
mod waiting;

use async_trait::async_trait;
use diesel::prelude::*;
use symbolon_domain::{
    access_token::{AccessToken, Dossier, ResetRequest},
    activity::ActivityEntry,
    id::{AccessTokenId, OrganizationId, RecipientId},
    port::{
        StoreError,
        access_tokens::{AccessChange, AccessRecord, AccessTokens, Claim, ResetRequesting},
    },
    sealed::TokenDigest,
    social_profile::Connection,
    time::Timestamp,
};

use crate::{
    DieselStore,
    activity::append,
    cached::ExecuteCached as _,
    connection::AnyConnection,
    dossiers, outbox,
    row::{
        access_token::{AccessTokenRow, ResetColumns},
        activity::EntryRow,
        mail::MailRow,
    },
    schema::access_tokens as token,
    types::{At, Key},
};

/// What is written in the same step as a change, ready to be written.
pub(crate) struct Written {
    entry: EntryRow,
    mail: Option<MailRow>,
}

impl From<AccessRecord<'_>> for Written {
    fn from(record: AccessRecord<'_>) -> Self {
        Self {
            entry: record.entry.into(),
            mail: record.mail.map(Into::into),
        }
    }
}

impl Written {
    /// Whether the mail is about another token: whoever wrote it has seen another token than there is now.
    fn is_about_another(&self, id: Key) -> bool {
        self.mail.as_ref().is_some_and(|mail| mail.access_token_id != id)
    }

    pub(crate) fn write(&self, connection: &mut AnyConnection) -> QueryResult<()> {
        append(connection, &self.entry)?;
        match &self.mail {
            Some(mail) => outbox::queue(connection, mail),
            None => Ok(()),
        }
    }
}

pub(crate) use self::change::put_in_place;

#[async_trait]
impl AccessTokens for DieselStore {
    async fn find_by_digest(&self, digest: &TokenDigest) -> Result<Option<Dossier>, StoreError> {
        let digest = *digest;
        self.read(move |connection| dossiers::by_digest(connection, &digest))
            .await
    }

    async fn find_by_id(&self, id: AccessTokenId) -> Result<Option<Dossier>, StoreError> {
        self.read(move |connection| dossiers::by_id(connection, id.into()))
            .await
    }

    async fn claim(
        &self,
        id: AccessTokenId,
        connection: &Connection,
        record: AccessRecord<'_>,
        now: Timestamp,
    ) -> Result<Claim, StoreError> {
        let (connected, written) = (connection.clone(), Written::from(record));
        self.write(move |connection| claim::claim(connection, id.into(), &connected, &written, now))
            .await
    }

    async fn reset(
        &self,
        organization: OrganizationId,
        recipient: RecipientId,
        record: AccessRecord<'_>,
    ) -> Result<AccessChange, StoreError> {
        let (organization, recipient) = (organization.into(), recipient.into());
        let written = Written::from(record);
        self.write(move |connection| change::reset(connection, organization, recipient, &written))
            .await
    }

    async fn revoke(
        &self,
        organization: OrganizationId,
        recipient: RecipientId,
        record: AccessRecord<'_>,
        now: Timestamp,
    ) -> Result<AccessChange, StoreError> {
        let (organization, recipient) = (organization.into(), recipient.into());
        let written = Written::from(record);
        self.write(move |connection| change::revoke(connection, organization, recipient, &written, now))
            .await
    }

    async fn replace(
        &self,
        organization: OrganizationId,
        successor: &AccessToken,
        record: AccessRecord<'_>,
        now: Timestamp,
    ) -> Result<AccessChange, StoreError> {
        let organization = organization.into();
        let (successor, written) = (AccessTokenRow::from(successor), Written::from(record));
        self.write(move |connection| change::replace(connection, organization, &successor, &written, now))
            .await
    }

    async fn request_reset(
        &self,
        id: AccessTokenId,
        request: &ResetRequest,
        record: AccessRecord<'_>,
    ) -> Result<ResetRequesting, StoreError> {
        let (request, written) = (request.clone(), Written::from(record));
        self.write(move |connection| change::request_reset(connection, id.into(), &request, &written))
            .await
    }

    async fn grant_reset(
        &self,
        organization: OrganizationId,
        recipient: RecipientId,
        asked_at: Timestamp,
        record: AccessRecord<'_>,
    ) -> Result<bool, StoreError> {
        let (organization, recipient) = (organization.into(), recipient.into());
        let written = Written::from(record);
        let change = self
            .write(move |connection| change::grant(connection, organization, recipient, asked_at, &written))
            .await?;
        Ok(change == AccessChange::Changed)
    }

    async fn dismiss_reset(
        &self,
        organization: OrganizationId,
        recipient: RecipientId,
        asked_at: Timestamp,
        entry: &ActivityEntry,
    ) -> Result<bool, StoreError> {
        let (organization, recipient) = (organization.into(), recipient.into());
        let entry = EntryRow::from(entry);
        self.write(move |connection| {
            waiting::dismiss(connection, organization, recipient, At(asked_at), &entry)
        })
        .await
    }

    async fn waiting_for_reset(
        &self,
        organization: OrganizationId,
        after: Option<(Timestamp, RecipientId)>,
        limit: u32,
    ) -> Result<Vec<Dossier>, StoreError> {
        let organization = organization.into();
        let after = after.map(|(asked, id)| (At(asked), Key::from(id)));
        self.read(move |connection| waiting::waiting(connection, organization, after, limit))
            .await
    }

    async fn record_opens(&self, opens: &[(AccessTokenId, u64, Timestamp)]) -> Result<(), StoreError> {
        let opens = opens::sorted(opens);
        if opens.is_empty() {
            return Ok(());
        }
        self.write(move |connection| Ok(opens::record(connection, &opens)?))
            .await
    }
}

/// The token of a recipient that has not been replaced. Within a transaction that has taken the recipient it stays so.
pub(crate) fn current(connection: &mut AnyConnection, recipient: Key) -> QueryResult<Option<AccessToken>> {
    let row = token::table
        .filter(token::recipient_id.eq(recipient))
        .filter(token::replaced_at.is_null())
        .select(AccessTokenRow::as_select())
        .get_result(connection)
        .optional()?;
    Ok(row.map(AccessToken::try_from).transpose()?)
}

/// Clears a request for a reset, which nobody grants any more, and drops the mail that has become useless. Says whether
/// there was one.
pub(crate) fn withdraw(connection: &mut AnyConnection, recipient: Key) -> QueryResult<bool> {
    let id: Option<Key> = token::table
        .filter(token::recipient_id.eq(recipient))
        .filter(token::replaced_at.is_null())
        .select(token::id)
        .get_result(connection)
        .optional()?;
    let Some(id) = id else { return Ok(false) };
    let cleared = diesel::update(token::table.find(id))
        .filter(token::reset_requested_at.is_not_null())
        .set(ResetColumns::default())
        .execute_cached(connection)?;
    outbox::drop_useless(connection, id)?;
    Ok(cleared == 1)
}
