//! Cancelling an organization, making it active again, and changing whether its token values can be shown.

use super::{Fault, caller::entry};
use crate::{
    activity::{About, Action, Attribution},
    id::OrganizationId,
    organization::RevealPolicy,
    port::{Ports, organizations::OrganizationChange},
};

/// Changes an organization, on an operator's authority.
#[derive(Debug, Clone, Copy)]
pub struct ChangeOrganization {
    /// Which organization.
    pub id: OrganizationId,
    /// What is changed.
    pub change: Change,
}

/// What can be changed about an organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Its tokens stop working, on every instance, from the answer on.
    Cancel,
    /// Its tokens are as they were.
    Reactivate,
    /// Whether token values can be shown again. [`RevealPolicy::Once`] erases the sealed copies there are.
    RevealPolicy(RevealPolicy),
}

impl ChangeOrganization {
    /// What became of it.
    ///
    /// # Errors
    /// Where nothing can be said.
    pub async fn run(self, ports: &Ports) -> Result<OrganizationChange, Fault> {
        let now = ports.clock.now();
        let action = match self.change {
            Change::Cancel => Action::OrganizationCancelled,
            Change::Reactivate => Action::OrganizationReactivated,
            Change::RevealPolicy(_) => Action::RevealPolicyChanged,
        };
        let entry = entry(
            ports,
            self.id,
            Attribution::operator(),
            action,
            About::default(),
            now,
        )?;
        let organizations = &ports.organizations;
        Ok(match self.change {
            Change::Cancel => organizations.cancel(self.id, &entry, now).await?,
            Change::Reactivate => organizations.reactivate(self.id, &entry).await?,
            Change::RevealPolicy(policy) => organizations.set_reveal_policy(self.id, policy, &entry).await?,
        })
    }
}
