//! One-time links of administrators: to set the service up, to accept an invitation, to choose a new password.

use crate::{
    id::{AdministratorId, AdministratorLinkId, OrganizationId},
    sealed::{SealBinding, SealPurpose, SealedSecret, TokenDigest},
    time::Timestamp,
};

/// A one-time link. It comes to an end once: by being used, by a newer one, or by time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdministratorLink {
    /// Names it; not what opens it.
    pub id: AdministratorLinkId,
    /// Finds it by its value.
    pub digest: TokenDigest,
    /// What it is good for.
    pub purpose: LinkPurpose,
    /// The value, sealed, where it is to be mailed.
    pub sealed: Option<SealedSecret>,
    /// When it was made.
    pub created_at: Timestamp,
    /// It is good strictly before this instant.
    pub expires_at: Timestamp,
}

/// What a one-time link is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkPurpose {
    /// To become the first administrator of this service.
    SetUp,
    /// To join, as this administrator.
    Invitation(AdministratorId),
    /// To choose a new password, as this administrator.
    NewPassword(AdministratorId),
}

impl LinkPurpose {
    /// The stored word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SetUp => "set_up",
            Self::Invitation(_) => "invitation",
            Self::NewPassword(_) => "new_password",
        }
    }

    /// Whom it is for, where they are known already.
    #[must_use]
    pub const fn administrator(self) -> Option<AdministratorId> {
        match self {
            Self::SetUp => None,
            Self::Invitation(id) | Self::NewPassword(id) => Some(id),
        }
    }

    /// What a store kept.
    #[must_use]
    pub fn from_kept(name: &str, administrator: Option<AdministratorId>) -> Option<Self> {
        match (name, administrator) {
            ("set_up", None) => Some(Self::SetUp),
            ("invitation", Some(id)) => Some(Self::Invitation(id)),
            ("new_password", Some(id)) => Some(Self::NewPassword(id)),
            _ => None,
        }
    }

    /// How long such a link is good, in seconds: an hour where it opens a door that stands open anyway or that somebody
    /// has just knocked at, a week where somebody has to find the time.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        match self {
            Self::SetUp | Self::NewPassword(_) => 60 * 60,
            Self::Invitation(_) => 7 * 24 * 60 * 60,
        }
    }
}

impl AdministratorLink {
    /// Whether it has not expired.
    #[must_use]
    pub fn is_good(&self, now: Timestamp) -> bool {
        self.expires_at.is_ahead_of(now)
    }

    /// The row that its sealed copy belongs to.
    #[must_use]
    pub const fn seal_binding(&self, organization: OrganizationId) -> SealBinding {
        SealBinding {
            purpose: SealPurpose::AdministratorLink,
            organization,
            token: *self.id.as_uuid(),
            generation: 0,
        }
    }
}
