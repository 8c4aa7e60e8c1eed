//! Searching for people: by the words of their name, their mail address, and what the issuer's records call them.
//!
//! A word is a run of letters and digits, without accents and in lower case: `Zoë O'Brien` has `zoe`, `o` and `brien`. A mail
//! address is a word as a whole too, and so is whatever looks like one in the issuer's records; it has an `@` in front, for
//! whoever types a name looks for no addresses, in which it is a word of its own. What somebody types is read in the same way,
//! and finds whoever has, for each word of it, one that begins like it; an address that is typed or pasted stays whole, and
//! finds nobody of a similar name. So an index of words answers a search whatever the number of people, which one for parts of
//! words could not.

mod folding;

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization as _;

use self::folding::{folded, is_in_words};
use crate::{
    recipient::Recipient,
    text::{ExternalId, MailAddress, PersonName},
};

/// A word has no more letters than this; what comes after them does not count, neither in names nor in searches. Nobody types
/// more to tell two people apart, and no letter makes an index entry too long for a database.
pub const MAX_LETTERS: usize = 64;

/// A search of more words finds nobody: it is a text that was pasted by mistake.
pub const MAX_WORDS: usize = 32;

/// The texts by which a recipient is found, also where nothing else about them could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Described<'a> {
    /// Their first name.
    pub first_name: &'a str,
    /// Their last name.
    pub last_name: Option<&'a str>,
    /// Their mail address.
    pub mail: &'a str,
    /// What the issuer's own records call them.
    pub external_id: Option<&'a str>,
}

impl Described<'_> {
    /// The words by which a search finds this recipient, each once, in order. They have no white space, no control
    /// characters, no quotes (`"`) and no backslashes.
    #[must_use]
    pub fn words(&self) -> BTreeSet<String> {
        [
            Some(self.first_name),
            self.last_name,
            Some(self.mail),
            self.external_id,
        ]
        .into_iter()
        .flatten()
        .flat_map(|text| words(text).chain(parts(text).filter_map(address)))
        .collect()
    }
}

impl<'a> From<&'a Recipient> for Described<'a> {
    fn from(recipient: &'a Recipient) -> Self {
        Self {
            first_name: recipient.first_name.as_str(),
            last_name: recipient.last_name.as_ref().map(PersonName::as_str),
            mail: recipient.mail.as_str(),
            external_id: recipient.external_id.as_ref().map(ExternalId::as_str),
        }
    }
}

impl Recipient {
    /// The words by which a search finds this recipient, as [`Described::words`] says.
    #[must_use]
    pub fn words(&self) -> BTreeSet<String> {
        Described::from(self).words()
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
        let mut typed = BTreeSet::new();
        for part in parts(text) {
            match address(part) {
                Some(address) => typed.extend([address]),
                None => typed.extend(words(part)),
            }
        }
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

fn words(text: &str) -> impl Iterator<Item = String> {
    let folded = folded(text);
    let words: Vec<_> = folded
        .split(|letter| !is_in_words(letter))
        .filter(|word| !word.is_empty())
        .map(cut)
        .collect();
    words.into_iter()
}

/// What stands between spaces.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| letter.is_whitespace() || letter.is_control())
}

/// The word for the mail address that a part of a text is, also with brackets or a comma around it: as addresses are kept, and
/// where it is none, or not typed to its end, as it stands.
fn address(part: &str) -> Option<String> {
    let outside = |letter| !is_in_words(letter);
    let part: String = part.nfkc().collect();
    let part = part.trim_matches(outside);
    let kept = MailAddress::parse(part).ok();
    // Stores write a word after a space, and split them by means to which quotes and backslashes are something.
    let word: String = folded(kept.as_ref().map_or(part, MailAddress::as_str))
        .chars()
        .filter(|letter| !letter.is_whitespace() && !letter.is_control() && !matches!(letter, '"' | '\\'))
        .collect();
    let word = word.trim_matches(outside);
    word.contains('@').then(|| cut(&format!("@{word}")))
}

fn cut(word: &str) -> String {
    word.chars().take(MAX_LETTERS).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sought(text: &str) -> Vec<String> {
        match Search::of(text) {
            Search::Words(words) => words,
            other => panic!("{text:?} is {other:?}"),
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
            ("Ada.L@Example.org", "@ada.l@example.org"),
            ("<ada@example.org>, Ada", "@ada@example.org ada"),
            ("ada@ex", "@ada@ex"),
            ("ada@", "ada"),
            ("@example", "example"),
            ("\u{ff41}\u{ff44}\u{ff41}\u{ff20}\u{ff45}\u{ff58}", "@ada@ex"),
            ("\u{301}@\u{301}x", "x"),
        ] {
            assert_eq!(sought(text).join(" "), wanted, "{text}");
        }
    }

    fn of_mail(mail: &str) -> BTreeSet<String> {
        let described = Described {
            first_name: "Ada",
            last_name: None,
            mail,
            external_id: None,
        };
        described.words()
    }

    #[test]
    fn an_international_address_is_looked_for_as_it_is_kept() {
        let (international, plain) = (of_mail("ada@xn--exmple-cua.org"), of_mail("ada@example.org"));
        for text in [
            "ada@ex\u{e4}mple.org",
            "<Ada@EXA\u{308}MPLE.org>,",
            "ada@ex\u{e4}mple.o",
            "ada@xn--exmple-cua.org",
            "ada@xn--ex",
        ] {
            assert!(Search::of(text).finds(&international), "{text}");
            assert!(!Search::of(text).finds(&plain), "{text}");
        }
        assert!(!Search::of("ada@example.org").finds(&international));
        assert!(Search::of("ad\u{e1}@example.org").finds(&plain));
    }

    #[test]
    fn what_looks_like_an_address_in_a_record_is_a_word() {
        let described = |external_id| Described {
            first_name: "Ada",
            last_name: Some("Lovelace@Home"),
            mail: "countess@example.org",
            external_id: Some(external_id),
        };
        for (external_id, typed) in [
            ("ada@corp.example", "ada@corp.example"),
            ("HR@1815", "hr@1815"),
            ("(HR@1815), or 1@2", "HR@1815 1@2"),
            ("a\"b\\c@d", "a\"b\\c@d"),
            ("a\u{ff02}b@d", "ab@d"),
            ("ada@corp\u{a8}", "ada@corp"),
            ("1", "lovelace@home"),
        ] {
            let words = described(external_id).words();
            assert!(Search::of(typed).finds(&words), "{external_id}: {words:?}");
        }
        let words = described("ada@corp.example").words();
        for typed in ["grace@corp.example", "ada@example.org", "corp.example@ada"] {
            assert!(!Search::of(typed).finds(&words), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn whoever_is_described_is_found_by_what_describes_them(text in "[\\PC \"\\\\@.\u{a8}\u{301}]{1,60}") {
            let described = Described {
                first_name: "Ada",
                last_name: None,
                mail: "ada@example.org",
                external_id: Some(&text),
            };
            let words = described.words();
            for word in &words {
                prop_assert!((1..=MAX_LETTERS).contains(&word.chars().count()), "{word:?}");
                let splits = |letter: char| letter.is_whitespace() || letter.is_control() || "\"\\".contains(letter);
                prop_assert!(!word.contains(splits), "{word:?}");
            }
            let search = Search::of(&text);
            prop_assert!(search == Search::Nobody || search.finds(&words), "{search:?} {words:?}");
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
        assert!(Search::of(&long).finds(&words(&long).collect()));
    }

    #[test]
    fn each_word_has_to_begin_one() {
        let ada: BTreeSet<_> = words("ada lovelace countess example org hr 1815").collect();
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
