//! States, as pages show them: always a sign, a word and a colour.

use std::borrow::Cow;

use askama::{Template, filters::HtmlSafe};

use super::icon::Icon;

/// A state, as HTML.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "dashboard/parts/mark.html")]
pub(crate) struct Mark {
    /// Its colour.
    pub(crate) tone: Tone,
    /// Its sign.
    pub(crate) icon: Icon,
    /// Its word.
    pub(crate) word: Cow<'static, str>,
}

/// What a colour means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// As it should be.
    Good,
    /// Neither good nor bad.
    Quiet,
    /// Somebody should look.
    Attention,
    /// Something is lost, or will be.
    Danger,
}

/// Its template escapes the word.
impl HtmlSafe for Mark {}

impl Mark {
    /// A state.
    pub(super) fn new(tone: Tone, icon: Icon, word: impl Into<Cow<'static, str>>) -> Self {
        Self {
            tone,
            icon,
            word: word.into(),
        }
    }
}

impl Tone {
    /// The style of it.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Quiet => "muted",
            Self::Attention => "attention",
            Self::Danger => "danger",
        }
    }

    /// The sign for a sentence of this tone.
    pub(super) const fn icon(self) -> Icon {
        match self {
            Self::Good => Icon::Check,
            Self::Quiet => Icon::Dot,
            Self::Attention | Self::Danger => Icon::Alert,
        }
    }
}
