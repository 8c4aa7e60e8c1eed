//! Progress, on the standard error: the standard output belongs to the tests and to the closing line.

use std::io::Write;
use std::time::Instant;

/// Writes one line. A reader that went away is no reason to stop.
pub(crate) fn line(text: &str) {
    let _ = writeln!(std::io::stderr(), "xtask: {text}");
}

/// Writes `text` and the seconds since `start`.
pub(crate) fn timed(text: &str, start: Instant) {
    line(&format!("{text} ({})", seconds(start)));
}

/// The seconds since `start`, as in `0.9 s`.
pub(crate) fn seconds(start: Instant) -> String {
    format!("{:.1} s", start.elapsed().as_secs_f64())
}
