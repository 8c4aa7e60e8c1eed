//! What is wrong with the settings of a provider.

/// Why the settings cannot be used, and what to do about it. Names the provider, and shows nothing else of its settings.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// Something about one provider.
    #[error("sign-in provider {name:?}: {problem}")]
    Provider {
        /// Its id or its preset.
        name: String,
        /// What is wrong, and what to write instead.
        problem: &'static str,
    },
    /// Two providers of one id.
    #[error("two sign-in providers are called {0:?}: give one of them another `id`")]
    Twice(String),
    /// The public address is none.
    #[error("sign-in needs a public address that begins with http:// or https://")]
    PublicAddress,
    /// No certificate authorities are installed, so that no provider could be trusted.
    #[error(
        "sign-in needs the certificate authorities of the system: install them (often the package ca-certificates)"
    )]
    Authorities,
}
