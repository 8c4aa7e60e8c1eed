//! Providers that are slow, broken, or hand out too much.

use super::*;

#[track_caller]
fn unreachable(result: Result<Connection, SignInError>) -> String {
    match result {
        Err(SignInError::Unreachable(reason)) => reason,
        other => panic!("expected Unreachable, got {other:?}"),
    }
}

#[track_caller]
fn misconfigured<T: std::fmt::Debug>(result: Result<T, SignInError>) -> String {
    match result {
        Err(SignInError::Misconfigured(reason)) => reason,
        other => panic!("expected Misconfigured, got {other:?}"),
    }
}

#[tokio::test]
async fn a_token_endpoint_in_trouble() {
    let bench = Bench::open_id().await;
    for status in [500, 502, 503, 504, 429] {
        bench.fake.answer_text("/token", status, "<script>\r\n\u{1b}[31m");
        assert_eq!(
            unreachable(bench.finish().await),
            format!("its token endpoint is in trouble (HTTP {status})")
        );
    }
    bench
        .fake
        .answer("/token", 400, &json!({ "error": "temporarily_unavailable" }));
    assert_eq!(
        unreachable(bench.finish().await),
        "its token endpoint is in trouble"
    );
}

#[tokio::test]
async fn a_token_endpoint_that_says_nothing() {
    let bench = Bench::impatient().await;
    bench.fake.be_silent("/token");
    assert_eq!(
        unreachable(bench.finish().await),
        "its token endpoint does not answer in time"
    );
    // The head comes, the body never does.
    bench
        .fake
        .answer_head("/token", "200 X\r\nContent-Length: 100", "{");
    assert_eq!(unreachable(bench.finish().await), "its token endpoint breaks off");
    bench.fake.answer_head("/token", "nonsense", "");
    assert_eq!(unreachable(bench.finish().await), "its token endpoint breaks off");
}

#[tokio::test]
async fn a_provider_that_is_slow_at_every_step() {
    let bench = Bench::impatient().await;
    bench.answer_claims(&bench.claims());
    // Metadata, token and keys, each within its time, and together beyond that of a sign-in.
    bench.fake.be_slow(IMPATIENCE * 4 / 5);
    unreachable(bench.finish().await);
}

#[tokio::test]
async fn a_provider_that_is_not_there() {
    let bench = Bench::open_id().await;
    let nobody = "http://127.0.0.1:1/token";
    bench.fake.state_otherwise("token_endpoint", json!(nobody));
    assert_eq!(
        unreachable(bench.finish().await),
        "its token endpoint cannot be connected to"
    );
}

#[tokio::test]
async fn an_answer_that_is_no_answer() {
    let bench = Bench::open_id().await;
    for body in ["", "x", "[]", "null", "{\"id_token\":1}", "<html>"] {
        bench.fake.answer_text("/token", 200, body);
        invalid(bench.finish().await);
    }
}

#[tokio::test]
async fn an_answer_that_never_ends() {
    let bench = Bench::open_id().await;
    let body = json!({ "id_token": sign::eddsa("key-1", &bench.claims()), "padding": "x".repeat(2 << 20) });
    bench.fake.answer("/token", 200, &body);
    assert_eq!(
        unreachable(bench.finish().await),
        "its token endpoint answers with more than 1 MiB"
    );
    // Without a length it is found out while reading.
    bench.fake.answer_head("/token", "200 X", &body.to_string());
    assert_eq!(
        unreachable(bench.finish().await),
        "its token endpoint answers with more than 1 MiB"
    );
    let body = json!({ "id_token": sign::eddsa("key-1", &bench.claims()), "padding": "x".repeat(1 << 19) });
    bench.fake.answer("/token", 200, &body);
    bench.finish().await.unwrap();
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let bench = Bench::open_id().await;
    bench.answer_claims(&bench.claims());
    let good = json!({ "id_token": sign::eddsa("key-1", &bench.claims()) });
    bench.fake.answer("/elsewhere", 200, &good);
    for status in [301, 302, 303, 307, 308] {
        let head = format!(
            "{status} X\r\nLocation: {}/elsewhere\r\nContent-Length: 0",
            bench.fake.origin()
        );
        bench.fake.answer_head("/token", &head, "");
        assert_eq!(
            misconfigured(bench.finish().await),
            format!("its token endpoint has moved (HTTP {status}), and redirects are not followed")
        );
    }
    assert_eq!(bench.fake.count("/elsewhere"), 0);
}

