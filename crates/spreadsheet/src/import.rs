//! From the rows of a file to credentials to issue, and to all that is wrong or odd about them.
//!
//! Who imports opens the file with [`open`], guesses its [`Columns`] or lets them be chosen, and reads each row with
//! [`Wishes`], or first with a [`Proof`], which looks for more. Memory does not grow with the file, but for what [`Seen`]
//! keeps.

mod columns;
mod example;
mod field;
mod names;
mod outcome;
mod problem;
mod proof;
mod rejects;
mod seen;
mod warning;
mod wishes;
mod words;

use std::io::Read;

pub use self::{
    columns::{Columns, ColumnsError, is_header},
    example::template_csv,
    field::{Field, Need},
    outcome::{Outcome, ends_before_it_begins, expiry_of},
    problem::{Problem, Reason, joined},
    proof::{Proof, Proven},
    rejects::RejectsWriter,
    seen::Seen,
    warning::{Oddity, Warning},
    wishes::Wishes,
};
use crate::{Sheet, SheetError};

/// Opens a file to import; whether its first row names the columns is guessed where nobody says it.
///
/// # Errors
/// When it is no CSV file.
pub fn open<'a>(source: impl Read + Send + 'a, has_header: Option<bool>) -> Result<Sheet<'a>, SheetError> {
    let sheet = Sheet::read(source, Field::is_known)?;
    if has_header.unwrap_or_else(|| is_header(sheet.header())) {
        Ok(sheet)
    } else {
        Ok(sheet.without_header())
    }
}
