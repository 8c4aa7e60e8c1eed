//! What every page has around it.

use askama::Template;

use super::{
    assets,
    language::Language,
    paths,
    sentence::{Sentence, Value},
    words::Words,
};

/// What every page is told.
#[derive(Debug, Clone, Default)]
pub(crate) struct Frame {
    /// The path of the public URL without a slash at its end: empty, or such as `/symbolon`.
    pub(crate) base: String,
    /// In which language the page speaks.
    pub(crate) language: Language,
    /// What every form of the page carries as `csrf`.
    pub(crate) csrf: String,
    /// Who is signed in.
    pub(crate) signed_in: Option<Profile>,
}

impl Frame {
    /// The fixed words.
    pub(super) fn words(&self) -> &'static Words {
        self.language.words()
    }

    /// Who is signed in, in words.
    pub(super) fn signed_in_as<'a>(&self, profile: &'a Profile) -> Sentence<'a> {
        let words = self.words();
        Sentence::new(words, words.frame.signed_in, &profile.values())
    }

    /// The address of one of the [`paths`].
    pub(super) fn to(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The address of something below one of the [`paths`].
    pub(super) fn below(&self, path: &str, rest: &str) -> String {
        format!("{}{path}/{rest}", self.base)
    }

    /// The address of an asset.
    pub(super) fn asset(&self, name: &str) -> String {
        self.to(assets::path(name))
    }

    /// The address of the first page.
    pub(super) fn home(&self) -> String {
        self.to(paths::HOME)
    }
}

/// A social profile, as far as a page may name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Profile {
    /// What people call the provider: `Google`.
    pub(crate) provider: String,
    /// The masked reminder: `a…@example.org`.
    pub(crate) hint: String,
}

impl Profile {
    /// What names it in a sentence.
    pub(super) fn values(&self) -> [(&'static str, Value<'_>); 2] {
        [
            ("provider", Value::Text(&self.provider)),
            ("hint", Value::Hint(&self.hint)),
        ]
    }
}

/// A page, ready to be rendered.
pub(crate) trait Page: Template {
    /// The one heading, which is also the document's title.
    fn heading(&self) -> String;

    /// The HTTP status that it is sent with.
    fn status(&self) -> u16 {
        200
    }
}
