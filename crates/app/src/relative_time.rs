//! Instants as people say them: "in 6 days", "3 hours ago".

use symbolon_domain::time::Timestamp;

const UNITS: [(i64, &str); 4] = [
    (86_400_000, "day"),
    (3_600_000, "hour"),
    (60_000, "minute"),
    (1_000, "second"),
];

/// How far away an instant is, in the largest unit that fits, rounded down.
pub(crate) fn relative(at: Timestamp, now: Timestamp) -> String {
    let distance = at.as_millis().saturating_sub(now.as_millis());
    let amount = distance.saturating_abs();
    let Some((size, unit)) = UNITS.into_iter().find(|(size, _)| amount >= *size) else {
        return "now".to_owned();
    };
    let count = amount / size;
    let plural = if count == 1 { "" } else { "s" };
    if distance > 0 {
        format!("in {count} {unit}{plural}")
    } else {
        format!("{count} {unit}{plural} ago")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_reads_as_people_say_it() {
        let now = Timestamp::from_millis(1_000_000_000);
        for (millis, expected) in [
            (0, "now"),
            (999, "now"),
            (1_000, "in 1 second"),
            (-59_999, "59 seconds ago"),
            (86_399_999, "in 23 hours"),
            (180 * 86_400_000, "in 180 days"),
            (-86_400_000, "1 day ago"),
        ] {
            assert_eq!(relative(now.plus_millis(millis), now), expected);
        }
    }
}
