//! A real OpenID provider, for sign-ins that a browser clicks through.

use serde_json::{Value, json};

use crate::part::Part;

/// The provider `oidc-provider`, with the accounts `ada`, `grace` and `alan`, on a free port. Dropping it ends it.
///
/// Its login page has a button for each account (“Ada Lovelace”, “Grace Hopper”, “Alan Turing”) and “Cancel”. It asks
/// nobody for consent, wants PKCE, and remembers in the browser who is logged in. Alan's address is not verified.
///
/// It is another site than the service: its issuer says `localhost`, where the tests reach the service as `127.0.0.1`.
#[derive(Debug)]
pub struct OpenId {
    part: Part,
    issuer: String,
}

impl OpenId {
    /// The only client that it knows.
    pub const CLIENT_ID: &str = "symbolon";
    /// The client's secret.
    pub const CLIENT_SECRET: &str = "a secret of the tests, 32 bytes long";

    /// Starts one, at which the client says its secret in the header.
    pub async fn start() -> Self {
        Self::start_with("client_secret_basic").await
    }

    /// Starts one, with the way in which the client says its secret: a `token_endpoint_auth_method`.
    pub async fn start_with(client_auth: &str) -> Self {
        let settings = json!({
            "client_id": Self::CLIENT_ID,
            "client_secret": Self::CLIENT_SECRET,
            "client_auth": client_auth,
        });
        let part = Part::javascript("openid/server.mjs", &settings);
        let issuer = issuer_of(&part).await;
        Self { part, issuer }
    }

    /// Its issuer, which is the URL below which everything of it is.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Registers a redirect URI for the client.
    pub async fn allow(&self, redirect_uri: &str) {
        let _ = self.part.ask(json!({ "do": "allow", "uri": redirect_uri })).await;
    }

    /// Changes what it says about an account: `name`, `email`, `email_verified`. A claim that is null is left out.
    pub async fn claims(&self, account: &str, claims: &Value) {
        let question = json!({ "do": "claims", "account": account, "claims": claims });
        let _ = self.part.ask(question).await;
    }
}

/// What a provider calls itself, as soon as it listens.
pub(crate) async fn issuer_of(part: &Part) -> String {
    let said = part.says(r#"{"issuer":"#).await;
    said["issuer"].as_str().expect("an issuer is text").to_owned()
}
