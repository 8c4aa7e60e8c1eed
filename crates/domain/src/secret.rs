//! The secret value of an authorization token: its format, its checksum, and how it is kept from being printed.

use std::fmt;

use zeroize::Zeroize;

use crate::port::entropy::{Entropy, EntropyError};

/// What every authorization token starts with, for ever: secret scanners look for it.
pub const PREFIX: &str = "symorg_";
/// Random characters: 62³⁰ is 178.6 bits.
const BODY: usize = 30;
/// Characters of the checksum: 62⁶ exceeds 2³².
const CHECKSUM: usize = 6;
/// Characters of the whole value.
const LENGTH: usize = PREFIX.len() + BODY + CHECKSUM;

const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The regular expression that finds authorization tokens in text, published for secret scanners.
pub const PATTERN: &str = "symorg_[0-9A-Za-z]{36}";

/// The value of an authorization token: `symorg_`, 30 random base62 characters, and the CRC-32 of all before as 6
/// base62 digits.
///
/// It cannot be printed, cloned or serialized by accident, and is wiped from memory when dropped.
///
/// ```compile_fail
/// # use symbolon_domain::secret::TokenSecret;
/// fn leak(secret: TokenSecret) -> String {
///     secret.to_string() // there is no Display
/// }
/// ```
///
/// ```compile_fail
/// # use symbolon_domain::secret::TokenSecret;
/// fn copy(secret: &TokenSecret) -> TokenSecret {
///     secret.clone() // nor Clone
/// }
/// ```
pub struct TokenSecret {
    text: [u8; LENGTH],
}

impl TokenSecret {
    /// Draws a fresh value.
    ///
    /// Bytes are turned into letters by rejection: of 256 values the 248 that divide evenly by 62 are used, so no
    /// letter is likelier than another.
    ///
    /// # Errors
    /// When the random source fails.
    pub fn generate(entropy: &dyn Entropy) -> Result<Self, EntropyError> {
        const FAIR: u8 = 248;
        let mut text = [0; LENGTH];
        let (head, _) = text.split_at_mut(PREFIX.len() + BODY);
        let (prefix, body) = head.split_at_mut(PREFIX.len());
        prefix.copy_from_slice(PREFIX.as_bytes());

        let mut random = [0; 2 * BODY];
        let mut wanted = body.iter_mut().peekable();
        while wanted.peek().is_some() {
            entropy.fill(&mut random)?;
            let letters = random
                .iter()
                .filter(|byte| **byte < FAIR)
                .map(|byte| letter(u32::from(*byte)));
            for (letter, place) in letters.zip(wanted.by_ref()) {
                *place = letter;
            }
        }
        random.zeroize();
        Ok(Self::with_checksum(text))
    }

    /// Reads a value exactly as it was given out: no trimming, no folding of case.
    ///
    /// A wrong checksum is refused here, before any storage is asked. The checksum finds typing errors; it protects
    /// nothing.
    ///
    /// # Errors
    /// [`MalformedSecret`], which tells nothing about the text.
    pub fn parse(text: &str) -> Result<Self, MalformedSecret> {
        let given: [u8; LENGTH] = text.as_bytes().try_into().map_err(|_| MalformedSecret)?;
        let well_formed = given.starts_with(PREFIX.as_bytes())
            && given.iter().skip(PREFIX.len()).all(u8::is_ascii_alphanumeric);
        let expected = Self::with_checksum(given);
        if well_formed && expected.text == given {
            Ok(expected)
        } else {
            Err(MalformedSecret)
        }
    }

    /// The value itself.
    ///
    /// For digests, sealing, and the one answer that hands it over; never for a log, an error or a URL that is kept.
    #[must_use]
    pub fn expose(&self) -> &str {
        // ASCII by construction, so this never falls back.
        std::str::from_utf8(&self.text).unwrap_or_default()
    }

    /// The same text with the checksum that belongs to it.
    fn with_checksum(mut text: [u8; LENGTH]) -> Self {
        let (head, tail) = text.split_at_mut(PREFIX.len() + BODY);
        let mut rest = crc32fast::hash(head);
        for digit in tail.iter_mut().rev() {
            *digit = letter(rest % 62);
            rest /= 62;
        }
        Self { text }
    }
}

/// The letter that stands for `value` modulo 62.
fn letter(value: u32) -> u8 {
    usize::try_from(value % 62)
        .ok()
        .and_then(|index| ALPHABET.get(index))
        .copied()
        .unwrap_or_default()
}

impl Drop for TokenSecret {
    fn drop(&mut self) {
        self.text.zeroize();
    }
}

/// Shows that there is a secret, and nothing of it.
impl fmt::Debug for TokenSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenSecret(…)")
    }
}

/// The text is not an authorization token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an authorization token")]
pub struct MalformedSecret;

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU8, Ordering};

    use proptest::prelude::*;

    use super::*;

    /// Counts upwards, so that every byte value turns up, unfair ones included.
    struct Counting(AtomicU8);

    impl Entropy for Counting {
        fn fill(&self, bytes: &mut [u8]) -> Result<(), EntropyError> {
            bytes.fill_with(|| self.0.fetch_add(1, Ordering::Relaxed));
            Ok(())
        }
    }

    fn secret(start: u8) -> TokenSecret {
        TokenSecret::generate(&Counting(AtomicU8::new(start))).unwrap()
    }

    #[test]
    fn the_format_is_fixed() {
        // The checksum was computed by an independent implementation (zlib's crc32, base62 by hand).
        assert_eq!(secret(0).expose(), "symorg_0123456789ABCDEFGHIJKLMNOPQRST14swJc");
        assert_eq!(secret(0).expose().len(), 43);
    }

    #[test]
    fn unfair_bytes_are_rejected() {
        // 248..=255 would favour the first eight letters; the letters go on with the next fair byte.
        assert!(secret(246).expose().starts_with("symorg_yz0123456789"));
    }

    #[test]
    fn nothing_of_it_is_shown() {
        assert_eq!(format!("{:?}", secret(0)), "TokenSecret(…)");
    }

    #[test]
    fn near_misses_are_refused() {
        let good = secret(5).expose().to_owned();
        for bad in [
            format!("{good} "),
            format!(" {good}"),
            format!("{good}\n"),
            good.to_uppercase(),
            good.replace("symorg_", "symorg-"),
            good.replace("symorg_", "symrec_"),
            good.replacen('A', "Ａ", 1),
            good.replacen('A', "%41", 1),
            good.replacen('A', "A\u{200b}", 1),
            good.chars().skip(7).collect(),
            String::new(),
            "HTdauSjqXyes5LbxLO5GZw".to_owned(),
        ] {
            assert_eq!(TokenSecret::parse(&bad).err(), Some(MalformedSecret), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn what_is_generated_can_be_read(start: u8) {
            let secret = secret(start);
            let read = TokenSecret::parse(secret.expose()).unwrap();
            prop_assert_eq!(read.expose(), secret.expose());
        }

        #[test]
        fn any_single_changed_character_is_found(start: u8, place in 7usize..43, other in "[0-9A-Za-z]") {
            let good = secret(start).expose().to_owned();
            let mut bad = good.clone();
            bad.replace_range(place..=place, &other);
            prop_assert_eq!(TokenSecret::parse(&bad).is_ok(), bad == good);
        }

        #[test]
        fn no_text_makes_it_panic(text: String) {
            let _ = TokenSecret::parse(&text);
        }
    }
}
