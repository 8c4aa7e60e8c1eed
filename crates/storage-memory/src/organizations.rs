//! Organizations in memory.

use async_trait::async_trait;
use symbolon_domain::{
    activity::ActivityEntry,
    id::OrganizationId,
    organization::{Organization, OrganizationEdit, RevealPolicy},
    page::{Page, PageRequest},
    port::{
        StoreError,
        organizations::{OrganizationChange, Organizations},
    },
    time::Timestamp,
};

use crate::{MemoryStore, page::cut, state::State};

#[async_trait]
impl Organizations for MemoryStore {
    async fn insert(&self, organization: &Organization, entry: &ActivityEntry) -> Result<(), StoreError> {
        let mut state = self.lock();
        if state.organizations.contains_key(&organization.id) {
            return Err(StoreError::new("an organization with this id is kept already"));
        }
        state.organizations.insert(organization.id, organization.clone());
        state.activity.push(entry.clone());
        Ok(())
    }

    async fn find(&self, id: OrganizationId) -> Result<Option<Organization>, StoreError> {
        Ok(self.lock().organizations.get(&id).cloned())
    }

    async fn list(&self, page: PageRequest) -> Result<Page<Organization>, StoreError> {
        let state = self.lock();
        let mut organizations: Vec<_> = state.organizations.values().collect();
        organizations.sort_by_key(|organization| (organization.created_at, organization.id));
        Ok(cut(&organizations, page).map(Clone::clone))
    }

    async fn edit(
        &self,
        id: OrganizationId,
        edit: &OrganizationEdit,
        entry: &ActivityEntry,
    ) -> Result<OrganizationChange, StoreError> {
        Ok(change(&mut self.lock(), id, entry, |organization| {
            let edited = edit.apply(organization);
            let is_new = edited != *organization;
            *organization = edited;
            is_new
        }))
    }

    async fn cancel(
        &self,
        id: OrganizationId,
        entry: &ActivityEntry,
        now: Timestamp,
    ) -> Result<OrganizationChange, StoreError> {
        Ok(change(&mut self.lock(), id, entry, |organization| {
            let is_new = organization.is_active();
            organization.cancelled_at.get_or_insert(now);
            is_new
        }))
    }

    async fn reactivate(
        &self,
        id: OrganizationId,
        entry: &ActivityEntry,
    ) -> Result<OrganizationChange, StoreError> {
        Ok(change(&mut self.lock(), id, entry, |organization| {
            organization.cancelled_at.take().is_some()
        }))
    }

    async fn set_reveal_policy(
        &self,
        id: OrganizationId,
        policy: RevealPolicy,
        entry: &ActivityEntry,
    ) -> Result<OrganizationChange, StoreError> {
        let mut state = self.lock();
        let change = change(&mut state, id, entry, |organization| {
            std::mem::replace(&mut organization.reveal_policy, policy) != policy
        });
        if change == OrganizationChange::Changed && policy == RevealPolicy::Once {
            for token in state.tokens.values_mut() {
                if token.organization == id {
                    token.sealed = None;
                }
            }
        }
        Ok(change)
    }
}

/// Makes a change, which tells whether it changed anything, and appends the entry if it did.
fn change(
    state: &mut State,
    id: OrganizationId,
    entry: &ActivityEntry,
    make: impl FnOnce(&mut Organization) -> bool,
) -> OrganizationChange {
    let Some(organization) = state.organizations.get_mut(&id) else {
        return OrganizationChange::Absent;
    };
    if !make(organization) {
        return OrganizationChange::Unchanged;
    }
    state.activity.push(entry.clone());
    OrganizationChange::Changed
}
