//! The fonts that are built in, and which of them sets a text.
//!
//! Nothing is read from the machine, so a sheet looks the same wherever it is drawn. `fonts/README.md` says where each
//! file is from.

use std::sync::{Arc, LazyLock};

use usvg::{
    FontResolver, Options,
    fontdb::{Database, ID, Source},
};

use crate::{plain, script::script, shaping};

/// Sets what it can; every other font steps in for the characters it lacks.
pub(crate) const FIRST: &str = "EB Garamond";
/// Sets whole texts of Latin, Greek and Cyrillic letters that the first does not have all of.
pub(crate) const SECOND: &str = "Gentium Plus";

macro_rules! fonts {
    ($($family:literal $file:literal,)*) => {
        [$(($family, include_bytes!(concat!("../fonts/", $file)).as_slice())),*]
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
}
