//! Dates as people read them, in UTC.

use symbolon_domain::time::Timestamp;
use time::{Duration, OffsetDateTime};

use crate::{fill::fill, words::Words};

/// "4 July 2026".
pub(crate) fn date(at: Timestamp, words: &Words) -> String {
    let at = calendar(at);
    let month = words
        .months
        .get(usize::from(u8::from(at.month())).saturating_sub(1))
        .copied()
        .unwrap_or_default();
    let (day, year) = (at.day().to_string(), at.year().to_string());
    fill(words.date, &[("day", &day), ("month", month), ("year", &year)])
}

/// "4 July 2026, 09:41 UTC".
pub(crate) fn moment(at: Timestamp, words: &Words) -> String {
    let day = date(at, words);
    let at = calendar(at);
    let (hour, minute) = (format!("{:02}", at.hour()), format!("{:02}", at.minute()));
    fill(
        words.moment,
        &[("date", &day), ("hour", &hour), ("minute", &minute)],
    )
}

fn calendar(at: Timestamp) -> OffsetDateTime {
    // A timestamp lies between the years 0001 and 9999, and so within what is saturated to.
    OffsetDateTime::UNIX_EPOCH.saturating_add(Duration::milliseconds(at.as_millis()))
}

#[cfg(test)]
mod tests {
    use symbolon_domain::recipient::Locale;

    use super::*;

    #[test]
    fn dates_read_as_each_language_has_them() {
        let at = Timestamp::parse("2026-03-04T23:05:59.999Z").unwrap();
        let [english, german] = Locale::ALL.map(Words::of);
        assert_eq!(date(at, english), "4 March 2026");
        assert_eq!(moment(at, english), "4 March 2026, 23:05 UTC");
        assert_eq!(date(at, german), "4. März 2026");
        assert_eq!(moment(at, german), "4. März 2026, 23:05 Uhr (UTC)");
    }

    #[test]
    fn the_ends_of_time_have_dates() {
        let english = Words::of(Locale::English);
        assert_eq!(date(Timestamp::MIN, english), "1 January 1");
        assert_eq!(date(Timestamp::MAX, english), "31 December 9999");
    }
}
