//! Reading a file row by row, whatever its size.

use std::io::{BufRead, BufReader, Cursor, Read};

use csv::{ByteRecord, ErrorKind, Reader};

use crate::{
    Position, Row, Shape, SheetError,
    dialect::Dialect,
    lines::{LONGEST_ROW, Lines},
};

/// How much of a file is looked at to recognize it.
const HEAD: u64 = 64 * 1024;
/// More columns than any table has that people keep.
const MAX_COLUMNS: usize = 1_000;

/// A blank line, so that what follows is nowhere the beginning: there, a byte order mark would be taken out of a cell.
const PUT_BEFORE: &[u8] = b"\n";
/// How many bytes, and how many lines, that is.
const LENGTH_PUT_BEFORE: u64 = 1;

type Source<'a> = Lines<Box<dyn BufRead + Send + 'a>>;

/// A file of rows, mostly below a header.
pub struct Sheet<'a> {
    reader: Reader<Source<'a>>,
    shape: Shape,
    /// Where reading began.
    origin: Position,
    /// Where the next row of the reader begins, or blank lines before it.
    position: Position,
    /// The first row, which is taken for the header, and where it begins.
    first: Option<(Position, Row)>,
    /// Whether the first row is the next.
    is_first_next: bool,
}

impl<'a> Sheet<'a> {
    /// Recognizes the file and reads its header. Headings that are known tell the delimiter.
    ///
    /// # Errors
    /// When it is no CSV file, or its first row cannot be a header.
    pub fn read(source: impl Read + Send + 'a, is_known: impl Fn(&str) -> bool) -> Result<Self, SheetError> {
        let mut source = buffered(source);
        let mut head = Vec::new();
        (&mut source)
            .take(HEAD)
            .read_to_end(&mut head)
            .map_err(SheetError::Unreadable)?;
        let dialect = Dialect::of(&head, is_known)?;
        let rest = head.get(dialect.skipped..).unwrap_or_default().to_vec();
        let origin = Position {
            byte: u64::try_from(dialect.skipped).unwrap_or(u64::MAX),
            line: dialect.skipped_lines + 1,
        };
        let shape = Shape {
            delimiter: dialect.delimiter,
            header: Vec::new(),
        };
        let mut sheet = Self::over(Cursor::new(rest).chain(source), shape, origin);
        let first = sheet.next_row()?.ok_or(SheetError::Empty)?;
        if first.width() > MAX_COLUMNS {
            return Err(SheetError::TooManyColumns { most: MAX_COLUMNS });
        }
        if !first.is_whole() {
            // A heading that cannot be read would be a column that is left out of every row.
            return Err(SheetError::UnreadableHeading {
                line: first.first_line,
            });
        }
        sheet.shape.header = first.cells().map(|cell| cell.trim().to_owned()).collect();
        sheet.first = Some((origin, first));
        Ok(sheet)
    }

    /// The same file, where its first row is one like the others. To be said before a row is read; the columns have
    /// empty names then.
    #[must_use]
    pub fn without_header(mut self) -> Self {
        self.is_first_next = self.first.is_some();
        self.shape.header.fill(String::new());
        self
    }

    /// Reads on in a file, where `source` begins with the byte at `position`: the same rows follow as in one pass.
    #[must_use]
    pub fn resume(source: impl Read + Send + 'a, shape: Shape, position: Position) -> Self {
        Self::over(buffered(source), shape, position)
    }

    fn over(source: impl BufRead + Send + 'a, shape: Shape, origin: Position) -> Self {
        let source: Box<dyn BufRead + Send + 'a> = Box::new(Cursor::new(PUT_BEFORE).chain(source));
        Self {
            reader: Dialect::reader(shape.delimiter, Lines::new(source)),
            shape,
            origin,
            position: origin,
            first: None,
            is_first_next: false,
        }
    }

    /// The names of the columns.
    #[must_use]
    pub fn header(&self) -> &[String] {
        &self.shape.header
    }

    /// What stands between cells.
    #[must_use]
    pub const fn delimiter(&self) -> u8 {
        self.shape.delimiter
    }

    /// What has to be known to [`resume`](Self::resume).
    #[must_use]
    pub const fn shape(&self) -> &Shape {
        &self.shape
    }

    /// Where the next row begins, or blank lines before it.
    #[must_use]
    pub fn position(&self) -> Position {
        match &self.first {
            Some((at, _)) if self.is_first_next => *at,
            _ => self.position,
        }
    }

    /// How many bytes of the file were read so far, with what was read ahead.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        (self.origin.byte + self.reader.get_ref().taken()).saturating_sub(LENGTH_PUT_BEFORE)
    }

    /// The next row that is not blank, if there is one.
    ///
    /// # Errors
    /// When it cannot be read. There is no reading on then.
    pub fn next_row(&mut self) -> Result<Option<Row>, SheetError> {
        if std::mem::take(&mut self.is_first_next)
            && let Some((_, row)) = self.first.take()
        {
            return Ok(Some(row));
        }
        loop {
            self.reader.get_mut().begin_row();
            let before = self.position;
            let mut cells = ByteRecord::new();
            let is_there = self
                .reader
                .read_byte_record(&mut cells)
                .map_err(|error| unreadable(error, before.line))?;
            if !is_there {
                return Ok(None);
            }
            self.position = self.reached();
            // Read ahead or not, it is too long for the same length.
            if self.position.byte - before.byte > LONGEST_ROW {
                return Err(SheetError::EndlessRow { line: before.line });
            }
            // Blank lines before a row are passed over silently. So it began as many lines before its end as there are
            // line ends in it.
            let last = self.position.line - 1;
            let inside = cells.as_slice().split(|byte| *byte == b'\n').skip(1).count();
            let inside = u64::try_from(inside).unwrap_or(u64::MAX);
            let first = last.saturating_sub(inside).max(before.line);
            let row = Row::new(cells, first, last);
            if !row.is_blank() {
                return Ok(Some(row));
            }
        }
    }

    /// Where the reader has come to, in the file.
    fn reached(&mut self) -> Position {
        let reached = self.reader.position();
        let (byte, lines) = (reached.byte(), reached.line() - 1);
        let byte = self.reader.get_mut().source_offset(byte);
        Position {
            byte: (self.origin.byte + byte).saturating_sub(LENGTH_PUT_BEFORE),
            line: (self.origin.line + lines).saturating_sub(LENGTH_PUT_BEFORE),
        }
    }
}

fn buffered<R: Read>(source: R) -> BufReader<R> {
    BufReader::with_capacity(64 * 1024, source)
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
