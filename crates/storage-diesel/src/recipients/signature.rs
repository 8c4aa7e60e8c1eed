//! The signature that stands beside each word of a recipient: bits for all words they have.
//!
//! Whoever has several words is found among those who have one of them. Where many have each, and few have all, most of them
//! are passed over by the signature, without a look at their row: of those who lack a word of three letters or more, about one
//! in forty has its bits from others.
//!
//! It is kept: to change what is computed here is to make the words of all recipients anew.

/// How many of the first letters of a word the bits are of: a search looks for beginnings, and has seldom fewer.
const LETTERS: usize = 3;

/// What the number of the letters is divided by: the rest is a bit, and each has one, of the 63 that are no sign.
const MODULI: [i64; 3] = [59, 61, 63];

/// The bits that everybody has who has words that begin so. A word with fewer letters says nothing.
pub(crate) fn bits<'a>(words: impl IntoIterator<Item = &'a str>) -> i64 {
    words.into_iter().filter_map(number).fold(0, |bits, number| {
        MODULI
            .iter()
            .fold(bits, |bits, modulus| bits | 1 << (number % modulus))
    })
}

/// The first letters as a number.
fn number(word: &str) -> Option<i64> {
    let mut letters = word.chars().take(LETTERS).map(u32::from);
    let first = [letters.next()?, letters.next()?, letters.next()?];
    Some(
        first
            .into_iter()
            .fold(0, |number, letter| 31 * number + i64::from(letter)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_has_a_word_has_the_bits_of_its_beginnings() {
        let all = bits(["schmidt", "maria", "\u{10ffff}\u{10ffff}\u{10ffff}"]);
        assert!(all > 0);
        for (begin, is_said) in [
            ("sch", true),
            ("schmidt", true),
            ("mar", true),
            ("\u{10ffff}\u{10ffff}\u{10ffff}", true),
            ("ma", false),
            ("", false),
        ] {
            let begin = bits([begin]);
            assert_eq!(all & begin, begin);
            assert_eq!(begin != 0, is_said);
        }
    }

    #[test]
    fn whoever_lacks_a_word_is_mostly_passed_over() {
        let has = bits([
            "ada",
            "lovelace",
            "countess",
            "@countess@example.org",
            "example",
            "org",
            "1815",
        ]);
        let letters = || 'a'..='z';
        let words = letters().flat_map(|one| letters().map(move |two| format!("{one}{two}e")));
        let (seen, all) = words.fold((0, 0), |(seen, all), word| {
            let sought = bits([word.as_str()]);
            (seen + usize::from(has & sought == sought), all + 1)
        });
        assert!(seen * 20 < all, "{seen} of {all}");
    }

    /// It is kept in databases.
    #[test]
    fn a_word_has_always_the_same_bits() {
        // 97 * 961 + 100 * 31 + 97 is 96,414.
        assert_eq!(bits(["ada"]), 1 << 8 | 1 << 34 | 1 << 24);
    }
}
