//! Instants as people say them: "in 6 days", "3 hours ago".

use symbolon_domain::time::Timestamp;

/// Each unit, with how many of it make one of the next.
const UNITS: [(&str, u64); 4] = [("second", 60), ("minute", 60), ("hour", 24), ("day", u64::MAX)];

/// How far away an instant is, in the largest unit that fits, rounded to the nearest.
pub(crate) fn relative(at: Timestamp, now: Timestamp) -> String {
    let mut count = rounded(at.as_millis().abs_diff(now.as_millis()), 1_000);
    if count == 0 {
        return "now".to_owned();
    }
    for (unit, per_next) in UNITS {
        if count >= per_next {
            count = rounded(count, per_next);
            continue;
        }
        let plural = if count == 1 { "" } else { "s" };
        return if at > now {
            format!("in {count} {unit}{plural}")
        } else {
            format!("{count} {unit}{plural} ago")
        };
    }
    unreachable!("no number of days makes a larger unit")
}

fn rounded(amount: u64, size: u64) -> u64 {
    (amount + size / 2) / size
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_reads_as_people_say_it() {
        let now = Timestamp::from_millis(1_000_000_000);
        for (millis, expected) in [
            (0, "now"),
            (499, "now"),
            (1_000, "in 1 second"),
            (-59_400, "59 seconds ago"),
            (-59_999, "1 minute ago"),
            (13 * 3_600_000, "in 13 hours"),
            (86_399_999, "in 1 day"),
            (180 * 86_400_000 - 5_000, "in 180 days"),
            (-86_400_000, "1 day ago"),
        ] {
            assert_eq!(relative(now.plus_millis(millis), now), expected);
        }
    }
}
