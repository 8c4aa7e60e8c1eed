//! A certificate: A4 landscape, one column between a woven frame and the foot.

use crate::{
    RenderError, Sheet,
    canvas::{ACCENT, Anchor, Canvas, INK, MUTED, PAPER},
    fit::{self, Fitted, LEADING, Room},
    guilloche::{Seed, Track, Weave},
    measure::Style,
    parts::{self, Stamp},
    pen::Point,
};

const WIDTH: f64 = 1188.0;
const HEIGHT: f64 = 840.0;
const MIDDLE: f64 = WIDTH / 2.0;
/// From the sheet's edge to the middle of the frame.
const FRAME: f64 = 52.0;
/// How far the frame's lines swing.
const REACH: f64 = 14.0;
/// From the sheet's edge to what is read at the foot.
const MARGIN: f64 = 124.0;
/// What is read in the middle lies between these two.
const TOP: f64 = 214.0;
const BOTTOM: f64 = 606.0;
/// The base line of the foot.
const FOOT: f64 = 712.0;
/// The QR code's square: 29 mm.
const CODE: f64 = 116.0;
/// Within it, from its edge to the code itself; some codes have a little less.
const QUIET: f64 = 10.0;

/// Lays a certificate out.
pub(crate) fn layout(sheet: &Sheet) -> Result<Canvas, RenderError> {
    let mut canvas = Canvas::default();
    canvas.draw(format!(
        r#"<path d="M0 0h{WIDTH}v{HEIGHT}h-{WIDTH}z" fill="{PAPER}"/>"#
    ));
    frame(&mut canvas, &Seed::new(&sheet.id));
    across(&mut canvas, sheet);
    head(&mut canvas, sheet);
    body(&mut canvas, sheet);
    foot(&mut canvas, sheet);
    let code = Point::new(WIDTH - MARGIN - CODE + QUIET, FOOT - CODE + QUIET);
    parts::code(&mut canvas, sheet, code, CODE)?;
    let stamp = Stamp {
        centre: Point::new(938.0, 244.0),
        width: 280.0,
        height: 60.0,
        angle: -7.0,
    };
    parts::stamp(&mut canvas, sheet, stamp);
    Ok(canvas)
}

fn frame(canvas: &mut Canvas, seed: &Seed) {
    let (left, right, top, bottom) = (FRAME, WIDTH - FRAME, FRAME, HEIGHT - FRAME);
    let top_left = Point::new(left, top);
    let top_right = Point::new(right, top);
    let bottom_right = Point::new(right, bottom);
    let bottom_left = Point::new(left, bottom);
    let side = |from, to| Track::Straight { from, to };

    let mut seed = seed.clone();
    let beads = seed.whole(11, 15);
    let long = Weave {
        strands: 6,
        waves: beads + seed.whole(4, 8),
        reach: REACH,
        beads,
        waist: seed.between(0.5, 0.72),
        phase: seed.between(0.0, 0.25),
    };
    // The sheet's proportion, so that beads and waves are of about the same length on all sides.
    let shorter = |count: u8| count - count / 3;
    let short = Weave {
        beads: shorter(long.beads),
        waves: shorter(long.waves),
        ..long
    };
    let across = [side(top_left, top_right), side(bottom_right, bottom_left)];
    parts::band(canvas, &across, long);
    let down = [side(top_right, bottom_right), side(bottom_left, top_left)];
    parts::band(canvas, &down, short);
    for inset in [FRAME - REACH - 6.0, FRAME + REACH + 6.0] {
        let (width, height) = (WIDTH - 2.0 * inset, HEIGHT - 2.0 * inset);
        let data = format!("M{inset} {inset}h{width}v{height}h-{width}z");
        canvas.stroke(&data, ACCENT, 0.9, 0.8);
    }
    let petals = seed.whole(7, 11);
    for corner in [top_left, top_right, bottom_right, bottom_left] {
        parts::rosette(canvas, corner, 33.0, petals);
    }
}

