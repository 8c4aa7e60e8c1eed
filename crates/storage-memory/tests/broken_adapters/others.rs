//! Flaws in the ports beside the tokens: organizations, the log, canaries, readiness.

use std::net::IpAddr;

use symbolon_domain::{
    activity::ActivityEntry,
    id::OrganizationId,
    organization::RevealPolicy,
    page::{Page, PageRequest},
    port::{
        StoreError,
        activity::ActivityLog,
        canaries::{Canaries, Canary},
        organizations::{OrganizationChange, Organizations},
    },
    time::Timestamp,
};
use symbolon_storage_memory::MemoryStore;

use crate::flaw::{
    Answer, BreaksActivityLog, BreaksCanaries, BreaksOrganizations, BreaksReadiness, meanwhile,
};

/// Takes what is cancelled already for cancelled now.
pub(crate) struct CancelsTwice;

impl BreaksOrganizations for CancelsTwice {
    async fn cancel(
        store: &MemoryStore,
        id: OrganizationId,
        entry: &ActivityEntry,
        now: Timestamp,
    ) -> Answer<OrganizationChange> {
        let change = Organizations::cancel(store, id, entry, now).await?;
        if change == OrganizationChange::Unchanged {
            store.append(entry).await?;
            return Ok(OrganizationChange::Changed);
        }
        Ok(change)
    }
}

/// Says that the policy was changed, and leaves everything as it was.
pub(crate) struct PolicyInTheLogOnly;

impl BreaksOrganizations for PolicyInTheLogOnly {
    async fn set_reveal_policy(
        store: &MemoryStore,
        _: OrganizationId,
        _: RevealPolicy,
        entry: &ActivityEntry,
    ) -> Answer<OrganizationChange> {
        store.append(entry).await?;
        Ok(OrganizationChange::Changed)
    }
}

/// Orders the log by what its entries say.
pub(crate) struct LogByInstant;

impl BreaksActivityLog for LogByInstant {
    async fn list(
        store: &MemoryStore,
        organization: OrganizationId,
        page: PageRequest,
    ) -> Answer<Page<ActivityEntry>> {
        let mut log = ActivityLog::list(store, organization, page).await?;
        log.items.sort_by_key(|entry| (entry.at, entry.id));
        Ok(log)
    }
}

/// Takes an address of one family for one of the other.
pub(crate) struct AddressesUnmapped;

impl BreaksActivityLog for AddressesUnmapped {
    async fn append(store: &MemoryStore, entry: &ActivityEntry) -> Answer<()> {
        let mut entry = entry.clone();
        entry.attribution.address = entry
            .attribution
            .address
            .map(|address: IpAddr| address.to_canonical());
        ActivityLog::append(store, &entry).await
    }
}

/// Shows no more than the last fifty.
pub(crate) struct NewestEntriesOnly;

impl BreaksActivityLog for NewestEntriesOnly {
    async fn list(
        store: &MemoryStore,
        organization: OrganizationId,
        page: PageRequest,
    ) -> Answer<Page<ActivityEntry>> {
        let mut log = ActivityLog::list(store, organization, page).await?;
        log.items.drain(..log.items.len().saturating_sub(50));
        Ok(log)
    }
}

/// Lists canaries as they come.
pub(crate) struct CanariesUnordered;

impl BreaksCanaries for CanariesUnordered {
    async fn list(store: &MemoryStore) -> Answer<Vec<Canary>> {
        let mut canaries = Canaries::list(store).await?;
        canaries.reverse();
        Ok(canaries)
    }
}

/// Adds nothing where one of the keys has its canary.
pub(crate) struct CanariesAllOrNone;

impl BreaksCanaries for CanariesAllOrNone {
    async fn admit(store: &MemoryStore, canaries: &[Canary]) -> Answer<Vec<Canary>> {
        let kept = Canaries::list(store).await?;
        if canaries
            .iter()
            .any(|new| kept.iter().any(|old| old.key == new.key))
        {
            return Ok(kept);
        }
        Canaries::admit(store, canaries).await
    }
}

/// Looks whose canaries there are, and adds its own in another step.
pub(crate) struct AdmittedInTwoSteps;

impl BreaksCanaries for AdmittedInTwoSteps {
    async fn admit(store: &MemoryStore, canaries: &[Canary]) -> Answer<Vec<Canary>> {
        let kept = Canaries::list(store).await?;
        if !kept
            .iter()
            .all(|old| canaries.iter().any(|new| new.key == old.key))
        {
            return Ok(kept);
        }
        meanwhile().await;
        let both = [kept, Canaries::list(store).await?, canaries.to_vec()].concat();
        Canaries::admit(store, &both).await
    }
}

/// Adds whatever comes.
pub(crate) struct EveryKeyAdmitted;

impl BreaksCanaries for EveryKeyAdmitted {
    async fn admit(store: &MemoryStore, canaries: &[Canary]) -> Answer<Vec<Canary>> {
        let all = [Canaries::list(store).await?, canaries.to_vec()].concat();
        Canaries::admit(store, &all).await
    }
}

/// Waits for something to be there.
pub(crate) struct NotReadyWhenEmpty;

impl BreaksReadiness for NotReadyWhenEmpty {
    async fn ready(store: &MemoryStore) -> Answer<()> {
        let organizations = Organizations::list(store, PageRequest::default()).await?;
        match organizations.total_count {
            0 => Err(StoreError::new("there is nothing to serve")),
            _ => Ok(()),
        }
    }
}
