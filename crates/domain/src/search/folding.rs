//! Which spellings of a text are the same to a search.

use unicode_normalization::{
    UnicodeNormalization,
    char::{canonical_combining_class, is_combining_mark},
};

/// Without accents and strokes, and in the case that all spellings have in common: `ß`, `ẞ` and `SS` become `ss`, and the one
/// sigma that ends words becomes the other.
pub(super) fn folded(text: &str) -> String {
    let letters = text
        .nfkd()
        .filter(|letter| !is_accent(*letter) && !is_joiner(*letter))
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase);
    let mut folded = String::with_capacity(text.len());
    for letter in letters {
        match plain(letter) {
            Some(plain) => folded.push_str(plain),
            None => folded.push(letter),
        }
    }
    folded
}

/// Whether this belongs to a word: a letter, a digit, or a mark that is left after folding.
pub(super) fn is_in_words(letter: char) -> bool {
    letter.is_alphanumeric() || is_combining_mark(letter)
}

/// Whether a mark only makes another shade of its letter, as Unicode's collation (UTS #10) has it: accents, tones, the points of
/// Hebrew and Arabic, and nuktas, which many leave out. The vowel signs of Indic and other scripts and the virama, which takes a
/// vowel away, it sorts as letters: without them other names are left. So are nasal signs here, and what tells が from か.
fn is_accent(mark: char) -> bool {
    is_combining_mark(mark)
        && match canonical_combining_class(mark) {
            // Kana voicing, viramas.
            8 | 9 => false,
            // Whatever stands in a place of its script's own: the vowel signs among them are alphabetic.
            0 | 84..=199 => !mark.is_alphabetic(),
            _ => true,
        }
}

/// What only says how its neighbours are drawn: the soft hyphen, and what joins letters or keeps them apart within a word.
const fn is_joiner(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{2060}')
}

