//! Writes path data: relative, to the hundredth of a unit, and as short as SVG allows.

use std::fmt::Write;

/// A point of the sheet, in its units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Point {
    pub(crate) x: f64,
    pub(crate) y: f64,
}

impl Point {
    pub(crate) const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }
}

/// Path data being written.
///
/// What follows is counted from where the rounded path stands, so that errors do not add up.
#[derive(Debug)]
pub(crate) struct Pen {
    data: String,
    /// How many steps a unit has: 10 or 100.
    steps: f64,
    decimals: usize,
    at: Point,
    start: Point,
    /// The command that further numbers would belong to.
    command: char,
    /// Whether the last number has a decimal point.
    has_point: bool,
}

impl Pen {
    /// For what is looked at from near: letters.
    pub(crate) fn fine() -> Self {
        Self::with(100.0, 2)
    }

    /// For lines that wave: a tenth of a unit is 25 µm.
    pub(crate) fn coarse() -> Self {
        Self::with(10.0, 1)
    }

    fn with(steps: f64, decimals: usize) -> Self {
        Self {
            data: String::new(),
            steps,
            decimals,
            at: Point::new(0.0, 0.0),
            start: Point::new(0.0, 0.0),
            command: ' ',
            has_point: false,
        }
    }

    pub(crate) fn move_to(&mut self, to: Point) {
        let command = if self.data.is_empty() { 'M' } else { 'm' };
        self.write(command, &[to]);
        self.start = self.at;
        self.command = ' ';
    }

    pub(crate) fn line_to(&mut self, to: Point) {
        let to = Point::new(self.rounded(to.x), self.rounded(to.y));
        let (dx, dy) = (to.x - self.at.x, to.y - self.at.y);
        // Both ends are on the grid, so half a step is a difference.
        let least = 0.5 / self.steps;
        if dx.abs() < least && dy.abs() < least {
            return;
        }
        if dy.abs() < least {
            self.command('h');
            self.number(dx);
            self.at = to;
        } else if dx.abs() < least {
            self.command('v');
            self.number(dy);
            self.at = to;
        } else {
            self.write('l', &[to]);
        }
    }

    pub(crate) fn quadratic_to(&mut self, bend: Point, to: Point) {
        self.write('q', &[bend, to]);
    }

    pub(crate) fn cubic_to(&mut self, out: Point, back: Point, to: Point) {
        self.write('c', &[out, back, to]);
    }

    /// A cubic that leaves as the last one arrived.
    pub(crate) fn smooth_to(&mut self, back: Point, to: Point) {
        self.write('s', &[back, to]);
    }

    pub(crate) fn close(&mut self) {
        self.data.push('z');
        self.at = self.start;
        self.command = ' ';
    }

    pub(crate) fn finish(self) -> String {
        self.data
    }

    /// All points of one command are counted from where it begins.
    fn write(&mut self, command: char, points: &[Point]) {
        self.command(command);
        let from = self.at;
        for &point in points {
            self.at = Point::new(self.rounded(point.x), self.rounded(point.y));
            self.number(self.at.x - from.x);
            self.number(self.at.y - from.y);
        }
    }

    fn command(&mut self, command: char) {
        if command != self.command {
            self.data.push(command);
            self.command = command;
        }
    }

    fn rounded(&self, value: f64) -> f64 {
        (value * self.steps).round() / self.steps
    }

    fn number(&mut self, value: f64) {
        let text = short(value, self.decimals);
        let follows_number = self.data.ends_with(|last: char| last.is_ascii_digit());
        // "-" parts two numbers, and so does "." where the first has one already.
        let is_apart = text.starts_with('-') || (text.starts_with('.') && self.has_point);
        if follows_number && !is_apart {
            self.data.push(' ');
        }
        self.has_point = text.contains('.');
        self.data.push_str(&text);
    }
}

/// A number without the zeros that say nothing: `.5`, `-12`, `0`.
pub(crate) fn short(value: f64, decimals: usize) -> String {
    let mut text = String::with_capacity(8);
    write!(text, "{value:.decimals$}").expect("a string takes all that is written");
    if text.contains('.') {
        text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
    }
    if text == "-0" {
        text = "0".into();
    }
    if let Some(rest) = text.strip_prefix("0.") {
        return format!(".{rest}");
    }
    if let Some(rest) = text.strip_prefix("-0.") {
        return format!("-.{rest}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        for (value, text) in [
            (0.0, "0"),
            (-0.001, "0"),
            (0.5, ".5"),
            (-0.25, "-.25"),
            (120.0, "120"),
            (-3.10, "-3.1"),
        ] {
            assert_eq!(short(value, 2), text);
        }
    }

    #[test]
    fn paths_are_relative_and_their_errors_do_not_add_up() {
        let mut pen = Pen::coarse();
        pen.move_to(Point::new(1.0, 2.0));
        for step in 1..=4_u8 {
            pen.line_to(Point::new(1.0 + 0.26 * f64::from(step), 2.0));
        }
        pen.close();
        // 0.26, 0.52, 0.78, 1.04 are at the tenths 0.3, 0.5, 0.8, 1.0.
        assert_eq!(pen.finish(), "M1 2h.3.2.3.2z");
    }
}
