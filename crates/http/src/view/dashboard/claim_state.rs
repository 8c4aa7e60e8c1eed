//! Who a credential belongs to by now: whether its access token was claimed, and whether it still can be.

use super::{
    super::frame::Profile,
    icon::Icon,
    listing::counted,
    mark::{Mark, Tone},
    since::Since,
};

/// The state of a recipient's access token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ClaimState {
    /// It waits for whoever connects first.
    Free {
        /// How often its link was opened, by people or mail scanners.
        opens: u64,
        /// Whether somebody had claimed it, and it was reset.
        was_claimed: bool,
    },
    /// A social profile is bound to it.
    Claimed {
        /// Which.
        by: Profile,
        /// Since when.
        at: Since,
        /// When somebody else asked for a reset, if that waits.
        asked: Option<Since>,
    },
    /// Access was revoked.
    Revoked {
        /// When.
        at: Since,
        /// Which social profile had claimed it, and keeps it.
        by: Option<Profile>,
        /// Whether anybody had ever claimed it.
        was_claimed: bool,
    },
}

impl ClaimState {
    /// As pages show it.
    pub(super) fn mark(&self) -> Mark {
        match self {
            Self::Free {
                was_claimed: true, ..
            } => Mark::new(Tone::Attention, Icon::Rotate, "Reset, not claimed"),
            Self::Free { opens: 0, .. } => Mark::new(Tone::Quiet, Icon::Dot, "Not opened"),
            Self::Free { opens: 1, .. } => Mark::new(Tone::Quiet, Icon::Eye, "Opened once"),
            Self::Free { opens, .. } => Mark::new(
                Tone::Quiet,
                Icon::Eye,
                format!("Opened {}", counted(*opens, "time", "times")),
            ),
            Self::Claimed { asked: Some(_), .. } => {
                Mark::new(Tone::Attention, Icon::Question, "Reset requested")
            }
            Self::Claimed { .. } => Mark::new(Tone::Good, Icon::Check, "Claimed"),
            Self::Revoked { .. } => Mark::new(Tone::Danger, Icon::Lock, "Access revoked"),
        }
    }

    /// The social profile that has the credential.
    pub(super) const fn profile(&self) -> Option<&Profile> {
        match self {
            Self::Free { .. } => None,
            Self::Claimed { by, .. } => Some(by),
            Self::Revoked { by, .. } => by.as_ref(),
        }
    }

    /// Since when it is so.
    pub(super) const fn since(&self) -> Option<&Since> {
        match self {
            Self::Free { .. } => None,
            Self::Claimed { asked: Some(at), .. }
            | Self::Claimed { at, asked: None, .. }
            | Self::Revoked { at, .. } => Some(at),
        }
    }

    /// Whether anybody has ever claimed it: from then on everybody can verify the credential.
    pub(super) const fn was_claimed(&self) -> bool {
        match self {
            Self::Free { was_claimed, .. } | Self::Revoked { was_claimed, .. } => *was_claimed,
            Self::Claimed { .. } => true,
        }
    }

    /// Whether access was revoked.
    pub(super) const fn is_revoked(&self) -> bool {
        matches!(self, Self::Revoked { .. })
    }
}

/// The mark of a credential that was revoked.
pub(super) fn credential_revoked() -> Mark {
    Mark::new(Tone::Danger, Icon::Cross, "Credential revoked")
}
