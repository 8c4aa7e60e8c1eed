//! The provider's own rules. That the service believes it is tested by the application, which serves it.

use std::{net::SocketAddr, sync::Arc};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::Value;
use symbolon_domain::{
    port::{
        clock::Clock,
        entropy::{Entropy, EntropyError},
    },
    time::Timestamp,
};
use url::{Url, form_urlencoded};

use super::*;

/// The pair of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const BACK: &str = "http://127.0.0.1:8080/sign-in/demonstration/callback";

#[derive(Default)]
struct Hand(std::sync::atomic::AtomicI64);

impl Clock for Hand {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(std::sync::atomic::Ordering::SeqCst))
    }
}

/// Never the same twice.
#[derive(Default)]
struct Counting(std::sync::atomic::AtomicU8);

impl Entropy for Counting {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), EntropyError> {
        bytes.fill(self.0.fetch_add(1, std::sync::atomic::Ordering::SeqCst));
        Ok(())
    }
}

struct Bench {
    provider: Demonstration,
    clock: Arc<Hand>,
}

impl Bench {
    fn new() -> Self {
        let clock = Arc::new(Hand::default());
        let provider = at("127.0.0.1:8090", "http://127.0.0.1:8080/", clock.clone()).unwrap();
        Self { provider, clock }
    }

    fn header(&self) -> String {
        let secret = self.provider.client.secret.expose();
        format!(
            "Basic {}",
            BASE64_STANDARD.encode(format!("symbolon-demo:{secret}"))
        )
    }

    /// A code for Ada.
    fn code(&self) -> String {
        let request = self.provider.read(&query(&[])).unwrap();
        let ada = Person::find("ada").unwrap();
        let location = self.provider.allow(request, ada).unwrap();
        answer(&location, "code").unwrap()
    }

    fn redeem(&self, changes: &[(&str, &str)]) -> Result<String, TokenRefusal> {
        let code = self.code();
        self.redeem_code(&code, changes)
    }

    fn redeem_code(&self, code: &str, changes: &[(&str, &str)]) -> Result<String, TokenRefusal> {
        let form = encoded(
            &[
                ("grant_type", "authorization_code"),
                ("code", code),
                ("redirect_uri", BACK),
                ("code_verifier", VERIFIER),
            ],
            changes,
        );
        self.provider.redeem(Some(&self.header()), form.as_bytes())
    }
}

fn at(listens: &str, public: &str, clock: Arc<Hand>) -> Result<Demonstration, DemonstrationError> {
    let listens: SocketAddr = listens.parse().unwrap();
    let public: Url = public.parse().unwrap();
    Demonstration::new(listens, &public, clock, Arc::new(Counting::default()))
}

