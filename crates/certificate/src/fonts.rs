//! The fonts that are built in, and which of them sets a text.
//!
//! Nothing is read from the machine, so a sheet looks the same wherever it is drawn. `fonts/README.md` says where each
//! file is from.

use std::sync::{Arc, LazyLock};

use usvg::{
    FontResolver, Options,
    fontdb::{Database, ID, Source},
};

use crate::{plain, shaping};

/// Sets what it can; every other font steps in for the characters it lacks.
pub(crate) const FIRST: &str = "EB Garamond";
/// Sets whole texts of Latin, Greek and Cyrillic letters that the first does not have all of.
pub(crate) const SECOND: &str = "Gentium Plus";

macro_rules! fonts {
    ($($family:literal $file:literal,)*) => {
        [$(($family, include_bytes!(concat!("../fonts/", $file)) as &'static [u8])),*]
    };
}

/// Every font by its family, a family's regular before its italic.
static FONTS: [(&str, &[u8]); 19] = fonts![
    "EB Garamond" "EBGaramond12-Regular.otf",
    "Gentium Plus" "GentiumPlus-Regular.ttf",
    "Noto Naskh Arabic" "NotoNaskhArabic-Regular.ttf",
    "Noto Serif Armenian" "NotoSerifArmenian-Regular.ttf",
    "Noto Serif Bengali" "NotoSerifBengali-Regular.ttf",
    "Noto Serif Devanagari" "NotoSerifDevanagari-Regular.ttf",
    "Noto Serif Ethiopic" "NotoSerifEthiopic-Regular.ttf",
    "Noto Serif Georgian" "NotoSerifGeorgian-Regular.ttf",
    "Noto Serif Gujarati" "NotoSerifGujarati-Regular.ttf",
    "Noto Serif Gurmukhi" "NotoSerifGurmukhi-Regular.ttf",
    "Noto Serif Hebrew" "NotoSerifHebrew-Regular.ttf",
    "Noto Serif Kannada" "NotoSerifKannada-Regular.ttf",
    "Noto Serif Khmer" "NotoSerifKhmer-Regular.ttf",
    "Noto Serif Lao" "NotoSerifLao-Regular.ttf",
    "Noto Serif Malayalam" "NotoSerifMalayalam-Regular.ttf",
    "Noto Serif Tamil" "NotoSerifTamil-Regular.ttf",
    "Noto Serif Telugu" "NotoSerifTelugu-Regular.ttf",
    "Noto Serif Thai" "NotoSerifThai-Regular.ttf",
    "EB Garamond" "EBGaramond12-Italic.otf",
];

/// The one italic.
pub(crate) fn italic() -> &'static [u8] {
    let ((_, italic), _regulars) = FONTS.split_last().expect("there are fonts");
    italic
}

/// The regular font of every family.
pub(crate) fn regulars() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    let (_italic, regulars) = FONTS.split_last().expect("there are fonts");
    regulars.iter().copied()
}

static DATABASE: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut database = Database::new();
    for (_, file) in FONTS {
        database.load_font_source(Source::Binary(Arc::new(file)));
    }
    database.set_serif_family(FIRST);
    Arc::new(database)
});

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

