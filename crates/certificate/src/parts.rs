//! What certificates and badges have in common.

use crate::{
    RenderError, Sheet,
    canvas::{ACCENT, Anchor, Canvas, INK, PAPER},
    fit::{self, Room},
    guilloche::{Track, Weave},
    measure::Style,
    pen::{Point, short},
    qr::Code,
    sheet::Mark,
};

/// Strokes two families of strands along a track: one of ink, one of the accent, each narrow where the other swells.
pub(crate) fn band(canvas: &mut Canvas, tracks: &[Track], weave: Weave) {
    let counter = Weave {
        waist: -weave.waist,
        phase: weave.phase + 0.25,
        ..weave
    };
    for (weave, ink, opacity) in [(weave, INK, 0.55), (counter, ACCENT, 0.8)] {
        let data: String = tracks.iter().map(|&track| weave.along(track)).collect();
        canvas.stroke(&data, ink, 0.55, opacity);
    }
}

/// A round flower of lines on a disc of paper.
pub(crate) fn rosette(canvas: &mut Canvas, centre: Point, radius: f64, petals: u8) {
    let (x, y) = (short(centre.x, 2), short(centre.y, 2));
    canvas.draw(format!(
        r#"<circle cx="{x}" cy="{y}" r="{}" fill="{PAPER}"/>"#,
        short(radius + 2.5, 2)
    ));
    let ring = |part: f64| Track::Ring {
        centre,
        radius: radius * part,
    };
    let weave = |waves, reach: f64, strands| Weave {
        strands,
        waves,
        reach: radius * reach,
        beads: 0,
        waist: 0.0,
        phase: 0.0,
    };
    canvas.stroke(&weave(petals, 0.34, 5).along(ring(0.66)), ACCENT, 0.55, 0.85);
    canvas.stroke(&weave(petals, 0.2, 3).along(ring(0.3)), INK, 0.5, 0.6);
}

/// A small flower of one line.
pub(crate) fn bead(canvas: &mut Canvas, centre: Point, radius: f64) {
    let petals = Weave {
        strands: 2,
        waves: 6,
        reach: radius * 0.4,
        beads: 0,
        waist: 0.0,
        phase: 0.0,
    };
    let ring = Track::Ring {
        centre,
        radius: radius * 0.6,
    };
    canvas.stroke(&petals.along(ring), ACCENT, 0.8, 0.9);
}

/// The id of the QR code's element, by which the drawing finds it.
pub(crate) const CODE_ID: &str = "code";

/// Draws the QR code on its light square.
pub(crate) fn code(canvas: &mut Canvas, sheet: &Sheet, at: Point, side: f64) -> Result<(), RenderError> {
    let Code { side: modules, data } = Code::new(&sheet.verify_url)?;
    let (x, y) = (short(at.x, 2), short(at.y, 2));
    let scale = short(side / f64::from(modules), 5);
    canvas.draw(format!(
        r#"<g id="{CODE_ID}" transform="translate({x} {y}) scale({scale})"><path d="M0 0h{modules}v{modules}h-{modules}z" fill="{PAPER}"/><path d="{data}" fill="{INK}" fill-rule="evenodd"/></g>"#
    ));
    Ok(())
}

/// What a mark looks like on its sheet.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stamp {
    pub(crate) centre: Point,
    /// The most it takes from left to right.
    pub(crate) width: f64,
    pub(crate) height: f64,
    /// In degrees, clockwise.
    pub(crate) angle: f64,
}

/// Stamps the mark of a credential that is no longer good: its word in a frame, a shape that no good one has.
pub(crate) fn stamp(canvas: &mut Canvas, sheet: &Sheet, stamp: Stamp) {
    let (Some(ink), Some(word)) = (mark_ink(sheet), sheet.mark_word()) else {
        return;
    };
    let Stamp {
        centre,
        width,
        height,
        angle,
    } = stamp;
    let word = fit::fit(word, MARK, Room::line(width - height, height * 0.62, 6.0));
    let width = word.width() + height * 0.9;
    let (x, y) = (short(centre.x, 2), short(centre.y, 2));
    canvas.draw(format!(
        r#"<g transform="translate({x} {y}) rotate({})">"#,
        short(angle, 1)
    ));
    canvas.draw(frame(width, height, PAPER, ink, 2.4));
    canvas.draw(frame(width - 9.0, height - 9.0, "none", ink, 0.8));
    let base = Point::new(0.0, word.size * 0.215);
    canvas.text(&word, MARK, base, Anchor::Middle, ink);
    canvas.draw("</g>");
}

/// How a mark's word is set.
pub(crate) const MARK: Style = Style {
    tracking: 0.14,
    ..Style::CAPITALS
};

/// The mark's colour, which goes with its word.
pub(crate) fn mark_ink(sheet: &Sheet) -> Option<&'static str> {
    sheet.mark.map(|mark| match mark {
        Mark::Expired => "#7d5200",
        Mark::Revoked => "#a02828",
    })
}

fn frame(width: f64, height: f64, fill: &str, ink: &str, line: f64) -> String {
    let (left, top) = (short(-width / 2.0, 2), short(-height / 2.0, 2));
    let (width, height) = (short(width, 2), short(height, 2));
    let line = short(line, 2);
    format!(
        r#"<rect x="{left}" y="{top}" width="{width}" height="{height}" rx="3" fill="{fill}" stroke="{ink}" stroke-width="{line}"/>"#
    )
}
