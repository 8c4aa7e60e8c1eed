//! One row of a file.

use csv::ByteRecord;

use super::neutral::restored;

/// One row of a file, as it stands there.
#[derive(Debug, Clone)]
pub struct Row {
    /// The line on which it begins, from 1.
    pub first_line: u64,
    /// The line on which it ends.
    pub last_line: u64,
    cells: ByteRecord,
}

impl Row {
    pub(crate) const fn new(cells: ByteRecord, first_line: u64, last_line: u64) -> Self {
        Self {
            first_line,
            last_line,
            cells,
        }
    }

    /// The first column that cannot be read, for it is not in UTF-8.
    #[must_use]
    pub fn unreadable_column(&self) -> Option<usize> {
        self.cells.iter().position(|cell| str::from_utf8(cell).is_err())
    }

    /// Whether all of it can be read, and nothing was lost when the file was written: `�` stands for what was.
    pub(crate) fn is_whole(&self) -> bool {
        let is_whole = |cell| str::from_utf8(cell).is_ok_and(|text| !text.contains('\u{fffd}'));
        self.cells.iter().all(is_whole)
    }

    /// The text in a cell, without what was put before a formula to make it harmless; `None` where there is none.
    #[must_use]
    pub fn text(&self, column: usize) -> Option<String> {
        let cell = restored(&String::from_utf8_lossy(self.cells.get(column)?));
        let text = cell.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// Whether there is something beyond this many columns.
    #[must_use]
    pub fn goes_beyond(&self, columns: usize) -> bool {
        self.cells
            .iter()
            .skip(columns)
            .any(|cell| !cell.trim_ascii().is_empty())
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub(crate) fn is_blank(&self) -> bool {
        !self.goes_beyond(0)
    }

    /// Every cell, as it was before it was made harmless; what cannot be read is shown as `�`.
    pub fn cells(&self) -> impl Iterator<Item = String> {
        self.cells
            .iter()
            .map(|cell| restored(&String::from_utf8_lossy(cell)))
    }

    /// How many cells it has.
    #[must_use]
    pub fn width(&self) -> usize {
        self.cells.len()
    }

    /// How many bytes its cells have.
    #[must_use]
    pub fn size(&self) -> usize {
        self.cells.as_slice().len()
    }
}
