//! Passwords of administrators: what is asked of one, and how little of it is kept.

use std::fmt;

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// A password as somebody types it. It cannot be printed, and is wiped from memory when dropped.
///
/// Composed (Unicode's NFC), so that one keyboard writes what another does; otherwise exactly as typed, white space
/// included.
pub struct Password(Zeroizing<String>);

impl Password {
    /// The fewest characters of a new one. NIST SP 800-63B-4 asks for 15 where nothing else lets in, and for 8 beside a
    /// second factor; guessing here is slowed down for each account.
    pub const MIN: usize = 12;
    /// The most characters of one, so that hashing it stays cheap.
    pub const MAX: usize = 256;

    /// What somebody typed to sign in: too short is wrong like any other, and too long is cut nowhere but refused.
    #[must_use]
    pub fn typed(text: &str) -> Option<Self> {
        // Composing shortens to a third at most.
        if text.len() > Self::MAX * 12 {
            return None;
        }
        let text: String = text.nfc().collect();
        (1..=Self::MAX)
            .contains(&text.chars().count())
            .then(|| Self(Zeroizing::new(text)))
    }

    /// A new password, good enough to be kept. `about` is what an attacker tries first: the person's mail address and
    /// names, and the organization's.
    ///
    /// # Errors
    /// [`WeakPassword`] says what is wrong with it.
    pub fn choose(text: &str, about: &[&str]) -> Result<Self, WeakPassword> {
        let password = Self::typed(text).ok_or(if text.is_empty() {
            WeakPassword::TooShort
        } else {
            WeakPassword::TooLong
        })?;
        let letters: Vec<char> = password.0.chars().collect();
        if letters.len() < Self::MIN {
            return Err(WeakPassword::TooShort);
        }
        let folded = fold(&password.0);
        // A word that is most of it leaves nothing to guess.
        let is_about = |word: &str| word.chars().count() >= 4 && folded.replace(word, "").chars().count() < 6;
        if about
            .iter()
            .flat_map(|text| words(text))
            .any(|word| is_about(&word))
        {
            return Err(WeakPassword::AboutYou);
        }
        if is_plain(&folded) {
            return Err(WeakPassword::TooPlain);
        }
        Ok(password)
    }

    /// The password itself, for hashing.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

/// Shows that there is one, and nothing of it.
impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// A new password that is too easy to guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassword {
    /// Fewer than [`Password::MIN`] characters.
    #[error("must have at least {} characters", Password::MIN)]
    TooShort,
    /// More than [`Password::MAX`] characters.
    #[error("must have at most {} characters", Password::MAX)]
    TooLong,
    /// Hardly more than a name or a mail address.
    #[error("must not be your name, your mail address or your organization's name")]
    AboutYou,
    /// A run, a repetition, or a word that everybody thinks of.
    #[error("is among the first that are guessed; try a few words that do not belong together")]
    TooPlain,
}

/// What everybody thinks of, without digits and signs.
const COMMON: [&str; 16] = [
    "password",
    "passwort",
    "letmein",
    "welcome",
    "willkommen",
    "qwertyuiop",
    "qwertzuiop",
    "qwerty",
    "qwertz",
    "iloveyou",
    "administrator",
    "admin",
    "changeme",
    "secret",
    "geheim",
    "symbolon",
];

fn fold(text: &str) -> String {
    text.to_lowercase()
}

/// The words of a name or a mail address, and the whole of it.
fn words(text: &str) -> impl Iterator<Item = String> {
    let folded = fold(text);
    let parts: Vec<String> = folded
        .split(|c: char| !c.is_alphanumeric())
        .map(ToOwned::to_owned)
        .chain([folded.clone()])
        .collect();
    parts.into_iter()
}

/// Whether it is a repetition of few characters, one run of neighbours, or a common word with trimmings.
fn is_plain(folded: &str) -> bool {
    let letters: Vec<char> = folded.chars().collect();
    let mut different = letters.clone();
    different.sort_unstable();
    different.dedup();
    let follows = |a: char, b: char| u32::from(a).abs_diff(u32::from(b)) <= 1;
    let is_run = letters
        .iter()
        .zip(letters.iter().skip(1))
        .all(|(a, b)| follows(*a, *b) || (*a, *b) == ('9', '0'));
    let core: String = folded.chars().filter(|c| c.is_alphabetic()).collect();
    different.len() < 5 || is_run || COMMON.iter().any(|word| core == *word || core == word.repeat(2))
}

/// What is kept of a password: its Argon2id hash as a PHC string. Not secret by itself, and still nothing to print.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// What a hasher made, or a store kept.
    #[must_use]
    pub const fn from_kept(phc: String) -> Self {
        Self(phc)
    }

    /// The PHC string.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Shows that there is one, and nothing of it.
impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choose(text: &str) -> Result<(), WeakPassword> {
        let about = [
            "ada.lovelace@academy.example.org",
            "Ada Lovelace",
            "Example Academy",
        ];
        Password::choose(text, &about).map(drop)
    }

    #[test]
    fn weak_ones_are_refused_with_the_reason() {
        for (text, reason) in [
            ("", WeakPassword::TooShort),
            ("elevenchars", WeakPassword::TooShort),
            (&"ä".repeat(257), WeakPassword::TooLong),
            ("Lovelace1815", WeakPassword::AboutYou),
            ("ada.lovelace@academy.example.org", WeakPassword::AboutYou),
            ("academy12345", WeakPassword::AboutYou),
            ("aaaaaaaaaaaa", WeakPassword::TooPlain),
            ("1234567890123", WeakPassword::TooPlain),
            ("abcdefghijklm", WeakPassword::TooPlain),
            ("Password2026!", WeakPassword::TooPlain),
            ("passwordpassword", WeakPassword::TooPlain),
        ] {
            assert_eq!(choose(text), Err(reason), "{text}");
        }
    }

    #[test]
    fn good_ones_are_taken() {
        for text in [
            "correct horse battery staple",
            "Lovelace bought nine kettles",
            "ßüñ ölig trübe wie 7 Meere",
            &"x7Q tz ".repeat(36),
        ] {
            assert_eq!(choose(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn one_keyboard_writes_what_another_does() {
        let composed = Password::typed("caf\u{e9}").unwrap();
        let decomposed = Password::typed("cafe\u{301}").unwrap();
        assert_eq!(composed.expose(), decomposed.expose());
        assert_eq!(Password::typed(" a ").unwrap().expose(), " a ");
        assert!(Password::typed("").is_none());
        assert!(Password::typed(&"x".repeat(4_000)).is_none());
    }

    #[test]
    fn nothing_of_it_is_shown() {
        assert_eq!(
            format!("{:?}", Password::typed("hunter2").unwrap()),
            "Password(…)"
        );
        assert_eq!(
            format!("{:?}", PasswordHash::from_kept("$argon2id$".into())),
            "PasswordHash(…)"
        );
    }
}
