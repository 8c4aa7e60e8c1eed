//! Reading a file row by row, whatever its size.

use std::{
    io::{BufRead, BufReader, Cursor, Read as _},
    rc::Rc,
};

use csv::{ByteRecord, ErrorKind, Reader};

use crate::{
    SheetError,
    dialect::Dialect,
    lines::{Lines, Meter},
    row::Row,
};

/// How much of a file is looked at to recognize it.
const HEAD: u64 = 64 * 1024;
/// More columns than any table has that people keep.
const MAX_COLUMNS: usize = 1_000;

type Source<'a> = Lines<Box<dyn BufRead + 'a>>;

/// A file of rows below a header.
pub struct Sheet<'a> {
    reader: Reader<Source<'a>>,
    meter: Rc<Meter>,
    skipped: u64,
    skipped_lines: u64,
    delimiter: u8,
    header: Vec<String>,
}

impl<'a> Sheet<'a> {
    /// Recognizes the file and reads its header. Headings that are known tell the delimiter.
    ///
    /// # Errors
    /// When it is no CSV file with a header.
    pub fn read(
        source: impl std::io::Read + 'a,
        is_known: impl Fn(&str) -> bool,
    ) -> Result<Self, SheetError> {
        let mut source = BufReader::with_capacity(64 * 1024, source);
        let mut head = Vec::new();
        (&mut source)
            .take(HEAD)
            .read_to_end(&mut head)
            .map_err(SheetError::Unreadable)?;
        let dialect = Dialect::of(&head, is_known)?;
        let rest = head.get(dialect.skipped..).unwrap_or_default().to_vec();
        let whole: Box<dyn BufRead + 'a> = Box::new(Cursor::new(rest).chain(source));
        let meter = Rc::default();
        let mut sheet = Self {
            reader: Dialect::reader(dialect.delimiter, Lines::new(whole, Rc::clone(&meter))),
            meter,
            skipped: u64::try_from(dialect.skipped).unwrap_or(u64::MAX),
            skipped_lines: dialect.skipped_lines,
            delimiter: dialect.delimiter,
            header: Vec::new(),
        };
        let header = sheet.next_row()?.ok_or(SheetError::Empty)?;
        if header.width() > MAX_COLUMNS {
            return Err(SheetError::TooManyColumns { most: MAX_COLUMNS });
        }
        if !header.is_whole() {
            // A heading that cannot be read would be a column that is left out of every row.
            return Err(SheetError::UnreadableHeading {
                line: header.first_line,
            });
        }
        sheet.header = header.cells().map(|cell| cell.trim().to_owned()).collect();
        Ok(sheet)
    }

    /// The names of the columns.
    #[must_use]
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// What stands between cells.
    #[must_use]
    pub const fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// How many bytes were read so far.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        self.meter.total() + self.skipped
    }

    /// The next row that is not blank, if there is one.
    ///
    /// # Errors
    /// When it cannot be read. There is no reading on then.
    pub fn next_row(&mut self) -> Result<Option<Row>, SheetError> {
        loop {
            self.meter.begin_row();
            let before = self.reader.position().line();
            let mut cells = ByteRecord::new();
            let is_there = self
                .reader
                .read_byte_record(&mut cells)
                .map_err(|error| unreadable(error, before + self.skipped_lines))?;
            if !is_there {
                return Ok(None);
            }
            // Blank lines before a row are passed over silently. So it began as many lines before its end as there are
            // line ends in it.
            let last = self.reader.position().line() - 1;
            let inside = cells.as_slice().split(|byte| *byte == b'\n').skip(1).count();
            let inside = u64::try_from(inside).unwrap_or(u64::MAX);
            let first = last.saturating_sub(inside).max(before);
            let row = Row::new(cells, first + self.skipped_lines, last + self.skipped_lines);
            if !row.is_blank() {
                return Ok(Some(row));
            }
        }
    }
}