#[tokio::test]
async fn refusals_are_told_apart() {
    let bench = Bench::open_id().await;
    bench
        .fake
        .answer("/token", 400, &json!({ "error": "invalid_grant" }));
    assert_eq!(
        invalid(bench.finish().await),
        "the provider does not accept the code"
    );
    for code in [
        "invalid_client",
        "unauthorized_client",
        "redirect_uri_mismatch",
        "invalid_scope",
    ] {
        for status in [200, 400, 401] {
            bench.fake.answer("/token", status, &json!({ "error": code }));
            misconfigured(bench.finish().await);
        }
    }
    bench.fake.answer_text("/token", 401, "no");
    misconfigured(bench.finish().await);
    bench.fake.answer_text("/token", 404, "no");
    misconfigured(bench.finish().await);
}

#[tokio::test]
async fn nothing_that_the_provider_says_is_repeated() {
    let bench = Bench::open_id().await;
    let poison = "poison\r\n\u{1b}[31m<script>";
    for body in [
        json!({ "error": poison, "error_description": poison, "error_uri": poison }),
        json!({ "error": "invalid_grant", "error_description": poison }),
        json!({ "error": { "message": poison, "code": poison } }),
        json!({ "id_token": poison }),
        json!({ "id_token": sign::token(&json!({ "alg": poison }), &json!({}), |_| Vec::new()) }),
        json!({ "id_token": sign::eddsa("key-1", &json!({ "iss": poison })) }),
        json!({ "id_token": sign::eddsa("key-1", &{
            let mut claims = bench.claims();
            claims["aud"] = json!(poison);
            claims
        }) }),
    ] {
        for status in [200, 400, 401, 500] {
            bench.fake.answer("/token", status, &body);
            let error = bench.finish().await.unwrap_err();
            let told = format!("{error} {error:?}");
            assert!(
                !told.contains("poison") && !told.contains(char::is_control),
                "{told:?}"
            );
        }
    }
}

#[tokio::test]
async fn a_callback_without_a_code_asks_nobody() {
    let bench = Bench::open_id().await;
    let result = bench
        .providers
        .finish(&bench.id, &handshake(), &Callback::default())
        .await;
    assert_eq!(
        invalid(result.map(|vouching| vouching.connection)),
        "the callback has no code"
    );
    assert_eq!(bench.fake.count("/token"), 0);
}

#[tokio::test]
async fn everybody_waits_for_the_same_metadata() {
    let bench = Arc::new(Bench::open_id().await);
    let tries: Vec<_> = (0..16)
        .map(|_| {
            let bench = Arc::clone(&bench);
            tokio::spawn(async move { bench.start().await.map(drop) })
        })
        .collect();
    for one in tries {
        one.await.unwrap().unwrap();
    }
    assert_eq!(bench.fake.count("/.well-known/openid-configuration"), 1);
}

#[tokio::test]
async fn metadata_is_asked_for_once_a_day_and_not_every_time_it_fails() {
    let place = "/.well-known/openid-configuration";
    let bench = Bench::open_id().await;
    bench.fake.answer_text(place, 503, "");
    for _ in 0..3 {
        assert!(matches!(bench.start().await, Err(SignInError::Unreachable(_))));
        bench.clock.pass(3);
    }
    assert_eq!(bench.fake.count(place), 1);
    bench.clock.pass(1);
    bench.fake.be_honest();
    bench.start().await.unwrap();
    bench.clock.pass(24 * 60 * 60 - 1);
    bench.start().await.unwrap();
    assert_eq!(bench.fake.count(place), 2);
    bench.clock.pass(1);
    bench.start().await.unwrap();
    assert_eq!(bench.fake.count(place), 3);
}

#[tokio::test]
async fn a_provider_can_be_checked() {
    let place = "/.well-known/openid-configuration";
    let bench = Bench::open_id().await;
    bench.providers.check(&bench.id).await.unwrap();

    for name in ["issuer", "authorization_endpoint", "token_endpoint", "jwks_uri"] {
        for value in [
            Value::Null,
            json!("javascript:alert(1)"),
            json!("http://elsewhere.example/"),
        ] {
            let bench = Bench::open_id().await;
            bench.fake.state_otherwise(name, value);
            misconfigured(bench.providers.check(&bench.id).await);
        }
    }
    for (status, body) in [(404, ""), (200, "<html>"), (200, "[]"), (302, "")] {
        let bench = Bench::open_id().await;
        bench.fake.answer_text(place, status, body);
        misconfigured(bench.providers.check(&bench.id).await);
    }
    let bench = Bench::open_id().await;
    bench.fake.answer("/jwks", 200, &json!({ "keys": [] }));
    misconfigured(bench.providers.check(&bench.id).await);
    let bench = Bench::impatient().await;
    bench.fake.be_silent(place);
    assert!(matches!(
        bench.providers.check(&bench.id).await,
        Err(SignInError::Unreachable(_))
    ));
}
