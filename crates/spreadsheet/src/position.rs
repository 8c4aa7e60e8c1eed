//! Where reading a file has come to, so that it can go on there another day.

/// The beginning of a row, in numbers that can be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// How many bytes of the file come before it.
    pub byte: u64,
    /// Its line, from 1.
    pub line: u64,
}

/// What has to be known of a file to read on in the middle of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// What stands between cells.
    pub delimiter: u8,
    /// The names of the columns; empty ones where the file has none.
    pub header: Vec<String>,
}
