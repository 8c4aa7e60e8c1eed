//! Whole sign-ins: the service's own client, the provider's own pages, and a visitor who presses a button.

use std::{net::SocketAddr, sync::Arc};

use symbolon_domain::{
    port::{
        clock::Clock,
        sign_in::{Callback, Handshake, SignIn as _, SignInError},
    },
    social_profile::{Connection, ProviderId},
};
use symbolon_http::PublicUrl;
use symbolon_identity::{Providers, demonstration::Demonstration};
use symbolon_vault::SystemEntropy;

use super::{
    super::{serve_sign_in, server::Server},
    listener,
    visit::{ask, get, post},
};
use crate::{clock::SystemClock, providers};

const SERVICE: &str = "http://127.0.0.1:8080";

struct Bench {
    server: Server,
    address: SocketAddr,
    providers: Providers,
    id: ProviderId,
}

impl Bench {
    fn start() -> Self {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
        let (listener, address) = listener();
        let service = PublicUrl::parse(SERVICE).unwrap();
        let provider = Demonstration::new(
            address,
            &service.at(""),
            clock.clone(),
            Arc::new(SystemEntropy::new()),
        )
        .unwrap();
        let providers = providers::of(vec![provider.settings()], &service, &clock).unwrap();
        Self {
            server: serve_sign_in(listener, provider).unwrap(),
            address,
            providers,
            id: ProviderId::parse("demonstration").unwrap(),
        }
    }

    /// The path that the service sends a browser to.
    async fn path(&self) -> String {
        let location = self.providers.start(&self.id, &handshake(), None).await.unwrap();
        let rest = location.strip_prefix(&format!("http://{}", self.address));
        rest.unwrap().to_owned()
    }

    /// What the browser comes back with after this choice.
    async fn choose(&self, choice: &str) -> Vec<(String, String)> {
        let path = self.path().await;
        let page = get(self.address, &path).await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("pretend to be one of these people"));
        let (_, rest) = page.body.split_once("action=\"").unwrap();
        let action = rest.split('"').next().unwrap().replace("&#38;", "&");
        let answer = post(self.address, &action, choice).await;
        assert_eq!(answer.status, 303);
        let location = answer.header("location");
        let start = format!("{SERVICE}/sign-in/demonstration/callback?");
        let query = location.strip_prefix(&start).unwrap();
        query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (name.to_owned(), value.replace("%3A", ":").replace("%2F", "/")))
            .collect()
    }

    async fn sign_in_as(&self, subject: &str) -> Connection {
        let answer = self.choose(&format!("person={subject}")).await;
        assert_eq!(value(&answer, "state"), Some("state-1"));
        self.finish(&answer).await.unwrap()
    }

    async fn finish(&self, answer: &[(String, String)]) -> Result<Connection, SignInError> {
        let callback = Callback {
            code: value(answer, "code").unwrap().to_owned(),
            issuer: value(answer, "iss").map(str::to_owned),
        };
        let vouching = self.providers.finish(&self.id, &handshake(), &callback).await?;
        assert!(vouching.authenticated_at.is_some(), "it says when");
        Ok(vouching.connection)
    }
}

fn value<'a>(answer: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let found = answer.iter().find(|(key, _)| key == name);
    found.map(|(_, value)| value.as_str())
}

fn handshake() -> Handshake {
    Handshake {
        state: "state-1".to_owned(),
        nonce: "nonce-1".to_owned(),
        verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".to_owned(),
    }
}

#[tokio::test]
async fn everybody_can_sign_in_and_stays_who_they_are() {
    let bench = Bench::start();
    let mut profiles = Vec::new();
    for (subject, name) in [("ada", "Ada"), ("grace", "Grace"), ("alan", "Alan")] {
        let first = bench.sign_in_as(subject).await;
        let again = bench.sign_in_as(subject).await;
        assert_eq!(first, again, "{name}");
        assert_eq!(first.profile.issuer(), format!("http://{}", bench.address));
        assert_eq!(first.profile.subject(), subject);
        profiles.push(first.profile);
    }
    profiles.dedup();
    assert_eq!(profiles.len(), 3);
    bench.server.stop().await;
}

#[tokio::test]
async fn a_code_signs_in_once() {
    let bench = Bench::start();
    let answer = bench.choose("person=grace").await;
    assert!(bench.finish(&answer).await.is_ok());
    let refused = bench.finish(&answer).await;
    assert!(matches!(refused, Err(SignInError::Invalid(_))), "{refused:?}");
}

#[tokio::test]
async fn whoever_cancels_is_nobody() {
    let bench = Bench::start();
    let answer = bench.choose("cancel=yes").await;
    assert_eq!(value(&answer, "error"), Some("access_denied"));
    assert_eq!(value(&answer, "code"), None);
}

#[tokio::test]
async fn its_pages_load_nothing_and_lead_to_the_service_only() {
    let bench = Bench::start();
    let path = bench.path().await;
    let page = get(bench.address, &path).await;
    let policy = page.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none';"), "{policy}");
    assert!(
        policy.ends_with(&format!("form-action 'self' {SERVICE}")),
        "{policy}"
    );
    assert_eq!(page.header("cache-control"), "no-store");
    assert!(!page.body.contains("<script"));

    let elsewhere = path.replace("8080", "8081");
    let refused = get(bench.address, &elsewhere).await;
    assert_eq!(refused.status, 400);
    assert!(refused.body.contains("not the service"), "{}", refused.body);
    let nobody = post(bench.address, &path, "person=charles").await;
    assert_eq!(nobody.status, 400);
    let rebound = ask(bench.address, "evil.example", "GET", "/", "").await;
    assert_eq!(rebound.status, 421);
    assert!(get(bench.address, "/style.css").await.body.contains(".stage"));
}

#[tokio::test]
async fn a_wrong_client_is_told_so() {
    let bench = Bench::start();
    let refused = post(bench.address, "/token", "grant_type=authorization_code&code=x").await;
    assert_eq!(refused.status, 401);
    assert_eq!(refused.header("www-authenticate"), "Basic");
    assert_eq!(refused.body, r#"{"error":"invalid_client"}"#);
}
