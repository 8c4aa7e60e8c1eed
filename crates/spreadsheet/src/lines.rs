//! The bytes of a file with its line ends made one, so that lines can be counted, and with a bound on what one row takes.

use std::{
    cell::Cell,
    io::{self, BufRead, Read},
    rc::Rc,
};

/// The most bytes that one row takes. More is a quotation mark that was never closed.
const LONGEST_ROW: u64 = 1024 * 1024;

/// How much was read.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    total: Cell<u64>,
    row: Cell<u64>,
}

impl Meter {
    /// Bytes since the beginning.
    pub(crate) fn total(&self) -> u64 {
        self.total.get()
    }

    /// Counts what a row takes from here on.
    pub(crate) fn begin_row(&self) {
        self.row.set(0);
    }

    fn add(&self, count: usize) {
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        self.total.set(self.total.get().saturating_add(count));
        self.row.set(self.row.get().saturating_add(count));
    }
}

/// Reads CR, LF and CRLF as LF, and ends the last line where it does not end itself.
#[derive(Debug)]
pub(crate) struct Lines<R> {
    source: R,
    meter: Rc<Meter>,
    last: u8,
}

impl<R: BufRead> Lines<R> {
    pub(crate) fn new(source: R, meter: Rc<Meter>) -> Self {
        Self {
            source,
            meter,
            last: b'\n',
        }
    }
}

impl<R: BufRead> Read for Lines<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.meter.row.get() > LONGEST_ROW {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a row without an end"));
        }
        if out.is_empty() {
            return Ok(0);
        }
        loop {
            let found = self.source.fill_buf()?;
            if found.is_empty() {
                let is_open = !matches!(self.last, b'\n' | b'\r');
                if let (true, Some(place)) = (is_open, out.first_mut()) {
                    *place = b'\n';
                    self.last = b'\n';
                    return Ok(1);
                }
                return Ok(0);
            }
            let (mut taken, mut written) = (0, 0);
            for byte in found {
                let is_rest_of_end = *byte == b'\n' && self.last == b'\r';
                if !is_rest_of_end {
                    let Some(place) = out.get_mut(written) else { break };
                    *place = if *byte == b'\r' { b'\n' } else { *byte };
                    written += 1;
                }
                self.last = *byte;
                taken += 1;
            }
            self.source.consume(taken);
            self.meter.add(taken);
            if written > 0 {
                return Ok(written);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use proptest::prelude::*;

    use super::*;

    fn read(bytes: &[u8], buffer: usize) -> Vec<u8> {
        let mut read = Vec::new();
        let meter = Rc::default();
        let mut lines = Lines::new(BufReader::with_capacity(buffer, bytes), Rc::clone(&meter));
        lines.read_to_end(&mut read).unwrap();
        assert_eq!(meter.total(), u64::try_from(bytes.len()).unwrap());
        read
    }

    #[test]
    fn every_line_end_is_one_and_the_last_line_has_one() {
        assert_eq!(read(b"a\r\nb\rc\nd", 2), b"a\nb\nc\nd\n");
        assert_eq!(read(b"a\r\n\r\n\n\r", 1), b"a\n\n\n\n");
        assert_eq!(read(b"", 1), b"");
        assert_eq!(read(b"a\r", 1), b"a\n");
    }

    #[test]
    fn a_row_without_an_end_is_not_read_on() {
        let meter = Rc::default();
        let mut lines = Lines::new(BufReader::new(io::repeat(b'x')), meter);
        let mut read = Vec::new();
        assert!(lines.read_to_end(&mut read).is_err());
        assert!(read.len() < 2 * 1024 * 1024);
    }

    proptest! {
        #[test]
        fn buffers_make_no_difference(text in "[a\r\n]{0,20}", buffer in 1usize..5) {
            prop_assert_eq!(read(text.as_bytes(), buffer), read(text.as_bytes(), 100));
        }
    }
}
