//! The activity log. Changes append their entry in their own call; this port is for reading, and for acts that change
//! nothing else.

use async_trait::async_trait;

use super::StoreError;
use crate::{
    activity::ActivityEntry,
    id::OrganizationId,
    page::{Page, PageRequest},
};

/// Keeps the activity log. Entries are never changed nor removed.
#[async_trait]
pub trait ActivityLog: Send + Sync {
    /// Appends an entry; when this returns, it is durable.
    async fn append(&self, entry: &ActivityEntry) -> Result<(), StoreError>;

    /// A page of an organization's entries, in the order in which they were appended.
    async fn list(
        &self,
        organization: OrganizationId,
        page: PageRequest,
    ) -> Result<Page<ActivityEntry>, StoreError>;
}
