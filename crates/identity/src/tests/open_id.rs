//! The honest sign-in, and what is sent for it.

use std::collections::HashMap;

use base64::{Engine as _, prelude::BASE64_STANDARD};

use super::*;

#[tokio::test]
async fn the_browser_is_sent_with_everything() {
    let bench = Bench::open_id().await;
    let address = bench.start().await.unwrap();
    assert_eq!(address.origin().ascii_serialization(), bench.fake.origin());
    assert_eq!(address.path(), "/authorize");
    let query: HashMap<_, _> = address.query_pairs().into_owned().collect();
    let expected = [
        ("tenant", "1"),
        ("response_type", "code"),
        ("client_id", "symbolon"),
        (
            "redirect_uri",
            "https://symbolon.example.org/sign-in/idp/callback",
        ),
        ("scope", "openid profile email"),
        ("state", "state-1"),
        ("nonce", "nonce-1"),
        ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
        ("code_challenge_method", "S256"),
    ];
    assert_eq!(query, expected.map(|(a, b)| (a.to_owned(), b.to_owned())).into());
}

/// Whoever is to authenticate anew is told so twice, for there are providers that hear only one of the two.
#[tokio::test]
async fn the_provider_is_asked_for_an_authentication_that_is_new_enough() {
    let bench = Bench::open_id().await;
    for (max_age, expected) in [
        (None, [None, None]),
        (Some(43_200), [Some("43200"), None]),
        (Some(0), [Some("0"), Some("login")]),
    ] {
        let address = bench.start_within(max_age).await.unwrap();
        let query: HashMap<_, _> = address.query_pairs().into_owned().collect();
        let asked = ["max_age", "prompt"].map(|name| query.get(name).map(String::as_str));
        assert_eq!(asked, expected);
    }
}

#[tokio::test]
async fn when_somebody_authenticated_is_said_by_the_provider_or_not_known() {
    let bench = Bench::open_id().await;
    for said in [None, Some(NOW - 5)] {
        let mut claims = bench.claims();
        if let Some(said) = said {
            claims["auth_time"] = said.into();
        }
        bench.answer_claims(&claims);
        let vouching = bench.vouched_as(None).await.unwrap();
        let expected = said.map(|at| Timestamp::from_millis(at * 1_000));
        assert_eq!(vouching.authenticated_at, expected);
    }
}

/// Recipients' providers are not administrators', unless it is said.
#[tokio::test]
async fn a_provider_is_for_whom_the_operator_says() {
    for (besides, recipients, administrators) in [
        (json!({}), true, false),
        (json!({ "administrators": true }), true, true),
        (
            json!({ "administrators": true, "recipients": false }),
            false,
            true,
        ),
    ] {
        let bench = Bench::of(|_| besides).await;
        for (audience, is_offered) in [
            (Audience::Recipients, recipients),
            (Audience::Administrators, administrators),
        ] {
            assert_eq!(bench.providers.serves(&bench.id, audience), is_offered);
            let listed = bench.providers.providers(audience).await;
            assert_eq!(listed.len(), usize::from(is_offered));
            let other = ProviderId::parse("other").unwrap();
            assert!(!bench.providers.serves(&other, audience));
        }
    }
}

#[tokio::test]
async fn an_honest_sign_in_succeeds() {
    let bench = Bench::open_id().await;
    let connection = bench.finish_with(&bench.claims()).await.unwrap();
    assert_eq!(connection.provider, bench.id);
    assert_eq!(connection.profile.issuer(), bench.fake.origin());
    assert_eq!(connection.profile.subject(), "subject-1");
    assert_eq!(connection.hint.as_str(), "a…@example.org");
    assert_eq!(bench.fake.count("/me"), 0, "the ID token says it all");

    let request = bench.fake.last("/token");
    assert_eq!(request.method, "POST");
    assert_eq!(request.headers["user-agent"], "symbolon");
    assert_eq!(request.headers["accept"], "application/json");
    assert_eq!(request.field("grant_type").unwrap(), "authorization_code");
    assert_eq!(request.field("code").unwrap(), "code-1");
    assert_eq!(request.field("code_verifier").unwrap(), handshake().verifier);
    assert_eq!(
        request.field("redirect_uri").unwrap(),
        "https://symbolon.example.org/sign-in/idp/callback"
    );
    // The default of the standard: in the header, encoded first.
    let basic = BASE64_STANDARD.encode("symbolon:hush+hush");
    assert_eq!(request.headers["authorization"], format!("Basic {basic}"));
    assert_eq!(request.field("client_secret"), None);
}

