//! The first page: what this service is, and the ways into it.

use askama::Template;

use super::{
    frame::{Frame, Page},
    paths,
};

/// The first page.
#[derive(Debug, Clone, Template)]
#[template(path = "home.html")]
pub(crate) struct HomePage {
    /// Around it.
    pub(crate) frame: Frame,
}

impl Page for HomePage {
    fn heading(&self) -> String {
        self.frame.words().home.heading.to_owned()
    }
}
