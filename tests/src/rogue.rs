//! An OpenID provider that lies, for sign-ins that must fail.

use serde_json::{Value, json};

use crate::{open_id::issuer_of, part::Part};

/// How a provider lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lie {
    /// Not at all.
    None,
    /// The ID token has the nonce of another sign-in.
    WrongNonce,
    /// The ID token has no nonce.
    NoNonce,
    /// The ID token is for another client.
    WrongAudience,
    /// The ID token is from another issuer.
    WrongIssuer,
    /// The ID token expired nearly two hours ago.
    Expired,
    /// The ID token is not signed: `"alg": "none"`.
    AlgorithmNone,
    /// The ID token is signed with HS256, and the secret is the published key.
    HmacWithPublicKey,
    /// The ID token is signed with a key that is not published, and names that.
    UnknownKey,
    /// The ID token is signed with a key that is not published, and names the published one.
    WrongSignature,
    /// The callback names another issuer in `iss`.
    WrongCallbackIssuer,
    /// The callback names no issuer, though the provider promises one.
    NoCallbackIssuer,
    /// The callback has another `state`.
    WrongState,
    /// Its description of itself has another issuer.
    WrongDiscoveryIssuer,
    /// The token endpoint never answers.
    TokenHangs,
    /// The token endpoint answers 500.
    TokenFails,
    /// The token endpoint's answer has no end.
    TokenEndless,
    /// The keys are not to be had: 500.
    KeysFail,
}

impl Lie {
    fn mode(self) -> &'static str {
        match self {
            Self::None => "honest",
            Self::WrongNonce => "wrong_nonce",
            Self::NoNonce => "no_nonce",
            Self::WrongAudience => "wrong_audience",
            Self::WrongIssuer => "wrong_issuer",
            Self::Expired => "expired",
            Self::AlgorithmNone => "algorithm_none",
            Self::HmacWithPublicKey => "hmac_with_public_key",
            Self::UnknownKey => "unknown_key",
            Self::WrongSignature => "wrong_signature",
            Self::WrongCallbackIssuer => "wrong_callback_issuer",
            Self::NoCallbackIssuer => "no_callback_issuer",
            Self::WrongState => "wrong_state",
            Self::WrongDiscoveryIssuer => "wrong_discovery_issuer",
            Self::TokenHangs => "token_hangs",
            Self::TokenFails => "token_fails",
            Self::TokenEndless => "token_endless",
            Self::KeysFail => "keys_fail",
        }
    }
}

/// An endpoint of the provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Endpoint {
    /// Its description of itself.
    Discovery,
    /// Its keys.
    Keys,
    /// Where browsers are sent.
    Authorize,
    /// Where codes are exchanged.
    Token,
    /// Where claims are told.
    UserInfo,
}

impl Endpoint {
    fn name(self) -> &'static str {
        match self {
            Self::Discovery => "discovery",
            Self::Keys => "jwks",
            Self::Authorize => "authorize",
            Self::Token => "token",
            Self::UserInfo => "userinfo",
        }
    }
}

/// A provider in the hands of an attacker, on a free port. It approves whoever comes as `mallory`, or as their
/// `login_hint`, at once and for any redirect URI, and asks for no secret. Dropping it ends it.
#[derive(Debug)]
pub struct Rogue {
    part: Part,
    issuer: String,
}

impl Rogue {
    /// Starts one, which is honest until told otherwise. Its client is [`OpenId::CLIENT_ID`](crate::OpenId::CLIENT_ID).
    pub async fn start() -> Self {
        let settings = json!({ "client_id": crate::OpenId::CLIENT_ID });
        let part = Part::javascript("openid/rogue.mjs", &settings);
        let issuer = issuer_of(&part).await;
        Self { part, issuer }
    }

    /// Its issuer, which is the URL below which everything of it is.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Lies like this from now on.
    pub async fn lie(&self, lie: Lie) {
        let _ = self.part.ask(json!({ "do": "mode", "mode": lie.mode() })).await;
    }

    /// Claims this from now on, besides what it claimed before.
    pub async fn claim(&self, claims: &Value) {
        let _ = self.part.ask(json!({ "do": "claims", "claims": claims })).await;
    }

    /// Signs with a new key from now on, and publishes only that.
    pub async fn change_key(&self) {
        let _ = self.part.ask(json!({ "do": "change_key" })).await;
    }

    /// How often an endpoint was asked.
    pub async fn count(&self, endpoint: Endpoint) -> u64 {
        let counts = self.part.ask(json!({ "do": "counts" })).await;
        counts[endpoint.name()].as_u64().expect("a number")
    }

    /// Returns as soon as an endpoint was asked so many times since the start.
    pub async fn asked(&self, endpoint: Endpoint, times: u64) {
        let name = endpoint.name();
        let event = format!(r#"{{"event":"hit","on":"{name}","count":{times}}}"#);
        let _ = self.part.says(event).await;
    }
}
