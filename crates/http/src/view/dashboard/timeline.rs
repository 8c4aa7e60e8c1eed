//! What happened to a recipient, entry by entry.

use super::{super::frame::Profile, actor::Actor, icon::Icon, listing::counted, since::Since};

/// An entry of a recipient's timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Event {
    /// What happened.
    pub(crate) what: Happening,
    /// When.
    pub(crate) at: Since,
    /// Who did it; nobody where the service did.
    pub(crate) by: Option<Actor>,
}

/// What can happen to a recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Happening {
    /// The credential was issued.
    Issued,
    /// A mail with the link was sent.
    Mailed,
    /// A mail with the link could not be delivered.
    MailFailed {
        /// Why, in our words.
        why: String,
    },
    /// The same link was put in the post again.
    MailedAgain,
    /// A mail was never sent, for its link had become useless.
    MailDropped,
    /// The link was opened; the instant is that of the first time.
    Opened {
        /// How often, by people or mail scanners.
        times: u64,
    },
    /// A social profile claimed the credential.
    Claimed {
        /// Which, where it is still known.
        by: Option<Profile>,
    },
    /// Somebody who could not claim asked for a reset.
    ResetRequested {
        /// Who was refused, where they had connected.
        by: Option<Profile>,
    },
    /// The request for a reset was dismissed.
    ResetDismissed,
    /// The binding was cleared.
    Reset,
    /// A new link took the place of the old one.
    Replaced,
    /// Access was revoked.
    AccessRevoked,
    /// The credential was revoked.
    CredentialRevoked {
        /// Why, as everybody reads it.
        reason: Option<String>,
    },
    /// The mail address was corrected.
    AddressCorrected,
    /// The token and the link were shown.
    Shown,
}

impl Happening {
    /// Its sign.
    pub(super) const fn icon(&self) -> Icon {
        match self {
            Self::Issued => Icon::Template,
            Self::Mailed | Self::MailedAgain => Icon::Mail,
            Self::MailFailed { .. } => Icon::Alert,
            Self::MailDropped | Self::CredentialRevoked { .. } | Self::ResetDismissed => Icon::Cross,
            Self::Opened { .. } => Icon::Eye,
            Self::Claimed { .. } => Icon::Check,
            Self::ResetRequested { .. } => Icon::Question,
            Self::Reset => Icon::Rotate,
            Self::Replaced => Icon::Link,
            Self::AccessRevoked => Icon::Lock,
            Self::AddressCorrected => Icon::Pencil,
            Self::Shown => Icon::Copy,
        }
    }

    /// Its colour.
    pub(super) const fn class(&self) -> &'static str {
        match self {
            Self::Claimed { .. } => "good",
            Self::ResetRequested { .. } => "attention",
            Self::MailFailed { .. } | Self::AccessRevoked | Self::CredentialRevoked { .. } => "danger",
            _ => "muted",
        }
    }

    /// What is told.
    pub(super) fn sentence(&self) -> String {
        match self {
            Self::Issued => "Issued".into(),
            Self::Mailed => "Mail sent".into(),
            Self::MailFailed { .. } => "Mail could not be delivered".into(),
            Self::MailedAgain => "Link sent again".into(),
            Self::MailDropped => "Mail not sent: its link had become useless".into(),
            Self::Opened { times: 1 } => "Link opened once".into(),
            Self::Opened { times } => format!("Link opened {}", counted(*times, "time", "times")),
            Self::Claimed { by: Some(by) } => format!("Claimed with {} ({})", by.provider, by.hint),
            Self::Claimed { by: None } => "Claimed".into(),
            Self::ResetRequested { by: Some(by) } => {
                format!("Reset requested from {} ({})", by.provider, by.hint)
            }
            Self::ResetRequested { by: None } => "Reset requested".into(),
            Self::ResetDismissed => "Reset request dismissed".into(),
            Self::Reset => "Reset".into(),
            Self::Replaced => "Link replaced".into(),
            Self::AccessRevoked => "Access revoked".into(),
            Self::CredentialRevoked { .. } => "Credential revoked".into(),
            Self::AddressCorrected => "Mail address corrected, and a new link mailed".into(),
            Self::Shown => "Token and link shown".into(),
        }
    }

    /// What else is to be said.
    pub(super) fn detail(&self) -> Option<&str> {
        match self {
            Self::MailFailed { why } => Some(why),
            Self::Opened { .. } => Some("A mail scanner may have been one of them. Opening binds nothing."),
            Self::CredentialRevoked { reason } => reason.as_deref(),
            _ => None,
        }
    }
}
