//! Instants and lifetimes, and the only comparison with *now* in the product.

use std::fmt;

use ::time::{Duration, OffsetDateTime, format_description::well_known::Rfc3339, macros::format_description};

/// Milliseconds in one day of 24 hours; days of a lifetime know no daylight saving.
const MILLIS_PER_DAY: i64 = 24 * 60 * 60 * 1_000;

/// An instant in UTC, in whole milliseconds since 1970-01-01T00:00:00Z.
///
/// Between the years 0001 and 9999, so that it can always be written as RFC 3339.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// 0001-01-01T00:00:00.000Z.
    pub const MIN: Self = Self(-62_135_596_800_000);
    /// 9999-12-31T23:59:59.999Z.
    pub const MAX: Self = Self(253_402_300_799_999);

    /// The instant so many milliseconds after the epoch; outside [`MIN`](Self::MIN) to [`MAX`](Self::MAX) it is clamped.
    #[must_use]
    pub fn from_millis(millis: i64) -> Self {
        Self(millis.clamp(Self::MIN.0, Self::MAX.0))
    }

    /// Milliseconds since the epoch.
    #[must_use]
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// Reads an instant as API clients write it: RFC 3339, `2014-04-01 09:41:00 -0500`, or a plain date (midnight UTC).
    ///
    /// Digits below the millisecond are dropped.
    ///
    /// ```
    /// use symbolon_domain::time::Timestamp;
    ///
    /// let at = Timestamp::parse("2014-04-01 09:41:00 -0500").unwrap();
    /// assert_eq!(at.to_string(), "2014-04-01T14:41:00.000Z");
    /// assert_eq!(Timestamp::parse("2014-04-01").unwrap().to_string(), "2014-04-01T00:00:00.000Z");
    /// assert_eq!(Timestamp::parse("next week"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let spaced = format_description!(
            "[year]-[month]-[day] [hour]:[minute]:[second] [offset_hour sign:mandatory][offset_minute]"
        );
        let date = format_description!("[year]-[month]-[day]");
        let instant = OffsetDateTime::parse(text, &Rfc3339)
            .or_else(|_| OffsetDateTime::parse(text, spaced))
            .or_else(|_| ::time::Date::parse(text, date).map(|day| day.midnight().assume_utc()))
            .ok()?;
        let millis = i64::try_from(instant.unix_timestamp_nanos().div_euclid(1_000_000)).ok()?;
        (Self::MIN.0..=Self::MAX.0)
            .contains(&millis)
            .then_some(Self(millis))
    }

    /// The instant this many milliseconds later, or [`MAX`](Self::MAX).
    #[must_use]
    pub fn plus_millis(self, millis: i64) -> Self {
        Self::from_millis(self.0.saturating_add(millis))
    }

    /// The instant this many seconds later, or [`MAX`](Self::MAX).
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        self.plus_millis(seconds.saturating_mul(1_000))
    }

    /// Whether what holds until this instant still holds: `now` is strictly before it.
    ///
    /// Every expiry, grace and replay window of the product is decided here.
    ///
    /// ```
    /// use symbolon_domain::time::Timestamp;
    ///
    /// let expires_at = Timestamp::from_millis(1_000);
    /// assert!(expires_at.is_ahead_of(Timestamp::from_millis(999)));
    /// assert!(!expires_at.is_ahead_of(Timestamp::from_millis(1_000)));
    /// ```
    #[must_use]
    pub fn is_ahead_of(self, now: Self) -> bool {
        now.0 < self.0
    }
}

/// As the API writes it: UTC, exactly three decimals and `Z`.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let format =
            format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");
        // As long as it always is, the years being those from 1 to 9999.
        let mut text = *b"0000-00-00T00:00:00.000Z";
        (OffsetDateTime::UNIX_EPOCH + Duration::milliseconds(self.0))
            .format_into(&mut text.as_mut_slice(), format)
            .map_err(|_| fmt::Error)?;
        f.write_str(std::str::from_utf8(&text).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A day in UTC, as the number of days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i64);

impl Day {
    /// The day that an instant lies in.
    ///
    /// ```
    /// use symbolon_domain::time::{Day, Timestamp};
    ///
    /// let late = Timestamp::parse("1969-12-31T23:59:59.999Z").unwrap();
    /// assert_eq!(Day::of(late), Day::from_number(-1));
    /// assert_eq!(Day::of(late).start().to_string(), "1969-12-31T00:00:00.000Z");
    /// ```
    #[must_use]
    pub const fn of(at: Timestamp) -> Self {
        Self(at.0.div_euclid(MILLIS_PER_DAY))
    }

    /// The day so many days after 1970-01-01.
    #[must_use]
    pub const fn from_number(days: i64) -> Self {
        Self(days)
    }

    /// How many days after 1970-01-01 it is.
    #[must_use]
    pub const fn number(self) -> i64 {
        self.0
    }

    /// Its first instant.
    #[must_use]
    pub fn start(self) -> Timestamp {
        Timestamp::from_millis(self.0.saturating_mul(MILLIS_PER_DAY))
    }

