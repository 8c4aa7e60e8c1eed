//! What is wrong with a row: in the words of the command line, and in those of a page.

use std::fmt;

use symbolon_domain::text::TextError;

use super::Field;
use crate::Row;

/// What is wrong with a row, and where. Its row is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What a value is wrong for; none where it is the row.
    pub field: Option<Field>,
    /// The column in which it is, from 0.
    pub column: Option<usize>,
    /// What is wrong.
    pub reason: Reason,
}

/// What can be wrong with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// There are letters that are not in UTF-8.
    NotUtf8,
    /// It is wider than the file.
    TooWide {
        /// How many cells it has.
        cells: usize,
        /// How many columns the file has.
        columns: usize,
    },
    /// It was exported after it was revoked.
    Revoked,
    /// A needed value is not there.
    Missing,
    /// Letters were replaced by `�` before the file came here.
    Lost,
    /// It is no text of its kind.
    Text(TextError),
    /// It is no date.
    NotADate,
    /// It is neither yes nor no.
    NotYesOrNo,
    /// It would expire before it is issued.
    ExpiryNotAfterIssue,
    /// The template has a recipient with this mail address.
    AlreadyIssued,
    /// An earlier line has the same mail address.
    SameMail {
        /// Which one.
        line: u64,
    },
    /// The template is gone.
    TemplateAbsent,
    /// Something is wrong with it, and it goes over several lines.
    GoesOn {
        /// The line on which it ends.
        last_line: u64,
    },
}

impl Problem {
    /// A problem of a whole row.
    #[must_use]
    pub const fn of_row(reason: Reason) -> Self {
        Self {
            field: None,
            column: None,
            reason,
        }
    }

    /// That a row which something is wrong with goes over several lines: then its quotation marks are suspected.
    #[must_use]
    pub fn of_lines(row: &Row) -> Option<Self> {
        let last_line = row.last_line;
        (last_line > row.first_line).then(|| Self::of_row(Reason::GoesOn { last_line }))
    }

    /// What is wrong, as a sentence for people.
    #[must_use]
    pub fn what(&self) -> String {
        let label = self.field.map_or("This", Field::label);
        match self.reason {
            Reason::NotUtf8 => "There are letters that cannot be read, for they are not in UTF-8.".into(),
            Reason::TooWide { cells, columns } => {
                format!("This row has {cells} cells, where the file has {columns} columns.")
            }
            Reason::Revoked => "This credential was revoked.".into(),
            Reason::Missing => format!("{label} is missing."),
            Reason::Lost => format!("{label} has letters that were lost (�)."),
            Reason::Text(TextError::NotAMailAddress) => "This is no mail address.".into(),
            Reason::Text(error) => format!("{label} {error}."),
            Reason::NotADate => format!("{label} is no date that has one meaning."),
            Reason::NotYesOrNo => format!("{label} is neither “true” nor “false”."),
            Reason::ExpiryNotAfterIssue => "It would expire before it is issued.".into(),
            Reason::AlreadyIssued => "Somebody with this mail address has it already.".into(),
            Reason::SameMail { line } => format!("The same mail address is on line {line}."),
            Reason::TemplateAbsent => "The template was deleted meanwhile.".into(),
            Reason::GoesOn { last_line } => format!("This row goes on to line {last_line}."),
        }
    }

    /// What to do about it, as a sentence for people.
    #[must_use]
    pub const fn remedy(&self) -> &'static str {
        match self.reason {
            Reason::NotUtf8 => "Save the file as “CSV UTF-8”, and import it again.",
            Reason::TooWide { .. } => {
                "Put what contains the character between cells into quotation marks, or remove what is too much."
            }
            Reason::Revoked => "To issue it again, empty this cell.",
            Reason::Missing => "Fill it in.",
            Reason::Lost => "Write them again.",
            Reason::Text(_) => "Correct it.",
            Reason::NotADate => "Write it as 2027-01-31 or 31.01.2027.",
            Reason::NotYesOrNo => "Write one of them, or leave it empty.",
            Reason::ExpiryNotAfterIssue => "Correct one of the two dates.",
            Reason::AlreadyIssued => "Nobody is issued the same twice; nothing is to be done.",
            Reason::SameMail { .. } => "Keep the right one of the two: nobody is issued the same twice.",
            Reason::TemplateAbsent => "Choose another template.",
            Reason::GoesOn { .. } => "Close the quotation mark that was opened there, if it is not meant to.",
        }
    }
}

/// In one line with the API's names, as the command line and files of rejected rows have it.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(field) = self.field {
            write!(f, "{} ", field.heading())?;
        }
        match self.reason {
            Reason::NotUtf8 => f.write_str("has letters that are not in UTF-8; save the file as “CSV UTF-8”"),
            Reason::TooWide { cells, columns } => {
                write!(f, "has {cells} cells, where the first line names {columns}")
            }
            Reason::Revoked => f.write_str("was revoked; to issue it again, empty its revoked_at"),
            Reason::Missing => f.write_str("must be given"),
            Reason::Lost => f.write_str("has letters that were lost (�); correct it"),
            Reason::Text(error) => error.fmt(f),
            Reason::NotADate => f.write_str(
                "must be a date, such as 2027-01-31 or 31.01.2027, or a time, such as 2027-01-31T12:00:00Z",
            ),
            Reason::NotYesOrNo => f.write_str("must be true or false"),
            Reason::ExpiryNotAfterIssue => f.write_str("expires_at must be after issued_at"),
            Reason::AlreadyIssued => {
                f.write_str("already issued: the template has a recipient with this mail address")
            }
            Reason::SameMail { line } => {
                write!(f, "the same mail address is on line {line}, which is issued")
            }
            Reason::TemplateAbsent => f.write_str("the template was deleted meanwhile"),
            Reason::GoesOn { last_line } => {
                write!(
                    f,
                    "the row goes on to line {last_line}: is a quotation mark \" never closed?"
                )
            }
        }
    }
}

/// All that is wrong with a row, in one line.
#[must_use]
pub fn joined(problems: &[Problem]) -> String {
    let problems: Vec<_> = problems.iter().map(ToString::to_string).collect();
    problems.join("; ")
}
