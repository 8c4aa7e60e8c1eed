//! Errors of the pages before signing in.

use askama::Template;

use super::{super::frame::Page, error::DashboardError, outside::OutsideFrame, paths};

/// An error where nobody is known to be signed in.
#[derive(Debug, Clone, Template)]
#[template(path = "dashboard/outside_error.html")]
pub(crate) struct OutsideErrorPage {
    /// Around it.
    pub(crate) frame: OutsideFrame,
    /// What happened.
    pub(crate) error: DashboardError,
    /// The number of the request, by which the operator finds it in the log.
    pub(crate) reference: Option<String>,
}

impl Page for OutsideErrorPage {
    fn heading(&self) -> String {
        self.error.heading().to_owned()
    }

    fn status(&self) -> u16 {
        self.error.status()
    }
}

impl OutsideErrorPage {
    fn why(&self) -> String {
        match self.error {
            DashboardError::NotFound => {
                "What you came from may have changed meanwhile. Nothing was done.".into()
            }
            error => error.why(),
        }
    }

    fn what_to_do(&self) -> String {
        match self.error {
            DashboardError::NotFound => "Begin anew.".into(),
            error => error.what_to_do(self.reference.is_some()),
        }
    }
}
