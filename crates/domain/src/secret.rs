//! Secret values: their format, their checksum, and how they are kept from being printed.
//!
//! All have one form: a prefix that says what it is, random base62 characters, and the CRC-32 of all before as 6 base62
//! digits. The prefixes are fixed for ever, for secret scanners look for them.

use std::fmt;

use zeroize::Zeroize;

use crate::port::entropy::{Entropy, EntropyError};

/// Characters of the checksum: 62⁶ exceeds 2³².
const CHECKSUM: usize = 6;

const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The regular expression that finds authorization tokens in text, published for secret scanners.
pub const AUTHORIZATION_TOKEN_PATTERN: &str = "symorg_[0-9A-Za-z]{36}";
/// The regular expression that finds access tokens in text, published for secret scanners.
pub const ACCESS_TOKEN_PATTERN: &str = "symrec_[0-9A-Za-z]{28}";

/// What a secret value is for; a digest made for one kind finds nothing of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SecretKind {
    /// An organization's key to the API.
    AuthorizationToken,
    /// A recipient's key to their credential.
    AccessToken,
    /// A browser's key to a session.
    Session,
    /// The `state` of a sign-in that is under way.
    SignIn,
    /// A browser's half of a sign-in that is under way.
    SignInBrowser,
    /// An administrator's browser's key to the dashboard.
    AdministratorSession,
    /// A one-time link of an administrator.
    AdministratorLink,
    /// What an authenticator app shares with this service.
    Totp,
    /// A code that stands in for the authenticator app once.
    RecoveryCode,
}

/// A secret value of some kind.
pub trait Secret: Send + Sync {
    /// What it is for.
    fn kind(&self) -> SecretKind;

    /// The value itself.
    ///
    /// For digests, sealing, and the one answer that hands it over; never for a log, an error or a URL that is kept.
    fn expose(&self) -> &str;

    /// Reads a value exactly as it was given out; see [`TokenSecret::parse`].
    ///
    /// # Errors
    /// [`MalformedSecret`], which tells nothing about the text.
    fn read(text: &str) -> Result<Self, MalformedSecret>
    where
        Self: Sized;
}

