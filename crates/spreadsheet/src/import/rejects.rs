//! The file of rejected rows: as they were, with line and reason, so that they can be corrected and imported.

use std::io::{self, Write};

use super::{Columns, Field};
use crate::{Row, Shape, SheetWriter};

/// Writes rejected rows. The file can be imported as it is: the added columns are passed over.
pub struct RejectsWriter<W: Write> {
    writer: SheetWriter<W>,
    /// For each column of the rejected file, whether it is kept: line and reason of an earlier such file are not.
    kept: Vec<bool>,
}

impl<W: Write> RejectsWriter<W> {
    /// Begins a file about the rows of another. Each heading tells what its column is about, also where that was said
    /// by hand.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn begin(target: W, rejected: &Shape, columns: &Columns) -> io::Result<Self> {
        let mut writer = SheetWriter::begin(target, rejected.delimiter)?;
        let kept = kept(rejected, columns);
        let headings = rejected.header.iter().zip(columns.fields()).zip(&kept);
        let headings = headings
            .filter(|(_, is_kept)| **is_kept)
            .map(|((heading, field), _)| telling(heading, *field));
        writer.add(headings.chain([
            Field::Line.heading().to_owned(),
            Field::Reason.heading().to_owned(),
        ]))?;
        Ok(Self { writer, kept })
    }

    /// Goes on with a file that was begun before, about the same one.
    pub fn resume(target: W, rejected: &Shape, columns: &Columns) -> Self {
        Self {
            writer: SheetWriter::resume(target, rejected.delimiter),
            kept: kept(rejected, columns),
        }
    }

    /// Adds a row.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add(&mut self, row: &Row, reason: &str) -> io::Result<()> {
        let cells: Vec<_> = row.cells().collect();
        // What goes beyond the header comes last, so that everything else stands below its heading.
        let (within, beyond) = cells.split_at(cells.len().min(self.kept.len()));
        let none = String::new();
        let within = within.iter().chain(std::iter::repeat(&none)).zip(&self.kept);
        let known = within
            .filter(|(_, is_kept)| **is_kept)
            .map(|(cell, _)| cell.as_str());
        let line = row.first_line.to_string();
        let cells = known
            .chain([line.as_str(), reason])
            .chain(beyond.iter().map(String::as_str));
        self.writer.add(cells)
    }

    /// Hands what was added on to the file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

fn kept(rejected: &Shape, columns: &Columns) -> Vec<bool> {
    let is_ours = |heading: &String| matches!(Field::of(heading), Some(Field::Line | Field::Reason));
    let columns = rejected.header.iter().zip(columns.fields());
    columns
        .map(|(heading, field)| {
            !is_ours(heading) || field.is_some_and(|field| field != Field::Line && field != Field::Reason)
        })
        .collect()
}

/// The heading, or another where a later import would take it for something else.
fn telling(heading: &str, field: Option<Field>) -> String {
    match field {
        _ if Field::of(heading) == field => heading.to_owned(),
        Some(field) => field.heading().to_owned(),
        None => format!("{heading} (left out)"),
    }
}
