//! Keys that are not known yet, or not any more.

use super::*;

#[tokio::test]
async fn an_unknown_key_is_looked_for_once_a_minute() {
    let bench = Bench::open_id().await;
    bench.finish_with(&bench.claims()).await.unwrap();
    assert_eq!(bench.fake.count("/jwks"), 1);

    bench.answer_token(&sign::eddsa("key-2", &bench.claims()));
    let reason = "its ID token is signed by a key that it does not publish";
    for _ in 0..5 {
        assert_eq!(invalid(bench.finish().await), reason);
    }
    assert_eq!(bench.fake.count("/jwks"), 2);

    bench.clock.pass(59);
    assert_eq!(invalid(bench.finish().await), reason);
    assert_eq!(bench.fake.count("/jwks"), 2);

    bench.clock.pass(1);
    assert_eq!(invalid(bench.finish().await), reason);
    assert_eq!(bench.fake.count("/jwks"), 3);
}

#[tokio::test]
async fn many_at_once_look_for_it_once() {
    let bench = Arc::new(Bench::open_id().await);
    bench.finish_with(&bench.claims()).await.unwrap();
    bench.answer_token(&sign::eddsa("key-2", &bench.claims()));
    let tries: Vec<_> = (0..16)
        .map(|_| {
            let bench = Arc::clone(&bench);
            tokio::spawn(async move { bench.finish().await })
        })
        .collect();
    for one in tries {
        invalid(one.await.unwrap());
    }
    assert_eq!(bench.fake.count("/jwks"), 2);
    assert_eq!(bench.fake.count("/.well-known/openid-configuration"), 1);
}

#[tokio::test]
async fn a_new_key_is_found() {
    let bench = Bench::open_id().await;
    bench.finish_with(&bench.claims()).await.unwrap();
    bench.fake.answer("/jwks", 200, &sign::key_set("key-2"));
    bench.answer_token(&sign::eddsa("key-2", &bench.claims()));
    bench.finish().await.unwrap();

    // The old one is gone with the old set.
    invalid(bench.finish_with(&bench.claims()).await);
    assert_eq!(bench.fake.count("/jwks"), 2);
}

#[tokio::test]
async fn a_key_that_is_withdrawn_is_forgotten_after_a_day() {
    let bench = Bench::open_id().await;
    bench.finish_with(&bench.claims()).await.unwrap();
    bench.fake.answer("/jwks", 200, &sign::key_set("key-2"));
    let shift = 24 * 60 * 60;
    bench.clock.pass(shift);
    let mut claims = bench.claims();
    claims["iat"] = json!(NOW + shift);
    claims["exp"] = json!(NOW + shift + 300);
    invalid(bench.finish_with(&claims).await);
}

#[tokio::test]
async fn a_key_set_that_cannot_be_fetched_says_nothing_about_the_token() {
    let bench = Bench::open_id().await;
    bench.answer_claims(&bench.claims());
    for (status, body) in [
        (500, "{}"),
        (404, "{}"),
        (200, "[]"),
        (200, "{\"keys\":1}"),
        (200, "x"),
    ] {
        bench.fake.answer_text("/jwks", status, body);
        let result = bench.finish().await;
        assert!(
            matches!(result, Err(SignInError::Unreachable(_))),
            "{status} {body} {result:?}"
        );
        bench.clock.pass(10);
    }
    bench.fake.be_honest();
    bench.finish().await.unwrap();

    bench.fake.answer_text("/jwks", 500, "");
    bench.answer_token(&sign::eddsa("key-2", &bench.claims()));
    let result = bench.finish().await;
    assert!(matches!(result, Err(SignInError::Unreachable(_))), "{result:?}");
}

#[tokio::test]
async fn keys_of_unknown_kinds_are_passed_over() {
    let bench = Bench::open_id().await;
    let mut set = sign::key_set("key-1");
    set["keys"]
        .as_array_mut()
        .unwrap()
        .insert(0, json!({ "kty": "AKP", "alg": "ML-DSA-65", "pub": "x" }));
    bench.fake.answer("/jwks", 200, &set);
    bench.finish_with(&bench.claims()).await.unwrap();
}
