//! The provider that behaves.

use std::collections::HashMap;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use symbolon_tests::{Browser, OpenId, Spot, http};
use url::Url;

use crate::pages::Pages;

/// The pair of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// Where a service would send the browser.
pub(crate) fn authorize(issuer: &str, endpoint: &str, redirect_uri: &str) -> Url {
    let parameters = [
        ("client_id", OpenId::CLIENT_ID),
        ("redirect_uri", redirect_uri),
        ("response_type", "code"),
        ("scope", "openid profile email"),
        ("state", "the state"),
        ("nonce", "the nonce"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    Url::parse_with_params(&format!("{issuer}{endpoint}"), parameters).unwrap()
}

/// The parameters of a URL.
pub(crate) fn query(url: &Url) -> HashMap<String, String> {
    url.query_pairs().into_owned().collect()
}

/// One of the three pieces of a JWT.
pub(crate) fn piece(jwt: &str, index: usize) -> Value {
    let piece = jwt.split('.').nth(index).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(piece).unwrap()).unwrap()
}

/// A provider, a service's callback that it knows, and a browser at the provider's login page.
async fn at_the_login() -> (OpenId, Pages, Browser) {
    let (open_id, pages, browser) = (
        OpenId::start().await,
        Pages::serve(&[]).await,
        Browser::open().await,
    );
    open_id.allow(&pages.url("/callback")).await;
    let url = authorize(open_id.issuer(), "/auth", &pages.url("/callback"));
    browser.goto(url.as_str()).await;
    assert_eq!(browser.title().await, "Choose an account");
    (open_id, pages, browser)
}

/// The parameters with which the browser comes back.
async fn called_back(browser: &Browser) -> HashMap<String, String> {
    let is_callback = |url: &Url| url.path() == "/callback";
    query(&browser.wait_for_url("it came back", is_callback).await)
}

async fn token(open_id: &OpenId, redirect_uri: &str, code: &str) -> (u16, Value) {
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", redirect_uri),
        ("code_verifier", VERIFIER),
    ];
    let body = Url::parse_with_params("http://localhost", form).unwrap();
    let secret = OpenId::CLIENT_SECRET.replace(' ', "+").replace(',', "%2C");
    let answer = http()
        .post(format!("{}/token", open_id.issuer()))
        .basic_auth(OpenId::CLIENT_ID, Some(secret))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(body.query().unwrap().to_owned())
        .send()
        .await
        .unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test]
async fn it_describes_itself() {
    let open_id = OpenId::start().await;
    let url = format!("{}/.well-known/openid-configuration", open_id.issuer());
    let answer = http().get(url).send().await.unwrap();
    let description: Value = answer.json().await.unwrap();
    assert_eq!(description["issuer"], open_id.issuer());
    assert_eq!(
        description["authorization_response_iss_parameter_supported"],
        true
    );
    assert_eq!(description["code_challenge_methods_supported"], json!(["S256"]));
    let algorithms = description["id_token_signing_alg_values_supported"].as_array();
    assert!(algorithms.unwrap().contains(&json!("RS256")), "{description}");
}

#[tokio::test]
async fn a_login_is_clicked_through() {
    let (open_id, pages, browser) = at_the_login().await;
    assert_eq!(browser.axe().await, [""; 0]);
    browser.click(Spot::Button("Ada Lovelace")).await;
    let back = called_back(&browser).await;
    assert_eq!(back["state"], "the state");
    assert_eq!(back["iss"], open_id.issuer());

    let redirect_uri = pages.url("/callback");
    let (status, tokens) = token(&open_id, &redirect_uri, &back["code"]).await;
    assert_eq!(status, 200, "{tokens}");
    let id_token = tokens["id_token"].as_str().unwrap();
    assert_eq!(piece(id_token, 0)["alg"], "RS256");
    let claims = piece(id_token, 1);
    for (claim, value) in [
        ("iss", json!(open_id.issuer())),
        ("aud", json!(OpenId::CLIENT_ID)),
        ("nonce", json!("the nonce")),
        ("sub", json!("ada")),
        ("name", json!("Ada Lovelace")),
        ("email", json!("ada@example.org")),
        ("email_verified", json!(true)),
    ] {
        assert_eq!(claims[claim], value, "{claim}");
    }
    // A code is good for one time.
    let (status, refusal) = token(&open_id, &redirect_uri, &back["code"]).await;
    assert_eq!((status, &refusal["error"]), (400, &json!("invalid_grant")));
}

#[tokio::test]
async fn claims_can_be_changed_and_a_login_is_remembered() {
    let (open_id, pages, browser) = at_the_login().await;
    browser.click(Spot::Button("Alan Turing")).await;
    let _ = called_back(&browser).await;
    let change = json!({ "email": "turing@example.org" });
    open_id.claims("alan", &change).await;
    browser.goto(&pages.url("/elsewhere")).await;
    let url = authorize(open_id.issuer(), "/auth", &pages.url("/callback"));
    browser.goto(url.as_str()).await;
    let back = called_back(&browser).await;
    let (_, tokens) = token(&open_id, &pages.url("/callback"), &back["code"]).await;
    let claims = piece(tokens["id_token"].as_str().unwrap(), 1);
    assert_eq!(claims["email"], "turing@example.org");
    assert_eq!(claims["email_verified"], false);
}

#[tokio::test]
async fn a_login_can_be_cancelled() {
    let (open_id, _pages, browser) = at_the_login().await;
    browser.disable_javascript().await;
    browser.click(Spot::Button("Cancel")).await;
    let back = called_back(&browser).await;
    assert_eq!(back["error"], "access_denied");
    assert_eq!(back["state"], "the state");
    assert_eq!(back["iss"], open_id.issuer());
    assert!(!back.contains_key("code"));
}

#[tokio::test]
async fn strangers_and_the_careless_are_refused() {
    let open_id = OpenId::start().await;
    let unknown = authorize(open_id.issuer(), "/auth", "http://127.0.0.1:9/callback");
    let answer = http().get(unknown).send().await.unwrap();
    assert_eq!(answer.status(), 400);

    open_id.allow("http://127.0.0.1:9/callback").await;
    let mut careless = authorize(open_id.issuer(), "/auth", "http://127.0.0.1:9/callback");
    let without_pkce: Vec<_> = query(&careless)
        .into_iter()
        .filter(|(name, _)| !name.starts_with("code_challenge"))
        .collect();
    careless.query_pairs_mut().clear().extend_pairs(without_pkce);
    let answer = http().get(careless).send().await.unwrap();
    let back: Url = answer.headers()["location"].to_str().unwrap().parse().unwrap();
    assert_eq!(query(&back)["error"], "invalid_request");
}
