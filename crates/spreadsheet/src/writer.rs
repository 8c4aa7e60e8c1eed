//! Writing a file that spreadsheets open as it is meant: UTF-8 with a byte order mark, CRLF, RFC 4180's quotation marks,
//! and no cell that is run.

use std::io::{self, Write};

use csv::{Terminator, Writer, WriterBuilder};

use super::neutral::neutralized;

/// Writes rows.
pub struct SheetWriter<W: Write> {
    writer: Writer<W>,
}

impl<W: Write> SheetWriter<W> {
    /// Begins a file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn begin(mut target: W, delimiter: u8) -> io::Result<Self> {
        target.write_all("\u{feff}".as_bytes())?;
        Ok(Self::resume(target, delimiter))
    }

    /// Goes on with a file that was begun before.
    pub fn resume(target: W, delimiter: u8) -> Self {
        let writer = WriterBuilder::new()
            .delimiter(delimiter)
            .terminator(Terminator::CRLF)
            .flexible(true)
            .from_writer(target);
        Self { writer }
    }

    /// Adds a row.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add<S: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = S>) -> io::Result<()> {
        let cells = cells.into_iter().map(|cell| neutralized(cell.as_ref()));
        self.writer.write_record(cells).map_err(io::Error::from)
    }

    /// Hands what was added on to the file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::Sheet, *};

    fn written(rows: &[Vec<String>], delimiter: u8) -> Vec<u8> {
        let mut file = Vec::new();
        let mut writer = SheetWriter::begin(&mut file, delimiter).unwrap();
        for row in rows {
            writer.add(row).unwrap();
        }
        writer.flush().unwrap();
        drop(writer);
        file
    }

    #[test]
    fn it_is_what_spreadsheets_read() {
        let rows = [
            vec!["a".to_owned(), "b;c".to_owned()],
            vec!["=1".to_owned(), "\"x\"\ny".to_owned()],
        ];
        assert_eq!(
            String::from_utf8(written(&rows, b';')).unwrap(),
            "\u{feff}a;\"b;c\"\r\n'=1;\"\"\"x\"\"\ny\"\r\n"
        );
    }

    proptest! {
        #[test]
        fn what_was_written_reads_back(
            rows in proptest::collection::vec(
                proptest::collection::vec("['=+@\t\n＝＋－＠;,\"a-]{0,6}x", 2..4), 1..5),
            delimiter in prop_oneof![Just(b','), Just(b';'), Just(b'\t')],
        ) {
            let header = vec!["mail".to_owned(), "name".to_owned()];
            let file = written(&[vec![header], rows.clone()].concat(), delimiter);
            let mut sheet = Sheet::read(&file[..], |heading| heading == "mail").unwrap();
            prop_assert_eq!(sheet.delimiter(), delimiter);
            for row in rows {
                let read: Vec<_> = sheet.next_row().unwrap().unwrap().cells().collect();
                prop_assert_eq!(read, row);
            }
            prop_assert!(sheet.next_row().unwrap().is_none());
        }
    }
}
