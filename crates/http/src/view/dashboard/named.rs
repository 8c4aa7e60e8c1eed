//! What has a name, and is known by its id.

/// A template, a token or a person that a page names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    /// Names it in addresses and forms.
    pub(crate) id: String,
    /// What people call it.
    pub(crate) name: String,
}
