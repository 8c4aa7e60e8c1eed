//! Errors of the dashboard, each with a way forward.

use askama::Template;

use super::{
    super::frame::Page,
    frame::{DashboardFrame, Role},
};

/// An error within the dashboard.
#[derive(Debug, Clone, Template)]
#[template(path = "dashboard/error.html")]
pub(crate) struct DashboardErrorPage {
    /// Around it.
    pub(crate) frame: DashboardFrame,
    /// What happened.
    pub(crate) error: DashboardError,
    /// The number of the request, by which the operator finds it in the log.
    pub(crate) reference: Option<String>,
    /// Where the way back leads, with the base path; without it, to the overview.
    pub(crate) back: Option<String>,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DashboardError {
    /// There is no such page or thing, or it belongs to another organization.
    NotFound,
    /// The page does not take this method.
    MethodNotAllowed,
    /// The role does not allow it.
    NoRight {
        /// What it takes.
        needed: Role,
    },
    /// A form is too old, or came from elsewhere.
    FormExpired,
    /// A form cannot be read.
    BadForm,
    /// A form did not arrive in time.
    TooSlow,
    /// What was sent is too large.
    TooLarge {
        /// The most, in mebibytes.
        most: u64,
    },
    /// Too many tries.
    TooOften {
        /// After how many seconds the next is heard.
        retry_after: u64,
    },
    /// Somebody has changed it meanwhile.
    Conflict,
    /// Too much is asked of the service at once.
    Busy,
    /// A fault of the service.
    Internal,
    /// The service cannot reach its records.
    Unavailable,
}

impl Page for DashboardErrorPage {
    fn heading(&self) -> String {
        self.error.heading().to_owned()
    }

    fn status(&self) -> u16 {
        self.error.status()
    }
}

impl DashboardErrorPage {
    fn why(&self) -> String {
        match self.error {
            DashboardError::NoRight { .. } => {
                format!("Your role is {}. Nothing was done.", self.frame.role.name())
            }
            error => error.why(),
        }
    }

    fn what_to_do(&self) -> String {
        self.error.what_to_do(self.reference.is_some())
    }
}

impl DashboardError {
    pub(super) const fn heading(self) -> &'static str {
        match self {
            Self::NotFound => "There is no such page",
            Self::MethodNotAllowed => "This page cannot be used that way",
            Self::NoRight { .. } => "You may not do this",
            Self::FormExpired => "This form is too old, or came from elsewhere",
            Self::BadForm => "This form cannot be read",
            Self::TooSlow => "This form did not arrive in time",
            Self::TooLarge { .. } => "That was too much at once",
            Self::TooOften { .. } => "Too many tries",
            Self::Conflict => "Somebody else was faster",
            Self::Busy => "Too much is asked for at the moment",
            Self::Internal => "Something failed here",
            Self::Unavailable => "The service is not available at the moment",
        }
    }

    pub(super) const fn status(self) -> u16 {
        match self {
            Self::BadForm => 400,
            Self::NoRight { .. } | Self::FormExpired => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::TooSlow => 408,
            Self::Conflict => 409,
            Self::TooLarge { .. } => 413,
            Self::TooOften { .. } => 429,
            Self::Internal => 500,
            Self::Busy | Self::Unavailable => 503,
        }
    }

    pub(super) fn why(self) -> String {
        let why = match self {
            Self::NotFound => {
                "The address may be mistyped, or what stood there was deleted. What belongs to another organization is \
                 not found either."
            }
            Self::MethodNotAllowed => {
                "Your browser sent something that this address does not take. Nothing was done."
            }
            Self::NoRight { .. } => "Nothing was done.",
            Self::FormExpired => "For your organization’s protection, nothing was done.",
            Self::BadForm => "What arrived here is not what this page sends. Nothing was done.",
            Self::TooSlow => "It took longer than 10 seconds to get here. Nothing was done.",
            Self::TooLarge { most } => {
                return format!("At most {most} MiB can be sent in one go. Nothing was done.");
            }
            Self::TooOften { .. } => "This was asked for too often in a short time. Nothing is lost.",
            Self::Conflict => "It was changed while you looked at it. Nothing of yours was done.",
            Self::Busy => "Others are waiting as well. Nothing was done, and nothing is lost.",
            Self::Internal => "It is not your fault, and nothing was done by halves.",
            Self::Unavailable => {
                "It cannot reach its records, so it says nothing rather than something wrong. Nothing is lost."
            }
        };
        why.to_owned()
    }

    /// Where the page tells the number of the request, it is what the operator is told.
    pub(super) fn what_to_do(self, has_reference: bool) -> String {
        let fixed = match self {
            Self::NotFound => "Look for it in the lists.",
            Self::NoRight { needed: Role::Owner } => "It takes an owner: ask one of your organization.",
            Self::NoRight { .. } => "It takes an administrator: ask an owner of your organization.",
            Self::MethodNotAllowed | Self::FormExpired | Self::BadForm => {
                "Go back, load the page anew, and send the form once more."
            }
            Self::TooSlow => {
                "Go back and send the form once more. If it happens twice, try another connection."
            }
            Self::TooLarge { .. } => "Go back and send it in parts.",
            Self::TooOften { retry_after: 0..=1 } => "Try again in a second.",
            Self::TooOften { retry_after } if retry_after < 100 => {
                return format!("Try again in {retry_after} seconds.");
            }
            Self::TooOften { retry_after } => {
                return format!("Try again in {} minutes.", retry_after.div_ceil(60));
            }
            Self::Conflict => "Look at what it is like now, and decide anew.",
            Self::Busy => "Try again in a few seconds.",
            Self::Internal if has_reference => {
                "Try again. If it happens twice, tell the operator the number below."
            }
            Self::Internal => "Try again. If it happens twice, tell the operator.",
            Self::Unavailable => "Try again in a minute.",
        };
        fixed.to_owned()
    }
}
