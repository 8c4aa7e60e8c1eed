//! How wide texts are, measured with the fonts that set them.

use std::fmt::Write;

use usvg::{Node, Text, Tree};

use crate::{fonts, script};

/// The size that texts are measured at; widths grow in proportion.
const SPECIMEN: f64 = 100.0;

/// How a text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Style {
    pub(crate) is_italic: bool,
    /// Lower case letters as small capitals.
    pub(crate) is_small_caps: bool,
    /// Space between letters, in ems.
    pub(crate) tracking: f64,
}

impl Style {
    pub(crate) const ROMAN: Self = Self {
        is_italic: false,
        is_small_caps: false,
        tracking: 0.0,
    };
    pub(crate) const ITALIC: Self = Self {
        is_italic: true,
        ..Self::ROMAN
    };
    pub(crate) const CAPITALS: Self = Self {
        is_small_caps: true,
        tracking: 0.08,
        ..Self::ROMAN
    };

    /// The attributes of a text of this style.
    pub(crate) fn attributes(&self, family: &str, size: f64) -> String {
        let mut attributes = format!(r#"xml:space="preserve" font-family="{family}" font-size="{size:.3}""#);
        if self.is_italic {
            attributes.push_str(r#" font-style="italic""#);
        }
        if self.is_small_caps {
            attributes.push_str(r#" font-variant="small-caps""#);
        }
        if self.tracking > 0.0 {
            write!(attributes, r#" letter-spacing="{:.3}""#, self.tracking * size)
                .expect("a string takes all that is written");
        }
        attributes
    }
}

/// The widths of cleaned texts in ems, letters that lean out included; 0 for one without anything to see.
pub(crate) fn widths(texts: &[&str], style: Style, family: &str) -> Vec<f64> {
    let mut widths = vec![0.0; texts.len()];
    let mut owners = Vec::with_capacity(texts.len());
    let mut markups = Vec::with_capacity(texts.len());
    for ((owner, text), width) in texts.iter().enumerate().zip(&mut widths) {
        for piece in script::pieces(text) {
            let (markup, lost) = script::markup(&piece);
            *width += lost;
            owners.push(owner);
            markups.push(markup);
        }
    }
    for_each_set(&markups, style, family, |index, text| {
        let (advance, ink) = (text.bounding_box(), text.stroke_bounding_box());
        let width = advance.right().max(ink.right()) - advance.left().min(ink.left());
        if let Some(place) = owners.get(index).and_then(|owner| widths.get_mut(*owner)) {
            *place += f64::from(width) / SPECIMEN;
        }
    });
    widths
}

/// The pieces of a line that are laid out apart from each other, and where in the line each begins, in ems.
pub(crate) fn pieces(line: &str, style: Style, family: &str) -> Vec<(String, f64)> {
    let pieces = script::pieces(line);
    if pieces.len() < 2 {
        return pieces.into_iter().map(|piece| (piece, 0.0)).collect();
    }
    let texts: Vec<&str> = pieces.iter().map(String::as_str).collect();
    let widths = widths(&texts, style, family);
    let offsets = widths.into_iter().scan(0.0, |end, width| {
        let offset = *end;
        *end += width + style.tracking;
        Some(offset)
    });
    pieces.into_iter().zip(offsets).collect()
}

/// Sets the texts at the size of the specimen, and shows each that has anything to see.
fn for_each_set(markups: &[String], style: Style, family: &str, mut see: impl FnMut(usize, &Text)) {
    let mut source = String::from(r#"<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1">"#);
    let attributes = style.attributes(family, SPECIMEN);
    for (index, markup) in markups.iter().enumerate() {
        write!(source, r#"<text id="n{index}" {attributes}>{markup}</text>"#)
            .expect("a string takes all that is written");
    }
    source.push_str("</svg>");
    // What cannot be read is seen when the sheet itself is; here it has no width.
    let Ok(tree) = Tree::from_str(&source, &fonts::options()) else {
        return;
    };
    for_each_text(tree.root(), &mut |text| {
        if let Some(index) = text.id().strip_prefix('n').and_then(|index| index.parse().ok()) {
            see(index, text);
        }
    });
}

/// Shows every text of a tree, in order.
pub(crate) fn for_each_text(group: &usvg::Group, see: &mut impl FnMut(&Text)) {
    for node in group.children() {
        match node {
            Node::Text(text) => see(text),
            Node::Group(group) => for_each_text(group, see),
            Node::Path(_) | Node::Image(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::FIRST;

    #[test]
    fn widths_are_of_the_texts_in_order() {
        let widths = widths(&["i", "", "mmmm", "<&>"], Style::ROMAN, FIRST);
        assert!(widths[0] > 0.1 && widths[0] < 0.5, "{widths:?}");
        assert!(widths[1].abs() < f64::EPSILON, "{widths:?}");
        assert!(widths[2] > 8.0 * widths[0], "{widths:?}");
        assert!(widths[3] > widths[0], "{widths:?}");
    }
}
