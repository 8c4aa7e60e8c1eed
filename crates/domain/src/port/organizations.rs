//! Where organizations are kept.

use async_trait::async_trait;

use super::StoreError;
use crate::{
    activity::ActivityEntry,
    id::OrganizationId,
    organization::{Organization, OrganizationEdit, RevealPolicy},
    page::{Page, PageRequest},
    time::Timestamp,
};

/// Keeps organizations.
#[async_trait]
pub trait Organizations: Send + Sync {
    /// Keeps a new organization, with its entry in the activity log.
    ///
    /// What is kept reads back equal.
    async fn insert(&self, organization: &Organization, entry: &ActivityEntry) -> Result<(), StoreError>;

    /// The organization with this id.
    async fn find(&self, id: OrganizationId) -> Result<Option<Organization>, StoreError>;

    /// A page of all organizations, oldest first (by `created_at`, then `id`), cancelled ones included.
    async fn list(&self, page: PageRequest) -> Result<Page<Organization>, StoreError>;

    /// Changes what the edit names, and leaves the rest as it is, also where two edits are made at once.
    async fn edit(
        &self,
        id: OrganizationId,
        edit: &OrganizationEdit,
        entry: &ActivityEntry,
    ) -> Result<OrganizationChange, StoreError>;

    /// Cancels an active organization. From the return on, no token of it is found in good standing.
    async fn cancel(
        &self,
        id: OrganizationId,
        entry: &ActivityEntry,
        now: Timestamp,
    ) -> Result<OrganizationChange, StoreError>;

    /// Makes a cancelled organization active again; its tokens are as they were.
    async fn reactivate(
        &self,
        id: OrganizationId,
        entry: &ActivityEntry,
    ) -> Result<OrganizationChange, StoreError>;

    /// Sets the reveal policy. Turning it to [`RevealPolicy::Once`] erases, in the same step, every sealed copy of the
    /// organization's tokens; turning it back brings none of them back.
    async fn set_reveal_policy(
        &self,
        id: OrganizationId,
        policy: RevealPolicy,
        entry: &ActivityEntry,
    ) -> Result<OrganizationChange, StoreError>;
}

/// What became of a change to an organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrganizationChange {
    /// It was made, with its entry in the activity log.
    Changed,
    /// It was so already; nothing was written.
    Unchanged,
    /// There is no such organization.
    Absent,
}
