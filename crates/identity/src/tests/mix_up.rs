//! Callbacks of another provider (RFC 9207).

use super::*;

#[tokio::test]
async fn a_callback_of_another_issuer_is_refused_before_the_code_is_shown_to_anybody() {
    let bench = Bench::open_id().await;
    bench.answer_claims(&bench.claims());
    let own = bench.fake.origin().to_owned();
    for other in ["https://evil.example", "", &format!("{own}/")] {
        let reason = invalid(bench.finish_as(Some(other)).await);
        assert_eq!(reason, "the callback is of another issuer");
    }
    assert_eq!(bench.fake.count("/token"), 0);
    bench.finish_as(Some(&own)).await.unwrap();
}

#[tokio::test]
async fn a_callback_without_issuer_is_refused_where_the_provider_always_names_it() {
    let bench = Bench::open_id().await;
    bench
        .fake
        .state_otherwise("authorization_response_iss_parameter_supported", json!(true));
    bench.answer_claims(&bench.claims());
    assert_eq!(invalid(bench.finish().await), "the callback names no issuer");
    assert_eq!(bench.fake.count("/token"), 0);
    let own = bench.fake.origin().to_owned();
    bench.finish_as(Some(&own)).await.unwrap();
}

#[tokio::test]
async fn a_callback_without_issuer_is_fine_where_the_provider_never_names_it() {
    let bench = Bench::open_id().await;
    bench
        .fake
        .state_otherwise("authorization_response_iss_parameter_supported", json!(false));
    bench.finish_with(&bench.claims()).await.unwrap();
}
