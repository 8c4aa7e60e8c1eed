//! Signing in with somebody else's account: OpenID Connect and OAuth 2.0 providers.

use std::fmt;

use async_trait::async_trait;

use crate::{
    sign_in::Audience,
    social_profile::{Connection, ProviderId},
    time::Timestamp,
};

/// A provider as a page offers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provider {
    /// Names it in URLs and configuration.
    pub id: ProviderId,
    /// What people call it, such as `LinkedIn`.
    pub label: String,
    /// The origins that a browser visits on the way to it, such as `https://accounts.example.org`; for the
    /// `form-action` of a page's Content-Security-Policy. As far as they are known without the provider while it cannot
    /// be asked.
    pub origins: Vec<String>,
}

/// The secrets of one sign-in, each unguessable and used once. None of them is ever logged.
#[derive(Clone)]
pub struct Handshake {
    /// Comes back with the callback, and names the sign-in.
    pub state: String,
    /// Comes back inside the ID token.
    pub nonce: String,
    /// Shown to the provider when the code is redeemed (PKCE, S256): 43 to 128 unreserved characters.
    pub verifier: String,
}

/// Shows that there is one, and nothing of it.
impl fmt::Debug for Handshake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Handshake(…)")
    }
}

/// What a provider sent back to the redirect URI, as far as it is good for something.
#[derive(Clone, Default)]
pub struct Callback {
    /// The authorization code.
    pub code: String,
    /// The `iss` parameter of RFC 9207, where the provider sends one.
    pub issuer: Option<String>,
}

/// Shows that there is one, and nothing of it.
impl fmt::Debug for Callback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Callback(…)")
    }
}

/// What a provider says of somebody who signed in there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vouching {
    /// Who it is.
    pub connection: Connection,
    /// When they last authenticated there, where it says so.
    pub authenticated_at: Option<Timestamp>,
}

/// Signs people in.
#[async_trait]
pub trait SignIn: Send + Sync {
    /// The providers that are configured for these people, in the order in which they are offered.
    ///
    /// May ask a provider that is not known yet for its metadata; one that cannot be reached is listed all the same.
    async fn providers(&self, audience: Audience) -> Vec<Provider>;

    /// Whether a provider of this name is configured for these people.
    fn serves(&self, provider: &ProviderId, audience: Audience) -> bool;

    /// What people call a configured provider.
    fn label(&self, provider: &ProviderId) -> Option<String>;

    /// Where to send the browser, so that it comes back to the redirect URI of this provider. Every provider has a
    /// redirect URI of its own, whomever it is configured for.
    ///
    /// With a `max_age` a provider that speaks OpenID Connect is told that nobody may have authenticated more seconds ago,
    /// and so has to say when they did; with 0 they are to authenticate anew. That it obeys is for the caller to judge.
    ///
    /// # Errors
    /// [`SignInError::UnknownProvider`], [`SignInError::Unreachable`] or [`SignInError::Misconfigured`].
    async fn start(
        &self,
        provider: &ProviderId,
        handshake: &Handshake,
        max_age: Option<i64>,
    ) -> Result<String, SignInError>;

    /// Redeems the code, checks everything there is to check, and says who it is, and since when. Nothing that the provider
    /// handed out is kept.
    ///
    /// # Errors
    /// [`SignInError`]; nobody is signed in then.
    async fn finish(
        &self,
        provider: &ProviderId,
        handshake: &Handshake,
        callback: &Callback,
    ) -> Result<Vouching, SignInError>;
}

/// Why nobody was signed in. The text is for the operator's log; it holds nothing that the provider or the browser sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    /// No provider of that name is configured.
    #[error("there is no sign-in provider of this name")]
    UnknownProvider,
    /// The provider does not answer, or not in time, or says that it is in trouble.
    #[error("the sign-in provider cannot be reached: {0}")]
    Unreachable(String),
    /// The provider refuses this service, so the operator has to look at the configuration.
    #[error("the sign-in provider refuses this service: {0}")]
    Misconfigured(String),
    /// What came back proves nothing: a wrong issuer, audience, nonce, signature, or a code that is not good.
    #[error("the sign-in does not check out: {0}")]
    Invalid(String),
}
