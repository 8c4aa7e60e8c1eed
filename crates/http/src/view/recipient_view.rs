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
    /// What is wrong with what was pasted before.
    pub(crate) problem: Option<RecipientViewProblem>,
}

/// What is wrong with what was pasted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RecipientViewProblem {
    /// Nothing in it begins as access tokens do.
    NoToken,
    /// No live access token is like it, whether it is malformed, unknown or deleted.
    Unknown,
}

impl Page for RecipientViewPage {
    fn heading(&self) -> String {
        self.frame.words().recipient_view.heading.to_owned()
    }

    fn status(&self) -> u16 {
        match self.problem {
            None => 200,
            Some(RecipientViewProblem::NoToken) => 422,
            Some(RecipientViewProblem::Unknown) => 404,
        }
    }
}

impl RecipientViewPage {
    fn problem(&self) -> Option<&'static str> {
        let words = &self.frame.words().recipient_view;
        self.problem.map(|problem| match problem {
            RecipientViewProblem::NoToken => words.no_token,
            RecipientViewProblem::Unknown => words.unknown,
        })
    }
}
