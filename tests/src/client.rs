//! A client of the API, with one method for each thing that an organization's program does.

use std::{
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use reqwest::{ClientBuilder, Method, RequestBuilder, header::HeaderMap, redirect::Policy};
use serde_json::{Value, json};

use crate::{tls, wait::DEADLINE};

/// An authorization token, as its owner knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Whose it is.
    pub organization: String,
    /// Its id.
    pub id: String,
    /// Its value.
    pub value: String,
}

impl Key {
    /// The token in an answer that hands one over.
    #[track_caller]
    pub fn of(object: &Value) -> Self {
        let text = |field: &str| {
            let value = object.get(field).and_then(Value::as_str);
            value
                .unwrap_or_else(|| panic!("no {field} in {object}"))
                .to_owned()
        };
        Self {
            organization: text("owner_id"),
            id: text("id"),
            value: text("token"),
        }
    }

    /// The header of seed 002: the token as the user name, and a blank password.
    pub fn basic(&self) -> String {
        format!("Basic {}", STANDARD.encode(format!("{}:", self.value)))
    }

    /// A path below the organization's authorization tokens.
    pub fn tokens(&self, rest: &str) -> String {
        format!(
            "/v1/organizations/{}/authorization_tokens{rest}",
            self.organization
        )
    }
}

/// What the service answered.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as it came.
    pub text: String,
    /// The body as JSON, or null where it is none.
    pub json: Value,
}

impl Answer {
    /// Asserts the status.
    #[track_caller]
    pub fn expect(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    /// Asserts an error.
    #[track_caller]
    pub fn refused(&self, status: u16, code: &str) -> &Self {
        self.expect(status);
        assert_eq!(self.json["code"], code, "{}", self.text);
        self
    }

    /// A header, if it is there.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().expect("ASCII"))
    }

    /// The token that was handed over.
    #[track_caller]
    pub fn key(&self) -> Key {
        Key::of(&self.json["data"])
    }
}

/// A client of one instance of the service.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    address: SocketAddr,
}

impl Client {
    /// One that knows no proxies, and gives up in the end.
    pub fn new(address: SocketAddr) -> Self {
        Self {
            http: built(reqwest::Client::builder()),
            address,
        }
    }

    /// A request as it is, without a token.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http
            .request(method, format!("http://{}{path}", self.address))
    }

    /// A request with a token, as seed 002 sends it.
    pub fn with(&self, key: &Key, method: Method, path: &str) -> RequestBuilder {
        self.request(method, path).header("Authorization", key.basic())
    }

    /// GETs a path without a token.
    pub async fn look(&self, path: &str) -> Answer {
        send(self.request(Method::GET, path)).await
    }

    /// GETs a path.
    pub async fn get(&self, key: &Key, path: &str) -> Answer {
        send(self.with(key, Method::GET, path)).await
    }

    /// Lists the tokens that the caller may see.
    pub async fn list(&self, key: &Key) -> Answer {
        self.get(key, &key.tokens("")).await
    }

    /// Makes a token.
    pub async fn create(&self, key: &Key, wish: &Value) -> Answer {
        send(self.with(key, Method::POST, &key.tokens("")).json(wish)).await
    }

    /// Puts a successor in the caller's place.
    pub async fn rotate(&self, key: &Key) -> Answer {
        send(self.with(key, Method::POST, &key.tokens("/rotate"))).await
    }

    /// Rotates with an `Idempotency-Key`.
    pub async fn rotate_named(&self, key: &Key, name: &str) -> Answer {
        try_send(self.rotation(key, Some(name)))
            .await
            .expect("the service answers")
    }

    /// A rotation that is not sent yet.
    pub fn rotation(&self, key: &Key, name: Option<&str>) -> RequestBuilder {
        let request = self
            .with(key, Method::POST, &key.tokens("/rotate"))
            .json(&json!({}));
        match name {
            Some(name) => request.header("Idempotency-Key", name),
            None => request,
        }
    }

    /// Ends a token.
    pub async fn delete(&self, key: &Key, id: &str) -> Answer {
        send(self.with(key, Method::DELETE, &key.tokens(&format!("/{id}")))).await
    }

    /// Asks what the token is: the lightest of all calls.
    pub async fn current(&self, key: &Key) -> Answer {
        self.get(key, &key.tokens("/current")).await
    }

    /// Whether the token is served. Anything but a clear yes or no fails the test.
    #[track_caller]
    pub fn is_served(&self, key: &Key) -> impl Future<Output = bool> {
        let request = self.with(key, Method::GET, &key.tokens("/current"));
        async {
            let answer = send(request).await;
            match answer.status {
                200 => true,
                401 => false,
                _ => panic!("neither yes nor no: {answer:?}"),
            }
        }
    }
}

/// A client of anybody, which follows no redirects.
pub fn http() -> reqwest::Client {
    built(reqwest::Client::builder().redirect(Policy::none()))
}

/// A client of somebody who has a network address of their own, which follows no redirects.
pub(crate) fn http_from(address: IpAddr) -> reqwest::Client {
    let builder = reqwest::Client::builder().redirect(Policy::none());
    built(builder.local_address(address))
}

/// How long a connection is kept that nobody uses: less than the service keeps it, which is five seconds. A request that is sent
/// at the moment when the other end closes has no answer.
const KEPT_IDLE: Duration = Duration::from_secs(2);

fn built(builder: ClientBuilder) -> reqwest::Client {
    tls::use_ring();
    builder
        .no_proxy()
        .timeout(DEADLINE)
        .pool_idle_timeout(KEPT_IDLE)
        .build()
        .expect("the client needs nothing of the system")
}

/// Sends a request, which must be answered.
async fn send(request: RequestBuilder) -> Answer {
    try_send(request).await.expect("the service answers")
}

/// Sends a request, and reads the answer to its end.
///
/// # Errors
/// Where there is no whole answer: what became of the request is then unknown.
pub async fn try_send(request: RequestBuilder) -> reqwest::Result<Answer> {
    let response = request.send().await?;
    let status = response.status().as_u16();
    let headers = response.headers().clone();
    let text = response.text().await?;
    Ok(Answer {
        status,
        headers,
        json: serde_json::from_str(&text).unwrap_or_default(),
        text,
    })
}
