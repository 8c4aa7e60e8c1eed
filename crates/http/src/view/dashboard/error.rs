//! Errors inside the dashboard, each with a way forward.

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
    /// A fault of the service.
    Internal,
    /// The service cannot reach its records.
    Unavailable,
}

impl Page for DashboardErrorPage {
    fn heading(&self) -> String {
        let heading = match self.error {
            DashboardError::NotFound => "There is no such page",
            DashboardError::MethodNotAllowed => "This page cannot be used that way",
            DashboardError::NoRight { .. } => "You may not do this",
            DashboardError::FormExpired => "This form is too old, or came from elsewhere",
            DashboardError::BadForm => "This form cannot be read",
            DashboardError::TooSlow => "This form did not arrive in time",
            DashboardError::TooLarge { .. } => "That was too much at once",
            DashboardError::TooOften { .. } => "Too many tries",
            DashboardError::Conflict => "Somebody else was faster",
            DashboardError::Internal => "Something failed here",
            DashboardError::Unavailable => "The service is not available at the moment",
        };
        heading.to_owned()
    }

    fn status(&self) -> u16 {
        match self.error {
            DashboardError::BadForm => 400,
            DashboardError::NoRight { .. } | DashboardError::FormExpired => 403,
            DashboardError::NotFound => 404,
            DashboardError::MethodNotAllowed => 405,
            DashboardError::TooSlow => 408,
            DashboardError::Conflict => 409,
            DashboardError::TooLarge { .. } => 413,
            DashboardError::TooOften { .. } => 429,
            DashboardError::Internal => 500,
            DashboardError::Unavailable => 503,
        }
    }
}

impl DashboardErrorPage {
    fn why(&self) -> String {
        let why = match self.error {
            DashboardError::NotFound => {
                "The address may be mistyped, or what stood there was deleted. What belongs to another organization is \
                 not found either."
            }
            DashboardError::MethodNotAllowed => {
                "Your browser sent something that this address does not take. Nothing was done."
            }
            DashboardError::NoRight { .. } => {
                return format!("Your role is {}. Nothing was done.", self.frame.role.name());
            }
            DashboardError::FormExpired => "For your organization’s protection, nothing was done.",
            DashboardError::BadForm => "What arrived here is not what this page sends. Nothing was done.",
            DashboardError::TooSlow => "It took longer than 10 seconds to get here. Nothing was done.",
            DashboardError::TooLarge { most } => {
                return format!("At most {most} MiB can be sent in one go. Nothing was done.");
            }
            DashboardError::TooOften { .. } => {
                "This was asked for too often in a short time. Nothing is lost."
            }
            DashboardError::Conflict => "It was changed while you looked at it. Nothing of yours was done.",
            DashboardError::Internal => "It is not your fault, and nothing was done by halves.",
            DashboardError::Unavailable => {
                "It cannot reach its records, so it says nothing rather than something wrong. Nothing is lost."
            }
        };
        why.to_owned()
    }

    fn what_to_do(&self) -> String {
        let fixed = match self.error {
            DashboardError::NotFound => "Look for it in the lists.",
            DashboardError::NoRight { needed: Role::Owner } => {
                "It takes an owner: ask one of your organization."
            }
            DashboardError::NoRight { .. } => "It takes an administrator: ask an owner of your organization.",
            DashboardError::MethodNotAllowed | DashboardError::FormExpired | DashboardError::BadForm => {
                "Go back, load the page anew, and send the form once more."
            }
            DashboardError::TooSlow => {
                "Go back and send the form once more. If it happens twice, try another connection."
            }
            DashboardError::TooLarge { .. } => "Go back and send it in parts.",
            DashboardError::TooOften { retry_after: 0..=1 } => "Try again in a second.",
            DashboardError::TooOften { retry_after } if retry_after < 100 => {
                return format!("Try again in {retry_after} seconds.");
            }
            DashboardError::TooOften { retry_after } => {
                return format!("Try again in {} minutes.", retry_after.div_ceil(60));
            }
            DashboardError::Conflict => "Look at what it is like now, and decide anew.",
            DashboardError::Internal if self.reference.is_some() => {
                "Try again. If it happens twice, tell the operator the number below."
            }
            DashboardError::Internal => "Try again. If it happens twice, tell the operator.",
            DashboardError::Unavailable => "Try again in a minute.",
        };
        fixed.to_owned()
    }
}
