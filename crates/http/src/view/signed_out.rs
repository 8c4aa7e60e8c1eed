//! After signing out.

use askama::Template;

use super::{
    frame::{Frame, Page},
    paths,
};

/// Says that nobody is signed in any more; its frame has nobody either.
#[derive(Debug, Clone, Template)]
#[template(path = "signed_out.html")]
pub(crate) struct SignedOutPage {
    /// Around it.
    pub(crate) frame: Frame,
}

impl Page for SignedOutPage {
    fn heading(&self) -> String {
        self.frame.words().signed_out.heading.to_owned()
    }
}
