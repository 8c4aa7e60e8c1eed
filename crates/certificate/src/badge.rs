//! A badge: a round seal with its title, the holder's name under it, and the QR code at the foot.

use crate::{
    RenderError, Sheet,
    canvas::{ACCENT, Anchor, Canvas, INK, MUTED, PAPER},
    fit::{self, LEADING, Room},
    guilloche::{Seed, Track, Weave},
    measure::Style,
    parts::{self, Stamp},
    pen::{Point, short},
};

const SIDE: f64 = 840.0;
const MIDDLE: f64 = SIDE / 2.0;
/// The seal.
const CENTRE: Point = Point::new(MIDDLE, 314.0);
/// The middle of the woven ring.
const RING: f64 = 246.0;
const REACH: f64 = 19.0;
/// Where the issuer's name stands around the title.
const LETTERING: f64 = 190.0;
/// What is within it belongs to the title.
const INNER: f64 = 162.0;
/// The QR code's square: 29 mm.
const CODE: f64 = 116.0;
/// The middle of the foot.
const FOOT: f64 = 748.0;
/// From one line of the foot to the next.
const LINE: f64 = 27.0;

/// Lays a badge out.
pub(crate) fn layout(sheet: &Sheet) -> Result<Canvas, RenderError> {
    let mut canvas = Canvas::default();
    canvas.draw(format!(
        r#"<path d="M0 0h{SIDE}v{SIDE}h-{SIDE}z" fill="{PAPER}"/>"#
    ));
    seal(&mut canvas, &Seed::new(&sheet.id));
    lettering(&mut canvas, sheet);
    title(&mut canvas, sheet);
    holder(&mut canvas, sheet);
    let code = foot(&mut canvas, sheet);
    parts::code(&mut canvas, sheet, code, CODE)?;
    let stamp = Stamp {
        centre: Point::new(MIDDLE, CENTRE.y + RING),
        width: 420.0,
        height: 62.0,
        angle: -4.0,
    };
    parts::stamp(&mut canvas, sheet, stamp);
    Ok(canvas)
}

fn seal(canvas: &mut Canvas, seed: &Seed) {
    let mut seed = seed.clone();
    let ring = |radius| Track::Ring {
        centre: CENTRE,
        radius,
    };
    let beads = seed.whole(16, 24);
    let weave = Weave {
        strands: 6,
        waves: beads + seed.whole(7, 13),
        reach: REACH,
        beads,
        waist: seed.between(0.5, 0.72),
        phase: seed.between(0.0, 0.25),
    };
    parts::band(canvas, &[ring(RING)], weave);
    for radius in [RING + REACH + 7.0, RING - REACH - 7.0, INNER] {
        let (x, y, radius) = (short(CENTRE.x, 1), short(CENTRE.y, 1), short(radius, 1));
        canvas.draw(format!(
            r#"<circle cx="{x}" cy="{y}" r="{radius}" fill="none" stroke="{ACCENT}" stroke-width=".9" stroke-opacity=".8"/>"#
        ));
    }
    // A ground for the title, as on the back of a watch.
    let petals = seed.whole(9, 14);
    let ground = Weave {
        strands: 5,
        waves: petals,
        reach: 70.0,
        beads: 0,
        waist: 0.0,
        phase: 0.0,
    };
    canvas.stroke(&ground.along(ring(INNER - 76.0)), ACCENT, 0.55, 0.2);
    for side in [-1.0, 1.0] {
        let (sin, cos) = f64::to_radians(22.0).sin_cos();
        let lettering = f64::midpoint(INNER, RING - REACH - 7.0);
        let centre = Point::new(CENTRE.x + side * lettering * cos, CENTRE.y + lettering * sin);
        parts::bead(canvas, centre, 10.0);
    }
}

/// The issuer above and the day of issue below, both along the ring.
fn lettering(canvas: &mut Canvas, sheet: &Sheet) {
    let issuer = fit::fit(&sheet.issuer, Style::CAPITALS, Room::line(580.0, 27.0, 13.0));
    let radius = LETTERING - issuer.size * 0.14;
    canvas.around(&issuer, Style::CAPITALS, &circle(radius, true), radius, ACCENT);

    let day = format!("{} {}", sheet.words.issued, sheet.issued_on);
    let day = fit::fit(day.trim(), Style::ITALIC, Room::line(330.0, 21.0, 9.0));
    let radius = LETTERING + day.size * 0.36;
    canvas.around(&day, Style::ITALIC, &circle(radius, false), radius, MUTED);
}

/// A circle around the seal's centre: clockwise from its foot, or against the clock from its top.
fn circle(radius: f64, is_clockwise: bool) -> String {
    let (from, to, sweep) = if is_clockwise {
        (CENTRE.y + radius, CENTRE.y - radius, 1)
    } else {
        (CENTRE.y - radius, CENTRE.y + radius, 0)
    };
    let (x, from, to, radius) = (CENTRE.x, short(from, 2), short(to, 2), short(radius, 2));
    format!("M{x} {from}A{radius} {radius} 0 0 {sweep} {x} {to}A{radius} {radius} 0 0 {sweep} {x} {from}")
}

fn title(canvas: &mut Canvas, sheet: &Sheet) {
    let room = Room {
        width: 262.0,
        largest: 54.0,
        smallest: 16.0,
        height: 146.0,
        lines: 6,
    };
    let title = fit::fit(&sheet.title, Style::ROMAN, room);
    let further: f64 = title.lines.iter().skip(1).map(|_| title.size * LEADING).sum();
    let first = Point::new(CENTRE.x, CENTRE.y - further / 2.0 + title.size * 0.24);
    canvas.text(&title, Style::ROMAN, first, Anchor::Middle, INK);
}

fn holder(canvas: &mut Canvas, sheet: &Sheet) {
    let room = Room {
        width: 720.0,
        largest: 50.0,
        smallest: 22.0,
        height: 62.0,
        lines: 2,
    };
    let holder = fit::fit(&sheet.holder, Style::ROMAN, room);
    let lift = if holder.lines.len() > 1 {
        holder.size * 0.5
    } else {
        0.0
    };
    let name = Point::new(MIDDLE, 650.0 - lift);
    canvas.text(&holder, Style::ROMAN, name, Anchor::Middle, INK);
}

/// The facts beside the QR code; says where the code goes.
fn foot(canvas: &mut Canvas, sheet: &Sheet) -> Point {
    let words = &sheet.words;
    let line = |text: &str, style, largest, ink| {
        let text = fit::fit(text, style, Room::line(400.0, largest, 9.0));
        (text, style, ink)
    };
    let mut lines = vec![
        line(&words.verify_at, Style::ITALIC, 18.0, MUTED),
        line(&sheet.verify_short, Style::ROMAN, 20.0, INK),
    ];
    if let Some(day) = &sheet.expires_on {
        let expiry = format!("{} {day}", sheet.expiry_word());
        lines.insert(0, line(expiry.trim(), Style::ROMAN, 20.0, INK));
    }
    let widest = lines.iter().map(|(text, ..)| text.width()).fold(0.0, f64::max);
    let left = MIDDLE - (CODE + 14.0 + widest) / 2.0;
    let height: f64 = lines.iter().skip(1).map(|_| LINE).sum();
    let mut y = FOOT - height / 2.0 + 6.0;
    for (text, style, ink) in lines {
        let at = Point::new(left + CODE + 14.0, y);
        canvas.text(&text, style, at, Anchor::Start, ink);
        y += LINE;
    }
    Point::new(left, FOOT - CODE / 2.0)
}