    /// The day so many days later; negative for earlier.
    #[must_use]
    pub const fn plus(self, days: i64) -> Self {
        Self(self.0.saturating_add(days))
    }
}

/// How long an authorization token lives: 1 to 366 whole days, 180 by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifetime {
    millis: i64,
}

impl Lifetime {
    /// The longest life in days: a leap year.
    pub const MAX_DAYS: i64 = 366;
    /// The life that seed 002 gives a token when nothing else is asked for, in days.
    pub const DEFAULT_DAYS: i64 = 180;

    /// A life of so many days.
    ///
    /// # Errors
    /// [`LifetimeError`] outside 1 to 366 days.
    pub fn from_days(days: i64) -> Result<Self, LifetimeError> {
        if !(1..=Self::MAX_DAYS).contains(&days) {
            return Err(LifetimeError);
        }
        Ok(Self {
            millis: days * MILLIS_PER_DAY,
        })
    }

    /// The life of a token that is made `now` and shall end at `expires_at`.
    ///
    /// # Errors
    /// [`LifetimeError`] where that is less than one day or more than 366.
    pub fn until(expires_at: Timestamp, now: Timestamp) -> Result<Self, LifetimeError> {
        let millis = expires_at.as_millis().saturating_sub(now.as_millis());
        if !(MILLIS_PER_DAY..=Self::MAX_DAYS * MILLIS_PER_DAY).contains(&millis) {
            return Err(LifetimeError);
        }
        Ok(Self { millis })
    }

    /// When a token made `now` with this life expires.
    #[must_use]
    pub fn expiry_from(self, now: Timestamp) -> Timestamp {
        now.plus_millis(self.millis)
    }
}

/// 180 days.
impl Default for Lifetime {
    fn default() -> Self {
        Self {
            millis: Self::DEFAULT_DAYS * MILLIS_PER_DAY,
        }
    }
}

/// A life outside 1 to 366 days was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be between 1 and 366 days from now")]
pub struct LifetimeError;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timestamps_have_exactly_three_decimals() {
        let at = Timestamp::from_millis(1_590_684_281_034);
        assert_eq!(at.to_string(), "2020-05-28T16:44:41.034Z");
        assert_eq!(
            Timestamp::from_millis(1_590_684_281_000).to_string(),
            "2020-05-28T16:44:41.000Z"
        );
        assert_eq!(Timestamp::from_millis(-1).to_string(), "1969-12-31T23:59:59.999Z");
    }

    #[test]
    fn the_bounds_can_be_written_and_read_back() {
        for at in [Timestamp::MIN, Timestamp::MAX] {
            assert_eq!(Timestamp::parse(&at.to_string()), Some(at));
        }
        assert_eq!(Timestamp::MIN.to_string(), "0001-01-01T00:00:00.000Z");
        assert_eq!(Timestamp::MAX.plus_millis(i64::MAX), Timestamp::MAX);
    }

    #[test]
    fn instants_are_read_in_the_three_forms_clients_send() {
        let expected = Some(Timestamp::from_millis(1_396_363_260_000));
        for text in [
            "2014-04-01T14:41:00Z",
            "2014-04-01T09:41:00-05:00",
            "2014-04-01 09:41:00 -0500",
        ] {
            assert_eq!(Timestamp::parse(text), expected, "{text}");
        }
        for text in [
            "",
            "2014-13-01",
            "2014-04-31",
            "14:41",
            "2014-04-01T14:41:00",
            "99999-01-01",
        ] {
            assert_eq!(Timestamp::parse(text), None, "{text}");
        }
    }

    #[test]
    fn what_ends_at_an_instant_has_ended_at_that_instant() {
        let end = Timestamp::from_millis(5_000);
        assert!(end.is_ahead_of(Timestamp::from_millis(4_999)));
        assert!(!end.is_ahead_of(Timestamp::from_millis(5_000)));
        assert!(!end.is_ahead_of(Timestamp::from_millis(5_001)));
    }

    #[test]
    fn a_life_is_1_to_366_days() {
        for days in [i64::MIN, -1, 0, 367, i64::MAX] {
            assert_eq!(Lifetime::from_days(days), Err(LifetimeError), "{days}");
        }
        let now = Timestamp::from_millis(0);
        assert_eq!(
            Lifetime::from_days(1).unwrap().expiry_from(now).as_millis(),
            86_400_000
        );
        assert_eq!(
            Lifetime::from_days(366).unwrap().expiry_from(now).as_millis(),
            31_622_400_000
        );
        assert_eq!(Lifetime::default().expiry_from(now).as_millis(), 15_552_000_000);
    }

    #[test]
    fn an_explicit_expiry_obeys_the_same_bounds() {
        let now = Timestamp::from_millis(1_000);
        let day = 86_400_000;
        for (millis, good) in [
            (day - 1, false),
            (day, true),
            (366 * day, true),
            (366 * day + 1, false),
        ] {
            assert_eq!(
                Lifetime::until(now.plus_millis(millis), now).is_ok(),
                good,
                "{millis}"
            );
        }
        assert!(Lifetime::until(Timestamp::MIN, now).is_err());
        assert!(Lifetime::until(Timestamp::MAX, now).is_err());
    }
}