/// What somebody types who has no key for a letter that Unicode takes for one of its own, in lower case.
const fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ⱥ' => "a",
        'ƀ' | 'ɓ' => "b",
        'ȼ' => "c",
        'đ' | 'ð' | 'ɗ' => "d",
        'ɇ' => "e",
        'ǥ' | 'ꞡ' => "g",
        'ħ' => "h",
        'ɨ' => "i",
        'ɉ' => "j",
        'ꝁ' | 'ꞣ' | 'ƙ' => "k",
        'ł' | 'ƚ' | 'ⱡ' => "l",
        'ŋ' | 'ꞥ' => "n",
        'ø' | 'ɵ' => "o",
        'ᵽ' => "p",
        'ɍ' | 'ꞧ' => "r",
        'ꞩ' => "s",
        'ŧ' | 'ⱦ' => "t",
        'ʉ' => "u",
        'ɏ' | 'ƴ' => "y",
        'ƶ' => "z",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_compared_without_case_and_accents() {
        for (text, wanted) in [
            ("Zo\u{eb}", "zoe"),
            ("ZOE\u{308}", "zoe"),
            ("\u{d6}ZIL", "ozil"),
            ("\u{130}stanbul", "istanbul"),
            ("D\u{131}yarbak\u{131}r", "diyarbakir"),
            ("\u{3a3}\u{3c9}\u{3c2}", "\u{3c3}\u{3c9}\u{3c3}"),
            ("\u{ff21}\u{ff44}\u{ff41}", "ada"),
            ("\u{c6}r\u{f8}", "aero"),
            ("\u{152}uvre", "oeuvre"),
            ("\u{1fd}", "ae"),
            ("G\u{f0}r\u{fa}n \u{de}\u{f3}r", "gdrun thor"),
            ("Nguy\u{1ec5}n", "nguyen"),
            ("\u{5d3}\u{5b8}\u{5d5}\u{5b4}\u{5d3}", "\u{5d3}\u{5d5}\u{5d3}"),
            (
                "\u{645}\u{64f}\u{62d}\u{645}\u{62f}",
                "\u{645}\u{62d}\u{645}\u{62f}",
            ),
            ("\u{738b}\u{5c0f}\u{660e}", "\u{738b}\u{5c0f}\u{660e}"),
        ] {
            assert_eq!(folded(text), wanted, "{text}");
        }
    }

    #[test]
    fn a_sharp_s_is_two_in_whatever_case() {
        for text in ["Gro\u{df}", "GRO\u{1e9e}", "gross", "GROSS", "Gro\u{17f}s"] {
            assert_eq!(folded(text), "gross", "{text}");
        }
    }

    #[test]
    fn letters_with_strokes_and_hooks_are_those_without() {
        for (text, wanted) in [
            ("\u{141}ukasz \u{142}", "lukasz l"),
            ("S\u{f8}ren \u{d8}", "soren o"),
            ("\u{110}or\u{111}e", "dorde"),
            ("G\u{127}awdex \u{126}al", "ghawdex hal"),
            ("\u{166}\u{167}", "tt"),
            ("\u{14a}\u{14b}", "nn"),
            (
                "\u{243}\u{23b}\u{246}\u{197}\u{248}\u{23d}\u{24c}\u{244}\u{24e}\u{1b5}",
                "bceijlruyz",
            ),
            ("\u{23a}\u{1e4}\u{2c60}\u{19f}\u{2c63}\u{23e}", "aglopt"),
            ("\u{181}\u{18a}\u{198}\u{1b3}", "bdky"),
            ("\u{a740}\u{a7a0}\u{a7a2}\u{a7a4}\u{a7a6}\u{a7a8}", "kgknrs"),
        ] {
            assert_eq!(folded(text), wanted, "{text}");
            assert_eq!(folded(&text.to_lowercase()), wanted, "{text}");
        }
    }

    #[test]
    fn vowel_signs_are_letters() {
        for texts in [
            // Mina and Manu.
            ["\u{92e}\u{940}\u{928}\u{93e}", "\u{92e}\u{928}\u{941}"],
            // With a virama, a conjunct.
            ["\u{915}\u{94d}\u{937}", "\u{915}\u{937}"],
            ["\u{e21}\u{e35}", "\u{e21}\u{e39}"],
            ["\u{786}\u{7a6}", "\u{786}\u{7ac}"],
            ["\u{f56}\u{f74}", "\u{f56}\u{f72}"],
            ["\u{915}\u{902}", "\u{915}"],
            ["\u{304c}", "\u{304b}"],
        ] {
            let [one, other] = texts.map(folded);
            assert_ne!(one, other, "{texts:?}");
            assert_eq!(one, folded(&one), "{texts:?}");
        }
        // Two-part vowel signs, whole or in their parts, and half-width kana.
        for texts in [
            ["\u{bca}", "\u{bc6}\u{bbe}"],
            ["\u{304c}", "\u{304b}\u{3099}"],
            ["\u{30ac}", "\u{ff76}\u{ff9e}"],
        ] {
            let [one, other] = texts.map(folded);
            assert_eq!(one, other, "{texts:?}");
        }
    }

    #[test]
    fn what_many_leave_out_is_left_out() {
        for (text, wanted) in [
            // A nukta.
            ("\u{91c}\u{93c}", "\u{91c}"),
            ("\u{95b}", "\u{91c}"),
            // A tone.
            ("\u{e21}\u{e48}", "\u{e21}"),
            // Joiners, and how a heart is drawn.
            ("\u{dc1}\u{dca}\u{200d}\u{dbb}", "\u{dc1}\u{dca}\u{dbb}"),
            ("\u{645}\u{6cc}\u{200c}\u{62e}", "\u{645}\u{6cc}\u{62e}"),
            ("soft\u{ad}ly", "softly"),
            ("\u{2764}\u{fe0f}", "\u{2764}"),
            ("1\u{fe0f}\u{20e3}", "1"),
        ] {
            assert_eq!(folded(text), wanted, "{text:?}");
        }
    }
}
