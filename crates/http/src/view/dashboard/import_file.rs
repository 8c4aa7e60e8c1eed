//! The first step of an import: the template and the file.

use askama::Template;

use super::{
    super::frame::Page, field::Field, frame::DashboardFrame, paths, template_choices::TemplateChoices,
};

/// The form for the file.
#[derive(Debug, Clone, Template)]
#[template(path = "dashboard/import_file.html")]
pub(crate) struct ImportFilePage {
    /// Around it.
    pub(crate) frame: DashboardFrame,
    /// The templates to choose from; without any there is nothing to award yet.
    pub(crate) templates: TemplateChoices,
    /// The id of the template.
    pub(crate) template: Field,
    /// What is wrong with the file that was sent.
    pub(crate) problem: Option<FileProblem>,
}

/// What is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FileProblem {
    /// None was sent.
    Missing,
    /// It has nothing but headings, or nothing at all.
    Empty,
    /// It has more bytes than an import takes.
    TooLarge,
    /// It has more rows than an import takes.
    TooManyRows,
    /// It is something else.
    NotCsv {
        /// What it is: "an Excel workbook".
        what: String,
    },
    /// Its characters cannot be read.
    NotUtf8,
    /// A quotation mark is never closed.
    OpenQuote {
        /// On which line it stands.
        line: u64,
    },
}

impl Page for ImportFilePage {
    fn heading(&self) -> String {
        "Import recipients".into()
    }

    fn status(&self) -> u16 {
        if self.problem.is_none() && self.template.is_good() {
            200
        } else {
            422
        }
    }
}

impl FileProblem {
    fn sentence(&self) -> String {
        match self {
            Self::Missing => "Choose a file.".into(),
            Self::Empty => "This file has no rows below its headings.".into(),
            Self::TooLarge => {
                "This file is larger than 10 MiB. Split it, and import one part after the other.".into()
            }
            Self::TooManyRows => {
                "This file has more than 100,000 rows. Split it, and import one part after the other.".into()
            }
            Self::NotCsv { what } => {
                format!("This is {what}, and no CSV file. In Excel: File, Save As, “CSV UTF-8”.")
            }
            Self::NotUtf8 => {
                "The characters of this file cannot be read. In Excel: File, Save As, “CSV UTF-8”.".into()
            }
            Self::OpenQuote { line } => {
                format!("A quotation mark on line {line} is never closed. Close it, or remove it.")
            }
        }
    }
}
