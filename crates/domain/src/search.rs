//! Searching for people: by the words of their name, their mail address, and what the issuer's records call them.
//!
//! A word is a run of letters and digits, without accents and in lower case: `Zoë O'Brien` has `zoe`, `o` and `brien`. A mail
//! address is a word as a whole too. What somebody types is read in the same way, and finds whoever has, for each word of
//! it, one that begins like it; an address that is typed or pasted stays whole, and finds nobody of a similar name. So an index of
//! words answers a search whatever the number of people, which one for parts of words could not.

use std::collections::BTreeSet;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::{
    recipient::Recipient,
    text::{ExternalId, PersonName},
};

/// A word has no more letters than this; what comes after them does not count, neither in names nor in searches. Nobody types
/// more to tell two people apart, and no letter makes an index entry too long for a database.
pub const MAX_LETTERS: usize = 64;

/// A search of more words finds nobody: it is a text that was pasted by mistake.
pub const MAX_WORDS: usize = 32;

impl Recipient {
    /// The words by which a search finds this recipient, each once, in order.
    #[must_use]
    pub fn words(&self) -> BTreeSet<String> {
        let last_name = self.last_name.as_ref().map(PersonName::as_str);
        let external_id = self.external_id.as_ref().map(ExternalId::as_str);
        [
            Some(self.first_name.as_str()),
            last_name,
            Some(self.mail.as_str()),
            external_id,
        ]
        .into_iter()
        .flatten()
        .flat_map(words)
        .chain(address(self.mail.as_str()))
        .collect()
    }
}

/// Who is looked for.
///
/// ```
/// use symbolon_domain::search::Search;
///
/// let words = ["zoe".to_owned(), "brien".to_owned()].into();
/// assert!(Search::of("ZOË bri").finds(&words));
/// assert!(!Search::of("oe").finds(&words));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Search {
    /// Everybody: nothing was typed.
    Everybody,
    /// Who has a word that begins with each of these. None of these begins with another.
    Words(Vec<String>),
    /// Nobody: what was typed has no word, or too many.
    Nobody,
}

impl Search {
    /// Reads what somebody typed.
    #[must_use]
    pub fn of(text: &str) -> Self {
        if text.trim().is_empty() {
            return Self::Everybody;
        }
        let typed: BTreeSet<_> = text
            .split(|letter: char| letter.is_whitespace() || letter.is_control())
            .flat_map(|part| address(part).map_or_else(|| words(part), |address| vec![address]))
            .collect();
        if typed.is_empty() || typed.len() > MAX_WORDS {
            return Self::Nobody;
        }
        // Whoever has `maria` has `ma`. In this order a word stands before those that begin with it, and nothing between.
        let mut sought: Vec<String> = Vec::with_capacity(typed.len());
        for word in typed {
            if sought
                .last()
                .is_some_and(|shorter| word.starts_with(shorter.as_str()))
            {
                sought.pop();
            }
            sought.push(word);
        }
        Self::Words(sought)
    }

    /// Whether it finds somebody with these words.
    #[must_use]
    pub fn finds(&self, words: &BTreeSet<String>) -> bool {
        let begins = |sought: &String| {
            words
                .range(sought.clone()..)
                .next()
                .is_some_and(|word| word.starts_with(sought.as_str()))
        };
        match self {
            Self::Everybody => true,
            Self::Words(sought) => sought.iter().all(begins),
            Self::Nobody => false,
        }
    }
}

/// Without accents and strokes, and in the case that all spellings have in common: `ß` and `SS` become `ss`, and the one
/// sigma that ends words becomes the other.
fn folded(text: &str) -> String {
    let letters = text
        .nfkd()
        .filter(|letter| !is_combining_mark(*letter))
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase);
    let mut folded = String::with_capacity(text.len());
    for letter in letters {
        // Unicode takes these for letters of their own; who has no key for them types what stands here.
        match letter {
            '\u{e6}' => folded.push_str("ae"),
            '\u{153}' => folded.push_str("oe"),
            '\u{f8}' => folded.push('o'),
            '\u{111}' => folded.push('d'),
            '\u{127}' => folded.push('h'),
            '\u{142}' => folded.push('l'),
            other => folded.push(other),
        }
    }
    folded
}

fn words(text: &str) -> Vec<String> {
    folded(text)
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(cut)
        .collect()
}

