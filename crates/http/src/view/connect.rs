//! The choice of sign-in providers.

use super::{frame::Frame, sentence::fill};

/// A provider that a person can connect with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Provider {
    /// What forms send: `google`.
    pub(crate) id: String,
    /// What people call it: `Google`.
    pub(crate) name: String,
}

impl Provider {
    /// What its button says.
    pub(super) fn connect_with(&self, frame: &Frame) -> String {
        fill(frame.words().connect.with, &[("provider", &self.name)])
    }
}