/// Whether a character belongs to the one before it, whatever its script: joiners, and marks that scripts share.
fn is_follower(character: char) -> bool {
    matches!(
        character,
        '\u{200c}' | '\u{200d}' | '\u{0951}' | '\u{0952}' | '\u{0964}' | '\u{0965}' | '\u{25cc}'
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
            markup.push_str(&format!(r#"<tspan dx="{shifts}">"#));
        } else {
            markup.push_str("<tspan>");
        }
        let escaped = plain::escape(&run);
        match family {
            Some(family) => markup.push_str(&format!(r#"<tspan font-family="{family}">{escaped}</tspan>"#)),
            None => markup.push_str(&escaped),
        }
        markup.push_str("</tspan>");
        lost = shift(run.len()).unwrap_or_default();
    }
    (markup, lost)
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

/// How sources are read: with these fonts and no others.
pub(crate) fn options() -> Options<'static> {
    Options {
        fontdb: Arc::clone(&DATABASE),
        font_family: FIRST.into(),
        font_resolver: FontResolver {
            select_font: FontResolver::default_font_selector(),
            select_fallback: Box::new(|character, tried, database| {
                let families = script(character).into_iter().chain([FIRST, SECOND]);
                let mut ids = families.filter_map(|family| regular(database, family));
                ids.find(|id| !tried.contains(id))
            }),
        },
        ..Options::default()
    }
}

fn regular(database: &Database, family: &str) -> Option<ID> {
    let mut faces = database.faces();
    let face = faces.find(|face| face.families.first().is_some_and(|(name, _)| name == family));
    face.map(|face| face.id)
}

/// The font that the Latin, Greek and Cyrillic letters of a text are set in: the second where it has all of them and
/// the first has not, so that no word is a mixture of both.
pub(crate) fn family(text: &str) -> &'static str {
    let mut letters = text.chars().filter(|&character| script(character).is_none());
    let is_set_by = |family| letters.clone().all(|character| shaping::has(family, character));
    if !is_set_by(FIRST) && is_set_by(SECOND) && letters.next().is_some() {
        SECOND
    } else {
        FIRST
    }
}

/// Whether every character of the text has a glyph in the built-in fonts.
///
/// Where one has not, the sheet shows an empty box in its place. Covered are Latin (with Vietnamese and the letters
/// of African languages), Greek, Cyrillic, Arabic, Armenian, Bengali, Devanagari, Ethiopic, Georgian, Gujarati,
/// Gurmukhi, Hebrew, Kannada, Khmer, Lao, Malayalam, Tamil, Telugu and Thai. Not covered are, among others, Chinese,
/// Japanese and Korean, whose fonts are several times as large as all of these, Burmese, Sinhala, Tibetan and emoji.
#[must_use]
pub fn is_drawable(text: &str) -> bool {
    let text = plain::clean(text, text.len().max(1));
    text.chars().all(|character| {
        let families = script(character).into_iter().chain([FIRST, SECOND]);
        families.into_iter().any(|family| shaping::has(family, character))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_one_font_and_the_italic_is_last() {
        let faces: Vec<_> = DATABASE.faces().collect();
        assert_eq!(faces.len(), FONTS.len());
        assert_eq!(faces[0].families[0].0, FIRST);
        assert_eq!(faces[1].families[0].0, SECOND);
        let italics = faces.iter().map(|face| face.style == usvg::fontdb::Style::Italic);
        assert_eq!(italics.rev().take_while(|&is_italic| is_italic).count(), 1);
    }

    #[test]
    fn scripts_are_covered_as_promised() {
        for text in [
            "Ærøskøbing Łódź Ğüşİ",
            "Nguyễn Thị Minh Khai",
            "Ὀδυσσεύς Παπαδόπουλος",
            "Достоевский Қайрат Їжак",
            "Ɓala Ŋgũgĩ Ọlá",
            "محمد بن سلمان",
            "דוד בן־גוריון",
            "अनुष्का शर्मा",
            "রবীন্দ্রনাথ ঠাকুর",
            "ગાંધી ਸਿੰਘ",
            "ಕನ್ನಡ తెలుగు മലയാളം தமிழ்",
            "สมชาย ສົມຈິດ សុខា",
            "Արամ Խաչատրյան ნინო",
            "ዓለም",
            "a\u{200d}b – “c” … ’ №",
            "",
            "Ada श्रीनिवास, (דוד) 2",
        ] {
            assert!(is_drawable(text), "{text}");
        }
        for text in ["王小明", "山田太郎", "김민준", "Ada 🎓", "မြန်မာ"] {
            assert!(!is_drawable(text), "{text}");
        }
    }

    #[test]
    fn a_text_is_of_one_font_where_one_has_all_of_it() {
        for (text, font) in [
            ("Ada Lovelace", FIRST),
            ("Достоевский", FIRST),
            ("Қайрат Нұртас", SECOND),
            ("דוד", FIRST),
            ("王小明", FIRST),
        ] {
            assert_eq!(family(text), font, "{text}");
        }
    }

    #[test]
    fn scripts_are_set_in_their_own_fonts() {
        let (markup, lost) = markup("A <ד>");
        assert_eq!(
            markup,
            r#"<tspan>A &lt;</tspan><tspan><tspan font-family="Noto Serif Hebrew">ד</tspan></tspan><tspan>&gt;</tspan>"#
        );
        assert!(lost.abs() < f64::EPSILON);
        // The width that the last syllable lacks is not lost on who measures.
        assert!(super::markup("शर्मा").1 > 0.1);
    }

    #[test]
    fn every_family_of_a_script_is_there() {
        for (_, _, family) in SCRIPTS {
            assert!(regulars().any(|(name, _)| name == family), "{family}");
        }
    }
}
