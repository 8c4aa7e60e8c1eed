//! The two kinds of credential, as pages name and size them.

use super::words::Words;

/// What a credential is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A round seal.
    Badge,
    /// A sheet of paper.
    Certificate,
}

impl Kind {
    /// The word for it within a sentence.
    pub(super) const fn name(self, words: &Words) -> &'static str {
        match self {
            Self::Badge => words.kind.badge,
            Self::Certificate => words.kind.certificate,
        }
    }

    /// The word for it on its own.
    pub(super) const fn title(self, words: &Words) -> &'static str {
        match self {
            Self::Badge => words.kind.badge_title,
            Self::Certificate => words.kind.certificate_title,
        }
    }

    /// The style of its picture's place.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Badge => "badge",
            Self::Certificate => "certificate",
        }
    }

    /// The width of its picture in pixels; only the proportion counts, so that nothing moves when it arrives.
    pub(super) const fn width(self) -> u32 {
        match self {
            Self::Badge => 840,
            Self::Certificate => 1188,
        }
    }

    /// The height of its picture in pixels.
    #[expect(clippy::unused_self, reason = "beside `width`")]
    pub(super) const fn height(self) -> u32 {
        840
    }
}
