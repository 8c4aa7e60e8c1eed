//! The languages in which pages speak.

use super::words::{ENGLISH, GERMAN, Words};

/// A language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Language {
    /// English.
    #[default]
    English,
    /// German.
    German,
}

impl Language {
    /// The tag for `lang` attributes and `Content-Language`.
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// The fixed words.
    pub(super) const fn words(self) -> &'static Words {
        match self {
            Self::English => &ENGLISH,
            Self::German => &GERMAN,
        }
    }
}
