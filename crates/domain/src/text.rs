//! Short texts that people type: how long they may be, and what they may not contain.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

/// Whether a character can change how the text around it is read, or break a line of a log, a mail or a terminal.
pub(crate) fn is_treacherous(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{2028}' | '\u{2029}')
        // Bidirectional controls: they make a name read as another.
        || matches!(character, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Trims the text, composes its characters (Unicode's NFC), and refuses what is empty, too long (in characters) or
/// treacherous.
fn checked(text: &str, max: usize) -> Result<String, TextError> {
    let text = text.trim();
    // So far beyond the limit that composing could not bring it back; keeps the work bounded.
    if text.len() > max * 32 {
        return Err(TextError::TooLong { max });
    }
    // ASCII is composed already.
    let text: String = if text.is_ascii() {
        text.to_owned()
    } else {
        text.nfc().collect()
    };
    if text.is_empty() {
        return Err(TextError::Empty);
    }
    if text.chars().count() > max {
        return Err(TextError::TooLong { max });
    }
    if text.chars().any(is_treacherous) {
        return Err(TextError::ControlCharacter);
    }
    Ok(text)
}

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident($max:literal);)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name(String);

        impl $name {
            /// The most characters it may have.
            pub const MAX: usize = $max;

            /// The text without the white space around it.
            ///
            /// # Errors
            /// [`TextError`] says what is wrong with it.
            pub fn parse(text: &str) -> Result<Self, TextError> {
                checked(text, Self::MAX).map(Self)
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

texts! {
    /// What a token is for, in its owner's words: 1 to 255 characters.
    Description(255);
    /// What an organization calls itself: 1 to 200 characters.
    OrganizationName(200);
    /// What is awarded, as its issuer calls it: 1 to 200 characters.
    TemplateName(200);
    /// What an award says about itself: 1 to 2,000 characters.
    TemplateDescription(2_000);
    /// A part of a person's name: 1 to 200 characters.
    PersonName(200);
    /// Why a credential was revoked, shown to whoever verifies it: 1 to 500 characters.
    RevocationReason(500);
    /// What an issuer's own records call a recipient: 1 to 200 characters.
    ExternalId(200);
}

/// What a browser calls itself, for people to recognize it by: cut to 300 characters, without what is treacherous.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrowserName(String);

impl BrowserName {
    /// The most characters that are kept.
    pub const MAX: usize = 300;

    /// What is worth keeping of a `User-Agent`.
    #[must_use]
    pub fn of(user_agent: &str) -> Option<Self> {
        let kept: String = user_agent
            .chars()
            .filter(|c| !is_treacherous(*c))
            .take(Self::MAX)
            .collect();
        let kept = kept.trim();
        (!kept.is_empty()).then(|| Self(kept.to_owned()))
    }

    /// What a store kept.
    #[must_use]
    pub const fn from_kept(text: String) -> Self {
        Self(text)
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A mail address, plausible by its shape: one `@`, a local part in ASCII, a dotted domain, at most 254 characters.
///
/// Whether mail arrives there, only mail can tell. The local part is kept exactly and must be ASCII, for two that look
/// alike would be two people; the domain is kept in lower case, and as its A-labels (RFC 5890) where it is international.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MailAddress(String);

impl MailAddress {
    /// The most characters an address has (RFC 5321's path limit).
    pub const MAX: usize = 254;

    /// Reads an address.
    ///
    /// ```
    /// use symbolon_domain::text::MailAddress;
    ///
    /// let address = MailAddress::parse("Ada@Exämple.org").unwrap();
    /// assert_eq!(address.as_str(), "Ada@xn--exmple-cua.org");
    /// ```
    ///
    /// # Errors
    /// [`TextError`] says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        let text = checked(text, Self::MAX)?;
        let (local, domain) = text.rsplit_once('@').ok_or(TextError::NotAMailAddress)?;
        if !local.is_ascii() {
            return Err(TextError::LocalPartNotAscii);
        }
        let local_is_plain = !local.is_empty()
            && local.len() <= 64
            && local
                .chars()
                .all(|c| c.is_ascii_graphic() && !"@<>()[],;:\\\"".contains(c));
        let domain = idna::domain_to_ascii_strict(domain).map_err(|_| TextError::NotAMailAddress)?;
        let domain_is_plain = domain.contains('.')
            && domain.split('.').all(|label| {
                !label.is_empty()
                    && !label.starts_with('-')
                    && !label.ends_with('-')
                    && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            });
        if !local_is_plain || !domain_is_plain {
            return Err(TextError::NotAMailAddress);
        }
        let address = format!("{local}@{domain}");
        if address.len() > Self::MAX {
            return Err(TextError::TooLong { max: Self::MAX });
        }
        Ok(Self(address))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for MailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The address of a page on the web: `http://` or `https://`, at most 2,048 characters, no white space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebAddress(String);

impl WebAddress {
    /// The most characters it may have.
    pub const MAX: usize = 2_048;

    /// Reads an address.
    ///
    /// # Errors
    /// [`TextError`] says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        let text = checked(text, Self::MAX)?;
        let rest = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"));
        let has_host = rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '['));
        if !has_host || text.contains(char::is_whitespace) {
            return Err(TextError::NotAWebAddress);
        }
        Ok(Self(text))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for WebAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a text is refused. The message completes a sentence that begins with the field's name, and never repeats the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but white space.
    #[error("must not be empty")]
    Empty,
    /// Too many characters.
    #[error("must have at most {max} characters")]
    TooLong {
        /// How many it may have.
        max: usize,
    },
    /// A control character, a line break, or a character that turns the reading direction.
    #[error("must not contain control characters")]
    ControlCharacter,
    /// Not shaped like a mail address.
    #[error("must be a mail address, such as ada@example.org")]
    NotAMailAddress,
    /// A mail address with letters outside ASCII before the `@`.
    #[error("must have only ASCII characters before the @")]
    LocalPartNotAscii,
    /// Not shaped like a web address.
    #[error("must be a web address, such as https://example.org")]
    NotAWebAddress,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_is_counted_in_characters_after_trimming() {
        assert_eq!(
            Description::parse(&format!(" {} ", "é".repeat(255)))
                .unwrap()
                .as_str()
                .chars()
                .count(),
            255
        );
        assert_eq!(
            Description::parse(&"é".repeat(256)),
            Err(TextError::TooLong { max: 255 })
        );
        assert_eq!(Description::parse(" \t "), Err(TextError::Empty));
    }

    #[test]
    fn what_breaks_lines_or_turns_them_is_refused() {
        for text in ["a\nb", "a\u{1b}[31m", "a\0", "a\u{202e}b", "a\u{2028}b"] {
            assert_eq!(
                OrganizationName::parse(text),
                Err(TextError::ControlCharacter),
                "{text:?}"
            );
        }
        assert_eq!(
            OrganizationName::parse(" Institut für Ästhetik ")
                .unwrap()
                .as_str(),
            "Institut für Ästhetik"
        );
    }

    #[test]
    fn mail_addresses_are_judged_by_their_shape() {
        assert_eq!(
            MailAddress::parse("Ada.L+x@Example.ORG").unwrap().as_str(),
            "Ada.L+x@example.org"
        );
        for text in [
            "",
            "ada",
            "ada@",
            "@example.org",
            "ada@localhost",
            "a b@example.org",
            "a@b@example.org",
            "ada@example..org",
            "ada@-example.org",
            "<ada@example.org>",
            "ada@ex ample.org",
            "ada@exa\u{200d}mple.org",
            "ada@example.org\u{202e}",
            "a\r\nb@example.org",
        ] {
            assert!(MailAddress::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn look_alikes_before_the_at_sign_are_refused() {
        // Dotless i, long s, Kelvin sign: their lower or upper case is ASCII, and they are not.
        for text in ["ıda@example.org", "ſam@example.org", "аda@example.org"] {
            assert_eq!(
                MailAddress::parse(text),
                Err(TextError::LocalPartNotAscii),
                "{text}"
            );
        }
        // Composing turns the Kelvin sign into a K, by Unicode's own rule; what is kept is ASCII.
        assert_eq!(
            MailAddress::parse("\u{212a}im@example.org").unwrap().as_str(),
            "Kim@example.org"
        );
    }

    #[test]
    fn international_domains_are_kept_as_ascii() {
        for text in [
            "ada@EXÄMPLE.org",
            "ada@exa\u{308}mple.org",
            "ada@xn--exmple-cua.org",
        ] {
            assert_eq!(
                MailAddress::parse(text).unwrap().as_str(),
                "ada@xn--exmple-cua.org",
                "{text}"
            );
        }
    }

    #[test]
    fn texts_are_composed_and_their_length_counted_after_it() {
        assert_eq!(PersonName::parse("Zoe\u{308}").unwrap().as_str(), "Zo\u{eb}");
        assert!(PersonName::parse(&"e\u{308}".repeat(200)).is_ok());
        let marks = format!("e{}", "\u{301}".repeat(10_000));
        assert_eq!(PersonName::parse(&marks), Err(TextError::TooLong { max: 200 }));
    }

    #[test]
    fn web_addresses_have_a_scheme_and_a_host() {
        assert!(WebAddress::parse("https://example.org/about").is_ok());
        for text in [
            "",
            "example.org",
            "javascript:alert(1)",
            "https://",
            "https:///x",
            "https://a b",
            "ftp://x",
        ] {
            assert!(WebAddress::parse(text).is_err(), "{text}");
        }
    }
}
