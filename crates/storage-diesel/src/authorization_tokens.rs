//! Authorization tokens: each call of the port, and the file that does it.
//!
//! Each guard is the condition of an UPDATE whose row count decides. Only a loser reads the row, to say why with the
//! domain's own judgement.

mod answers;
mod change;
mod insert;
mod read;
mod rotate;
mod tree;
mod upkeep;

pub(crate) use self::read::by_digests;

use std::sync::Arc;

use std::time::Instant;

use async_trait::async_trait;
use symbolon_domain::{
    activity::ActivityEntry,
    authorization_token::{AuthorizationToken, OwnedToken, TokenFilter},
    id::{AuthorizationTokenId, OrganizationId},
    idempotency::{IdempotencyKey, StoredAnswer},
    notice::Notice,
    page::{Page, PageRequest},
    port::{
        StoreError,
        authorization_tokens::{
            AuthorizationTokens, Insertion, Record, Rotation, TokenChange, TreeRevocation,
        },
    },
    sealed::TokenDigest,
    text::Description,
    time::Timestamp,
};

use crate::{
    DieselStore,
    lookup::Lookups,
    row::{activity::EntryRow, authorization_token::TokenRow, notice::NoticeRow, stored_answer::AnswerRow},
    types::{At, Key},
};

/// What is written in the same step as a change, ready to be written.
struct Written {
    entry: EntryRow,
    answer: Option<AnswerRow>,
    notices: Vec<NoticeRow>,
}

impl From<Record<'_>> for Written {
    fn from(record: Record<'_>) -> Self {
        Self {
            entry: EntryRow::from(record.entry),
            answer: record.answer.map(AnswerRow::from),
            notices: record.notices.iter().map(NoticeRow::from).collect(),
        }
    }
}

#[async_trait]
impl AuthorizationTokens for DieselStore {
    async fn insert(
        &self,
        token: &AuthorizationToken,
        record: Record<'_>,
        now: Timestamp,
    ) -> Result<Insertion, StoreError> {
        let (token, written) = (TokenRow::from(token), Written::from(record));
        self.write(move |connection| insert::insert(connection, &token, &written, now))
            .await
    }

    async fn find_by_digest(&self, digest: &TokenDigest) -> Result<Option<Arc<OwnedToken>>, StoreError> {
        Lookups::find(self, *digest).await
    }

    async fn find_by_id(&self, id: AuthorizationTokenId) -> Result<Option<OwnedToken>, StoreError> {
        self.read(move |connection| read::by_id(connection, id.into()))
            .await
    }

    async fn find(
        &self,
        organization: OrganizationId,
        id: AuthorizationTokenId,
    ) -> Result<Option<AuthorizationToken>, StoreError> {
        self.read(move |connection| read::of_organization(connection, organization.into(), id.into()))
            .await
    }

    async fn list(
        &self,
        organization: OrganizationId,
        filter: TokenFilter,
        page: PageRequest,
        now: Timestamp,
    ) -> Result<Page<AuthorizationToken>, StoreError> {
        self.read(move |connection| read::list(connection, organization.into(), filter, page, now))
            .await
    }

    async fn rotate(
        &self,
        current: AuthorizationTokenId,
        successor: &AuthorizationToken,
        grace_until: Option<Timestamp>,
        record: Record<'_>,
        now: Timestamp,
    ) -> Result<Rotation, StoreError> {
        let current = Key::from(current);
        let (successor, written) = (TokenRow::from(successor), Written::from(record));
        let grace_until = grace_until.map(At);
        self.write(move |connection| {
            rotate::rotate(connection, current, &successor, grace_until, &written, now)
        })
        .await
    }

    async fn revoke(
        &self,
        organization: OrganizationId,
        id: AuthorizationTokenId,
        entry: &ActivityEntry,
        now: Timestamp,
    ) -> Result<TokenChange, StoreError> {
        let (organization, id, entry) = (organization.into(), id.into(), EntryRow::from(entry));
        self.write(move |connection| change::revoke(connection, organization, id, &entry, now))
            .await
    }

    async fn descendants(
        &self,
        organization: OrganizationId,
        id: AuthorizationTokenId,
    ) -> Result<Vec<AuthorizationToken>, StoreError> {
        self.read(move |connection| tree::descendants(connection, organization.into(), id.into()))
            .await
    }

    async fn revoke_tree(
        &self,
        organization: OrganizationId,
        id: AuthorizationTokenId,
        entries: &[ActivityEntry],
        now: Timestamp,
    ) -> Result<TreeRevocation, StoreError> {
        let (organization, id) = (organization.into(), id.into());
        let entries: Vec<_> = entries.iter().map(EntryRow::from).collect();
        self.write(move |connection| tree::revoke(connection, organization, id, &entries, now))
            .await
    }

    async fn describe(
        &self,
        organization: OrganizationId,
        id: AuthorizationTokenId,
        description: Option<&Description>,
        entry: &ActivityEntry,
        now: Timestamp,
    ) -> Result<TokenChange, StoreError> {
        let (organization, id, entry) = (organization.into(), id.into(), EntryRow::from(entry));
        let text = description.map(|text| text.as_str().to_owned());
        self.write(move |connection| {
            change::describe(connection, organization, id, text.as_deref(), &entry, now)
        })
        .await
    }

    async fn mark_expired(&self, id: AuthorizationTokenId, now: Timestamp) -> Result<(), StoreError> {
        self.write(move |connection| Ok(upkeep::mark_expired(connection, id.into(), At(now))?))
            .await
    }

    async fn record_use(&self, uses: &[(AuthorizationTokenId, Timestamp)]) -> Result<(), StoreError> {
        for batch in upkeep::batches(uses) {
            self.write(move |connection| Ok(upkeep::record_use(connection, &batch)?))
                .await?;
        }
        Ok(())
    }

    async fn record_reuse(
        &self,
        id: AuthorizationTokenId,
        entry: &ActivityEntry,
        notices: &[Notice],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let (id, entry) = (id.into(), EntryRow::from(entry));
        let notices: Vec<_> = notices.iter().map(NoticeRow::from).collect();
        self.write(move |connection| Ok(upkeep::record_reuse(connection, id, &entry, &notices, now)?))
            .await
    }

    async fn answer(
        &self,
        caller: AuthorizationTokenId,
        key: &IdempotencyKey,
        now: Timestamp,
    ) -> Result<Option<StoredAnswer>, StoreError> {
        let key = key.as_str().to_owned();
        self.read(move |connection| {
            let kept = answers::kept(connection, caller.into(), &key, now)?;
            Ok(kept.map(StoredAnswer::try_from).transpose()?)
        })
        .await
    }

    async fn forget_answers(&self, now: Timestamp) -> Result<u64, StoreError> {
        self.forget_changes(Instant::now()).await?;
        self.in_steps(move |connection, most| answers::forget(connection, At(now), most))
            .await
    }
}
