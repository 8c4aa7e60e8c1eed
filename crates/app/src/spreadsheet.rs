//! CSV as spreadsheets save and open it: byte order marks, semicolons, line ends of every kind, and cells that a
//! spreadsheet would take for formulas.
//!
//! Nothing here knows what the columns mean.

mod dialect;
mod lines;
mod neutral;
mod reader;
mod row;
mod writer;

pub(crate) use self::{reader::Sheet, row::Row, writer::SheetWriter};

/// What Excel calls the format that everything here is about.
const HOW_TO_SAVE: &str = "In Excel: File, Save As, “CSV UTF-8 (Comma delimited)”. In LibreOffice: Save As, “Text CSV”, \
     character set “Unicode (UTF-8)”.";
