//! A sign-in provider without passwords, for demonstrations on one machine: whoever comes chooses whom to be.
//!
//! It is an honest OpenID provider all the same: code flow, PKCE, a code that is good once, ID tokens signed by a key
//! that was made for this start. So the service behind it does all that it does with any other provider.
//!
//! It has one client, and cannot be made for a service or at an address that other machines reach. It knows nothing of
//! HTTP but its words; the application serves what it says.

mod codes;
mod key;
mod metadata;
mod person;
mod request;
mod token;

#[cfg(test)]
mod tests;

use std::{net::SocketAddr, sync::Arc};

use openidconnect::{PrivateSigningKey as _, core::CoreEdDsaPrivateSigningKey, core::CoreJsonWebKeySet};
use symbolon_domain::port::{
    clock::Clock,
    entropy::{Entropy, EntropyError},
};
use url::Url;

use self::codes::Codes;
pub use self::{
    person::Person,
    request::{Refusal, Request},
    token::TokenRefusal,
};
use crate::{ClientSecret, ProviderSettings, SettingsError, address, client::Client};

/// What the service calls the provider in addresses.
const ID: &str = "demonstration";
/// What people call it.
const LABEL: &str = "Demonstration provider";
/// What it calls its one client.
const CLIENT_ID: &str = "symbolon-demo";

/// A running demonstration.
pub struct Demonstration {
    issuer: String,
    client: Client,
    settings: ProviderSettings,
    key: CoreEdDsaPrivateSigningKey,
    metadata: String,
    keys: String,
    codes: Codes,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
}

/// Why there can be no demonstration.
#[derive(Debug, thiserror::Error)]
pub enum DemonstrationError {
    /// It would be reachable from elsewhere, or the service would.
    #[error("a demonstration sign-in is for this machine only")]
    NotLoopback,
    /// There are no random bytes.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
    /// The service cannot be its client.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The key cannot be made, or the metadata cannot be written.
    #[error("the demonstration sign-in cannot be set up: {0}")]
    Setup(String),
}

impl Demonstration {
    /// The provider at an address of this machine, for the service at a public address that is on this machine too.
    ///
    /// Key and client secret are fresh.
    ///
    /// # Errors
    /// [`DemonstrationError`].
    pub fn new(
        listens_at: SocketAddr,
        public_address: &Url,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, DemonstrationError> {
        if !listens_at.ip().is_loopback() || !address::is_loopback(public_address) {
            return Err(DemonstrationError::NotLoopback);
        }
        let issuer = format!("http://{listens_at}");
        let secret = ClientSecret::new(&key::random_text(entropy.as_ref())?);
        let settings = settings(&issuer, secret);
        // Resolved as the service will resolve them, so that both mean the same redirect URI.
        let (client, _) = settings.clone().resolve(public_address)?;
        let key = key::fresh(entropy.as_ref())?;
        let keys = CoreJsonWebKeySet::new(vec![key.as_verification_key()]);
        Ok(Self {
            metadata: metadata::of(&issuer).map_err(DemonstrationError::Setup)?,
            keys: serde_json::to_string(&keys)
                .map_err(|error| DemonstrationError::Setup(error.to_string()))?,
            issuer,
            client,
            settings,
            key,
            codes: Codes::default(),
            clock,
            entropy,
        })
    }

    /// How the service is told of this provider.
    #[must_use]
    pub fn settings(&self) -> ProviderSettings {
        self.settings.clone()
    }

    /// Whom one can be.
    #[must_use]
    pub fn people(&self) -> &'static [Person] {
        &person::PEOPLE
    }

    /// Where it is found, without a slash at the end.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// The discovery document, in JSON: for `/.well-known/openid-configuration`.
    #[must_use]
    pub fn metadata(&self) -> &str {
        &self.metadata
    }

    /// The key set, in JSON: for `/jwks`.
    #[must_use]
    pub fn keys(&self) -> &str {
        &self.keys
    }

    /// The only address that people are sent back to.
    #[must_use]
    pub fn redirect_uri(&self) -> &str {
        &self.client.redirect_uri
    }
}

fn settings(issuer: &str, secret: ClientSecret) -> ProviderSettings {
    ProviderSettings {
        id: Some(ID.to_owned()),
        preset: None,
        issuer: Some(issuer.to_owned()),
        label: Some(LABEL.to_owned()),
        recipients: None,
        // Whoever reaches it is on this machine, and is told that it proves nothing.
        administrators: Some(true),
        client_id: CLIENT_ID.to_owned(),
        client_secret: Some(secret),
        client_secret_file: None,
        tenant: None,
        scopes: None,
        pkce: None,
        nonce: None,
        auth_style: None,
        token_issuer: None,
        origins: Vec::new(),
    }
}