/// The mark's word across the sheet, as faint as a watermark.
fn across(canvas: &mut Canvas, sheet: &Sheet) {
    let (Some(ink), Some(word)) = (parts::mark_ink(sheet), sheet.mark_word()) else {
        return;
    };
    let word = fit::fit(word, parts::MARK, Room::line(860.0, 190.0, 20.0));
    canvas.draw(format!(
        r#"<g transform="translate({MIDDLE} 425) rotate(-24)" opacity=".1">"#
    ));
    let base = Point::new(0.0, word.size * 0.22);
    canvas.text(&word, parts::MARK, base, Anchor::Middle, ink);
    canvas.draw("</g>");
}

fn head(canvas: &mut Canvas, sheet: &Sheet) {
    let room = Room {
        width: 820.0,
        largest: 30.0,
        smallest: 17.0,
        height: 52.0,
        lines: 2,
    };
    let issuer = fit::fit(&sheet.issuer, Style::CAPITALS, room);
    let lift = if issuer.lines.len() > 1 {
        issuer.size * 0.6
    } else {
        0.0
    };
    let at = Point::new(MIDDLE, 160.0 - lift);
    canvas.text(&issuer, Style::CAPITALS, at, Anchor::Middle, ACCENT);
}

/// One text of the middle, and how it stands to the one above it.
struct Block {
    text: Fitted,
    style: Style,
    ink: &'static str,
    /// From the last base line above to the top of this one's letters.
    gap: f64,
}

impl Block {
    /// How far the first base line is under the last one above.
    fn drop(&self) -> f64 {
        self.gap + self.text.size * 0.66
    }

    fn height(&self) -> f64 {
        let further: f64 = self.text.lines.iter().skip(1).map(|_| LEADING).sum();
        self.drop() + self.text.size * further
    }
}

fn body(canvas: &mut Canvas, sheet: &Sheet) {
    let room = |width, largest, smallest, height, lines| Room {
        width,
        largest,
        smallest,
        height,
        lines,
    };
    let block = |text: &str, style, ink, gap, room| Block {
        text: fit::fit(text, style, room),
        style,
        ink,
        gap,
    };
    let (italic, roman) = (Style::ITALIC, Style::ROMAN);
    let small = Room::line(820.0, 25.0, 12.0);
    let words = &sheet.words;
    let mut blocks = vec![
        block(&words.certifies, italic, MUTED, 0.0, small),
        block(&sheet.holder, roman, INK, 40.0, room(920.0, 82.0, 27.0, 112.0, 3)),
        block(&words.awarded, italic, MUTED, 44.0, small),
        block(&sheet.title, roman, INK, 34.0, room(880.0, 46.0, 23.0, 84.0, 3)),
    ];
    if let Some(description) = &sheet.description {
        let two = room(720.0, 20.5, 20.5, 50.0, 2);
        blocks.push(block(description, roman, MUTED, 36.0, two));
    }
    blocks.retain(|block| !block.text.lines.is_empty());

    let height: f64 = blocks.iter().map(Block::height).sum();
    let mut y = f64::midpoint(TOP, BOTTOM) - height / 2.0;
    for block in blocks {
        let first = Point::new(MIDDLE, y + block.drop());
        canvas.text(&block.text, block.style, first, Anchor::Middle, block.ink);
        y += block.height();
    }
}

fn foot(canvas: &mut Canvas, sheet: &Sheet) {
    let words = &sheet.words;
    let issued = (words.issued.as_str(), sheet.issued_on.as_str());
    pair(canvas, issued, Point::new(MARGIN, FOOT), Anchor::Start, 178.0);
    if let Some(day) = &sheet.expires_on {
        let at = Point::new(MARGIN + 200.0, FOOT);
        pair(canvas, (sheet.expiry_word(), day), at, Anchor::Start, 178.0);
    }
    let verify = (words.verify_at.as_str(), sheet.verify_short.as_str());
    let at = Point::new(WIDTH - MARGIN - CODE, FOOT);
    pair(canvas, verify, at, Anchor::End, 420.0);
}

/// A small word over what it says.
fn pair(canvas: &mut Canvas, (word, fact): (&str, &str), at: Point, anchor: Anchor, width: f64) {
    let word = fit::fit(word, Style::ITALIC, Room::line(width, 18.0, 9.0));
    let above = Point::new(at.x, at.y - 27.0);
    canvas.text(&word, Style::ITALIC, above, anchor, MUTED);
    let fact = fit::fit(fact, Style::ROMAN, Room::line(width, 21.0, 9.0));
    canvas.text(&fact, Style::ROMAN, at, anchor, INK);
}
