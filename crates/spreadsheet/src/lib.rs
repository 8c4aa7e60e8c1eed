//! CSV as spreadsheets save and open it: byte order marks, semicolons, line ends of every kind, and cells that a
//! spreadsheet would take for formulas.
//!
//! It reads what is handed in and writes where it is told: no file, no store, no clock.
//!
//! | what | where |
//! | --- | --- |
//! | reading a file row by row, whatever its size | [`Sheet`], [`Row`], [`SheetError`] |
//! | going on with one another day | [`Position`], [`Shape`] |
//! | writing one | [`SheetWriter`] |
//! | what the rows of an import wish for, and what is wrong with them | [`import`] |
//! | what stands in an exported file | [`export`] |

mod dialect;
mod error;
pub mod export;
pub mod import;
mod lines;
mod neutral;
mod position;
mod reader;
mod row;
#[cfg(test)]
mod tests;
mod writer;

pub use self::{
    error::SheetError,
    position::{Position, Shape},
    reader::Sheet,
    row::Row,
    writer::SheetWriter,
};
