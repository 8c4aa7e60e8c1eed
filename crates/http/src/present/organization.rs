//! An organization, as JSON has it.

use serde::Serialize;
use symbolon_domain::organization::Organization;

use crate::PublicUrl;

/// An organization.
#[derive(Debug, Clone, Serialize)]
pub struct OrganizationObject {
    #[serde(rename = "type")]
    kind: &'static str,
    id: String,
    name: String,
    url: String,
    contact_email: String,
    website_url: Option<String>,
    state: &'static str,
    reveal_policy: &'static str,
    created_at: String,
}

impl OrganizationObject {
    /// An organization.
    #[must_use]
    pub fn new(organization: &Organization, public_url: &PublicUrl) -> Self {
        Self {
            kind: "Organization",
            id: organization.id.to_string(),
            name: organization.name.to_string(),
            url: organization_url(organization, public_url),
            contact_email: organization.contact.to_string(),
            website_url: organization.url.as_ref().map(ToString::to_string),
            state: if organization.is_active() {
                "active"
            } else {
                "cancelled"
            },
            reveal_policy: organization.reveal_policy.name(),
            created_at: organization.created_at.to_string(),
        }
    }
}

pub(super) fn organization_url(organization: &Organization, public_url: &PublicUrl) -> String {
    format!("{public_url}/v1/organizations/{}", organization.id)
}