macro_rules! secrets {
    ($($(#[$doc:meta])* $name:ident = $kind:ident, $prefix:literal, $body:literal;)*) => {$(
        $(#[$doc])*
        pub struct $name {
            text: [u8; Self::LENGTH],
        }

        impl $name {
            /// What every such value starts with.
            pub const PREFIX: &str = $prefix;
            /// Characters of the whole value.
            pub const LENGTH: usize = $prefix.len() + $body + CHECKSUM;

            /// Draws a fresh value.
            ///
            /// # Errors
            /// When the random source fails.
            pub fn generate(entropy: &dyn Entropy) -> Result<Self, EntropyError> {
                let mut text = [0; Self::LENGTH];
                draw(&mut text, $prefix, entropy)?;
                Ok(Self { text })
            }

            /// Reads a value exactly as it was given out: no trimming, no folding of case.
            ///
            /// A wrong checksum is refused here, before any storage is asked. The checksum finds typing errors; it
            /// protects nothing.
            ///
            /// # Errors
            /// [`MalformedSecret`], which tells nothing about the text.
            pub fn parse(text: &str) -> Result<Self, MalformedSecret> {
                let given: [u8; Self::LENGTH] = text.as_bytes().try_into().map_err(|_| MalformedSecret)?;
                check(&given, $prefix)?;
                Ok(Self { text: given })
            }

            /// The value itself.
            ///
            /// For digests, sealing, and the one answer that hands it over; never for a log, an error or a URL that is
            /// kept.
            #[must_use]
            pub fn expose(&self) -> &str {
                // ASCII by construction, so this never falls back.
                std::str::from_utf8(&self.text).unwrap_or_default()
            }
        }

        impl Secret for $name {
            fn kind(&self) -> SecretKind {
                SecretKind::$kind
            }

            fn expose(&self) -> &str {
                self.expose()
            }

            fn read(text: &str) -> Result<Self, MalformedSecret> {
                Self::parse(text)
            }
        }

        impl Drop for $name {
            fn drop(&mut self) {
                self.text.zeroize();
            }
        }

        /// Shows that there is a secret, and nothing of it.
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )*};
}

secrets! {
    /// The value of an authorization token: `symorg_`, 30 random characters (62³⁰ is 178.6 bits), 6 of checksum.
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
    TokenSecret = AuthorizationToken, "symorg_", 30;
    /// The value of an access token: `symrec_`, 22 random characters (62²² is 131 bits), 6 of checksum. It stands in a
    /// mailed link, so it is shorter.
    AccessSecret = AccessToken, "symrec_", 22;
    /// What a browser shows to be let in again: `symses_`, 43 random characters (62⁴³ is 256 bits), 6 of checksum.
    SessionSecret = Session, "symses_", 43;
    /// The `state` of a sign-in: `symsgn_`, 43 random characters (62⁴³ is 256 bits), 6 of checksum.
    SignInSecret = SignIn, "symsgn_", 43;
    /// What a browser shows to prove that it began a sign-in: `symbrw_`, 43 random characters (256 bits), 6 of checksum.
    BrowserSecret = SignInBrowser, "symbrw_", 43;
    /// What an administrator's browser shows to be let in again: `symadm_`, 43 random characters (256 bits), 6 of
    /// checksum.
    AdministratorSessionSecret = AdministratorSession, "symadm_", 43;
    /// The one-time link of an administrator: `symlnk_`, 43 random characters (256 bits), 6 of checksum.
    AdministratorLinkSecret = AdministratorLink, "symlnk_", 43;
}

/// Fills the text with the prefix, random letters, and their checksum.
///
/// Bytes are turned into letters by rejection: of 256 values the 248 that divide evenly by 62 are used, so no letter is
/// likelier than another.
fn draw(text: &mut [u8], prefix: &str, entropy: &dyn Entropy) -> Result<(), EntropyError> {
    const FAIR: u8 = 248;
    let (head, checksum) = text.split_at_mut(text.len() - CHECKSUM);
    let (start, body) = head.split_at_mut(prefix.len());
    start.copy_from_slice(prefix.as_bytes());

    let mut random = [0; 60];
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
    checksum.copy_from_slice(&checksum_of(head));
    Ok(())
}

/// Whether the text has this prefix, is of base62 letters otherwise, and has the checksum that belongs to it.
fn check(text: &[u8], prefix: &str) -> Result<(), MalformedSecret> {
    let (head, checksum) = text.split_at(text.len() - CHECKSUM);
    let is_well_formed =
        head.starts_with(prefix.as_bytes()) && head.iter().skip(prefix.len()).all(u8::is_ascii_alphanumeric);
    if is_well_formed && checksum == checksum_of(head) {
        Ok(())
    } else {
        Err(MalformedSecret)
    }
}

/// The CRC-32 as base62 digits, the most significant first.
fn checksum_of(head: &[u8]) -> [u8; CHECKSUM] {
    let mut rest = crc32fast::hash(head);
    let mut digits = [0; CHECKSUM];
    for digit in digits.iter_mut().rev() {
        *digit = letter(rest % 62);
        rest /= 62;
    }
    digits
}

/// The letter that stands for `value` modulo 62.
fn letter(value: u32) -> u8 {
    usize::try_from(value % 62)
        .ok()
        .and_then(|index| ALPHABET.get(index))
        .copied()
        .unwrap_or_default()
}

/// A text that a vault has opened; wiped from memory when dropped.
pub struct OpenedSecret(zeroize::Zeroizing<Vec<u8>>);

impl OpenedSecret {
    /// What a vault has opened.
    #[must_use]
    pub const fn new(text: zeroize::Zeroizing<Vec<u8>>) -> Self {
        Self(text)
    }

    /// The value of that kind.
    ///
    /// # Errors
    /// [`MalformedSecret`] where it is of another kind, or none at all.
    pub fn read<S: Secret>(&self) -> Result<S, MalformedSecret> {
        S::read(std::str::from_utf8(&self.0).map_err(|_| MalformedSecret)?)
    }
}

/// Shows that there is a secret, and nothing of it.
impl fmt::Debug for OpenedSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OpenedSecret(…)")
    }
}

/// The text is not a secret value of the kind that was expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a token of this kind")]
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
    fn every_kind_has_its_own_form() {
        let counting = Counting(AtomicU8::new(0));
        let access = AccessSecret::generate(&counting).unwrap();
        assert_eq!(access.expose().len(), 35);
        assert!(access.expose().starts_with("symrec_0123456789ABCDEFGHIJKL"));
        assert!(TokenSecret::parse(access.expose()).is_err());
        let session = SessionSecret::generate(&counting).unwrap();
        assert_eq!(session.expose().len(), 56);
        assert!(SignInSecret::parse(session.expose()).is_err());
    }

    #[test]
    fn what_was_opened_is_read_as_its_own_kind_only() {
        let text = secret(3).expose().as_bytes().to_vec();
        let opened = OpenedSecret::new(zeroize::Zeroizing::new(text));
        assert_eq!(opened.read::<TokenSecret>().unwrap().expose(), secret(3).expose());
        assert_eq!(opened.read::<AccessSecret>().err(), Some(MalformedSecret));
        assert_eq!(format!("{opened:?}"), "OpenedSecret(…)");
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
