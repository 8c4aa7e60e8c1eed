//! Growth as pictures: what a few things cost, by how many rows there are.

use std::error::Error;
use std::fs;
use std::ops::Range;
use std::path::Path;

use plotters::prelude::*;

use super::growth::Line;
use crate::failure::Failure;

/// A picture, in points.
const SIZE: (u32, u32) = (640, 380);

/// What is drawn of each database.
struct Plot {
    file: &'static str,
    title: &'static str,
    unit: &'static str,
    figure: fn(&Line) -> f64,
}

const PLOTS: [Plot; 4] = [
    Plot {
        file: "verify.svg",
        title: "Verify a token",
        unit: "processor time, µs",
        figure: Line::verify,
    },
    Plot {
        file: "lists.svg",
        title: "The slowest page of a list",
        unit: "ms",
        figure: |line| line.pages.into_iter().fold(0.0, f64::max),
    },
    Plot {
        file: "claims.svg",
        title: "Claim an access token",
        unit: "µs",
        figure: |line| line.claim,
    },
    Plot {
        file: "imports.svg",
        title: "Import 20,000 recipients",
        unit: "rows/s",
        figure: |line| line.import,
    },
];

/// Draws all of them into a directory.
///
/// # Errors
/// Where a file cannot be written.
pub(crate) fn draw(lines: &[Line], place: &Path) -> Result<(), Failure> {
    fs::create_dir_all(place).map_err(Failure::because("cannot make a directory for the plots"))?;
    for plot in PLOTS {
        plot.draw(lines, &place.join(plot.file))
            .map_err(|error| Failure::new(format!("cannot draw {}: {error}", plot.file)))?;
    }
    Ok(())
}

impl Plot {
    fn draw(&self, lines: &[Line], path: &Path) -> Result<(), Box<dyn Error>> {
        let root = SVGBackend::new(path, SIZE).into_drawing_area();
        root.fill(&WHITE)?;
        let top = lines.iter().map(self.figure).fold(1.0, f64::max) * 1.15;
        let mut chart = ChartBuilder::on(&root)
            .caption(self.title, ("sans-serif", 18))
            .margin(14)
            .x_label_area_size(44)
            .y_label_area_size(70)
            .build_cartesian_2d(extent(lines).log_scale(), 0.0..top)?;
        chart
            .configure_mesh()
            .light_line_style(TRANSPARENT)
            .x_desc("rows")
            .y_desc(self.unit)
            .x_label_formatter(&|rows| short(*rows))
            .draw()?;
        for (name, color) in [("SQLite", BLUE), ("PostgreSQL", RED)] {
            let points = lines
                .iter()
                .filter(|line| line.database == name)
                .map(|line| (rows(line), (self.figure)(line)));
            chart
                .draw_series(LineSeries::new(points, color.filled().stroke_width(2)).point_size(4))?
                .label(name)
                .legend(move |(x, y)| PathElement::new([(x, y), (x + 18, y)], color.stroke_width(2)));
        }
        chart
            .configure_series_labels()
            .position(SeriesLabelPosition::LowerRight)
            .background_style(WHITE)
            .border_style(BLACK.mix(0.3))
            .draw()?;
        root.present()?;
        Ok(())
    }
}

/// From the fewest rows to the most, and never nothing.
fn extent(lines: &[Line]) -> Range<f64> {
    let least = lines.iter().map(rows).fold(f64::MAX, f64::min).clamp(1.0, 1e9);
    let most = lines.iter().map(rows).fold(0.0, f64::max);
    least..most.max(least * 10.0)
}

#[expect(clippy::cast_precision_loss, clippy::as_conversions, reason = "some millions")]
fn rows(line: &Line) -> f64 {
    line.rows as f64
}

/// `10k`, `1M`.
fn short(rows: f64) -> String {
    if rows >= 1e6 {
        format!("{}M", rows / 1e6)
    } else {
        format!("{}k", rows / 1e3)
    }
}