fn unreadable(error: csv::Error, line: u64) -> SheetError {
    match error.kind() {
        ErrorKind::Io(error) if error.kind() == std::io::ErrorKind::InvalidData => {
            SheetError::EndlessRow { line }
        }
        _ => SheetError::BrokenOff {
            line,
            error: error.into(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(file: &str) -> Vec<(u64, u64, Vec<String>)> {
        let mut sheet = Sheet::read(file.as_bytes(), |heading| heading == "mail").unwrap();
        let mut rows = Vec::new();
        while let Some(row) = sheet.next_row().unwrap() {
            rows.push((row.first_line, row.last_line, row.cells().collect()));
        }
        rows
    }

    fn row(first: u64, last: u64, cells: &[&str]) -> (u64, u64, Vec<String>) {
        (first, last, cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn lines_are_counted_whatever_ends_them() {
        for end in ["\n", "\r\n", "\r"] {
            let file = [
                "mail;name",
                "a;b",
                "",
                ";;",
                "c;\"d",
                "e; \"\"f\"\"\"",
                "g;h",
                "i",
                "j;k;l",
            ]
            .join(end);
            let expected = [
                row(2, 2, &["a", "b"]),
                row(5, 6, &["c", "d\ne; \"f\""]),
                row(7, 7, &["g", "h"]),
                row(8, 8, &["i"]),
                row(9, 9, &["j", "k", "l"]),
            ];
            assert_eq!(rows(&file), expected, "{end:?}");
            assert_eq!(rows(&format!("\u{feff}{file}{end}")), expected, "{end:?}");
            let moved: Vec<_> = expected.into_iter().map(|(a, b, c)| (a + 1, b + 1, c)).collect();
            assert_eq!(rows(&format!("\u{feff}sep=;{end}{file}{end}")), moved, "{end:?}");
        }
    }

    #[test]
    fn a_quotation_mark_that_stays_open_takes_the_rest() {
        let found = rows("mail,name\na,b\nc,\"d\ne,f\n");
        assert_eq!(found[1].0, 3);
        assert_eq!(found[1].1, 4);
        let found = rows("mail,name\na,b\nc,\"d\ne,f");
        assert_eq!((found[1].0, found[1].1), (3, 4));
    }

    #[test]
    fn a_row_without_an_end_is_told_by_its_line() {
        let file = format!("mail,name\na,b\nc,\"{}", "x\n".repeat(1024 * 1024));
        let mut sheet = Sheet::read(file.as_bytes(), |_| true).unwrap();
        assert!(sheet.next_row().unwrap().is_some());
        let failure = sheet.next_row().unwrap_err();
        assert!(failure.to_string().contains("line 3 "), "{failure}");
    }

    #[test]
    fn what_is_no_table_is_refused() {
        let read = |file: &[u8]| Sheet::read(file, |_| true).map(|_| ()).unwrap_err().to_string();
        assert!(read(b"").contains("empty"));
        assert!(read(b"\xef\xbb\xbf\r\n\r\n").contains("empty"));
        assert!(read(",x".repeat(2_000).as_bytes()).contains("columns"));
    }

    #[test]
    fn headings_that_cannot_be_read_are_refused() {
        let read = |file: &[u8]| Sheet::read(file, |heading| heading == "mail").map(|_| ());
        for file in [
            &b"mail;g\xfcltig bis\r\nada@example.org;2027-01-31\r\n"[..],
            b"\xef\xbb\xbfmail;g\xfcltig bis\r\n",
            "mail;g\u{fffd}ltig bis\r\n".as_bytes(),
        ] {
            let failure = read(file).unwrap_err().to_string();
            assert!(
                failure.contains("line 1") && failure.contains("UTF-8"),
                "{failure}"
            );
        }
        let failure = read(b"sep=;\n\nmail;g\xfcltig bis\n").unwrap_err().to_string();
        assert!(failure.contains("line 3"), "{failure}");
        assert!(read("mail;gültig bis\n".as_bytes()).is_ok());
        // A row is told by itself; the others are good.
        assert!(read(b"mail;name\na@example.org;M\xfcller\n").is_ok());
    }
}
