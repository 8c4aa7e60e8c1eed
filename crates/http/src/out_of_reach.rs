//! A store that is out of reach, for tests: every call fails.

use std::sync::Arc;

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
        readiness::Readiness,
    },
    sealed::TokenDigest,
    text::Description,
    time::Timestamp,
};

/// A store that is out of reach.
pub(crate) struct OutOfReach;

fn gone<T>() -> Result<T, StoreError> {
    Err(StoreError::new("secret reason"))
}

#[async_trait]
impl Readiness for OutOfReach {
    async fn ready(&self) -> Result<(), StoreError> {
        gone()
    }
}

#[async_trait]
impl AuthorizationTokens for OutOfReach {
    async fn insert(
        &self,
        _: &AuthorizationToken,
        _: Record<'_>,
        _: Timestamp,
    ) -> Result<Insertion, StoreError> {
        gone()
    }

    async fn find_by_digest(&self, _: &TokenDigest) -> Result<Option<Arc<OwnedToken>>, StoreError> {
        gone()
    }

    async fn find_by_id(&self, _: AuthorizationTokenId) -> Result<Option<OwnedToken>, StoreError> {
        gone()
    }

    async fn find(
        &self,
        _: OrganizationId,
        _: AuthorizationTokenId,
    ) -> Result<Option<AuthorizationToken>, StoreError> {
        gone()
    }

    async fn list(
        &self,
        _: OrganizationId,
        _: TokenFilter,
        _: PageRequest,
        _: Timestamp,
    ) -> Result<Page<AuthorizationToken>, StoreError> {
        gone()
    }

    async fn descendants(
        &self,
        _: OrganizationId,
        _: AuthorizationTokenId,
    ) -> Result<Vec<AuthorizationToken>, StoreError> {
        gone()
    }

    async fn revoke_tree(
        &self,
        _: OrganizationId,
        _: AuthorizationTokenId,
        _: &[ActivityEntry],
        _: Timestamp,
    ) -> Result<TreeRevocation, StoreError> {
        gone()
    }

    async fn rotate(
        &self,
        _: AuthorizationTokenId,
        _: &AuthorizationToken,
        _: Option<Timestamp>,
        _: Record<'_>,
        _: Timestamp,
    ) -> Result<Rotation, StoreError> {
        gone()
    }

    async fn revoke(
        &self,
        _: OrganizationId,
        _: AuthorizationTokenId,
        _: &ActivityEntry,
        _: Timestamp,
    ) -> Result<TokenChange, StoreError> {
        gone()
    }

    async fn describe(
        &self,
        _: OrganizationId,
        _: AuthorizationTokenId,
        _: Option<&Description>,
        _: &ActivityEntry,
        _: Timestamp,
    ) -> Result<TokenChange, StoreError> {
        gone()
    }

    async fn mark_expired(&self, _: AuthorizationTokenId, _: Timestamp) -> Result<(), StoreError> {
        gone()
    }

    async fn record_use(&self, _: &[(AuthorizationTokenId, Timestamp)]) -> Result<(), StoreError> {
        gone()
    }

    async fn record_reuse(
        &self,
        _: AuthorizationTokenId,
        _: &ActivityEntry,
        _: &[Notice],
        _: Timestamp,
    ) -> Result<(), StoreError> {
        gone()
    }

    async fn answer(
        &self,
        _: AuthorizationTokenId,
        _: &IdempotencyKey,
        _: Timestamp,
    ) -> Result<Option<StoredAnswer>, StoreError> {
        gone()
    }

    async fn forget_answers(&self, _: Timestamp) -> Result<u64, StoreError> {
        gone()
    }
}
