//! Instants, as a page shows them.

use super::{language::Language, words::Words};

/// An instant in UTC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Moment(String);

impl Moment {
    /// The instant that is written so, as `2026-03-05T09:30:00.000Z`. What is written otherwise is shown as it is.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "handlers hand over what they have: `Moment::of(issued_at)`"
    )]
    pub(crate) fn of(rfc3339: impl ToString) -> Self {
        Self(rfc3339.to_string())
    }

    /// For `datetime` attributes.
    pub(super) fn machine(&self) -> &str {
        &self.0
    }

    /// The day: "5 March 2026".
    pub(super) fn day(&self, words: &Words) -> String {
        self.parts()
            .and_then(|parts| {
                let month = words.time.months.get(parts.month.checked_sub(1)?)?;
                let (day, year) = (parts.day, parts.year);
                Some(format!("{day}{}\u{a0}{month}\u{a0}{year}", words.time.after_day))
            })
            .unwrap_or_else(|| self.0.clone())
    }

    /// The day, in this language.
    pub(crate) fn day_in(&self, language: Language) -> String {
        self.day(language.words())
    }

    /// The day and the minute: "5 March 2026, 09:30 UTC".
    pub(super) fn exact(&self, words: &Words) -> String {
        match self.parts() {
            Some(parts) => format!("{}, {}\u{a0}UTC", self.day(words), parts.minute),
            None => self.0.clone(),
        }
    }

    /// Year and month, as LinkedIn wants them.
    pub(super) fn year_and_month(&self) -> Option<(&str, usize)> {
        self.parts().map(|parts| (parts.year, parts.month))
    }

    fn parts(&self) -> Option<Parts<'_>> {
        let (date, time) = self.0.split_once('T')?;
        let mut date = date.split('-');
        Some(Parts {
            year: date.next()?,
            month: date.next()?.parse().ok()?,
            day: date.next()?.parse().ok()?,
            minute: time.get(..5)?,
        })
    }
}

struct Parts<'a> {
    year: &'a str,
    month: usize,
    day: u8,
    minute: &'a str,
}

#[cfg(test)]
mod tests {
    use super::{super::words, *};

    #[test]
    fn a_moment_is_shown_in_the_readers_language() {
        let moment = Moment::of("2026-03-05T09:30:00.000Z");
        assert_eq!(moment.day(&words::ENGLISH), "5\u{a0}March\u{a0}2026");
        assert_eq!(moment.day(&words::GERMAN), "5.\u{a0}März\u{a0}2026");
        assert_eq!(
            moment.exact(&words::ENGLISH),
            "5\u{a0}March\u{a0}2026, 09:30\u{a0}UTC"
        );
        assert_eq!(moment.year_and_month(), Some(("2026", 3)));
    }

    #[test]
    fn what_is_no_instant_is_shown_as_it_is() {
        for odd in [
            "",
            "soon",
            "2026-13-01T00:00:00Z",
            "2026-00-01T00:00:00Z",
            "2026T",
        ] {
            assert_eq!(Moment::of(odd).day(&words::ENGLISH), odd);
        }
    }
}
