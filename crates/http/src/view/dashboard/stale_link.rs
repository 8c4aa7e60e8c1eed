//! Links to the dashboard that are no longer good.

use askama::Template;

use super::{super::frame::Page, outside::OutsideFrame, paths};

/// A link that does nothing any more.
#[derive(Debug, Clone, Template)]
#[template(path = "dashboard/stale_link.html")]
pub(crate) struct StaleLinkPage {
    /// Around it.
    pub(crate) frame: OutsideFrame,
    /// Why.
    pub(crate) reason: StaleLink,
}

/// Why a link does nothing any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StaleLink {
    /// It is no link of ours, or the browser has forgotten it.
    Unknown,
    /// It was used, replaced by a newer one or taken back, or has never been: links that are over are not kept, so these cannot
    /// be told apart.
    Spent,
    /// The set-up link's time is over.
    SetUpExpired,
    /// Somebody else has set the service up.
    SetUpDone,
    /// The invitation was accepted or taken back.
    InvitationUsed,
    /// The invitation's time is over.
    InvitationExpired,
    /// The link for a new password was used.
    PasswordUsed,
    /// Its time is over.
    PasswordExpired,
}

impl Page for StaleLinkPage {
    fn heading(&self) -> String {
        let heading = match self.reason {
            StaleLink::Unknown => "This link is not known",
            StaleLink::Spent => "This link was used, or is over",
            StaleLink::SetUpExpired | StaleLink::InvitationExpired | StaleLink::PasswordExpired => {
                "This link is too old"
            }
            StaleLink::SetUpDone => "This service is set up already",
            StaleLink::InvitationUsed | StaleLink::PasswordUsed => "This link was used already",
        };
        heading.to_owned()
    }

    fn status(&self) -> u16 {
        match self.reason {
            // As with what was never there: nobody is told which it is.
            StaleLink::Unknown | StaleLink::Spent => 404,
            StaleLink::SetUpDone => 409,
            _ => 410,
        }
    }
}

impl StaleLinkPage {
    const fn why(&self) -> &'static str {
        match self.reason {
            StaleLink::Unknown => {
                "It has lost a part on its way here, or was opened more than an hour ago. Nothing was done."
            }
            StaleLink::Spent => {
                "A link works once, and only until its time is over, a newer one is sent, or it is taken back. Nothing was done."
            }
            StaleLink::SetUpExpired => "A link for the set-up works for an hour only. Nothing was done.",
            StaleLink::SetUpDone => "Somebody was faster: there is an administrator. Nothing was done.",
            StaleLink::InvitationUsed => {
                "It was accepted, or the organization sent a newer one or took it back."
            }
            StaleLink::InvitationExpired => "An invitation works for 7 days only.",
            StaleLink::PasswordUsed => {
                "A link for a new password works once, and only until a newer one is sent."
            }
            StaleLink::PasswordExpired => "A link for a new password works for an hour only.",
        }
    }

    const fn what_to_do(&self) -> &'static str {
        match self.reason {
            StaleLink::Unknown => {
                "If you have used it, sign in. Otherwise open the whole link once more; if it fails again, ask who sent it."
            }
            StaleLink::Spent => {
                "If you have used it, sign in. If you have forgotten your password, have another link mailed. If you were invited \
                 and have not joined, ask an owner of the organization to invite you again."
            }
            StaleLink::SetUpExpired => "Start the service anew on its own machine: it prints a new link.",
            StaleLink::SetUpDone => "If it was you, sign in. If it was not, tell the operator at once.",
            StaleLink::InvitationUsed => {
                "If you accepted it, sign in. If you did not, ask who sent it for a new one."
            }
            StaleLink::InvitationExpired => "Ask who sent it for a new one.",
            StaleLink::PasswordUsed => "Sign in with the new password, or have another link mailed.",
            StaleLink::PasswordExpired => "Have another link mailed.",
        }
    }

    /// Whether another link, for a new password, may be what is wanted.
    const fn offers_another(&self) -> bool {
        matches!(
            self.reason,
            StaleLink::Spent | StaleLink::PasswordUsed | StaleLink::PasswordExpired
        )
    }

    /// Whether most who come here have only to sign in.
    const fn leads_to_sign_in(&self) -> bool {
        matches!(
            self.reason,
            StaleLink::Spent | StaleLink::InvitationUsed | StaleLink::SetUpDone
        )
    }
}
