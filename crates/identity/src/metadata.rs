//! What an OpenID provider says of itself, by OpenID Connect Discovery 1.0.

use serde::Deserialize;
use symbolon_domain::port::sign_in::SignInError;
use url::Url;

use crate::{
    address,
    client::{Discovery, Endpoints},
    preset::AuthStyle,
    web::{Answer, Party, Web},
};

/// The part of the metadata that matters here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Metadata {
    pub(crate) endpoints: Endpoints,
    pub(crate) keys: Url,
    /// Whether every callback carries `iss` (RFC 9207).
    pub(crate) sends_issuer: bool,
    /// How it wants the secret.
    pub(crate) auth_style: AuthStyle,
}

/// The document; whatever else it says is ignored, and so is whatever a provider leaves out that nobody needs.
#[derive(Deserialize)]
struct Document {
    issuer: Option<String>,
    authorization_endpoint: Option<String>,
    token_endpoint: Option<String>,
    userinfo_endpoint: Option<String>,
    jwks_uri: Option<String>,
    authorization_response_iss_parameter_supported: Option<bool>,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
}

/// Asks the provider.
pub(crate) async fn fetch(web: &Web, discovery: &Discovery) -> Result<Metadata, SignInError> {
    let answer = web.get(Party::Discovery, &discovery.document).await?;
    read(&answer, discovery)
}

fn read(answer: &Answer, discovery: &Discovery) -> Result<Metadata, SignInError> {
    if answer.status != 200 {
        return Err(SignInError::Misconfigured(format!(
            "there is no discovery document below its issuer (HTTP {}): is the issuer written right?",
            answer.status
        )));
    }
    let document: Document = serde_json::from_slice(&answer.body).map_err(|_| {
        misconfigured("what is found below its issuer is no discovery document: is the issuer written right?")
    })?;
    if document.issuer.as_ref() != Some(&discovery.issuer) {
        return Err(misconfigured(
            "its discovery document states another issuer: write it exactly as stated there, down to a slash at the end",
        ));
    }
    let named = |text: Option<String>, missing: &'static str| {
        text.and_then(|text| address::parse_from(&text, &discovery.document))
            .ok_or_else(|| misconfigured(missing))
    };
    Ok(Metadata {
        endpoints: Endpoints {
            authorization: named(
                document.authorization_endpoint,
                "its discovery document names no authorization endpoint that begins with https://",
            )?,
            token: named(
                document.token_endpoint,
                "its discovery document names no token endpoint that begins with https://",
            )?,
            user: document
                .userinfo_endpoint
                .and_then(|text| address::parse_from(&text, &discovery.document)),
        },
        keys: named(
            document.jwks_uri,
            "its discovery document names no key set that begins with https://",
        )?,
        sends_issuer: document.authorization_response_iss_parameter_supported == Some(true),
        auth_style: auth_style(document.token_endpoint_auth_methods_supported.as_deref()),
    })
}

/// The header, which is the standard's default, unless the provider takes the body only.
fn auth_style(methods: Option<&[String]>) -> AuthStyle {
    let takes = |method: &str| methods.is_some_and(|methods| methods.iter().any(|one| one == method));
    if takes("client_secret_post") && !takes("client_secret_basic") {
        AuthStyle::Post
    } else {
        AuthStyle::Basic
    }
}

fn misconfigured(text: &str) -> SignInError {
    SignInError::Misconfigured(text.into())
}

#[cfg(test)]
mod tests;
