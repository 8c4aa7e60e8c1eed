//! What an import has come to.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use serde::Serialize;

use crate::progress::thousands;

const AGAIN: &str =
    "Run the same command again to go on: whoever has been issued is not issued again, but reported as such.";

/// How many rows there were.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) rows: u64,
    pub(super) issued: u64,
    pub(super) rejected: u64,
    /// The line on which the last of them ends.
    pub(super) last_line: u64,
}

impl Tally {
    /// What is said where somebody stopped it.
    pub(super) fn stopped(&self) -> String {
        format!("Stopped: {}. {AGAIN}", self.done())
    }

    /// What is said where something failed.
    pub(super) fn broken_off(&self) -> String {
        format!(
            "Broken off: {}; of those that follow, some may be issued too. {AGAIN}",
            self.done()
        )
    }

    fn done(&self) -> String {
        match self.rows {
            0 => "no row is done".to_owned(),
            1 => format!("1 row is done, up to line {}", self.last_line),
            rows => format!("{} rows are done, up to line {}", thousands(rows), self.last_line),
        }
    }
}

/// The same at the end, for people and programs.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    rows: u64,
    issued: u64,
    rejected: u64,
    rejects_file: Option<PathBuf>,
    dry_run: bool,
    stopped: bool,
}

impl Report {
    pub(super) fn new(tally: Tally, rejects: Option<&Path>, dry_run: bool, stopped: bool) -> Self {
        Self {
            rows: tally.rows,
            issued: tally.issued,
            rejected: tally.rejected,
            rejects_file: rejects.map(Path::to_owned),
            dry_run,
            stopped,
        }
    }
}

/// `1,000 rows: 997 issued, 3 rejected (see people.rejects.csv)`.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.rows == 1 { "" } else { "s" };
        let issued = if self.dry_run { "would be issued" } else { "issued" };
        write!(
            f,
            "{} row{plural}: {} {issued}",
            thousands(self.rows),
            thousands(self.issued)
        )?;
        if let Some(file) = &self.rejects_file {
            write!(
                f,
                ", {} rejected (see {})",
                thousands(self.rejected),
                file.display()
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_reads_as_people_say_it() {
        let tally = |issued, rejected| Tally {
            rows: issued + rejected,
            issued,
            rejected,
            last_line: 1_001,
        };
        let file = Path::new("people.rejects.csv");
        let report = Report::new(tally(997, 3), Some(file), false, false);
        assert_eq!(
            report.to_string(),
            "1,000 rows: 997 issued, 3 rejected (see people.rejects.csv)"
        );
        assert_eq!(
            Report::new(tally(1, 0), None, false, false).to_string(),
            "1 row: 1 issued"
        );
        assert_eq!(
            Report::new(tally(0, 0), None, true, false).to_string(),
            "0 rows: 0 would be issued"
        );
        assert!(
            tally(900, 100)
                .stopped()
                .contains("1,000 rows are done, up to line 1001")
        );
    }
}
