//! Cancelling an organization, making it active again, and changing whether its token values can be shown.

use super::{Fault, caller::entry};
use crate::{
    activity::{About, Action, Attribution},
    id::OrganizationId,
    organization::{OrganizationEdit, RevealPolicy},
    port::{Ports, organizations::OrganizationChange},
};

/// Changes an organization, on the authority of an operator or of an owner among its administrators.
#[derive(Debug, Clone)]
pub struct ChangeOrganization {
    /// Which organization.
    pub id: OrganizationId,
    /// What is changed.
    pub change: Change,
    /// Who does it.
    pub by: Attribution,
}

/// What can be changed about an organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// What it says about itself.
    Edit(OrganizationEdit),
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
            Change::Edit(_) => Action::OrganizationChanged,
        };
        let entry = entry(ports, self.id, self.by, action, About::default(), now)?;
        let organizations = &ports.organizations;
        Ok(match self.change {
            Change::Edit(edit) => organizations.edit(self.id, &edit, &entry).await?,
            Change::Cancel => organizations.cancel(self.id, &entry, now).await?,
            Change::Reactivate => organizations.reactivate(self.id, &entry).await?,
            Change::RevealPolicy(policy) => organizations.set_reveal_policy(self.id, policy, &entry).await?,
        })
    }
}
