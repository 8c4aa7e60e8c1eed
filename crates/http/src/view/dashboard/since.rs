//! Instants, told from now: "in 6 days", "3 hours ago", with the exact one on hover.

use askama::{Template, filters::HtmlSafe};

use super::{super::moment::Moment, instant};
use crate::view::words;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// An instant as it looks from another, as HTML. What is no instant is shown as it is.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "dashboard/parts/since.html")]
pub(crate) struct Since {
    moment: Moment,
    /// From now on; negative in the past.
    seconds: Option<i64>,
}

/// Its template escapes all of it.
impl HtmlSafe for Since {}

impl Since {
    /// The instant, looked at from `now`; both as `2026-03-05T09:30:00.000Z`.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "handlers hand over what they have: `Since::of(created_at, now)`"
    )]
    pub(crate) fn of(rfc3339: impl ToString, now: impl ToString) -> Self {
        let text = rfc3339.to_string();
        let seconds = instant::seconds(&text).zip(instant::seconds(&now.to_string()));
        Self {
            moment: Moment::of(text),
            seconds: seconds.map(|(then, now)| then - now),
        }
    }

    /// In words, rounded down: nothing is said to be left that is not.
    pub(super) fn told(&self) -> String {
        let Some(seconds) = self.seconds else {
            return self.moment.machine().to_owned();
        };
        let distance = seconds.unsigned_abs();
        if distance < MINUTE {
            return if seconds > 0 {
                "in less than a minute"
            } else {
                "just now"
            }
            .to_owned();
        }
        let (count, unit) = match distance {
            ..HOUR => (distance / MINUTE, "minute"),
            HOUR..DAY => (distance / HOUR, "hour"),
            // Days for as long as people still count them.
            DAY.. if distance < 100 * DAY => (distance / DAY, "day"),
            _ if distance < 731 * DAY => (distance * 12 / (365 * DAY), "month"),
            _ => (distance / (365 * DAY), "year"),
        };
        let plural = if count == 1 { "" } else { "s" };
        if seconds > 0 {
            format!("in\u{a0}{count}\u{a0}{unit}{plural}")
        } else {
            format!("{count}\u{a0}{unit}{plural}\u{a0}ago")
        }
    }

    /// Whole days that are left, or nothing when it is over or no instant.
    pub(super) fn days_left(&self) -> Option<u64> {
        let seconds = u64::try_from(self.seconds?).ok()?;
        (seconds > 0).then_some(seconds / DAY)
    }

    /// Whether it lies in the past, or is this very moment.
    pub(super) fn is_over(&self) -> bool {
        self.seconds.is_some_and(|seconds| seconds <= 0)
    }

    /// For `datetime` attributes.
    fn machine(&self) -> &str {
        self.moment.machine()
    }

    /// To the minute, in UTC.
    fn exact(&self) -> String {
        self.moment.exact(&words::ENGLISH)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "2026-03-05T09:30:00.000Z";

    fn told(at: &str) -> String {
        Since::of(at, NOW).told().replace('\u{a0}', " ")
    }

    #[test]
    fn an_instant_is_told_from_now() {
        for (at, expected) in [
            ("2026-03-05T09:30:00.000Z", "just now"),
            ("2026-03-05T09:29:01.000Z", "just now"),
            ("2026-03-05T09:30:59.000Z", "in less than a minute"),
            ("2026-03-05T09:31:00.000Z", "in 1 minute"),
            ("2026-03-05T09:28:00.000Z", "2 minutes ago"),
            ("2026-03-05T10:29:59.000Z", "in 59 minutes"),
            ("2026-03-05T06:30:00.000Z", "3 hours ago"),
            ("2026-03-06T09:29:59.000Z", "in 23 hours"),
            ("2026-03-06T09:30:00.000Z", "in 1 day"),
            ("2026-03-12T09:29:59.000Z", "in 6 days"),
            ("2026-09-01T09:30:00.000Z", "in 5 months"),
            ("2027-03-05T09:30:00.000Z", "in 12 months"),
            ("2016-03-05T09:30:00.000Z", "10 years ago"),
        ] {
            assert_eq!(told(at), expected, "{at}");
        }
    }

    #[test]
    fn what_is_no_instant_is_told_as_it_is() {
        assert_eq!(told("<soon>"), "<soon>");
        assert_eq!(Since::of(NOW, "?").told(), NOW);
        assert_eq!(Since::of("?", NOW).days_left(), None);
        assert!(!Since::of("?", NOW).is_over());
    }

    #[test]
    fn days_that_are_left_are_whole() {
        assert_eq!(Since::of("2026-03-12T09:29:59.000Z", NOW).days_left(), Some(6));
        assert_eq!(Since::of("2026-03-05T09:30:01.000Z", NOW).days_left(), Some(0));
        assert_eq!(Since::of(NOW, NOW).days_left(), None);
        assert!(Since::of(NOW, NOW).is_over());
    }

    #[test]
    fn the_exact_instant_stays_at_hand() {
        assert_eq!(
            Since::of("2026-03-08T09:30:00.000Z", NOW).render().unwrap(),
            "<time datetime=\"2026-03-08T09:30:00.000Z\" title=\"8\u{a0}March\u{a0}2026, 09:30\u{a0}UTC\">\
             in\u{a0}3\u{a0}days</time>"
        );
    }
}
