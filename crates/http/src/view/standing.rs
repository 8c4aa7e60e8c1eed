//! What a credential is worth, as pages show it: always a sign, a word and a colour.

use super::{
    fact::{Fact, Told},
    moment::Moment,
    words::{FactWords, Words},
};

/// What a credential is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Standing {
    /// As its issuer said.
    Valid,
    /// No longer.
    Expired {
        /// Since when.
        since: Moment,
    },
    /// Taken back by its issuer.
    Revoked {
        /// Since when.
        since: Moment,
        /// Why.
        reason: Option<String>,
    },
}

impl Standing {
    /// The word for it.
    pub(super) const fn name(&self, words: &Words) -> &'static str {
        match self {
            Self::Valid => words.standing.valid,
            Self::Expired { .. } => words.standing.expired,
            Self::Revoked { .. } => words.standing.revoked,
        }
    }

    /// The style of it.
    pub(super) const fn class(&self) -> &'static str {
        match self {
            Self::Valid => "good",
            Self::Expired { .. } => "attention",
            Self::Revoked { .. } => "danger",
        }
    }

    /// Until when it is good, or was.
    pub(super) const fn end<'a>(&'a self, words: &'a FactWords, expires_at: Option<&'a Moment>) -> Fact<'a> {
        match (self, expires_at) {
            (Self::Expired { since }, _) => Fact::new(words.expired, Told::Day(since)),
            (_, Some(end)) => Fact::new(words.expires, Told::Day(end)),
            (_, None) => Fact::new(words.expires, Told::Text(words.never)),
        }
    }

    /// Since when it is revoked, and why.
    pub(super) fn revocation<'a>(&'a self, words: &'a FactWords) -> Vec<Fact<'a>> {
        let Self::Revoked { since, reason } = self else {
            return Vec::new();
        };
        let reason = reason
            .as_deref()
            .map(|reason| Fact::new(words.reason, Told::Text(reason)));
        std::iter::once(Fact::new(words.revoked, Told::Day(since)))
            .chain(reason)
            .collect()
    }
}
