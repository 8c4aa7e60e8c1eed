//! `GET /dashboard`: numbers, and what to do next.

use actix_web::HttpResponse;
use futures_util::{
    TryFutureExt as _,
    future::{try_join3, try_join4},
};
use symbolon_domain::{
    administrator::Right,
    authorization_token::{TokenFilter, TokenStates},
    page::PageRequest,
    permissions::Permissions,
    time::Day,
};

use super::desk::Desk;
use crate::{
    page::{fault::PageFault, respond::scripted_page},
    view::{
        Language, Moment,
        dashboard::{Chart, ChartBar, OverviewNumbers, OverviewPage, Section},
    },
};

/// How many weeks the chart of claims looks back.
const WEEKS: i64 = 26;
/// How many months the chart of expiries looks ahead.
const MONTHS: usize = 12;

pub(crate) async fn show(desk: Desk) -> Result<HttpResponse, PageFault> {
    let organization = desk.administrator.member.organization.id;
    let (ports, now) = (&desk.state.ports, desk.now());
    let one = PageRequest::new(1, 1);
    let live = TokenFilter {
        visible_to: Permissions::ALL,
        states: TokenStates::Live,
    };
    let today = Day::of(now);
    let from = week_of(today).plus(-7 * (WEEKS - 1));
    let months = months_from(today);
    let before = months.last().map_or(today, |month| month.end);
    let tallies = &ports.tallies;
    // At once: each waits for the database, and none needs another.
    let (counted, claims, expiries, (templates, tokens, frame)) = try_join4(
        tallies.of_organization(organization).err_into(),
        tallies.claims(organization, from).err_into(),
        tallies.expiries(organization, today, before).err_into(),
        try_join3(
            ports.templates.list(organization, one).err_into(),
            ports.tokens.list(organization, live, one, now).err_into(),
            desk.frame(Section::Overview),
        ),
    )
    .await?;
    let numbers = OverviewNumbers {
        templates: templates.total_count,
        recipients: counted.recipients,
        claimed: counted.claimed,
        waiting: counted.recipients.saturating_sub(counted.claimed),
        mail_failed: counted.mail_failed,
        tokens: tokens.total_count,
    };
    scripted_page(&OverviewPage {
        frame,
        numbers,
        claims: Chart::of_claims(weeks(from, &claims)),
        expiries: Chart::of_expiries(months.iter().map(|month| month.bar(&expiries)).collect()),
        may_act: desk.may(Right::Work),
    })
}

/// The Monday of a day's week. 1 January 1970 was a Thursday.
const fn week_of(day: Day) -> Day {
    day.plus(-((day.number() + 3).rem_euclid(7)))
}

fn weeks(from: Day, claims: &[(Day, u64)]) -> Vec<ChartBar> {
    (0..WEEKS)
        .map(|week| {
            let (start, end) = (from.plus(week * 7), from.plus(week * 7 + 7));
            let name = Moment::of(start.start()).day_in(Language::English);
            ChartBar {
                tick: tick(start),
                name,
                value: sum(claims, start, end),
            }
        })
        .collect()
}

fn sum(counts: &[(Day, u64)], from: Day, before: Day) -> u64 {
    counts
        .iter()
        .filter(|(day, _)| (from..before).contains(day))
        .map(|(_, count)| count)
        .sum()
}

/// Where a month begins, its first three letters.
fn tick(week: Day) -> String {
    let (before, now) = (name_of(week.plus(-7)), name_of(week));
    if before == now {
        String::new()
    } else {
        now.chars().take(3).collect()
    }
}

/// A month, or what is left of the present one.
struct Month {
    start: Day,
    end: Day,
    /// "March 2026".
    name: String,
}

impl Month {
    fn bar(&self, expiries: &[(Day, u64)]) -> ChartBar {
        ChartBar {
            tick: self.name.chars().take(3).collect(),
            name: self.name.clone(),
            value: sum(expiries, self.start, self.end),
        }
    }
}

fn months_from(today: Day) -> Vec<Month> {
    let mut months = Vec::with_capacity(MONTHS);
    let mut start = today;
    for _ in 0..MONTHS {
        let name = name_of(start);
        // No month has more than 31 days.
        let end = (1..=31)
            .map(|days| start.plus(days))
            .find(|day| name_of(*day) != name)
            .unwrap_or_else(|| start.plus(31));
        months.push(Month { start, end, name });
        start = end;
    }
    months
}

fn name_of(day: Day) -> String {
    let text = Moment::of(day.start()).day_in(Language::English);
    text.split_once('\u{a0}')
        .map_or_else(|| text.clone(), |(_, month)| month.replace('\u{a0}', " "))
}

#[cfg(test)]
mod tests {
    use symbolon_domain::time::Timestamp;

    use super::*;

    fn day(text: &str) -> Day {
        Day::of(Timestamp::parse(text).unwrap())
    }

    #[test]
    fn weeks_begin_on_mondays() {
        for (any, monday) in [
            ("2026-11-22", "2026-11-16"),
            ("2026-11-23", "2026-11-23"),
            ("1970-01-01", "1969-12-29"),
            ("1969-12-28", "1969-12-22"),
        ] {
            assert_eq!(week_of(day(any)), day(monday), "{any}");
        }
    }

    #[test]
    fn every_claim_is_in_one_week() {
        let from = week_of(day("2026-06-01"));
        let claims = [
            (from, 1),
            (from.plus(6), 2),
            (from.plus(7), 4),
            (from.plus(26 * 7 - 1), 8),
        ];
        let bars = weeks(from, &claims);
        let values: Vec<u64> = bars.iter().map(|bar| bar.value).collect();
        assert_eq!(values.len(), 26);
        assert_eq!((values[0], values[1], values[25]), (3, 4, 8));
        let ticks: Vec<&str> = bars.iter().take(6).map(|bar| bar.tick.as_str()).collect();
        assert_eq!(ticks, ["Jun", "", "", "", "", "Jul"]);
        assert_eq!(bars[0].name, "1\u{a0}June\u{a0}2026");
    }

    #[test]
    fn months_are_those_of_the_calendar() {
        let months = months_from(day("2026-11-22"));
        let names: Vec<&str> = months.iter().map(|month| month.name.as_str()).collect();
        assert_eq!(names.len(), 12);
        assert_eq!(
            (names[0], names[1], names[11]),
            ("November 2026", "December 2026", "October 2027")
        );
        assert_eq!(
            (months[0].start, months[0].end),
            (day("2026-11-22"), day("2026-12-01"))
        );
        assert_eq!(months[11].end, day("2027-11-01"));
    }
}
