//! Making an organization.

use super::{Fault, caller::entry};
use crate::{
    activity::{About, Action, Attribution},
    id::OrganizationId,
    organization::{Organization, RevealPolicy},
    port::Ports,
    text::{MailAddress, OrganizationName, WebAddress},
};

/// Makes an organization. Names need not differ: the id tells organizations apart.
#[derive(Debug)]
pub struct CreateOrganization {
    /// What it calls itself.
    pub name: OrganizationName,
    /// Where people reach it.
    pub contact: MailAddress,
    /// Its own web site.
    pub url: Option<WebAddress>,
    /// Whether token values can be shown again.
    pub reveal_policy: RevealPolicy,
}

impl CreateOrganization {
    /// The organization.
    ///
    /// # Errors
    /// Where nothing can be said.
    pub async fn run(self, ports: &Ports) -> Result<Organization, Fault> {
        let now = ports.clock.now();
        let organization = Organization {
            id: OrganizationId::fresh(now, ports.id_entropy()?),
            name: self.name,
            contact: self.contact,
            url: self.url,
            reveal_policy: self.reveal_policy,
            created_at: now,
            cancelled_at: None,
        };
        let by = Attribution::operator();
        let entry = entry(
            ports,
            organization.id,
            by,
            Action::OrganizationCreated,
            About::default(),
            now,
        )?;
        ports.organizations.insert(&organization, &entry).await?;
        Ok(organization)
    }
}
