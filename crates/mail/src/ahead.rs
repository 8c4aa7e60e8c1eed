//! How far ahead an instant is, as people say it.

use symbolon_domain::time::Timestamp;

/// Each unit, with how many of it make one of the next.
const UNITS: [(&str, u64); 3] = [("minute", 60), ("hour", 24), ("day", u64::MAX)];

/// "in 7 days", in the largest unit that fits, rounded to the nearest: a mail goes out some time after it is due, and
/// "in 6 days" would be what nobody counts on. The exact instant stands beside it.
pub(crate) fn ahead(at: Timestamp, now: Timestamp) -> String {
    let millis = at.as_millis().saturating_sub(now.as_millis());
    let mut count = rounded(u64::try_from(millis).unwrap_or(0), 60_000);
    let mut said = "in less than a minute".to_owned();
    for (unit, per_next) in UNITS {
        if count > 0 {
            let plural = if count == 1 { "" } else { "s" };
            said = format!("in {count} {unit}{plural}");
        }
        if count < per_next {
            break;
        }
        count = rounded(count, per_next);
    }
    said
}

fn rounded(amount: u64, size: u64) -> u64 {
    amount.saturating_add(size / 2) / size
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_reads_as_people_say_it() {
        let now = Timestamp::from_millis(1_000_000_000);
        let (minute, hour) = (60_000, 3_600_000);
        let day = 24 * hour;
        for (millis, expected) in [
            (-day, "in less than a minute"),
            (0, "in less than a minute"),
            (29_999, "in less than a minute"),
            (30_000, "in 1 minute"),
            (59 * minute, "in 59 minutes"),
            // Mails go out a little late.
            (hour - 2_000, "in 1 hour"),
            (day - 20 * minute, "in 1 day"),
            (7 * day - 9 * hour, "in 7 days"),
            (13 * hour, "in 13 hours"),
            (23 * hour + 29 * minute, "in 23 hours"),
            (36 * hour, "in 2 days"),
            (30 * day - 1, "in 30 days"),
            (400 * day, "in 400 days"),
        ] {
            assert_eq!(ahead(now.plus_millis(millis), now), expected, "{millis}");
        }
        assert_eq!(ahead(Timestamp::MAX, Timestamp::MIN), "in 3652059 days");
    }
}