#[tokio::test]
async fn rsa_signatures_are_good_too() {
    let bench = Bench::open_id().await;
    bench.answer_token(&sign::rs256(&bench.claims()));
    bench.finish().await.unwrap();
}

#[tokio::test]
async fn the_secret_goes_where_the_provider_takes_it() {
    let bench = Bench::open_id().await;
    bench.fake.state_otherwise(
        "token_endpoint_auth_methods_supported",
        json!(["client_secret_post"]),
    );
    bench.finish_with(&bench.claims()).await.unwrap();
    let request = bench.fake.last("/token");
    assert_eq!(request.field("client_id").unwrap(), "symbolon");
    assert_eq!(request.field("client_secret").unwrap(), "hush hush");
    assert_eq!(request.headers.get("authorization"), None);
}

#[tokio::test]
async fn the_user_endpoint_fills_in_the_hint_for_the_same_subject_only() {
    let bench = Bench::open_id().await;
    let mut claims = bench.claims();
    claims
        .as_object_mut()
        .unwrap()
        .retain(|name, _| name != "email" && name != "name");

    let connection = bench.finish_with(&claims).await.unwrap();
    assert_eq!(connection.hint.as_str(), "Ada L.");
    assert_eq!(bench.fake.last("/me").headers["authorization"], "Bearer at-1");

    for (status, answer) in [
        (200, json!({ "sub": "subject-2", "name": "Mallory Malice" })),
        (200, json!({ "name": "Mallory Malice" })),
        (200, json!(["Mallory"])),
        (401, json!({ "sub": "subject-1", "name": "Ada Lovelace" })),
        (500, json!({})),
    ] {
        bench.fake.answer("/me", status, &answer);
        let connection = bench.finish_with(&claims).await.unwrap();
        assert_eq!(connection.hint.as_str(), "–", "{status} {answer}");
    }
}

#[tokio::test]
async fn a_user_endpoint_that_says_nothing_costs_the_hint_only() {
    let bench = Bench::impatient().await;
    bench.fake.be_silent("/me");
    let mut claims = bench.claims();
    claims
        .as_object_mut()
        .unwrap()
        .retain(|name, _| name != "email" && name != "name");
    let connection = bench.finish_with(&claims).await.unwrap();
    assert_eq!(connection.profile.subject(), "subject-1");
    assert_eq!(connection.hint.as_str(), "–");
}

#[tokio::test]
async fn claims_that_are_no_claims_of_the_standard_do_no_harm() {
    let bench = Bench::open_id().await;
    let mut claims = bench.claims();
    claims["email_verified"] = json!("true");
    claims["updated_at"] = json!("2026-01-01T00:00:00.000Z");
    claims["groups"] = json!([{ "deep": [1, 2, 3] }]);
    claims["locale"] = json!("en_US");
    bench.finish_with(&claims).await.unwrap();
}

#[tokio::test]
async fn a_provider_is_listed_with_its_origins_also_while_it_cannot_be_asked() {
    let bench = Bench::of(|_| json!({ "label": "Campus", "origins": ["https://sso.example.edu/x"] })).await;
    bench
        .fake
        .answer_text("/.well-known/openid-configuration", 503, "");
    let listed = bench.providers.providers(Audience::Recipients).await;
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].id, bench.id);
    assert_eq!(listed[0].label, "Campus");
    assert_eq!(bench.providers.label(&bench.id).as_deref(), Some("Campus"));
    let origins = [
        bench.fake.origin().to_owned(),
        "https://sso.example.edu".to_owned(),
    ];
    assert_eq!(listed[0].origins, origins);

    bench.fake.be_honest();
    bench.clock.pass(10);
    assert_eq!(
        bench.providers.providers(Audience::Recipients).await[0].origins,
        origins
    );
}

#[tokio::test]
async fn nobody_else_is_asked_for() {
    let bench = Bench::open_id().await;
    let other = ProviderId::parse("other").unwrap();
    let unknown = Some(SignInError::UnknownProvider);
    assert_eq!(
        bench.providers.start(&other, &handshake(), None).await.err(),
        unknown
    );
    assert_eq!(
        bench
            .providers
            .finish(&other, &handshake(), &Callback::default())
            .await
            .err(),
        unknown
    );
    assert_eq!(bench.providers.check(&other).await.err(), unknown);
    assert_eq!(bench.providers.label(&other), None);
}

#[tokio::test]
async fn no_providers_need_nothing() {
    let clock: Arc<dyn Clock> = Arc::new(TestClock(AtomicI64::new(0)));
    let public = Url::parse("http://127.0.0.1:8080").unwrap();
    let none = Providers::new(Vec::new(), &public, &clock).unwrap();
    assert!(none.providers(Audience::Recipients).await.is_empty());
}
