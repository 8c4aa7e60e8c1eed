//! Having one's links mailed once more.

use askama::Template;

use super::{
    frame::{Frame, Page},
    paths,
};

/// The field for the address.
#[derive(Debug, Clone, Template)]
#[template(path = "retrieve.html")]
pub(crate) struct RetrievePage {
    /// Around it.
    pub(crate) frame: Frame,
    /// What was sent before, if it was no mail address.
    pub(crate) not_an_address: Option<String>,
}

/// What is answered, whether the address is known or not.
#[derive(Debug, Clone, Template)]
#[template(path = "retrieve_sent.html")]
pub(crate) struct RetrieveSentPage {
    /// Around it.
    pub(crate) frame: Frame,
}

impl Page for RetrievePage {
    fn heading(&self) -> String {
        self.frame.words().retrieve.heading.to_owned()
    }

    fn status(&self) -> u16 {
        if self.not_an_address.is_some() { 422 } else { 200 }
    }
}

impl Page for RetrieveSentPage {
    fn heading(&self) -> String {
        self.frame.words().retrieve.sent.to_owned()
    }
}
