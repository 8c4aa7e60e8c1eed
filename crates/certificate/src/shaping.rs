//! Widths of words, as the shaping engine has them, and what the layout engine makes of them.
//!
//! usvg 0.47 takes a cluster of several letters to be as wide as the widest of them, so that the next one is set over
//! it: names in the scripts of India and their neighbours become unreadable. The difference is handed to it as a shift.
//! When a version that adds the widths up is out (linebender/resvg, pull request 1043), [`shortfalls`] goes; its test
//! says when.

use std::{collections::BTreeMap, sync::LazyLock};

use rustybuzz::{Direction, Face, Feature, GlyphBuffer, UnicodeBuffer, ttf_parser::Tag};

use crate::{fonts, measure::Style, script};

/// The regular fonts by family, read once.
static FACES: LazyLock<BTreeMap<&'static str, Face<'static>>> = LazyLock::new(|| {
    let faces = fonts::regulars();
    faces
        .filter_map(|(family, file)| Some((family, Face::from_slice(file, 0)?)))
        .collect()
});
static ITALIC: LazyLock<Option<Face<'static>>> = LazyLock::new(|| Face::from_slice(fonts::italic(), 0));

/// Whether a font has a glyph for the character, or needs none.
pub(crate) fn has(family: &str, character: char) -> bool {
    let face = FACES.get(family);
    is_unseen(character) || face.is_some_and(|face| face.glyph_index(character).is_some())
}

/// Joiners and variation selectors: they change their neighbours, and are not seen themselves.
fn is_unseen(character: char) -> bool {
    matches!(
        character,
        '\u{200c}' | '\u{200d}' | '\u{034f}' | '\u{fe00}'..='\u{fe0f}'
    )
}

/// How wide a cleaned text is in ems, as near as can be said without laying it out.
pub(crate) fn advance(text: &str, style: Style, family: &'static str) -> f64 {
    let runs = script::runs(text);
    runs.into_iter()
        .map(|(own, run)| {
            let Some(face) = face(own, style, family) else {
                return 0.0;
            };
            let shaped = shaped(&run, face, style);
            let width: i32 = shaped.glyph_positions().iter().map(|at| at.x_advance).sum();
            let letters = u16::try_from(run.chars().count()).unwrap_or(u16::MAX);
            f64::from(width) / f64::from(face.units_per_em()) + style.tracking * f64::from(letters)
        })
        .sum()
}

fn face(own: Option<&str>, style: Style, family: &str) -> Option<&'static Face<'static>> {
    let is_italic = style.is_italic && own.is_none() && family == fonts::FIRST;
    let italic = ITALIC.as_ref().filter(|_| is_italic);
    italic.or_else(|| FACES.get(own.unwrap_or(family)))
}

fn shaped(run: &str, face: &Face<'_>, style: Style) -> GlyphBuffer {
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(run);
    buffer.guess_segment_properties();
    let small_caps = Feature::new(Tag::from_bytes(b"smcp"), 1, ..);
    let features = [small_caps];
    rustybuzz::shape(face, if style.is_small_caps { &features } else { &[] }, buffer)
}

/// By how much each cluster of a run is wider than the layout engine has it: where in the run it ends, and ems.
pub(crate) fn shortfalls(run: &str, family: &str) -> Vec<(usize, f64)> {
    let Some(face) = FACES.get(family) else {
        return Vec::new();
    };
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(run);
    buffer.guess_segment_properties();
    if buffer.direction() != Direction::LeftToRight {
        return Vec::new();
    }
    let shaped = rustybuzz::shape(face, &[], buffer);
    let mut clusters: BTreeMap<u32, (i32, i32)> = BTreeMap::new();
    for (info, position) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
        let (sum, widest) = clusters.entry(info.cluster).or_default();
        *sum += position.x_advance;
        *widest = position.x_advance.max(*widest);
    }
    let end = u32::try_from(run.len()).unwrap_or(u32::MAX);
    let ends = clusters.keys().skip(1).copied().chain([end]);
    clusters
        .values()
        .zip(ends)
        .filter(|((sum, widest), _)| sum > widest)
        .filter_map(|((sum, widest), end)| {
            let ems = f64::from(sum - widest) / f64::from(face.units_per_em());
            Some((usize::try_from(end).ok()?, ems))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use usvg::Tree;

    use super::*;

    #[test]
    fn a_vowel_sign_beside_its_letter_is_what_is_missing() {
        let family = "Noto Serif Devanagari";
        assert_eq!(shortfalls("नमन", family), []);
        let found = shortfalls("मान", family);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0, "मा".len());
        assert!(found[0].1 > 0.1 && found[0].1 < 1.0, "{found:?}");
    }

    #[test]
    fn the_layout_engine_still_needs_it() {
        let width = |text: &str| {
            let source = format!(
                r#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text font-size="100" font-family="Noto Serif Devanagari">{text}</text></svg>"#
            );
            let tree = Tree::from_str(&source, &fonts::options()).unwrap();
            tree.root().abs_bounding_box().width()
        };
        assert!(
            width("मामान") < width("ममन") + 20.0,
            "usvg adds widths up now: take this file out, or letters stand apart"
        );
    }
}
