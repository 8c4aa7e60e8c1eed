//! Adds up what the test binaries print about themselves. Knows nothing of how they were run.

/// What the test binaries seen so far have reported.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) ignored: u64,
    pub(crate) binaries: u64,
    /// Binaries that ended with a result; the others crashed.
    finished: u64,
}

impl Tally {
    /// Failed tests, and one for each binary that crashed: nobody knows how many of its tests would have passed.
    pub(crate) fn failures(&self) -> u64 {
        self.failed + self.binaries.saturating_sub(self.finished)
    }

    /// Takes note of one line of output, if it is a beginning or a result. Colours do no harm.
    pub(crate) fn read(&mut self, line: &str) {
        if is_beginning(line) {
            self.binaries += 1;
        }
        let Some(result) = line.strip_prefix("test result: ") else {
            return;
        };
        self.finished += 1;
        self.passed += count(result, "passed;");
        self.failed += count(result, "failed;");
        self.ignored += count(result, "ignored;");
    }
}

/// Whether `line` is like `running 3 tests`.
fn is_beginning(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    matches!(words.as_slice(), ["running", number, "test" | "tests"] if number.parse::<u64>().is_ok())
}

/// The number before `unit`, or none at all.
fn count(result: &str, unit: &str) -> u64 {
    let words: Vec<&str> = result.split_whitespace().collect();
    words
        .windows(2)
        .find_map(|pair| pair.ends_with(&[unit]).then(|| pair.first()?.parse().ok())?)
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::Tally;

    // In pieces, for these lines may appear in the output that a tally reads.
    const RESULT: &str = "test result";

    #[test]
    fn results_add_up() {
        let mut tally = Tally::default();
        tally.read("running 3 tests");
        tally.read(&format!(
            "{RESULT}: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.02s"
        ));
        tally.read("test answer ... ok");
        tally.read("running 12 tests");
        tally.read(&format!(
            "{RESULT}: FAILED. 10 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out"
        ));
        assert_eq!(
            tally,
            Tally {
                passed: 13,
                failed: 2,
                ignored: 1,
                binaries: 2,
                finished: 2
            }
        );
        assert_eq!(tally.failures(), 2);
    }

    #[test]
    fn colours_do_no_harm() {
        let mut tally = Tally::default();
        tally.read(&format!(
            "{RESULT}: \u{1b}[32mok\u{1b}(B\u{1b}[m. 1 passed; 0 failed; 0 ignored; 0 measured"
        ));
        assert_eq!(
            tally,
            Tally {
                passed: 1,
                finished: 1,
                ..Tally::default()
            }
        );
    }

    #[test]
    fn a_crash_is_a_failure() {
        let mut tally = Tally::default();
        tally.read("running 1 test");
        tally.read("running 0 tests");
        tally.read(&format!(
            "{RESULT}: ok. 0 passed; 0 failed; 0 ignored; 0 measured"
        ));
        assert_eq!(tally.failures(), 1);
    }
}
