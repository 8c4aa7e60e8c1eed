//! What the pages before signing in have around them.

use super::{super::assets, outcome::Outcome, paths};

/// What every page before signing in is told.
#[derive(Debug, Clone, Default)]
pub(crate) struct OutsideFrame {
    /// The path of the public URL without a slash at its end: empty, or such as `/symbolon`.
    pub(crate) base: String,
    /// What every form of the page carries as `csrf`.
    pub(crate) csrf: String,
    /// What happened before: from `?done=…` by [`Outcome::from_code`].
    pub(crate) outcome: Option<Outcome>,
}

impl OutsideFrame {
    /// The address of one of the [`paths`].
    pub(super) fn to(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The address of an asset.
    pub(super) fn asset(&self, name: &str) -> String {
        self.to(assets::path(name))
    }

    /// Where the wordmark leads.
    pub(super) fn overview(&self) -> String {
        self.to(paths::OVERVIEW)
    }
}
