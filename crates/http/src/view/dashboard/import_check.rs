//! The third step of an import: what it would do, and which rows cannot be taken.

use askama::Template;

use super::{
    super::frame::Page,
    frame::DashboardFrame,
    icon::Icon,
    listing::{counted, grouped},
    mail_text::mail_text,
    mark::{Mark, Tone},
    named::Named,
    paths,
};

/// What an import would do.
#[derive(Debug, Clone, Template)]
#[template(path = "dashboard/import_check.html")]
pub(crate) struct ImportCheckPage {
    /// Around it.
    pub(crate) frame: DashboardFrame,
    /// Names the import.
    pub(crate) id: String,
    /// What the file is called.
    pub(crate) file: String,
    /// What is awarded.
    pub(crate) template: Named,
    /// How many rows can be taken as they are.
    pub(crate) good: u64,
    /// How many can be taken, though something about them is odd.
    pub(crate) warned: u64,
    /// How many cannot be taken; they are left out.
    pub(crate) bad: u64,
    /// The first 50 of what is wrong or odd, by line.
    pub(crate) problems: Vec<LineProblem>,
    /// The first rows that can be taken, at most five.
    pub(crate) sample: Vec<SampleRow>,
    /// Whether no mail is to be sent.
    pub(crate) no_mail: bool,
}

/// What is wrong or odd about a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LineProblem {
    /// The line of the file, from 1.
    pub(crate) line: u64,
    /// The heading of the column; none where the whole line is meant.
    pub(crate) column: Option<String>,
    /// Whether the row is left out for it.
    pub(crate) is_bad: bool,
    /// What it is: "“ada@” is not a mail address."
    pub(crate) what: String,
    /// What to do: "Correct it, and import the row once more."
    pub(crate) remedy: String,
}

/// A row as it would be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SampleRow {
    /// The line of the file.
    pub(crate) line: u64,
    /// First and last name.
    pub(crate) name: String,
    /// The mail address.
    pub(crate) mail: String,
    /// The language: "English".
    pub(crate) language: String,
    /// The date on the credential, as people read it.
    pub(crate) issued: String,
    /// Until when it is valid, as people read it; "never" where it does not expire.
    pub(crate) expires: String,
}

impl Page for ImportCheckPage {
    fn heading(&self) -> String {
        "Check before importing".into()
    }
}

impl ImportCheckPage {
    /// How many rows would be taken.
    const fn taken(&self) -> u64 {
        self.good.saturating_add(self.warned)
    }

    fn verb(&self) -> String {
        format!("Import {}", counted(self.taken(), "row", "rows"))
    }

    fn below(&self, rest: &str) -> String {
        self.frame.below(paths::IMPORT, &format!("{}/{rest}", self.id))
    }

    /// The counts with their signs.
    fn counts(&self) -> [(Mark, String); 3] {
        [
            (
                Mark::new(Tone::Good, Icon::Check, "Good"),
                counted(self.good, "row", "rows"),
            ),
            (
                Mark::new(Tone::Attention, Icon::Alert, "With a warning"),
                counted(self.warned, "row", "rows"),
            ),
            (
                Mark::new(Tone::Danger, Icon::Cross, "Left out"),
                counted(self.bad, "row", "rows"),
            ),
        ]
    }
}

impl LineProblem {
    fn mark(&self) -> Mark {
        if self.is_bad {
            Mark::new(Tone::Danger, Icon::Cross, "Left out")
        } else {
            Mark::new(Tone::Attention, Icon::Alert, "Warning")
        }
    }
}
