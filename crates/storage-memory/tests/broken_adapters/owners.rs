//! Flaws in roles and in removing administrators.

use symbolon_domain::{
    activity::ActivityEntry,
    administrator::{Administrator, Role},
    id::{AdministratorId, OrganizationId},
    notice::Notice,
    port::{
        activity::ActivityLog,
        administrator_sessions::AdministratorSessions,
        administrators::{AdministratorChange, Administrators},
        notices::Notices,
    },
    time::Timestamp,
};
use symbolon_storage_memory::MemoryStore;

use crate::{
    flaw::{Answer, BreaksAdministrators, meanwhile},
    roster::{everybody, home, revive, unsent, whoever},
};

/// Owners who would be left without this one, counted as somebody counts them.
async fn others(
    store: &MemoryStore,
    id: AdministratorId,
    counts: impl Fn(&Administrator) -> bool,
) -> Answer<usize> {
    let everybody = everybody(store).await?;
    let owners = everybody
        .iter()
        .filter(|one| one.id != id && one.role == Role::Owner);
    Ok(owners.filter(|one| counts(one)).count())
}

/// Writes, for each flaw, whom it takes for an owner who would be left.
macro_rules! miscounts {
    ($($(#[$doc:meta])* $flaw:ident: |$one:ident, $organization:ident| $counts:expr;)*) => {$(
        $(#[$doc])*
        pub(crate) struct $flaw;

        impl BreaksAdministrators for $flaw {
            async fn change_role(
                store: &MemoryStore,
                $organization: OrganizationId,
                id: AdministratorId,
                role: Role,
                entry: &ActivityEntry,
            ) -> Answer<AdministratorChange> {
                let change = Administrators::change_role(store, $organization, id, role, entry).await?;
                let is_one_left = others(store, id, |$one| $counts).await? > 0;
                Ok(lenient(change, is_one_left))
            }

            async fn remove(
                store: &MemoryStore,
                $organization: OrganizationId,
                id: AdministratorId,
                entry: &ActivityEntry,
            ) -> Answer<AdministratorChange> {
                let change = Administrators::remove(store, $organization, id, entry).await?;
                let is_one_left = others(store, id, |$one| $counts).await? > 0;
                Ok(lenient(change, is_one_left))
            }
        }
    )*};
}

fn lenient(change: AdministratorChange, is_one_left: bool) -> AdministratorChange {
    match change {
        AdministratorChange::LastOwner if is_one_left => AdministratorChange::Changed,
        other => other,
    }
}

miscounts! {
    /// Counts owners who are only invited.
    InvitedOwnersCount: |one, organization| one.organization == organization;
    /// Counts the owners of every organization.
    OwnersElsewhereCount: |one, _organization| one.joined_at.is_some();
}

/// Counts owners, and lets one go in another step.
pub(crate) struct OwnersCountedBefore;

impl BreaksAdministrators for OwnersCountedBefore {
    async fn change_role(
        store: &MemoryStore,
        organization: OrganizationId,
        id: AdministratorId,
        role: Role,
        entry: &ActivityEntry,
    ) -> Answer<AdministratorChange> {
        let is_one_left = others(store, id, |one| one.joined_at.is_some()).await? > 0;
        meanwhile().await;
        let change = Administrators::change_role(store, organization, id, role, entry).await?;
        Ok(lenient(change, is_one_left))
    }

    async fn remove(
        store: &MemoryStore,
        organization: OrganizationId,
        id: AdministratorId,
        entry: &ActivityEntry,
    ) -> Answer<AdministratorChange> {
        let is_one_left = others(store, id, |one| one.joined_at.is_some()).await? > 0;
        meanwhile().await;
        let change = Administrators::remove(store, organization, id, entry).await?;
        Ok(lenient(change, is_one_left))
    }
}

/// Holds on to owners who have not joined.
pub(crate) struct InvitedOwnerIsTheLast;

impl BreaksAdministrators for InvitedOwnerIsTheLast {
    async fn remove(
        store: &MemoryStore,
        organization: OrganizationId,
        id: AdministratorId,
        entry: &ActivityEntry,
    ) -> Answer<AdministratorChange> {
        let is_owner = whoever(store, id)
            .await?
            .is_some_and(|found| found.role == Role::Owner);
        if is_owner && others(store, id, |one| one.joined_at.is_some()).await? == 0 {
            return Ok(AdministratorChange::LastOwner);
        }
        Administrators::remove(store, organization, id, entry).await
    }
}

/// Ends sessions whether the role is another or not.
pub(crate) struct SameRoleSignsOut;

impl BreaksAdministrators for SameRoleSignsOut {
    async fn change_role(
        store: &MemoryStore,
        organization: OrganizationId,
        id: AdministratorId,
        role: Role,
        entry: &ActivityEntry,
    ) -> Answer<AdministratorChange> {
        for session in AdministratorSessions::of(store, id).await? {
            AdministratorSessions::end(store, &session.digest).await?;
        }
        Administrators::change_role(store, organization, id, role, entry).await
    }
}

/// Lets sessions go on under another role.
pub(crate) struct SessionsOutliveARole;

impl BreaksAdministrators for SessionsOutliveARole {
    async fn change_role(
        store: &MemoryStore,
        organization: OrganizationId,
        id: AdministratorId,
        role: Role,
        entry: &ActivityEntry,
    ) -> Answer<AdministratorChange> {
        let sessions = AdministratorSessions::of(store, id).await?;
        let change = Administrators::change_role(store, organization, id, role, entry).await?;
        revive(store, &sessions).await?;
        Ok(change)
    }
}

/// Takes links away with a role.
pub(crate) struct RoleTakesLinks;

impl BreaksAdministrators for RoleTakesLinks {
    async fn change_role(
        store: &MemoryStore,
        organization: OrganizationId,
        id: AdministratorId,
        role: Role,
        entry: &ActivityEntry,
    ) -> Answer<AdministratorChange> {
        Administrators::forget_links(store, Timestamp::MAX).await?;
        Administrators::change_role(store, organization, id, role, entry).await
    }
}

/// Takes an id for enough.
pub(crate) struct GovernsForAnyone;

impl BreaksAdministrators for GovernsForAnyone {
    async fn change_role(
        store: &MemoryStore,
        organization: OrganizationId,
        id: AdministratorId,
        role: Role,
        entry: &ActivityEntry,
    ) -> Answer<AdministratorChange> {
        let organization = home(store, id, organization).await?;
        Administrators::change_role(store, organization, id, role, entry).await
    }
}

/// Takes an id for enough.
pub(crate) struct RemovesAnyone;

impl BreaksAdministrators for RemovesAnyone {
    async fn remove(
        store: &MemoryStore,
        organization: OrganizationId,
        id: AdministratorId,
        entry: &ActivityEntry,
    ) -> Answer<AdministratorChange> {
        let organization = home(store, id, organization).await?;
        Administrators::remove(store, organization, id, entry).await
    }
}

/// Takes the same role for another, and who is gone for removed now.
pub(crate) struct GovernsTwice;

impl BreaksAdministrators for GovernsTwice {
    async fn change_role(
        store: &MemoryStore,
        organization: OrganizationId,
        id: AdministratorId,
        role: Role,
        entry: &ActivityEntry,
    ) -> Answer<AdministratorChange> {
        let change = Administrators::change_role(store, organization, id, role, entry).await?;
        if change == AdministratorChange::Unchanged {
            store.append(entry).await?;
            return Ok(AdministratorChange::Changed);
        }
        Ok(change)
    }

    async fn remove(
        store: &MemoryStore,
        organization: OrganizationId,
        id: AdministratorId,
        entry: &ActivityEntry,
    ) -> Answer<AdministratorChange> {
        let change = Administrators::remove(store, organization, id, entry).await?;
        if change == AdministratorChange::Absent {
            store.append(entry).await?;
            return Ok(AdministratorChange::Changed);
        }
        Ok(change)
    }
}

/// Enters a removal, and leaves it at that.
pub(crate) struct AdministratorRemovedInTheLogOnly;

impl BreaksAdministrators for AdministratorRemovedInTheLogOnly {
    async fn remove(
        store: &MemoryStore,
        organization: OrganizationId,
        id: AdministratorId,
        entry: &ActivityEntry,
    ) -> Answer<AdministratorChange> {
        let found = Administrators::find(store, organization, id).await?;
        if found.is_none() {
            return Ok(AdministratorChange::Absent);
        }
        store.append(entry).await?;
        Ok(AdministratorChange::Changed)
    }
}

/// Leaves the notices to somebody, for the contact.
pub(crate) struct NoticesOutliveTheirAddressee;

impl BreaksAdministrators for NoticesOutliveTheirAddressee {
    async fn remove(
        store: &MemoryStore,
        organization: OrganizationId,
        id: AdministratorId,
        entry: &ActivityEntry,
    ) -> Answer<AdministratorChange> {
        let mut theirs = unsent(store).await?;
        theirs.retain(|notice| notice.addressee == Some(id));
        let change = Administrators::remove(store, organization, id, entry).await?;
        if change == AdministratorChange::Changed {
            for notice in theirs {
                let orphan = Notice {
                    addressee: None,
                    ..notice
                };
                Notices::queue(store, &orphan).await?;
            }
        }
        Ok(change)
    }
}
