//! The activity log in memory.

use async_trait::async_trait;
use symbolon_domain::{
    activity::ActivityEntry,
    id::OrganizationId,
    page::{Page, PageRequest},
    port::{StoreError, activity::ActivityLog},
};

use crate::{MemoryStore, page::cut};

#[async_trait]
impl ActivityLog for MemoryStore {
    async fn append(&self, entry: &ActivityEntry) -> Result<(), StoreError> {
        self.lock().activity.push(entry.clone());
        Ok(())
    }

    async fn list(
        &self,
        organization: OrganizationId,
        page: PageRequest,
    ) -> Result<Page<ActivityEntry>, StoreError> {
        let state = self.lock();
        let entries: Vec<_> = state
            .activity
            .iter()
            .filter(|entry| entry.organization == organization)
            .collect();
        Ok(cut(&entries, page).map(Clone::clone))
    }
}
