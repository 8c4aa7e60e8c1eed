//! The one layout of all mails, as a page and as text.

use askama::Template;
use symbolon_domain::recipient::Locale;

use crate::{RenderError, wrap::wrapped};

/// Everything that stands on a mail, from top to bottom.
pub(crate) struct Sheet {
    pub(crate) locale: Locale,
    pub(crate) subject: String,
    /// What lists of mails show beside the subject; not seen in the mail itself.
    pub(crate) preview: String,
    pub(crate) issuer: String,
    /// "Certificate".
    pub(crate) heading: &'static str,
    /// What was awarded.
    pub(crate) title: String,
    /// To whom.
    pub(crate) holder: Option<String>,
    pub(crate) facts: Vec<Fact>,
    pub(crate) hello: String,
    pub(crate) lead: String,
    pub(crate) button: Option<Button>,
    pub(crate) next: Next,
    pub(crate) commands: Vec<Command>,
    pub(crate) footer: String,
}

/// A fact and its name.
pub(crate) struct Fact {
    label: &'static str,
    value: String,
}

impl Fact {
    pub(crate) const fn new(label: &'static str, value: String) -> Self {
        Self { label, value }
    }
}

/// The button, and the same link once more for whom it does not work.
pub(crate) struct Button {
    pub(crate) label: String,
    pub(crate) link: String,
    pub(crate) hint: &'static str,
}

/// What happens next, or what to do.
pub(crate) struct Next {
    pub(crate) heading: &'static str,
    /// Whether the sentences are steps.
    pub(crate) is_numbered: bool,
    pub(crate) sentences: Vec<String>,
}

/// Something to be copied whole.
pub(crate) struct Command {
    pub(crate) label: &'static str,
    pub(crate) text: String,
}

impl Sheet {
    /// The sheet as a page. Everything on it is escaped.
    pub(crate) fn html(&self) -> Result<String, RenderError> {
        Html { sheet: self }.render().map_err(|_| RenderError::Template)
    }

    /// The sheet as text in lines of 76 characters; links and commands stand alone on theirs, however long.
    pub(crate) fn text(&self) -> Result<String, RenderError> {
        Text { sheet: self }.render().map_err(|_| RenderError::Template)
    }
}

#[derive(Template)]
#[template(path = "letter.html")]
struct Html<'a> {
    sheet: &'a Sheet,
}

#[derive(Template)]
#[template(path = "letter.txt")]
struct Text<'a> {
    sheet: &'a Sheet,
}

impl Text<'_> {
    /// A sentence of the list, after its number if it has one.
    fn listed(&self, place: usize, sentence: &str) -> String {
        if self.sheet.next.is_numbered {
            wrapped(sentence, &format!("{place}. "))
        } else {
            wrapped(sentence, "")
        }
    }
}
