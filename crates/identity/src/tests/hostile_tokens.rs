//! ID tokens that prove nothing.

use super::*;

/// Finishes with one claim changed; `null` takes it away.
async fn with(name: &str, value: Value) -> Result<Connection, SignInError> {
    let bench = Bench::open_id().await;
    let mut claims = bench.claims();
    if value.is_null() {
        claims.as_object_mut().unwrap().remove(name);
    } else {
        claims[name] = value;
    }
    bench.finish_with(&claims).await
}

#[tokio::test]
async fn a_token_of_another_sign_in() {
    let reason = "its ID token is of another sign-in";
    assert_eq!(invalid(with("nonce", json!("nonce-2")).await), reason);
    assert_eq!(invalid(with("nonce", json!("")).await), reason);
    assert_eq!(invalid(with("nonce", Value::Null).await), reason);
}

#[tokio::test]
async fn a_token_for_another_client() {
    let reason = "its ID token is for another client";
    assert_eq!(invalid(with("aud", json!("other")).await), reason);
    assert_eq!(invalid(with("aud", json!(["other", "another"])).await), reason);
    assert_eq!(invalid(with("aud", json!([])).await), reason);
    assert_eq!(invalid(with("aud", Value::Null).await), reason);

    let reason = "its ID token was made for another client";
    assert_eq!(invalid(with("aud", json!(["symbolon", "other"])).await), reason);
    assert_eq!(invalid(with("azp", json!("other")).await), reason);
}

#[tokio::test]
async fn a_token_for_several_that_was_made_for_this_one_is_good() {
    let bench = Bench::open_id().await;
    let mut claims = bench.claims();
    claims["aud"] = json!(["symbolon", "other"]);
    claims["azp"] = json!("symbolon");
    bench.finish_with(&claims).await.unwrap();
}

#[tokio::test]
async fn a_token_of_another_issuer() {
    for issuer in ["https://evil.example", "http://127.0.0.1", ""] {
        with("iss", json!(issuer)).await.unwrap_err();
    }
    let bench = Bench::open_id().await;
    let mut claims = bench.claims();
    claims["iss"] = json!(format!("{}/", bench.fake.origin()));
    assert_eq!(
        invalid(bench.finish_with(&claims).await),
        "its ID token is of another issuer"
    );
    with("iss", Value::Null).await.unwrap_err();
}

#[tokio::test]
async fn an_expired_token() {
    let reason = "its ID token is expired, or issued at an impossible time";
    assert_eq!(invalid(with("exp", json!(NOW - 61)).await), reason);
    assert_eq!(invalid(with("exp", json!(NOW - 60)).await), reason);
    with("exp", json!(NOW - 59)).await.unwrap();
    with("exp", Value::Null).await.unwrap_err();
}

#[tokio::test]
async fn a_token_of_an_impossible_time() {
    let reason = "its ID token is expired, or issued at an impossible time";
    assert_eq!(invalid(with("iat", json!(NOW + 61)).await), reason);
    assert_eq!(invalid(with("iat", json!(NOW - 3_601)).await), reason);
    with("iat", json!(NOW + 60)).await.unwrap();
    with("iat", json!(NOW - 3_600)).await.unwrap();
    with("iat", Value::Null).await.unwrap_err();
    for absurd in [
        json!(i64::MIN),
        json!(i64::MAX),
        json!(u64::MAX),
        json!(1e300),
        json!(-1e300),
    ] {
        with("iat", absurd.clone()).await.unwrap_err();
        if absurd != json!(i64::MAX) {
            let _ = with("exp", absurd).await;
        }
    }
}

#[tokio::test]
async fn a_token_that_nobody_signed() {
    let bench = Bench::open_id().await;
    for method in ["none", "None", "NONE"] {
        for signature in [&b""[..], b"x"] {
            let head = json!({ "alg": method });
            bench.answer_token(&sign::token(&head, &bench.claims(), |_| signature.to_vec()));
            invalid(bench.finish().await);
        }
    }
    let stripped = sign::eddsa("key-1", &bench.claims());
    bench.answer_token(&stripped[..=stripped.rfind('.').unwrap()]);
    assert_eq!(
        invalid(bench.finish().await),
        "the signature of its ID token is not good"
    );
    assert_eq!(bench.fake.count("/jwks"), 1, "no such token is worth a request");
}

