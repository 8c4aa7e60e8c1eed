//! Why a file cannot be read, and what to do about it.

use std::io;

use thiserror::Error;

/// Why a file cannot be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SheetError {
    /// Reading it failed before anything was known of it.
    #[error("the file cannot be read: {0}")]
    Unreadable(io::Error),
    /// Reading it failed on the way.
    #[error("the file cannot be read on from line {line}: {error}")]
    BrokenOff {
        /// The line up to which it was read.
        line: u64,
        /// What happened.
        error: io::Error,
    },
    /// It is something else.
    #[error("this is {what}, and no CSV file in UTF-8")]
    Foreign {
        /// What it is, such as "an old Excel workbook".
        what: &'static str,
    },
    /// There is nothing in it.
    #[error("the file is empty; its first line must name the columns")]
    Empty,
    /// It has more columns than any table has that people keep.
    #[error("the file has more than {most} columns")]
    TooManyColumns {
        /// As many as there may be.
        most: usize,
    },
    /// A heading is not in UTF-8, or lost letters before it came here. Its column would be left out of every row.
    #[error("line {line}, which names the columns, has letters that are not in UTF-8")]
    UnreadableHeading {
        /// The line of the headings.
        line: u64,
    },
    /// A row takes more than 1 MiB, mostly for a quotation mark that was never closed.
    #[error("the row that begins on line {line} is longer than 1 MiB")]
    EndlessRow {
        /// The line on which it begins.
        line: u64,
    },
}

impl SheetError {
    /// What to do about it, where there is something to say.
    #[must_use]
    pub const fn advice(&self) -> Option<&'static str> {
        match self {
            Self::Foreign { .. } | Self::UnreadableHeading { .. } => Some(
                "In Excel: File, Save As, “CSV UTF-8 (Comma delimited)”. In LibreOffice: Save As, “Text CSV”, \
                 character set “Unicode (UTF-8)”.",
            ),
            Self::EndlessRow { .. } => Some("Is a quotation mark \" opened there and never closed?"),
            Self::Unreadable(_) | Self::BrokenOff { .. } | Self::Empty | Self::TooManyColumns { .. } => None,
        }
    }
}
