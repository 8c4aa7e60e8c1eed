//! Redeeming an authorization code at the token endpoint (RFC 6749, section 4.1.3).

use serde::Deserialize;
use serde_json::Value;
use symbolon_domain::port::sign_in::{Callback, Handshake, SignInError};
use url::{Url, form_urlencoded};

use crate::{
    client::Client,
    preset::AuthStyle,
    web::{Answer, Party, Web},
};

/// What the code was good for. Lives as long as one sign-in.
pub(crate) struct Grant {
    /// Opens the user endpoint.
    pub(crate) access_token: Option<String>,
    /// Says who it is, where the provider speaks OpenID Connect.
    pub(crate) id_token: Option<String>,
}

#[derive(Deserialize)]
struct Document {
    access_token: Option<String>,
    id_token: Option<String>,
    /// A text by the standard, an object at Facebook.
    error: Option<Value>,
}

/// Redeems the code.
pub(crate) async fn redeem(
    web: &Web,
    client: &Client,
    endpoint: &Url,
    style: AuthStyle,
    handshake: &Handshake,
    callback: &Callback,
) -> Result<Grant, SignInError> {
    if callback.code.is_empty() {
        return Err(invalid("the callback has no code"));
    }
    let form = form(client, style, handshake, callback);
    let basic = match style {
        AuthStyle::Post => None,
        AuthStyle::Basic => Some((encoded(&client.identifier), encoded(client.secret.expose()))),
    };
    let basic = basic.as_ref().map(|(id, secret)| (id.as_str(), secret.as_str()));
    let answer = web.post(Party::Token, endpoint, form, basic).await?;
    read(&answer)
}

fn form(client: &Client, style: AuthStyle, handshake: &Handshake, callback: &Callback) -> String {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("grant_type", "authorization_code")
        .append_pair("code", &callback.code)
        .append_pair("redirect_uri", &client.redirect_uri);
    if client.pkce {
        form.append_pair("code_verifier", &handshake.verifier);
    }
    if style == AuthStyle::Post {
        form.append_pair("client_id", &client.identifier)
            .append_pair("client_secret", client.secret.expose());
    }
    form.finish()
}

/// Encoded before it becomes a user name or password, by RFC 6749, section 2.3.1.
fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

fn read(answer: &Answer) -> Result<Grant, SignInError> {
    let document = serde_json::from_slice::<Document>(&answer.body).ok();
    // GitHub reports its errors with status 200.
    if let Some(error) = document.as_ref().and_then(|document| document.error.as_ref()) {
        return Err(refusal(error, answer.status));
    }
    match (answer.status, document) {
        (200..=299, Some(document)) => Ok(Grant {
            access_token: document.access_token.filter(|token| is_token(token)),
            id_token: document.id_token,
        }),
        (200..=299, None) => Err(invalid("what its token endpoint answers cannot be read")),
        (400, _) => Err(invalid("its token endpoint refuses the request (HTTP 400)")),
        (status, _) => Err(SignInError::Misconfigured(format!(
            "its token endpoint refuses this service (HTTP {status}): look at the client id, the secret and auth_style"
        ))),
    }
}

/// What an error code means. Codes are compared and never repeated, for they come from outside.
fn refusal(error: &Value, status: u16) -> SignInError {
    match error.as_str() {
        Some("invalid_grant" | "bad_verification_code") => invalid("the provider does not accept the code"),
        Some("invalid_client" | "incorrect_client_credentials") => SignInError::Misconfigured(
            "it does not accept the client id or the secret (or it takes no PKCE, or another auth_style)"
                .into(),
        ),
        Some("unauthorized_client" | "application_suspended" | "unsupported_grant_type") => {
            SignInError::Misconfigured("it does not allow this client to sign people in".into())
        }
        Some("redirect_uri_mismatch") => {
            SignInError::Misconfigured("it does not know the redirect URI: register it there".into())
        }
        Some("invalid_scope") => SignInError::Misconfigured("it does not allow the scopes".into()),
        Some("server_error" | "temporarily_unavailable" | "slow_down") => {
            SignInError::Unreachable("its token endpoint is in trouble".into())
        }
        Some(_) => SignInError::Invalid(format!("its token endpoint refuses the request (HTTP {status})")),
        None => graph_refusal(error, status),
    }
}

/// Facebook's numbers, by <https://developers.facebook.com/docs/graph-api/guides/error-handling>.
fn graph_refusal(error: &Value, status: u16) -> SignInError {
    match error.get("code").and_then(Value::as_i64) {
        Some(1 | 101 | 191) => SignInError::Misconfigured(
            "it does not accept the client id, the secret or the redirect URI".into(),
        ),
        Some(2 | 4) => SignInError::Unreachable("its token endpoint is in trouble".into()),
        _ => SignInError::Invalid(format!("its token endpoint refuses the request (HTTP {status})")),
    }
}

/// Whether it can stand in a header (RFC 6749, appendix A.12).
fn is_token(token: &str) -> bool {
    !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic())
}

fn invalid(text: &str) -> SignInError {
    SignInError::Invalid(text.into())
}

#[cfg(test)]
mod tests;
