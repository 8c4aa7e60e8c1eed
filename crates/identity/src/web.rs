//! The one way out: short, small, without redirects, over TLS.

use std::time::Duration;

use reqwest::{RequestBuilder, Response, redirect::Policy};
use symbolon_domain::port::sign_in::SignInError;
use url::Url;

use crate::settings::SettingsError;

/// How long a provider may take to be connected to, and for an answer as a whole.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);

/// The largest answer that is read, in bytes.
const LARGEST_ANSWER: usize = 1024 * 1024;

/// Whom this service is talking to; the words are all that an error tells of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Party {
    Discovery,
    Keys,
    Token,
    User,
}

impl Party {
    fn name(self) -> &'static str {
        match self {
            Self::Discovery => "discovery document",
            Self::Keys => "key set",
            Self::Token => "token endpoint",
            Self::User => "user endpoint",
        }
    }
}

/// What came back: a status that is neither a redirect nor the provider's trouble, and at most a MiB.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

/// The HTTP client.
#[derive(Clone)]
pub(crate) struct Web {
    client: reqwest::Client,
}

impl Web {
    /// A client that trusts the system's certificate authorities; or, where all providers are found without TLS, nobody,
    /// so that a system without any will do.
    pub(crate) fn new(needs_authorities: bool, patience: Duration) -> Result<Self, SettingsError> {
        // An error says that the process has chosen its cryptography before, which is just as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = reqwest::Client::builder()
            .user_agent("symbolon")
            .redirect(Policy::none())
            // The environment's proxies are not this crate's to read, and would reroute calls to this machine.
            .no_proxy()
            // Sign-ins are rare, and may each be on another runtime: no connection outlives its exchange.
            .pool_max_idle_per_host(0)
            .connect_timeout(patience)
            .timeout(patience);
        if !needs_authorities {
            builder = builder.tls_certs_only([]);
        }
        let client = builder.build().map_err(|_| SettingsError::Authorities)?;
        Ok(Self { client })
    }

    /// Asks for a document.
    pub(crate) async fn get(&self, party: Party, url: &Url) -> Result<Answer, SignInError> {
        send(party, self.client.get(url.clone())).await
    }

    /// Asks for a document in the name of an access token.
    pub(crate) async fn get_as(&self, party: Party, url: &Url, token: &str) -> Result<Answer, SignInError> {
        send(party, self.client.get(url.clone()).bearer_auth(token)).await
    }

    /// Sends a form, with a user name and a password in the header where they are given.
    pub(crate) async fn post(
        &self,
        party: Party,
        url: &Url,
        form: String,
        basic: Option<(&str, &str)>,
    ) -> Result<Answer, SignInError> {
        let mut request = self
            .client
            .post(url.clone())
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form);
        if let Some((name, password)) = basic {
            request = request.basic_auth(name, Some(password));
        }
        send(party, request).await
    }
}

async fn send(party: Party, request: RequestBuilder) -> Result<Answer, SignInError> {
    let response = request
        .header("accept", "application/json")
        .send()
        .await
        .map_err(|error| silent(party, &error))?;
    let status = response.status().as_u16();
    match status {
        429 | 500..=599 => Err(SignInError::Unreachable(format!(
            "its {} is in trouble (HTTP {status})",
            party.name()
        ))),
        300..=399 => Err(SignInError::Misconfigured(format!(
            "its {} has moved (HTTP {status}), and redirects are not followed",
            party.name()
        ))),
        _ => Ok(Answer {
            status,
            body: read(party, response).await?,
        }),
    }
}

async fn read(party: Party, mut response: Response) -> Result<Vec<u8>, SignInError> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| silent(party, &error))? {
        if body.len() + chunk.len() > LARGEST_ANSWER {
            return Err(SignInError::Unreachable(format!(
                "its {} answers with more than 1 MiB",
                party.name()
            )));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn silent(party: Party, error: &reqwest::Error) -> SignInError {
    let name = party.name();
    SignInError::Unreachable(if error.is_timeout() {
        format!("its {name} does not answer in time")
    } else if error.is_connect() {
        format!("its {name} cannot be connected to")
    } else {
        format!("its {name} breaks off")
    })
}
