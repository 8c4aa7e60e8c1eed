//! Questions before acts: what is asked, what it means, and the verb on the button.

use askama::Template;

use super::{super::frame::Page, field::Field, frame::DashboardFrame};

/// The question. With script its `#question` is shown in a dialog over the page that links to it by `data-dialog`.
#[derive(Debug, Clone, Template)]
#[template(path = "dashboard/question.html")]
pub(crate) struct QuestionPage {
    /// Around it.
    pub(crate) frame: DashboardFrame,
    /// The act, as a question that names its object: "Revoke the authorization token “Learning platform”?"
    pub(crate) title: String,
    /// What it means, a paragraph each.
    pub(crate) consequences: Vec<String>,
    /// What else can be said.
    pub(crate) fields: Vec<QuestionField>,
    /// The verb on the button: "Revoke token".
    pub(crate) verb: String,
    /// Where the form posts, with the base path.
    pub(crate) action: String,
    /// Where Cancel leads, with the base path.
    pub(crate) cancel: String,
    /// Whether something is lost for good.
    pub(crate) is_danger: bool,
}

/// Something that can be said with an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum QuestionField {
    /// A line of text.
    Text {
        /// What the form calls it.
        name: &'static str,
        /// What people call it.
        label: String,
        /// What helps to fill it in, or empty.
        help: String,
        /// What it holds.
        field: Field,
        /// Whether it must be filled in.
        is_required: bool,
    },
    /// Yes or no; sent as `true`.
    Check {
        /// What the form calls it.
        name: &'static str,
        /// What people call it.
        label: String,
        /// Whether it is set.
        is_set: bool,
    },
    /// One of several.
    Choice {
        /// What the form calls it.
        name: &'static str,
        /// What people call it.
        label: String,
        /// What helps to choose, or empty.
        help: String,
        /// Value and label of each.
        options: Vec<(String, String)>,
        /// The value that is chosen.
        chosen: String,
    },
    /// What the form carries along.
    Hidden {
        /// What the form calls it.
        name: &'static str,
        /// Its value.
        value: String,
    },
}

impl Page for QuestionPage {
    fn heading(&self) -> String {
        self.title.clone()
    }

    fn status(&self) -> u16 {
        let is_good = self.fields.iter().all(|field| match field {
            QuestionField::Text { field, .. } => field.is_good(),
            _ => true,
        });
        if is_good { 200 } else { 422 }
    }
}
