//! What an operator writes about a provider under `[[sign_in]]` of `symbolon.toml`.

mod error;
mod resolve;

use std::path::{Path, PathBuf};

use serde::Deserialize;

pub use error::SettingsError;

use crate::{
    client_secret::ClientSecret,
    preset::{AuthStyle, Preset},
};

/// One provider, as it is written down. Everything left out is as the preset, or the standard, has it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProviderSettings {
    /// Names it in addresses, among them the redirect URI; the preset's name by default.
    pub id: Option<String>,
    /// A provider that is known by name.
    pub preset: Option<Preset>,
    /// The issuer of any OpenID provider; with the preset `github` the address of a GitHub Enterprise Server, with
    /// `microsoft` that of a national cloud.
    pub issuer: Option<String>,
    /// What people call it.
    pub label: Option<String>,
    /// Whether recipients claim with it; they do unless it says otherwise.
    pub recipients: Option<bool>,
    /// Whether administrators sign in to the dashboard with it; they do not unless it says so.
    pub administrators: Option<bool>,
    /// The identifier that the provider gave this service.
    pub client_id: String,
    /// The secret that came with it.
    pub client_secret: Option<ClientSecret>,
    /// The file that holds the secret. The application reads it, and hands it in by
    /// [`with_secret`](Self::with_secret).
    pub client_secret_file: Option<PathBuf>,
    /// Microsoft only: `common` (any account, the default), `organizations` (work and school), `consumers` (personal),
    /// or the id of one directory.
    pub tenant: Option<String>,
    /// What is asked for, instead of the preset's scopes. `openid` need not be named.
    pub scopes: Option<Vec<String>>,
    /// Whether the provider takes a PKCE challenge.
    pub pkce: Option<bool>,
    /// Whether its ID tokens repeat the nonce. Without it, only the state ties an ID token to a sign-in.
    pub nonce: Option<bool>,
    /// How it wants the secret.
    pub auth_style: Option<AuthStyle>,
    /// The issuer of its ID tokens, where that is another than the one of its metadata.
    pub token_issuer: Option<String>,
    /// Further origins that a browser may be redirected to on the way.
    #[serde(default)]
    pub origins: Vec<String>,
}

impl ProviderSettings {
    /// The file to read the secret from, if one is named.
    #[must_use]
    pub fn secret_file(&self) -> Option<&Path> {
        self.client_secret_file.as_deref()
    }

    /// The same, with the secret that the file holds.
    #[must_use]
    pub fn with_secret(mut self, secret: ClientSecret) -> Self {
        self.client_secret_file = None;
        self.client_secret = Some(secret);
        self
    }

    /// What to call it in messages: its id, or else its preset.
    fn name(&self) -> String {
        self.id
            .clone()
            .or_else(|| self.preset.map(|preset| preset.name().to_owned()))
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
