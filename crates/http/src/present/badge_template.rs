//! A template, as JSON has it.

use serde::Serialize;
use symbolon_domain::template::{Template, Validity};

/// A template: what the API calls a badge template, also where it is a certificate.
#[derive(Debug, Clone, Serialize)]
pub struct BadgeTemplateObject {
    id: String,
    name: String,
    kind: &'static str,
    state: &'static str,
    description: Option<String>,
    valid_for_days: Option<u32>,
    owner_id: String,
    created_at: String,
    paused_at: Option<String>,
}

impl BadgeTemplateObject {
    /// A template.
    #[must_use]
    pub fn new(template: &Template) -> Self {
        Self {
            id: template.id.to_string(),
            name: template.name.to_string(),
            kind: template.kind.name(),
            state: template.state(),
            description: template.description.as_ref().map(ToString::to_string),
            valid_for_days: template.validity.map(Validity::days),
            owner_id: template.organization.to_string(),
            created_at: template.created_at.to_string(),
            paused_at: template.paused_at.map(|at| at.to_string()),
        }
    }
}
