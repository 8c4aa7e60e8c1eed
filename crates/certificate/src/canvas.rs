//! A sheet being drawn: once with texts, for PDF and PNG, and once with their outlines, for whoever shows the SVG.

use std::{collections::HashMap, f64::consts::PI};

use usvg::{Node, Text, Tree, tiny_skia_path::PathSegment};

use crate::{
    fit::{Fitted, LEADING},
    measure::{self, Style},
    pen::{Pen, Point, short},
    script,
};

/// Ink, for what is read.
pub(crate) const INK: &str = "#1d1f23";
/// A quieter ink, for what leads to it.
pub(crate) const MUTED: &str = "#5a5f69";
/// The one colour.
pub(crate) const ACCENT: &str = "#0f5e5a";
/// The paper.
pub(crate) const PAPER: &str = "#ffffff";

/// Where a line of text is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    /// How far left of the anchor a line begins.
    fn before(self, width: f64) -> f64 {
        match self {
            Self::Start => 0.0,
            Self::Middle => width / 2.0,
            Self::End => width,
        }
    }
}

/// One thing on the sheet.
#[derive(Debug)]
enum Element {
    /// The same in both drawings.
    Drawn(String),
    /// A line of text, and the colour that its outlines have.
    Text {
        source: String,
        ink: &'static str,
        size: f64,
    },
}

/// The things on a sheet, in the order in which they are painted and read.
#[derive(Debug, Default)]
pub(crate) struct Canvas {
    elements: Vec<Element>,
}

impl Canvas {
    /// Adds a piece of SVG that holds no text from outside.
    pub(crate) fn draw(&mut self, svg: impl Into<String>) {
        self.elements.push(Element::Drawn(svg.into()));
    }

    /// Strokes path data with a line of the given width.
    pub(crate) fn stroke(&mut self, data: &str, ink: &str, width: f64, opacity: f64) {
        let (width, opacity) = (short(width, 2), short(opacity, 2));
        self.draw(format!(
            r#"<path d="{data}" fill="none" stroke="{ink}" stroke-width="{width}" stroke-opacity="{opacity}"/>"#
        ));
    }

    /// Sets the lines of a text, the first with its base line at `at`.
    pub(crate) fn text(
        &mut self,
        fitted: &Fitted,
        style: Style,
        at: Point,
        anchor: Anchor,
        ink: &'static str,
    ) {
        let mut y = at.y;
        for (line, width) in fitted.lines.iter().zip(&fitted.widths) {
            let left = at.x - anchor.before(*width);
            for (piece, offset) in measure::pieces(line, style, fitted.family) {
                let left = short(left + offset * fitted.size, 2);
                let place = format!(r#"x="{left}" y="{}""#, short(y, 2));
                self.set(&place, &script::markup(&piece).0, fitted, style, ink);
            }
            y += fitted.size * LEADING;
        }
    }

    /// Sets a text of one line around a circle that begins opposite of where the text has its middle.
    pub(crate) fn around(
        &mut self,
        fitted: &Fitted,
        style: Style,
        circle: &str,
        radius: f64,
        ink: &'static str,
    ) {
        let number = self.elements.len();
        self.draw(format!(
            r#"<defs><path id="circle{number}" d="{circle}"/></defs>"#
        ));
        for line in &fitted.lines {
            let start = PI * radius - fitted.width() / 2.0;
            for (piece, offset) in measure::pieces(line, style, fitted.family) {
                let content = format!(
                    r##"<textPath href="#circle{number}" startOffset="{}">{}</textPath>"##,
                    short(start + offset * fitted.size, 2),
                    script::markup(&piece).0
                );
                self.set("", &content, fitted, style, ink);
            }
        }
    }

    fn set(&mut self, place: &str, content: &str, fitted: &Fitted, style: Style, ink: &'static str) {
        let id = self.elements.len();
        let attributes = style.attributes(fitted.family, fitted.size);
        let source = format!(r#"<text id="t{id}" {place} fill="{ink}" {attributes}>{content}</text>"#);
        self.elements.push(Element::Text {
            source,
            ink,
            size: fitted.size,
        });
    }

    /// The drawing with texts, between an opening tag and its end.
    pub(crate) fn with_texts(&self, opening: &str) -> String {
        let content = self.elements.iter().map(|element| match element {
            Element::Drawn(svg) => svg.as_str(),
            Element::Text { source, .. } => source.as_str(),
        });
        format!("{opening}{}</svg>", content.collect::<String>())
    }

    /// The drawing with outlines in place of the texts, which are taken from the tree of
    /// [`with_texts`](Self::with_texts).
    pub(crate) fn with_outlines(&self, opening: &str, tree: &Tree) -> String {
        let mut texts = HashMap::new();
        measure::for_each_text(tree.root(), &mut |text| {
            texts.insert(text.id().to_owned(), text.clone());
        });
        let mut svg = String::from(opening);
        for (id, element) in self.elements.iter().enumerate() {
            match element {
                Element::Drawn(drawn) => svg.push_str(drawn),
                Element::Text { ink, size, .. } => {
                    if let Some(text) = texts.get(&format!("t{id}")) {
                        let data = outline(text, *size);
                        svg.extend([r#"<path d=""#, &data, r#"" fill=""#, ink, r#""/>"#]);
                    }
                }
            }
        }
        svg.push_str("</svg>");
        svg
    }
}

/// The size from which a tenth of a unit is finer than anybody sees in a letter.
const LARGE: f64 = 24.0;

/// The outlines of all letters of a text as one path.
fn outline(text: &Text, size: f64) -> String {
    let mut pen = if size < LARGE { Pen::fine() } else { Pen::coarse() };
    add_paths(text.flattened(), &mut pen);
    pen.finish()
}

fn add_paths(group: &usvg::Group, pen: &mut Pen) {
    let point = |point: usvg::tiny_skia_path::Point| Point::new(f64::from(point.x), f64::from(point.y));
    for node in group.children() {
        match node {
            Node::Group(group) => add_paths(group, pen),
            Node::Path(path) => {
                for segment in path.data().segments() {
                    match segment {
                        PathSegment::MoveTo(to) => pen.move_to(point(to)),
                        PathSegment::LineTo(to) => pen.line_to(point(to)),
                        PathSegment::QuadTo(bend, to) => pen.quadratic_to(point(bend), point(to)),
                        PathSegment::CubicTo(out, back, to) => {
                            pen.cubic_to(point(out), point(back), point(to));
                        }
                        PathSegment::Close => pen.close(),
                    }
                }
            }
            Node::Text(_) | Node::Image(_) => {}
        }
    }
}
