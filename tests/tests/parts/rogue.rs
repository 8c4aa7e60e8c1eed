//! The provider that lies.

use std::collections::HashMap;

use serde_json::{Value, json};
use symbolon_tests::{Browser, Endpoint, Lie, OpenId, Rogue, http};
use url::Url;

use crate::open_id::{authorize, piece, query};

const CALLBACK: &str = "http://127.0.0.1:9/callback";

/// The parameters with which a browser would come back.
async fn called_back(rogue: &Rogue) -> HashMap<String, String> {
    let url = authorize(rogue.issuer(), "/authorize", CALLBACK);
    let answer = http().get(url).send().await.unwrap();
    let back: Url = answer.headers()["location"].to_str().unwrap().parse().unwrap();
    assert!(back.as_str().starts_with(CALLBACK));
    query(&back)
}

fn exchange(rogue: &Rogue, code: &str) -> reqwest::RequestBuilder {
    http()
        .post(format!("{}/token", rogue.issuer()))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(format!("grant_type=authorization_code&code={code}"))
}

/// Signs in, and returns the ID token.
async fn id_token(rogue: &Rogue) -> String {
    let back = called_back(rogue).await;
    let answer = exchange(rogue, &back["code"]).send().await.unwrap();
    let tokens: Value = answer.json().await.unwrap();
    tokens["id_token"].as_str().unwrap().to_owned()
}

/// Whether the claims are honest, by the name of the first that is not.
fn suspicious(rogue: &Rogue, claims: &Value) -> Option<&'static str> {
    let is_live = claims["exp"].as_i64().unwrap() > claims["iat"].as_i64().unwrap();
    assert!(is_live, "{claims}");
    [
        ("iss", json!(rogue.issuer())),
        ("aud", json!(OpenId::CLIENT_ID)),
        ("nonce", json!("the nonce")),
        ("sub", json!("mallory")),
    ]
    .into_iter()
    .find(|(claim, honest)| &claims[claim] != honest)
    .map(|(claim, _)| claim)
}

#[tokio::test]
async fn each_lie_about_a_claim_is_in_the_token() {
    let rogue = Rogue::start().await;
    for (lie, claim) in [
        (Lie::None, None),
        (Lie::WrongNonce, Some("nonce")),
        (Lie::NoNonce, Some("nonce")),
        (Lie::WrongAudience, Some("aud")),
        (Lie::WrongIssuer, Some("iss")),
        (Lie::UnknownKey, None),
    ] {
        rogue.lie(lie).await;
        let claims = piece(&id_token(&rogue).await, 1);
        assert_eq!(suspicious(&rogue, &claims), claim, "{lie:?}");
        assert_eq!(claims["nonce"].is_null(), lie == Lie::NoNonce);
    }
    rogue.lie(Lie::None).await;
    let honest = piece(&id_token(&rogue).await, 1)["exp"].as_i64().unwrap();
    rogue.lie(Lie::Expired).await;
    let expired = piece(&id_token(&rogue).await, 1)["exp"].as_i64().unwrap();
    assert!(honest - expired > 7000, "{expired}");
    rogue.claim(&json!({ "email": "ada@example.org" })).await;
    assert_eq!(piece(&id_token(&rogue).await, 1)["email"], "ada@example.org");
}

/// Verifies a token with the published key of the same name: the browser has the cryptography.
const VERIFY: &str = r#"
    const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
    const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
    const [head, body, signature] = TOKEN.split(".");
    return fetch("/jwks").then((answer) => answer.json()).then(async ({ keys }) => {
        const key = keys.find(({ kid }) => kid === JSON.parse(atob(head)).kid);
        if (!key) return "unknown";
        const imported = await crypto.subtle.importKey("jwk", key, algorithm, false, ["verify"]);
        const signed = new TextEncoder().encode(head + "." + body);
        return crypto.subtle.verify(algorithm, imported, bytes(signature), signed);
    });
"#;

#[tokio::test]
async fn each_lie_about_a_key_is_in_the_token() {
    let (rogue, browser) = (Rogue::start().await, Browser::open().await);
    browser.goto(&format!("{}/jwks", rogue.issuer())).await;
    let verified = async |token: &str| {
        browser
            .execute(&VERIFY.replace("TOKEN", &format!("{token:?}")))
            .await
    };
    let old = id_token(&rogue).await;
    assert_eq!(verified(&old).await, true);
    for (lie, algorithm, verdict) in [
        (Lie::AlgorithmNone, "none", json!("unknown")),
        (Lie::HmacWithPublicKey, "HS256", json!(false)),
        (Lie::UnknownKey, "RS256", json!("unknown")),
        (Lie::WrongSignature, "RS256", json!(false)),
    ] {
        rogue.lie(lie).await;
        let token = id_token(&rogue).await;
        assert_eq!(piece(&token, 0)["alg"], algorithm, "{lie:?}");
        assert_eq!(suspicious(&rogue, &piece(&token, 1)), None, "{lie:?}");
        assert_eq!(verified(&token).await, verdict, "{lie:?}");
    }
    rogue.lie(Lie::None).await;
    rogue.change_key().await;
    assert_eq!(verified(&old).await, "unknown");
    assert_eq!(verified(&id_token(&rogue).await).await, true);
}

#[tokio::test]
async fn each_lie_on_the_way_back_is_told() {
    let rogue = Rogue::start().await;
    let honest = called_back(&rogue).await;
    assert_eq!(
        (&*honest["iss"], &*honest["state"]),
        (rogue.issuer(), "the state")
    );
    rogue.lie(Lie::WrongCallbackIssuer).await;
    assert_ne!(called_back(&rogue).await["iss"], rogue.issuer());
    rogue.lie(Lie::NoCallbackIssuer).await;
    assert!(!called_back(&rogue).await.contains_key("iss"));
    rogue.lie(Lie::WrongState).await;
    assert_ne!(called_back(&rogue).await["state"], "the state");
}

#[tokio::test]
async fn each_failure_happens_and_requests_are_counted() {
    let rogue = Rogue::start().await;
    let get = async |path: &str| {
        let url = format!("{}{path}", rogue.issuer());
        http().get(url).send().await.unwrap()
    };
    let description = async || {
        let answer = get("/.well-known/openid-configuration").await;
        answer.json::<Value>().await.unwrap()
    };
    assert_eq!(description().await["issuer"], rogue.issuer());
    rogue.lie(Lie::WrongDiscoveryIssuer).await;
    assert_ne!(description().await["issuer"], rogue.issuer());
    assert_eq!(get("/jwks").await.status(), 200);
    rogue.lie(Lie::KeysFail).await;
    assert_eq!(get("/jwks").await.status(), 500);
    assert_eq!(rogue.count(Endpoint::Discovery).await, 2);
    assert_eq!(rogue.count(Endpoint::Keys).await, 2);

    rogue.lie(Lie::TokenFails).await;
    let answer = exchange(&rogue, "code").send().await.unwrap();
    assert_eq!(answer.status(), 500);

    rogue.lie(Lie::TokenEndless).await;
    let mut answer = exchange(&rogue, "code").send().await.unwrap();
    let mut length = 0;
    while length < 4 << 20 {
        length += answer.chunk().await.unwrap().expect("there is no end").len();
    }
    drop(answer);

    rogue.lie(Lie::TokenHangs).await;
    let waiting = tokio::spawn(exchange(&rogue, "code").send());
    rogue.asked(Endpoint::Token, 3).await;
    assert_eq!(rogue.count(Endpoint::Token).await, 3);
    assert!(!waiting.is_finished());
    waiting.abort();
}
