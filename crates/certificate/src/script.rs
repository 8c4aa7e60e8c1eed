//! Which script a letter is of, and how a text of several is handed to the layout engine.

use crate::{plain, shaping};

/// The scripts that a font of their own sets, by the first and last of their characters.
const SCRIPTS: [(u32, u32, &str); 28] = [
    (0x0530, 0x058f, "Noto Serif Armenian"),
    (0x0590, 0x05ff, "Noto Serif Hebrew"),
    (0x0600, 0x06ff, "Noto Naskh Arabic"),
    (0x0750, 0x077f, "Noto Naskh Arabic"),
    (0x08a0, 0x08ff, "Noto Naskh Arabic"),
    (0x0900, 0x0950, "Noto Serif Devanagari"),
    (0x0953, 0x0963, "Noto Serif Devanagari"),
    (0x0966, 0x097f, "Noto Serif Devanagari"),
    (0x0980, 0x09ff, "Noto Serif Bengali"),
    (0x0a00, 0x0a7f, "Noto Serif Gurmukhi"),
    (0x0a80, 0x0aff, "Noto Serif Gujarati"),
    (0x0b80, 0x0bff, "Noto Serif Tamil"),
    (0x0c00, 0x0c7f, "Noto Serif Telugu"),
    (0x0c80, 0x0cff, "Noto Serif Kannada"),
    (0x0d00, 0x0d7f, "Noto Serif Malayalam"),
    (0x0e00, 0x0e7f, "Noto Serif Thai"),
    (0x0e80, 0x0eff, "Noto Serif Lao"),
    (0x10a0, 0x10ff, "Noto Serif Georgian"),
    (0x1200, 0x139f, "Noto Serif Ethiopic"),
    (0x1780, 0x17ff, "Noto Serif Khmer"),
    (0x19e0, 0x19ff, "Noto Serif Khmer"),
    (0x1c90, 0x1cbf, "Noto Serif Georgian"),
    (0x2d00, 0x2d2f, "Noto Serif Georgian"),
    (0x2d80, 0x2ddf, "Noto Serif Ethiopic"),
    (0xa8e0, 0xa8ff, "Noto Serif Devanagari"),
    (0xab00, 0xab2f, "Noto Serif Ethiopic"),
    (0xfb1d, 0xfb4f, "Noto Serif Hebrew"),
    (0xfb50, 0xfefe, "Noto Naskh Arabic"),
];

/// The font of a character's script; none for Latin, Greek, Cyrillic, and what all scripts use.
pub(crate) fn script(character: char) -> Option<&'static str> {
    let code = u32::from(character);
    let found = SCRIPTS
        .iter()
        .find(|(first, last, _)| (*first..=*last).contains(&code));
    found.map(|(_, _, family)| *family)
}

/// The fonts of scripts that are read from right to left.
const LEFTWARD: [&str; 2] = ["Noto Serif Hebrew", "Noto Naskh Arabic"];

/// Whether a character belongs to the one before it, whatever its script: spaces, joiners, and marks that scripts
/// share.
fn is_follower(character: char) -> bool {
    matches!(
        character,
        ' ' | '\u{200c}' | '\u{200d}' | '\u{0951}' | '\u{0952}' | '\u{0964}' | '\u{0965}' | '\u{25cc}'
    )
}

/// A cleaned text as it stands in a `text` element, and by how much in ems it is wider than it is taken to be.
///
/// Every run of a script is within a tag that names its font: left to themselves, letters that the base font lacks
/// are taken from others one by one. Where the layout engine loses width, the next letter is shifted.
pub(crate) fn markup(text: &str) -> (String, f64) {
    let mut markup = String::with_capacity(2 * text.len());
    let mut lost = 0.0;
    for (family, run) in runs(text) {
        let missing = family.map_or_else(Vec::new, |family| shaping::shortfalls(&run, family));
        let shift = |at: usize| missing.iter().find(|(end, _)| *end == at).map(|(_, ems)| *ems);
        if lost > 0.0 || !missing.is_empty() {
            let mut shifts = format!("{lost:.4}em");
            for (at, _) in run.char_indices().skip(1) {
                shifts.push_str(&shift(at).map_or(" 0".into(), |ems| format!(" {ems:.4}em")));
            }
            markup.extend([r#"<tspan dx=""#, &shifts, r#"">"#]);
        } else {
            markup.push_str("<tspan>");
        }
        let escaped = plain::escape(&run);
        match family {
            Some(family) => {
                markup.extend([r#"<tspan font-family=""#, family, r#"">"#, &escaped, "</tspan>"]);
            }
            None => markup.push_str(&escaped),
        }
        markup.push_str("</tspan>");
        lost = shift(run.len()).unwrap_or_default();
    }
    (markup, lost)
}

/// The text in the pieces that are laid out apart from each other, from left to right.
///
/// The layout engine shapes all that it gets at once by the rules of the first script in it, so a word of another would
/// have its letters side by side. What is read from right to left stays with the Latin, Greek and Cyrillic around it,
/// for the engine puts these in order, and shapes each direction by itself. Arabic beside Hebrew, with nothing else
/// between them, is not joined up.
pub(crate) fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<(bool, String)> = Vec::new();
    for (family, run) in runs(text) {
        let is_apart = family.is_some_and(|family| !LEFTWARD.contains(&family));
        match pieces.last_mut() {
            Some((false, piece)) if !is_apart => piece.push_str(&run),
            _ => pieces.push((is_apart, run)),
        }
    }
    pieces.into_iter().map(|(_, piece)| piece).collect()
}

/// The text in runs of one script each.
pub(crate) fn runs(text: &str) -> Vec<(Option<&'static str>, String)> {
    let mut runs: Vec<(Option<&'static str>, String)> = Vec::new();
    for character in text.chars() {
        let family = script(character);
        match runs.last_mut() {
            Some((last, run)) if *last == family || is_follower(character) => run.push(character),
            _ => runs.push((family, character.into())),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts;

    #[test]
    fn scripts_are_set_in_their_own_fonts() {
        let (text, lost) = markup("A <ד>");
        assert_eq!(
            text,
            r#"<tspan>A &lt;</tspan><tspan><tspan font-family="Noto Serif Hebrew">ד</tspan></tspan><tspan>&gt;</tspan>"#
        );
        assert!(lost.abs() < f64::EPSILON);
        // The width that the last syllable lacks is not lost on who measures.
        assert!(markup("शर्मा").1 > 0.1);
    }

    #[test]
    fn every_family_of_a_script_is_there() {
        for (_, _, family) in SCRIPTS {
            assert!(fonts::regulars().any(|(name, _)| name == family), "{family}");
        }
    }

    #[test]
    fn scripts_are_laid_out_apart_but_for_directions() {
        assert_eq!(
            pieces("Ada דוד и शर्मा தமிழ், ok"),
            ["Ada דוד и ", "शर्मा ", "தமிழ்", ", ok"]
        );
    }
}
