//! What became of the mail with a recipient's link.

use super::{
    icon::Icon,
    mark::{Mark, Tone},
    since::Since,
};

/// What became of the last mail with the link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum MailState {
    /// None was wanted, and none was sent.
    Suppressed,
    /// It waits for its turn, or for the next attempt.
    Waiting {
        /// Why the attempt before failed, where there was one.
        failure: Option<String>,
    },
    /// It waits until the template is resumed.
    Held,
    /// A mail server took it.
    Sent {
        /// When.
        at: Since,
    },
    /// It could not be delivered.
    Failed {
        /// Why, in our words.
        why: String,
    },
    /// Its link had become useless before it was sent.
    Dropped,
}

impl MailState {
    /// As pages show it.
    pub(super) fn mark(&self) -> Mark {
        match self {
            Self::Suppressed => Mark::new(Tone::Quiet, Icon::Dot, "Not mailed"),
            Self::Waiting { .. } => Mark::new(Tone::Quiet, Icon::Clock, "Waiting"),
            Self::Held => Mark::new(Tone::Attention, Icon::Pause, "Held: paused"),
            Self::Sent { .. } => Mark::new(Tone::Good, Icon::Mail, "Sent"),
            Self::Failed { .. } => Mark::new(Tone::Danger, Icon::Alert, "Failed"),
            Self::Dropped => Mark::new(Tone::Quiet, Icon::Cross, "Not sent"),
        }
    }

    /// When it was sent.
    pub(super) const fn sent(&self) -> Option<&Since> {
        match self {
            Self::Sent { at } => Some(at),
            _ => None,
        }
    }

    /// What else is to be said.
    pub(super) fn detail(&self) -> Option<&str> {
        match self {
            Self::Waiting { failure } => failure.as_deref(),
            Self::Failed { why } => Some(why),
            Self::Dropped => Some("The link was useless by then."),
            Self::Suppressed | Self::Held | Self::Sent { .. } => None,
        }
    }
}
