//! Opening a link by hand: an access token, or a whole link, is pasted.

use askama::Template;

use super::{
    frame::{Frame, Page},
    paths,
};

/// The field for a link or an access token. What was pasted is never shown again.
#[derive(Debug, Clone, Template)]
#[template(path = "recipient_view.html")]
pub(crate) struct RecipientViewPage {
    /// Around it.
    pub(crate) frame: Frame,
    /// Whether nothing in what was pasted before begins as access tokens do.
    pub(crate) has_no_token: bool,
}

impl Page for RecipientViewPage {
    fn heading(&self) -> String {
        self.frame.words().recipient_view.heading.to_owned()
    }

    fn status(&self) -> u16 {
        if self.has_no_token { 422 } else { 200 }
    }
}

impl RecipientViewPage {
    fn problem(&self) -> Option<&'static str> {
        let words = &self.frame.words().recipient_view;
        self.has_no_token.then_some(words.no_token)
    }
}