/// The mail address that a part of a text is, also with brackets or a comma around it.
fn address(part: &str) -> Option<String> {
    let folded = folded(part);
    let address = folded.trim_matches(|letter: char| !letter.is_alphanumeric());
    address.contains('@').then(|| cut(address))
}

fn cut(word: &str) -> String {
    word.chars().take(MAX_LETTERS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sought(text: &str) -> Vec<String> {
        match Search::of(text) {
            Search::Words(words) => words,
            other => panic!("{text:?} is {other:?}"),
        }
    }

    #[test]
    fn letters_are_compared_without_case_and_accents() {
        for (text, wanted) in [
            ("Zo\u{eb}", "zoe"),
            ("ZOE\u{308}", "zoe"),
            ("\u{d6}ZIL", "ozil"),
            ("Stra\u{df}e", "strasse"),
            ("STRASSE", "strasse"),
            ("\u{130}stanbul", "istanbul"),
            ("\u{3a3}\u{3c9}\u{3c2}", "\u{3c3}\u{3c9}\u{3c3}"),
            ("\u{ff21}\u{ff44}\u{ff41}", "ada"),
            ("\u{141}ukasz", "lukasz"),
            ("S\u{f8}ren", "soren"),
            ("\u{110}or\u{111}e", "dorde"),
            ("\u{c6}r\u{f8}", "aero"),
            ("\u{152}uvre", "oeuvre"),
            ("G\u{127}awdex", "ghawdex"),
            ("\u{738b}\u{5c0f}\u{660e}", "\u{738b}\u{5c0f}\u{660e}"),
        ] {
            assert_eq!(sought(text), [wanted], "{text}");
        }
    }

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        // `o` is not looked for beside `org`, which begins with it.
        let words = sought("O'Brien-Smith, ada_l. @example.org HR-1815\0\u{200b}x");
        assert_eq!(words.join(" "), "1815 ada brien example hr l org smith x");
    }

    #[test]
    fn an_address_stays_whole() {
        for (text, wanted) in [
            ("Ada.L@Example.org", "ada.l@example.org"),
            ("<ada@example.org>, Ada", "ada@example.org"),
            ("ada@ex", "ada@ex"),
            ("ada@", "ada"),
            ("@example", "example"),
        ] {
            assert_eq!(sought(text), [wanted], "{text}");
        }
    }

    #[test]
    fn nothing_typed_is_everybody_and_no_word_is_nobody() {
        for text in ["", " ", "\t\n", "\u{a0}"] {
            assert_eq!(Search::of(text), Search::Everybody, "{text:?}");
        }
        for text in ["%", "'", "\0", "@ . -", "\u{308}"] {
            assert_eq!(Search::of(text), Search::Nobody, "{text:?}");
        }
    }

    #[test]
    fn as_many_words_as_are_allowed_and_no_more() {
        let numbers = |count: usize| {
            let numbers: Vec<_> = (100..100 + count).map(|number| number.to_string()).collect();
            numbers.join(" ")
        };
        assert_eq!(sought(&numbers(MAX_WORDS)).len(), MAX_WORDS);
        assert_eq!(Search::of(&numbers(MAX_WORDS + 1)), Search::Nobody);
    }

    #[test]
    fn a_word_is_as_long_as_what_an_index_takes() {
        // The longest that one letter becomes: eighteen, some of them marks between spaces.
        for letter in ['x', '\u{fdfa}', '\u{fb03}', '\u{1d15e}'] {
            let text: String = std::iter::repeat_n(letter, 200).collect();
            for word in words(&text) {
                assert!(word.chars().count() <= MAX_LETTERS, "{letter}");
                assert!(word.len() <= 4 * MAX_LETTERS, "{letter}");
            }
        }
        let long = "x".repeat(MAX_LETTERS + 1);
        assert!(Search::of(&long).finds(&words(&long).into_iter().collect()));
    }

    #[test]
    fn each_word_has_to_begin_one() {
        let ada: BTreeSet<_> = words("ada lovelace countess example org hr 1815")
            .into_iter()
            .collect();
        for (text, is_found) in [
            ("ada", true),
            ("lovelace ada", true),
            ("LOVE", true),
            ("ada a", true),
            ("a ad ada", true),
            ("countess example.org", true),
            ("815", false),
            ("ada grace", false),
            ("adah", false),
            ("zz", false),
        ] {
            assert_eq!(Search::of(text).finds(&ada), is_found, "{text}");
        }
    }
}
