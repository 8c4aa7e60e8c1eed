//! The bytes of a file with its line ends made one, so that lines can be counted, and with a bound on what one row takes.

use std::{
    collections::VecDeque,
    io::{self, BufRead, Read},
};

/// The most bytes that one row takes. More is a quotation mark that was never closed.
pub(crate) const LONGEST_ROW: u64 = 1024 * 1024;
/// So many bytes more are handed on, for who reads here reads ahead of the row.
const AHEAD: u64 = 64 * 1024;

/// Reads CR, LF and CRLF as LF, and ends the last line where it does not end itself.
#[derive(Debug)]
pub(crate) struct Lines<R> {
    source: R,
    last: u8,
    taken: u64,
    taken_for_row: u64,
    written: u64,
    /// After how many bytes that were written the LF of a CRLF was left out; those that [`source_offset`](Self::source_offset)
    /// has not passed.
    left_out: VecDeque<u64>,
    passed: u64,
}

impl<R: BufRead> Lines<R> {
    pub(crate) const fn new(source: R) -> Self {
        Self {
            source,
            last: b'\n',
            taken: 0,
            taken_for_row: 0,
            written: 0,
            left_out: VecDeque::new(),
            passed: 0,
        }
    }

    /// How many bytes of the source were taken.
    pub(crate) const fn taken(&self) -> u64 {
        self.taken
    }

    /// Counts what a row takes from here on.
    pub(crate) const fn begin_row(&mut self) {
        self.taken_for_row = 0;
    }

    /// Where the source goes on after so many bytes that were read here; never between a CR and its LF. To be asked for
    /// growing numbers.
    pub(crate) fn source_offset(&mut self, read: u64) -> u64 {
        while self.left_out.pop_front_if(|at| *at <= read).is_some() {
            self.passed += 1;
        }
        // The end of the last line may be one that the source does not have.
        (read + self.passed).min(self.taken)
    }

    fn take(&mut self, count: usize) {
        self.source.consume(count);
        self.taken += u64::try_from(count).unwrap_or(u64::MAX);
        self.taken_for_row += u64::try_from(count).unwrap_or(u64::MAX);
    }

    /// Takes the LF of a CRLF of which the CR was the last byte that could be seen.
    fn finish_line_end(&mut self) {
        // What cannot be read is told when it is read.
        if self.last == b'\r' && self.source.fill_buf().is_ok_and(|next| next.starts_with(b"\n")) {
            self.last = b'\n';
            self.take(1);
            self.left_out.push_back(self.written);
        }
    }
}

impl<R: BufRead> Read for Lines<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.taken_for_row > LONGEST_ROW + AHEAD {
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
                    self.written += 1;
                    return Ok(1);
                }
                return Ok(0);
            }
            let (mut taken, mut written) = (0, 0);
            for byte in found {
                if *byte == b'\n' && self.last == b'\r' {
                    self.left_out.push_back(self.written);
                } else {
                    let Some(place) = out.get_mut(written) else { break };
                    *place = if *byte == b'\r' { b'\n' } else { *byte };
                    written += 1;
                    self.written += 1;
                }
                self.last = *byte;
                taken += 1;
            }
            self.take(taken);
            self.finish_line_end();
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
        let mut lines = Lines::new(BufReader::with_capacity(buffer, bytes));
        lines.read_to_end(&mut read).unwrap();
        assert_eq!(lines.taken(), u64::try_from(bytes.len()).unwrap());
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
        let mut lines = Lines::new(BufReader::new(io::repeat(b'x')));
        let mut read = Vec::new();
        assert!(lines.read_to_end(&mut read).is_err());
        assert!(read.len() < 2 * 1024 * 1024);
    }

    #[test]
    fn what_was_read_ends_after_a_whole_line_end_of_the_source() {
        let source = b"a\r\nbc\r\n\r\nd\ne";
        // Where the source goes on after each byte of "a\nbc\n\nd\ne\n".
        let expected = [1, 3, 4, 5, 7, 9, 10, 11, 12, 12];
        for buffer in 1..5 {
            for step in 1..4 {
                let mut lines = Lines::new(BufReader::with_capacity(buffer, &source[..]));
                let mut out = vec![0; step];
                let (mut read, mut offsets) = (0, Vec::new());
                loop {
                    let count = lines.read(&mut out).unwrap();
                    if count == 0 {
                        break;
                    }
                    for _ in 0..count {
                        read += 1;
                        offsets.push(lines.source_offset(read));
                    }
                }
                assert_eq!(offsets, expected, "{buffer}, {step}");
            }
        }
    }

    proptest! {
        #[test]
        fn buffers_make_no_difference(text in "[a\r\n]{0,20}", buffer in 1usize..5) {
            prop_assert_eq!(read(text.as_bytes(), buffer), read(text.as_bytes(), 100));
        }
    }
}
