//! What a file is by its first bytes, and what stands between its cells.

use csv::{ByteRecord, Reader, ReaderBuilder, Terminator};

use crate::{SheetError, lines::Lines};

/// What may stand between cells; of equals the last is taken.
const DELIMITERS: [u8; 3] = [b'\t', b';', b','];
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// How a file is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dialect {
    /// What stands between cells.
    pub(crate) delimiter: u8,
    /// How many bytes come before the first line of cells.
    pub(crate) skipped: usize,
    /// How many lines these are.
    pub(crate) skipped_lines: u64,
}

impl Dialect {
    /// Recognizes a file by its beginning. A delimiter is better the more of the headings that it yields are known, and
    /// among equals the more headings it yields.
    pub(crate) fn of(head: &[u8], is_known: impl Fn(&str) -> bool) -> Result<Self, SheetError> {
        if let Some(what) = foreign(head) {
            return Err(SheetError::Foreign { what });
        }
        let mut skipped = 0;
        let mut rest = head;
        // Files that were put together have several.
        while let Some(after) = rest.strip_prefix(BYTE_ORDER_MARK) {
            skipped += BYTE_ORDER_MARK.len();
            rest = after;
        }
        if let Some((delimiter, length)) = said(rest) {
            let is_marked = rest
                .get(length..)
                .is_some_and(|rest| rest.starts_with(BYTE_ORDER_MARK));
            return Ok(Self {
                delimiter,
                skipped: skipped + length + if is_marked { BYTE_ORDER_MARK.len() } else { 0 },
                skipped_lines: 1,
            });
        }
        let delimiter = DELIMITERS
            .into_iter()
            .max_by_key(|delimiter| worth(rest, *delimiter, &is_known))
            .unwrap_or(b',');
        Ok(Self {
            delimiter,
            skipped,
            skipped_lines: 0,
        })
    }

    /// A reader of whatever this delimiter is between.
    pub(crate) fn reader<R: std::io::BufRead>(delimiter: u8, lines: Lines<R>) -> Reader<Lines<R>> {
        ReaderBuilder::new()
            .delimiter(delimiter)
            .terminator(Terminator::Any(b'\n'))
            .has_headers(false)
            .flexible(true)
            .from_reader(lines)
    }
}

/// What else the file is, by its first bytes.
fn foreign(head: &[u8]) -> Option<&'static str> {
    let kinds: [(&[u8], &str); 5] = [
        (b"PK\x03\x04", "an Excel workbook or another zip archive"),
        (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
        (b"\x1f\x8b", "a compressed file"),
        (b"\xff\xfe", "text in UTF-16"),
        (b"\xfe\xff", "text in UTF-16"),
    ];
    kinds
        .into_iter()
        .find_map(|(start, what)| head.starts_with(start).then_some(what))
}

/// The delimiter that a first line such as `sep=;` names, which Excel writes and obeys, and the length of that line.
fn said(head: &[u8]) -> Option<(u8, usize)> {
    let named = head
        .strip_prefix(b"sep=")
        .or_else(|| head.strip_prefix(b"SEP="))?;
    let (delimiter, rest) = named.split_first()?;
    let end = match rest {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => return None,
    };
    DELIMITERS
        .contains(delimiter)
        .then_some((*delimiter, "sep=;".len() + end))
}

/// How many known headings, and how many headings at all, a delimiter yields.
fn worth(head: &[u8], delimiter: u8, is_known: impl Fn(&str) -> bool) -> (usize, usize) {
    let mut headings = ByteRecord::new();
    let mut reader = Dialect::reader(delimiter, Lines::new(head));
    if !reader.read_byte_record(&mut headings).unwrap_or(false) {
        return (0, 0);
    }
    let known = headings
        .iter()
        .filter(|heading| is_known(&String::from_utf8_lossy(heading)))
        .count();
    (known, headings.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dialect(head: &[u8]) -> Dialect {
        Dialect::of(head, |heading| ["E-Mail", "Name"].contains(&heading)).unwrap()
    }

    #[test]
    fn the_header_tells_the_delimiter() {
        for (head, delimiter) in [
            ("E-Mail,Name\r\n", b','),
            (
                "E-Mail;Name\r\nada@example.org;\"Lovelace, Ada, Countess\"\r\n",
                b';',
            ),
            ("E-Mail\tName\n", b'\t'),
            ("E-Mail;\"Name, as, it, is, read\"\n", b';'),
            ("E-Mail;Name, as, it, is, read\n", b';'),
            ("a;b;c\n", b';'),
            ("\"E-Mail\";\"Name\"\r", b';'),
            ("E-Mail\n", b','),
            ("", b','),
        ] {
            assert_eq!(dialect(head.as_bytes()).delimiter, delimiter, "{head:?}");
        }
    }

    #[test]
    fn what_comes_before_the_header_is_skipped() {
        let plain = dialect(b"\xef\xbb\xbfE-Mail;Name\r\n");
        assert_eq!(
            (plain.delimiter, plain.skipped, plain.skipped_lines),
            (b';', 3, 0)
        );
        assert_eq!(dialect("\u{feff}\u{feff}E-Mail".as_bytes()).skipped, 6);
        assert_eq!(dialect("sep=;\n\u{feff}E-Mail".as_bytes()).skipped, 9);
        let said = dialect(b"\xef\xbb\xbfsep=;\r\nE-Mail,Name\r\n");
        assert_eq!((said.delimiter, said.skipped, said.skipped_lines), (b';', 10, 1));
    }

    #[test]
    fn what_is_no_csv_is_named() {
        for (head, what) in [
            (&b"PK\x03\x04rest"[..], "Excel"),
            (b"\xff\xfeE\0-\0", "UTF-16"),
            (b"\x1f\x8b\x08", "compressed"),
        ] {
            let failure = Dialect::of(head, |_| false).unwrap_err();
            assert!(failure.to_string().contains(what), "{failure}");
        }
    }
}