#[tokio::test]
async fn a_token_that_anybody_could_sign() {
    let bench = Bench::open_id().await;
    let keys = sign::key_set("key-1");
    let modulus = keys["keys"][1]["n"].as_str().unwrap();
    let reason = "its ID token is signed by a method that is not accepted";
    for secret in [
        modulus.as_bytes(),
        keys.to_string().as_bytes(),
        b"symbolon",
        b"hush hush",
        b"",
    ] {
        for id in [None, Some("rsa-1"), Some("key-1")] {
            bench.answer_token(&sign::hs256(id, secret, &bench.claims()));
            assert_eq!(invalid(bench.finish().await), reason);
        }
    }
}

#[tokio::test]
async fn a_symmetric_key_in_the_set_signs_nothing() {
    let bench = Bench::open_id().await;
    bench.fake.answer(
        "/jwks",
        200,
        &json!({ "keys": [{ "kty": "oct", "kid": "k", "k": "aHVzaA" }] }),
    );
    bench.answer_token(&sign::hs256(Some("k"), b"hush", &bench.claims()));
    invalid(bench.finish().await);
}

#[tokio::test]
async fn a_token_with_another_signature() {
    let bench = Bench::open_id().await;
    let good = sign::eddsa("key-1", &bench.claims());
    let (head, rest) = good.split_once('.').unwrap();
    let (claims, signature) = rest.split_once('.').unwrap();
    let mut others = bench.claims();
    others["sub"] = json!("subject-2");
    let other = sign::eddsa("key-1", &others);
    let swapped = other.split('.').nth(1).unwrap();
    bench.answer_token(&format!("{head}.{swapped}.{signature}"));
    assert_eq!(
        invalid(bench.finish().await),
        "the signature of its ID token is not good"
    );

    // Signed by a key that calls itself by the name of the right one.
    let head = json!({ "alg": "EdDSA", "kid": "key-1" });
    let forged = sign::eddsa("key-2", &bench.claims());
    let forged_signature = forged.rsplit_once('.').unwrap().1;
    bench.answer_token(&format!("{}.{forged_signature}", {
        let unsigned = sign::token(&head, &bench.claims(), |_| Vec::new());
        unsigned.trim_end_matches('.').to_owned()
    }));
    assert_eq!(
        invalid(bench.finish().await),
        "the signature of its ID token is not good"
    );
    assert_eq!(claims, good.split('.').nth(1).unwrap());
}

#[tokio::test]
async fn a_header_that_asks_for_something_special() {
    let bench = Bench::open_id().await;
    for head in [
        json!({ "alg": "EdDSA", "kid": "key-1", "crit": ["exp"] }),
        json!({ "alg": "EdDSA", "kid": "key-1", "cty": "JWT" }),
        json!({ "alg": "EdDSA", "kid": "key-1", "typ": "at+jwt" }),
        json!({ "alg": "A128GCM", "kid": "key-1" }),
        json!({ "alg": "RS256", "kid": "key-1" }),
        json!({ "alg": "ES512", "kid": "key-1" }),
        json!({ "alg": 1 }),
        json!({}),
        json!([]),
    ] {
        bench.answer_token(&sign::token(&head, &bench.claims(), |_| vec![0; 64]));
        invalid(bench.finish().await);
    }
}

#[tokio::test]
async fn something_that_is_no_token() {
    let bench = Bench::open_id().await;
    for text in ["", ".", "..", "...", "a.b.c", "e30.e30.e30", "\u{0}", "{}"] {
        bench.answer_token(text);
        assert_eq!(
            invalid(bench.finish().await),
            "its ID token cannot be read",
            "{text}"
        );
    }
    bench
        .fake
        .answer("/token", 200, &json!({ "access_token": "at-1" }));
    assert_eq!(invalid(bench.finish().await), "no ID token came with the code");
}

#[tokio::test]
async fn a_subject_that_names_nobody() {
    for subject in [
        json!(""),
        json!("x\n"),
        json!("s".repeat(256)),
        json!(1),
        Value::Null,
    ] {
        invalid(with("sub", subject).await);
    }
}
