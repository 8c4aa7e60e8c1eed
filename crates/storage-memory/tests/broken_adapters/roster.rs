//! Who there is and what waits, for flaws that look further than a port's call would.

use std::sync::atomic::{AtomicU8, Ordering};

use symbolon_domain::{
    activity::{About, Action, ActivityEntry, Attribution},
    administrator::Administrator,
    administrator_session::AdministratorSession,
    id::{ActivityId, AdministratorId, OrganizationId},
    notice::Notice,
    organization::Organization,
    page::PageRequest,
    port::{
        administrator_sessions::AdministratorSessions, administrators::Administrators, notices::Notices,
        organizations::Organizations,
    },
    time::Timestamp,
};
use symbolon_storage_memory::MemoryStore;

use crate::flaw::Answer;

/// Every organization.
pub(crate) async fn organizations(store: &MemoryStore) -> Answer<Vec<Organization>> {
    let all = Organizations::list(store, PageRequest::new(1, 100)).await?;
    Ok(all.items)
}

/// Every administrator of every organization.
pub(crate) async fn everybody(store: &MemoryStore) -> Answer<Vec<Administrator>> {
    let mut everybody = Vec::new();
    for organization in organizations(store).await? {
        everybody.extend(Administrators::list(store, organization.id).await?);
    }
    Ok(everybody)
}

/// The administrator with this id, of whatever organization.
pub(crate) async fn whoever(store: &MemoryStore, id: AdministratorId) -> Answer<Option<Administrator>> {
    let everybody = everybody(store).await?;
    Ok(everybody.into_iter().find(|administrator| administrator.id == id))
}

/// The organization that an administrator is of, whoever asks.
pub(crate) async fn home(
    store: &MemoryStore,
    id: AdministratorId,
    asking: OrganizationId,
) -> Answer<OrganizationId> {
    let found = whoever(store, id).await?;
    Ok(found.map_or(asking, |administrator| administrator.organization))
}

/// Lets sessions go on that have ended.
pub(crate) async fn revive(store: &MemoryStore, sessions: &[AdministratorSession]) -> Answer<()> {
    for session in sessions {
        let has_ended = AdministratorSessions::find(store, &session.digest)
            .await?
            .is_none();
        if has_ended && let Some(administrator) = whoever(store, session.administrator).await? {
            let generation = administrator.proofs.generation;
            AdministratorSessions::begin(store, session, generation, None, None).await?;
        }
    }
    Ok(())
}

/// Every notice that is pending or failed.
pub(crate) async fn unsent(store: &MemoryStore) -> Answer<Vec<Notice>> {
    let mut unsent = Vec::new();
    for organization in organizations(store).await? {
        unsent.extend(Notices::unsent(store, organization.id, u32::MAX).await?);
    }
    Ok(unsent)
}

/// An entry that nobody asked for.
pub(crate) fn uninvited(organization: OrganizationId, action: Action) -> ActivityEntry {
    static MADE: AtomicU8 = AtomicU8::new(0);
    let number = MADE.fetch_add(1, Ordering::Relaxed);
    let at = Timestamp::from_millis(1);
    ActivityEntry {
        id: ActivityId::fresh(at, [number; 10]),
        organization,
        at,
        attribution: Attribution::operator(),
        action,
        about: About::default(),
    }
}
