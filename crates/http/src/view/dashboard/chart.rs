//! Charts that the server draws: bars in a row, with a table behind them.
//!
//! Widths are per cents and heights pixels, so that a chart fills its place while its words keep their size. There is
//! no style in it: colours come from the stylesheet.

use askama::{Template, filters::HtmlSafe};

use super::listing::grouped;

/// Bars in a row, as HTML: picture and table.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "dashboard/parts/chart.html")]
pub(crate) struct Chart {
    /// Begins the ids of its parts; once per page.
    pub(crate) id: &'static str,
    /// What it is about; also the caption of the table.
    pub(crate) title: &'static str,
    /// What one bar stands for: "Week of", "Month".
    pub(crate) span: &'static str,
    /// What is counted: "Claims".
    pub(crate) unit: &'static str,
    /// From left to right.
    pub(crate) bars: Vec<ChartBar>,
}

/// One bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ChartBar {
    /// Its whole name: "2 March 2026", "March 2026".
    pub(crate) name: String,
    /// What stands below it, or nothing.
    pub(crate) tick: String,
    /// How much.
    pub(crate) value: u64,
}

/// A part of a whole, as a bar.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "dashboard/parts/share.html")]
pub(super) struct Share {
    per_mille: u64,
}

/// Their templates escape all of it.
impl HtmlSafe for Chart {}
impl HtmlSafe for Share {}

/// The height of the highest line in pixels.
const HEIGHT: u64 = 128;

/// Where a bar stands, in the units of SVG.
struct Place<'a> {
    bar: &'a ChartBar,
    left: String,
    middle: String,
    width: String,
    top: u64,
    height: u64,
    /// Whether its tick may be left out where there is little room.
    is_spare: bool,
}

impl Chart {
    /// Claims per week, one bar for each of the last 26 weeks, named by its first day: "2 March 2026".
    pub(crate) const fn of_claims(bars: Vec<ChartBar>) -> Self {
        Self {
            id: "claims",
            title: "Claims per week, last 26 weeks",
            span: "Week of",
            unit: "Claims",
            bars,
        }
    }

    /// Credentials that expire, one bar for each of the next 12 months, named "March 2026".
    pub(crate) const fn of_expiries(bars: Vec<ChartBar>) -> Self {
        Self {
            id: "expiries",
            title: "Expiries per month, next 12 months",
            span: "Month",
            unit: "Expiries",
            bars,
        }
    }

    /// The sum of all bars.
    fn sum(&self) -> u64 {
        self.bars.iter().map(|bar| bar.value).sum()
    }

    /// What a person who sees no picture is told.
    fn told(&self) -> String {
        let highest = self.bars.iter().max_by_key(|bar| bar.value);
        match highest {
            Some(bar) if bar.value > 0 => format!(
                "{} in all; the most in one: {}, {} {}.",
                grouped(self.sum()),
                grouped(bar.value),
                self.span.to_lowercase(),
                bar.name
            ),
            _ => "Nothing to count yet.".to_owned(),
        }
    }

    /// The value of the highest line: an even number that every bar stays below, with few digits.
    fn most(&self) -> u64 {
        let most = self.bars.iter().map(|bar| bar.value).max().unwrap_or(0).max(2);
        let power = 10_u64.pow(most.ilog10());
        let steps: [u64; 4] = [2, 4, 6, 10];
        steps
            .into_iter()
            .map(|step| step.saturating_mul(power))
            .find(|step| *step >= most)
            .unwrap_or(u64::MAX)
    }

    /// What stands at the highest line.
    fn top(&self) -> String {
        grouped(self.most())
    }

    /// What stands at the line half as high.
    fn middle(&self) -> String {
        grouped(self.most() / 2)
    }

    fn places(&self) -> Vec<Place<'_>> {
        let count = u64::try_from(self.bars.len()).unwrap_or(u64::MAX).max(1);
        let most = u128::from(self.most());
        // Of each bar's room a quarter stays free.
        let (room, width) = (100_000 / count, 75_000 / count);
        (0..)
            .zip(&self.bars)
            .map(|(index, bar)| {
                let scaled = u128::from(bar.value) * u128::from(HEIGHT) / most;
                // What is there is seen.
                let height = u64::try_from(scaled)
                    .unwrap_or(HEIGHT)
                    .max(u64::from(bar.value > 0) * 2);
                let left = 100_000 * index / count + (room - width) / 2;
                Place {
                    bar,
                    left: per_cent(left),
                    middle: per_cent(left + width / 2),
                    width: per_cent(width),
                    top: HEIGHT + 20 - height,
                    height,
                    is_spare: index % 2 == 1,
                }
            })
            .collect()
    }
}

impl ChartBar {
    fn number(&self) -> String {
        grouped(self.value)
    }
}

impl Share {
    /// So much of so much.
    pub(super) fn of(part: u64, whole: u64) -> Self {
        let per_mille = u128::from(part.min(whole)) * 1000 / u128::from(whole.max(1));
        Self {
            per_mille: u64::try_from(per_mille).unwrap_or(1000),
        }
    }

    fn width(&self) -> String {
        per_cent(self.per_mille * 100)
    }
}

/// Thousandths of a per cent as SVG writes them: `12.5%`.
fn per_cent(thousandths: u64) -> String {
    format!("{}.{:03}%", thousandths / 1000, thousandths % 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(values: &[u64]) -> Chart {
        let bars = values.iter().map(|value| ChartBar {
            name: "March".into(),
            tick: String::new(),
            value: *value,
        });
        Chart {
            id: "claims",
            title: "Claims",
            span: "Month",
            unit: "Claims",
            bars: bars.collect(),
        }
    }

    #[test]
    fn the_highest_line_is_above_every_bar_and_has_a_half() {
        for (highest, most) in [
            (0, 2),
            (2, 2),
            (3, 4),
            (7, 10),
            (10, 20),
            (41, 60),
            (99, 100),
            (1_999, 2_000),
            (u64::MAX, u64::MAX),
        ] {
            assert_eq!(chart(&[0, highest]).most(), most, "{highest}");
        }
    }

    #[test]
    fn bars_stand_within_the_picture() {
        for values in [
            vec![],
            vec![0],
            vec![1, 1_000_000],
            vec![u64::MAX; 2],
            vec![3; 26],
        ] {
            for place in chart(&values).places() {
                assert!(place.top >= 20 && place.height <= HEIGHT);
                assert_eq!(place.height > 0, place.bar.value > 0);
            }
        }
        let places = chart(&[1, 2]);
        let places = places.places();
        assert_eq!(places[0].left, "6.250%");
        assert_eq!(places[1].left, "56.250%");
        assert_eq!(places[1].width, "37.500%");
    }

    #[test]
    fn a_share_is_never_more_than_all() {
        for (part, whole, width) in [
            (0, 0, "0.000%"),
            (1, 3, "33.300%"),
            (5, 3, "100.000%"),
            (u64::MAX, u64::MAX, "100.000%"),
        ] {
            assert_eq!(Share::of(part, whole).width(), width);
        }
    }
}