/// A good request with changes; an empty value takes a parameter away.
fn query(changes: &[(&str, &str)]) -> String {
    encoded(
        &[
            ("response_type", "code"),
            ("client_id", "symbolon-demo"),
            ("redirect_uri", BACK),
            ("scope", "openid profile email"),
            ("state", "state-1"),
            ("nonce", "nonce-1"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ],
        changes,
    )
}

fn encoded(good: &[(&str, &str)], changes: &[(&str, &str)]) -> String {
    let mut text = form_urlencoded::Serializer::new(String::new());
    for (name, value) in good {
        let other = changes.iter().find(|(key, _)| key == name);
        let value = other.map_or(*value, |(_, value)| value);
        if !value.is_empty() {
            text.append_pair(name, value);
        }
    }
    text.finish()
}

fn answer(location: &str, name: &str) -> Option<String> {
    let location = Url::parse(location).unwrap();
    assert!(location.as_str().starts_with(BACK), "{location}");
    let mut pairs = location.query_pairs();
    pairs
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}

#[test]
fn it_is_for_this_machine_only() {
    for (listens, public) in [
        ("0.0.0.0:8090", "http://127.0.0.1:8080"),
        ("192.0.2.1:8090", "http://127.0.0.1:8080"),
        ("[::]:8090", "http://127.0.0.1:8080"),
        ("127.0.0.1:8090", "https://symbolon.example.org"),
        ("127.0.0.1:8090", "http://192.0.2.1"),
    ] {
        let refused = at(listens, public, Arc::default()).err();
        assert!(
            matches!(refused, Some(DemonstrationError::NotLoopback)),
            "{listens} {public}"
        );
    }
    assert!(at("[::1]:8090", "http://localhost:8080", Arc::default()).is_ok());
}

#[test]
fn it_says_where_everything_is() {
    let metadata: Value = serde_json::from_str(Bench::new().provider.metadata()).unwrap();
    assert_eq!(metadata["issuer"], "http://127.0.0.1:8090");
    assert_eq!(
        metadata["authorization_endpoint"],
        "http://127.0.0.1:8090/authorize"
    );
    assert_eq!(metadata["token_endpoint"], "http://127.0.0.1:8090/token");
    assert_eq!(metadata["jwks_uri"], "http://127.0.0.1:8090/jwks");
    assert_eq!(metadata["authorization_response_iss_parameter_supported"], true);
    let keys: Value = serde_json::from_str(Bench::new().provider.keys()).unwrap();
    assert_eq!(keys["keys"][0]["crv"], "Ed25519");
    assert_eq!(keys["keys"][0].get("d"), None, "the private key stays here");
}

#[test]
fn nobody_is_sent_to_an_address_that_is_not_the_services() {
    let bench = Bench::new();
    let doubled = format!("{}&redirect_uri=http%3A%2F%2Fevil.example", query(&[]));
    for query in [
        query(&[("redirect_uri", "http://evil.example/")]),
        query(&[(
            "redirect_uri",
            "http://127.0.0.1:8080/sign-in/demonstration/callback/",
        )]),
        query(&[("redirect_uri", "")]),
        query(&[("client_id", "somebody-else")]),
        query(&[("client_id", "")]),
        doubled,
        String::new(),
    ] {
        let refused = bench.provider.read(&query);
        assert!(matches!(refused, Err(Refusal::Stay(_))), "{query}");
    }
}

#[test]
fn what_the_service_does_wrong_it_is_told() {
    let bench = Bench::new();
    for (change, error) in [
        (("response_type", "token"), "unsupported_response_type"),
        (("scope", "profile"), "invalid_scope"),
        (("code_challenge", ""), "invalid_request"),
        (("code_challenge_method", "plain"), "invalid_request"),
    ] {
        let Err(Refusal::SendBack(location)) = bench.provider.read(&query(&[change])) else {
            panic!("{change:?}");
        };
        assert_eq!(answer(&location, "error").as_deref(), Some(error));
        assert_eq!(answer(&location, "state").as_deref(), Some("state-1"));
        assert_eq!(answer(&location, "code"), None);
    }
}

#[test]
fn whoever_cancels_is_sent_back_without_a_code() {
    let bench = Bench::new();
    let request = bench.provider.read(&query(&[])).unwrap();
    let location = bench.provider.cancel(&request);
    assert_eq!(answer(&location, "error").as_deref(), Some("access_denied"));
    assert_eq!(answer(&location, "state").as_deref(), Some("state-1"));
    assert_eq!(answer(&location, "iss").as_deref(), Some("http://127.0.0.1:8090"));
}

#[test]
fn a_code_is_good_once() {
    let bench = Bench::new();
    let code = bench.code();
    assert!(bench.redeem_code(&code, &[]).is_ok());
    assert_eq!(bench.redeem_code(&code, &[]), Err(TokenRefusal::InvalidGrant));
}

#[test]
fn a_code_lives_a_minute() {
    let bench = Bench::new();
    let (early, late) = (bench.code(), bench.code());
    bench.clock.0.store(59_999, std::sync::atomic::Ordering::SeqCst);
    assert!(bench.redeem_code(&early, &[]).is_ok());
    bench.clock.0.store(60_000, std::sync::atomic::Ordering::SeqCst);
    assert_eq!(bench.redeem_code(&late, &[]), Err(TokenRefusal::InvalidGrant));
}

#[test]
fn a_code_is_the_clients_alone() {
    let bench = Bench::new();
    let wrong_verifier = "x".repeat(43);
    for change in [
        ("code_verifier", wrong_verifier.as_str()),
        ("code_verifier", "short"),
        ("redirect_uri", "http://evil.example/"),
        ("code", "another"),
    ] {
        assert_eq!(
            bench.redeem(&[change]),
            Err(TokenRefusal::InvalidGrant),
            "{change:?}"
        );
    }
    for missing in ["code", "code_verifier", "redirect_uri", "grant_type"] {
        assert_eq!(
            bench.redeem(&[(missing, "")]),
            Err(TokenRefusal::InvalidRequest),
            "{missing}"
        );
    }
    assert_eq!(
        bench.redeem(&[("grant_type", "password")]),
        Err(TokenRefusal::UnsupportedGrantType)
    );
    let code = bench.code();
    assert!(
        bench
            .redeem_code(&code, &[("code_verifier", &wrong_verifier)])
            .is_err()
    );
    assert!(
        bench.redeem_code(&code, &[]).is_err(),
        "a wrong attempt uses it up"
    );
}

#[test]
fn a_wrong_secret_redeems_nothing() {
    let bench = Bench::new();
    let form = b"grant_type=authorization_code&code=x";
    let basic = |text: &str| format!("Basic {}", BASE64_STANDARD.encode(text));
    let secret = bench.provider.client.secret.expose();
    for header in [
        None,
        Some(String::new()),
        Some("Basic".to_owned()),
        Some("Basic !".to_owned()),
        Some(basic("symbolon-demo")),
        Some(basic("symbolon-demo:")),
        Some(basic("symbolon-demo:hush")),
        Some(basic(&format!("somebody:{secret}"))),
        Some(format!("Bearer {secret}")),
    ] {
        let refused = bench.provider.redeem(header.as_deref(), form);
        assert_eq!(refused, Err(TokenRefusal::InvalidClient), "{header:?}");
    }
    assert_eq!(TokenRefusal::InvalidClient.status(), 401);
}

#[test]
fn every_start_has_a_key_and_a_secret_of_its_own() {
    // The source of randomness of the tests begins anew; only the order of what is drawn counts here.
    let bench = Bench::new();
    let other = Demonstration::new(
        "127.0.0.1:8090".parse().unwrap(),
        &"http://127.0.0.1:8080".parse().unwrap(),
        bench.clock.clone(),
        Arc::new(Counting(100.into())),
    )
    .unwrap();
    assert_ne!(bench.provider.keys(), other.keys());
    assert_ne!(
        bench.provider.client.secret.expose(),
        other.client.secret.expose()
    );
    assert_ne!(bench.code(), bench.code());
}
