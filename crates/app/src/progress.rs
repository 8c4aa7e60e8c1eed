//! How far long work is: a bar on a terminal, elsewhere a plain line from time to time. All of it is talk, on standard
//! error.

use std::{
    io::{self, IsTerminal as _},
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressStyle};

/// How long nothing is said between two plain lines.
const SILENCE: Duration = Duration::from_secs(10);

/// Work whose end is known, more or less.
pub(crate) struct Progress {
    bar: Option<ProgressBar>,
    total: u64,
    begun: Instant,
    said: Instant,
}

impl Progress {
    /// Begins work of this size, in whatever unit; 0 where the size is not known.
    pub(crate) fn begin(total: u64) -> Self {
        let now = Instant::now();
        let bar = io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::new(total);
            let template = if total == 0 {
                "{msg}"
            } else {
                "[{bar:30}] {percent:>3}%  {msg}"
            };
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style.progress_chars("=> "));
            }
            bar
        });
        Self {
            bar,
            total,
            begun: now,
            said: now,
        }
    }

    /// What says a line beside the bar, from wherever.
    pub(crate) fn voice(&self) -> impl Fn(&str) + Send + Sync + 'static {
        let bar = self.bar.clone();
        move |line| match &bar {
            Some(bar) => bar.println(line),
            None => eprintln!("{line}"),
        }
    }

    /// Says that this much of the size is done, and how many rows that were.
    pub(crate) fn reached(&mut self, position: u64, rows: u64) {
        let line = || describe(rows, self.begun.elapsed(), position, self.total);
        if let Some(bar) = &self.bar {
            bar.set_position(position);
            bar.set_message(line());
        } else if self.said.elapsed() >= SILENCE {
            eprintln!("{}", line());
            self.said = Instant::now();
        }
    }
}

/// Whatever comes of the work, the bar makes room for what is said about it.
impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn describe(rows: u64, elapsed: Duration, position: u64, total: u64) -> String {
    let millis = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX).max(1);
    let rate = rows.saturating_mul(1_000) / millis;
    let line = format!("{} rows, {} rows/s", thousands(rows), thousands(rate));
    if position == 0 || position >= total {
        return line;
    }
    let left = u128::from(millis) * u128::from(total - position) / u128::from(position) / 1_000;
    format!("{line}, {} left", span(u64::try_from(left).unwrap_or(u64::MAX)))
}

/// Seconds, as people say them.
fn span(seconds: u64) -> String {
    match (seconds / 3_600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (hours, minutes, _) => format!("{hours} h {minutes} min"),
    }
}

/// A number as people read it: `12,345`.
pub(crate) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3 + 1);
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_threes() {
        for (number, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(thousands(number), text);
        }
    }

    #[test]
    fn it_says_how_far_how_fast_and_how_long() {
        let after =
            |seconds, rows, position, total| describe(rows, Duration::from_secs(seconds), position, total);
        assert_eq!(
            after(10, 12_000, 250, 1_000),
            "12,000 rows, 1,200 rows/s, 30 s left"
        );
        assert_eq!(
            after(100, 12_000, 1, 100),
            "12,000 rows, 120 rows/s, 2 h 45 min left"
        );
        assert_eq!(after(10, 100, 50, 500), "100 rows, 10 rows/s, 1 min 30 s left");
        assert_eq!(after(10, 100, 500, 500), "100 rows, 10 rows/s");
        assert_eq!(after(10, 100, 500, 0), "100 rows, 10 rows/s");
        assert_eq!(after(0, 0, 0, 0), "0 rows, 0 rows/s");
    }
}
