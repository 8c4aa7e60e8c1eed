//! The line work: strands of sine waves woven into bands, rings and rosettes, each a little its own by the
//! credential's id.

use std::f64::consts::{PI, TAU};

use crate::pen::{Pen, Point};

/// Numbers drawn from an id, the same ones each time.
///
/// This is the step of `SplitMix64` over a digest of the id (FNV-1a). It spreads, it hides nothing.
#[derive(Debug, Clone)]
pub(crate) struct Seed(u64);

impl Seed {
    pub(crate) fn new(id: &[u8; 16]) -> Self {
        let digest = id.iter().fold(0xcbf2_9ce4_8422_2325_u64, |digest, &byte| {
            (digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self(digest)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A whole number from `low` to `high`, both included.
    pub(crate) fn whole(&mut self, low: u8, high: u8) -> u8 {
        let span = u64::from(high.saturating_sub(low)) + 1;
        low + u8::try_from(self.next() % span).expect("the rest is less than a span of bytes")
    }

    /// A number from `low` to `high` in 256 steps.
    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * f64::from(self.whole(0, 255)) / 255.0
    }
}

/// What strands wind along.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Track {
    /// From one point straight to another.
    Straight { from: Point, to: Point },
    /// Once around.
    Ring { centre: Point, radius: f64 },
}

impl Track {
    /// The point at `t` of the way, `aside` from it.
    fn at(&self, t: f64, aside: f64) -> Point {
        match *self {
            Self::Straight { from, to } => {
                let (dx, dy) = (to.x - from.x, to.y - from.y);
                let length = dx.hypot(dy).max(f64::EPSILON);
                Point::new(
                    from.x + dx * t - dy / length * aside,
                    from.y + dy * t + dx / length * aside,
                )
            }
            Self::Ring { centre, radius } => {
                let (sin, cos) = (TAU * t - PI / 2.0).sin_cos();
                Point::new(
                    centre.x + (radius + aside) * cos,
                    centre.y + (radius + aside) * sin,
                )
            }
        }
    }
}

/// A family of strands of one shape, evenly shifted against each other.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Weave {
    /// How many strands.
    pub(crate) strands: u8,
    /// How many waves each has along its track.
    pub(crate) waves: u8,
    /// How far the highest wave goes to either side.
    pub(crate) reach: f64,
    /// How many swellings the band has along its track.
    pub(crate) beads: u8,
    /// How much it narrows between two swellings: 0 not at all, 1 to nothing. Negative: narrow where others swell.
    pub(crate) waist: f64,
    /// Where the first strand begins, as a part of a wave.
    pub(crate) phase: f64,
}

impl Weave {
    /// The path data of all strands along the track.
    pub(crate) fn along(&self, track: Track) -> String {
        let mut pen = Pen::coarse();
        let pieces = u16::from(self.waves.max(1)) * 4;
        for strand in 0..self.strands {
            let shift = TAU * (self.phase + f64::from(strand) / f64::from(self.strands));
            let curve = |t: f64| track.at(t, self.aside(t, shift));
            trace(&mut pen, pieces, curve);
        }
        pen.finish()
    }

    fn aside(&self, t: f64, shift: f64) -> f64 {
        let swelling = f64::midpoint(1.0, (TAU * f64::from(self.beads) * t).cos());
        let narrowing = if self.waist < 0.0 {
            -self.waist * swelling
        } else {
            self.waist * (1.0 - swelling)
        };
        self.reach * (1.0 - narrowing) * (TAU * f64::from(self.waves) * t + shift).sin()
    }
}

/// Draws a curve over `0..=1` in pieces of equal length in `t`, each a cubic that has the curve's slope at both ends.
fn trace(pen: &mut Pen, pieces: u16, curve: impl Fn(f64) -> Point) {
    let step = 1.0 / f64::from(pieces);
    let arm = |t: f64| {
        let small = step / 64.0;
        let (before, after) = (curve(t - small), curve(t + small));
        let scale = step / 3.0 / (2.0 * small);
        Point::new((after.x - before.x) * scale, (after.y - before.y) * scale)
    };
    let mut from = curve(0.0);
    pen.move_to(from);
    for piece in 1..=pieces {
        let t = f64::from(piece) * step;
        let to = curve(t);
        let arriving = arm(t);
        let back = Point::new(to.x - arriving.x, to.y - arriving.y);
        if piece == 1 {
            let leaving = arm(0.0);
            pen.cubic_to(Point::new(from.x + leaving.x, from.y + leaving.y), back, to);
        } else {
            pen.smooth_to(back, to);
        }
        from = to;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEAVE: Weave = Weave {
        strands: 3,
        waves: 5,
        reach: 10.0,
        beads: 2,
        waist: 0.5,
        phase: 0.0,
    };

    #[test]
    fn strands_stay_within_their_reach() {
        for t in 0..=1000_u16 {
            let aside = WEAVE.aside(f64::from(t) / 1000.0, 0.3);
            assert!(aside.abs() <= 10.0, "{aside} at {t}");
        }
    }

    #[test]
    fn a_seed_is_a_function_of_the_id_and_spreads() {
        let draw = |id| {
            let mut seed = Seed::new(&id);
            [(); 8].map(|()| seed.whole(0, 255))
        };
        assert_eq!(draw([7; 16]), draw([7; 16]));
        let mut near = [7; 16];
        near[15] = 6;
        assert_ne!(draw([7; 16]), draw(near));
        let mut seed = Seed::new(&[0; 16]);
        assert!((0..200).all(|_| (3..=5).contains(&seed.whole(3, 5))));
    }

    #[test]
    fn a_ring_closes() {
        let ring = Track::Ring {
            centre: Point::new(0.0, 0.0),
            radius: 50.0,
        };
        let (start, end) = (ring.at(0.0, 3.0), ring.at(1.0, 3.0));
        assert!((start.x - end.x).abs() < 1e-9 && (start.y - end.y).abs() < 1e-9);
    }
}
