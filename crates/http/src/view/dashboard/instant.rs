//! The arithmetic of instants as they are written: `2026-03-05T09:30:00.000Z`.

/// Seconds since the year 1970 began in UTC, or nothing if the text is no such instant.
pub(super) fn seconds(rfc3339: &str) -> Option<i64> {
    let (date, time) = rfc3339.strip_suffix('Z')?.split_once('T')?;
    let [year, month, day] = numbers(date, '-')?;
    let [hour, minute, second] = numbers(time.split_once('.').map_or(time, |(whole, _)| whole), ':')?;
    let is_instant = (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && (0..=9999).contains(&year)
        && hour < 24
        && minute < 60
        && second < 61;
    is_instant.then(|| days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second)
}

/// Days since 1 January 1970 in the Gregorian calendar. Years are counted from March on, so that the leap day is the
/// last of its year.
const fn days(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    // From 1 March of the year 0 to 1 January 1970 it is 719,468 days.
    year * 365 + leap_days + day_of_year - 719_468
}

fn numbers(text: &str, between: char) -> Option<[i64; 3]> {
    let mut parts = text.split(between).map(|part| {
        let is_number = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| part.parse().ok()).flatten()
    });
    let numbers = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_counted_in_seconds() {
        for (text, counted) in [
            ("1970-01-01T00:00:00.000Z", 0),
            ("1969-12-31T23:59:59.999Z", -1),
            ("2000-02-29T12:00:00.000Z", 951_825_600),
            ("2000-03-01T00:00:00Z", 951_868_800),
            ("2026-03-05T09:30:00.000Z", 1_772_703_000),
            ("2100-03-01T00:00:00.000Z", 4_107_542_400),
            ("9999-12-31T23:59:59.999Z", 253_402_300_799),
        ] {
            assert_eq!(seconds(text), Some(counted), "{text}");
        }
    }

    #[test]
    fn what_is_no_instant_is_not_counted() {
        for odd in [
            "",
            "soon",
            "2026-03-05",
            "2026-03-05T09:30:00.000+01:00",
            "2026-13-05T09:30:00.000Z",
            "2026-00-05T09:30:00.000Z",
            "2026-03-05T25:30:00.000Z",
            "2026-03-05T09:30Z",
            "2026-03-05-07T09:30:00Z",
            "20260-03-05T09:30:00Z",
            "+026-03-05T09:30:00Z",
            "99999999999999999999-03-05T09:30:00Z",
        ] {
            assert_eq!(seconds(odd), None, "{odd}");
        }
    }
}
