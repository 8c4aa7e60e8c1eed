//! CSV as spreadsheets save and open it: byte order marks, semicolons, line ends of every kind, and cells that a
//! spreadsheet would take for formulas.
//!
//! It reads what is handed in and writes where it is told: no file, no store, no clock.
//!
//! | what | where |
//! | --- | --- |
//! | reading a file row by row, whatever its size | [`Sheet`], [`Row`], [`SheetError`] |
//! | writing one | [`SheetWriter`] |
//! | the columns of recipients | [`recipients`] |

mod dialect;
mod error;
mod lines;
mod neutral;
mod reader;
pub mod recipients;
mod row;
mod writer;

pub use self::{error::SheetError, reader::Sheet, row::Row, writer::SheetWriter};
