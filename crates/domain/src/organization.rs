//! Organizations: the issuers that own everything else.

use crate::{
    id::OrganizationId,
    text::{MailAddress, OrganizationName, WebAddress},
    time::Timestamp,
};

/// An issuer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    /// Names it.
    pub id: OrganizationId,
    /// What it calls itself.
    pub name: OrganizationName,
    /// Where people reach it.
    pub contact: MailAddress,
    /// Its own web site.
    pub url: Option<WebAddress>,
    /// Whether the values of its tokens can be shown again.
    pub reveal_policy: RevealPolicy,
    /// When it was made.
    pub created_at: Timestamp,
    /// Since when it is cancelled; `None` while it is active.
    pub cancelled_at: Option<Timestamp>,
}

impl Organization {
    /// Whether its tokens work.
    #[must_use]
    pub const fn is_active(&self) -> bool {
        self.cancelled_at.is_none()
    }
}

/// What is to be changed about an organization; what is `None` stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OrganizationEdit {
    /// Another name.
    pub name: Option<OrganizationName>,
    /// Another contact.
    pub contact: Option<MailAddress>,
    /// Another web site, or none.
    pub url: Option<Option<WebAddress>>,
}

impl OrganizationEdit {
    /// The organization as it is after the edit.
    #[must_use]
    pub fn apply(&self, organization: &Organization) -> Organization {
        Organization {
            name: self.name.clone().unwrap_or_else(|| organization.name.clone()),
            contact: self
                .contact
                .clone()
                .unwrap_or_else(|| organization.contact.clone()),
            url: self.url.clone().unwrap_or_else(|| organization.url.clone()),
            ..organization.clone()
        }
    }
}

/// Whether a token's value is kept, sealed, so that lists can show it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RevealPolicy {
    /// Lists carry the value, as seed 002 has it.
    #[default]
    Always,
    /// Only the answer that makes a token carries its value, and no sealed copy is kept.
    Once,
}

impl RevealPolicy {
    /// The word for it: `always` or `once`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::Once => "once",
        }
    }

    /// Reads the word for it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Always, Self::Once]
            .into_iter()
            .find(|policy| policy.name() == text)
    }
}
