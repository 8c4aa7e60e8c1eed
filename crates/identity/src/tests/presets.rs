//! The presets of the table, each against a provider that behaves like its model.

use super::*;

const A: &str = "aaaaaaaa-0000-4000-8000-00000000000a";
const B: &str = "bbbbbbbb-0000-4000-8000-00000000000b";

#[tokio::test]
async fn linkedin_gets_neither_nonce_nor_challenge_and_the_secret_in_the_body() {
    let bench = Bench::of(|fake| json!({ "preset": "linkedin", "issuer": fake.origin() })).await;
    let address = bench.start().await.unwrap();
    let names: Vec<_> = address.query_pairs().map(|(name, _)| name.into_owned()).collect();
    for absent in ["nonce", "code_challenge", "code_challenge_method"] {
        assert!(!names.contains(&absent.to_owned()), "{absent}");
    }

    // As seen: no nonce, and a text for a truth value.
    let mut claims = bench.claims();
    claims.as_object_mut().unwrap().remove("nonce");
    claims["email_verified"] = json!("true");
    claims["locale"] = json!("en_US");
    bench.finish_with(&claims).await.unwrap();
    let request = bench.fake.last("/token");
    assert_eq!(request.field("code_verifier"), None);
    assert_eq!(request.field("client_secret").unwrap(), "hush hush");
    assert_eq!(request.headers.get("authorization"), None);

    // Should it begin to repeat one, it has to be the right one.
    claims["nonce"] = json!("nonce-2");
    invalid(bench.finish_with(&claims).await);
}

#[tokio::test]
async fn linkedin_takes_pkce_where_the_operator_says_so() {
    let settings = |fake: &Fake| json!({ "preset": "linkedin", "issuer": fake.origin(), "pkce": true });
    let bench = Bench::of(settings).await;
    assert!(
        bench
            .start()
            .await
            .unwrap()
            .query()
            .unwrap()
            .contains("code_challenge=")
    );
    bench.finish_with(&bench.claims()).await.unwrap();
    assert_eq!(
        bench.fake.last("/token").field("code_verifier").unwrap(),
        handshake().verifier
    );
}

/// Microsoft for all tenants: metadata with a template, keys with notes.
async fn microsoft() -> Bench {
    let bench = Bench::of(|fake| json!({ "preset": "microsoft", "issuer": fake.origin() })).await;
    let origin = bench.fake.origin().to_owned();
    let mut metadata = bench.fake.metadata();
    metadata["issuer"] = json!(format!("{origin}/{{tenantid}}/v2.0"));
    bench
        .fake
        .answer("/common/v2.0/.well-known/openid-configuration", 200, &metadata);
    note(&bench, "{tenantid}");
    bench
}

/// Notes at the key whose tokens it signs.
fn note(bench: &Bench, tenant: &str) {
    let mut keys = sign::key_set("key-1");
    keys["keys"][0]["issuer"] = json!(format!("{}/{tenant}/v2.0", bench.fake.origin()));
    bench.fake.answer("/jwks", 200, &keys);
}

fn of_tenants(bench: &Bench, issuer: &str, tenant: Option<&str>) -> Value {
    let mut claims = bench.claims();
    claims["iss"] = json!(format!("{}/{issuer}/v2.0", bench.fake.origin()));
    claims["tid"] = json!(tenant);
    claims
}

#[tokio::test]
async fn microsoft_is_as_many_issuers_as_it_has_tenants() {
    let bench = microsoft().await;
    let of_a = bench.finish_with(&of_tenants(&bench, A, Some(A))).await.unwrap();
    let of_b = bench.finish_with(&of_tenants(&bench, B, Some(B))).await.unwrap();
    assert_eq!(of_a.profile.issuer(), format!("{}/{A}/v2.0", bench.fake.origin()));
    assert_eq!(of_a.profile.subject(), of_b.profile.subject());
    assert_ne!(of_a.profile, of_b.profile);
}

#[tokio::test]
async fn a_tenant_cannot_speak_for_another() {
    let bench = microsoft().await;
    let reason = "its ID token is of another issuer";
    assert_eq!(
        invalid(bench.finish_with(&of_tenants(&bench, B, Some(A))).await),
        reason
    );
    assert_eq!(
        invalid(bench.finish_with(&of_tenants(&bench, A, Some(B))).await),
        reason
    );
    assert_eq!(
        invalid(bench.finish_with(&of_tenants(&bench, A, None)).await),
        reason
    );
    for tenant in ["common", "{tenantid}", "consumers"] {
        let claims = of_tenants(&bench, tenant, Some(tenant));
        assert_eq!(invalid(bench.finish_with(&claims).await), reason);
    }
    let mut claims = of_tenants(&bench, A, Some(A));
    claims["iss"] = json!(format!("https://login.evil.example/{A}/v2.0"));
    assert_eq!(invalid(bench.finish_with(&claims).await), reason);
    claims["iss"] = json!("https://login.evil.example");
    claims["tid"] = Value::Null;
    assert_eq!(invalid(bench.finish_with(&claims).await), reason);
}

#[tokio::test]
async fn a_key_of_one_tenant_signs_for_no_other() {
    let bench = microsoft().await;
    note(&bench, A);
    bench.finish_with(&of_tenants(&bench, A, Some(A))).await.unwrap();
    assert_eq!(
        invalid(bench.finish_with(&of_tenants(&bench, B, Some(B))).await),
        "its ID token is signed by a key of another issuer"
    );
}

#[tokio::test]
async fn a_callback_of_one_tenant_does_not_go_with_a_token_of_another() {
    let bench = microsoft().await;
    bench.answer_claims(&of_tenants(&bench, A, Some(A)));
    let of = |tenant: &str| format!("{}/{tenant}/v2.0", bench.fake.origin());
    bench.finish_as(Some(&of(A))).await.unwrap();
    let asked = bench.fake.count("/token");
    assert_eq!(
        invalid(bench.finish_as(Some(&of(B))).await),
        "the callback is of another issuer than the ID token"
    );
    assert_eq!(bench.fake.count("/token"), asked + 1);
    assert_eq!(
        invalid(bench.finish_as(Some("https://evil.example")).await),
        "the callback is of another issuer"
    );
    assert_eq!(bench.fake.count("/token"), asked + 1);
}

#[tokio::test]
async fn one_tenant_is_one_issuer() {
    let settings = |fake: &Fake| json!({ "preset": "microsoft", "issuer": fake.origin(), "tenant": A });
    let bench = Bench::of(settings).await;
    let mut metadata = bench.fake.metadata();
    metadata["issuer"] = json!(format!("{}/{A}/v2.0", bench.fake.origin()));
    let place = format!("/{A}/v2.0/.well-known/openid-configuration");
    bench.fake.answer(&place, 200, &metadata);
    bench.finish_with(&of_tenants(&bench, A, Some(A))).await.unwrap();
    invalid(bench.finish_with(&of_tenants(&bench, B, Some(B))).await);
}

#[tokio::test]
async fn a_token_issuer_of_its_own_is_exact_too() {
    let settings = |_: &Fake| json!({ "token_issuer": "https://tokens.example" });
    let bench = Bench::of(settings).await;
    let mut claims = bench.claims();
    invalid(bench.finish_with(&claims).await);
    claims["iss"] = json!("https://tokens.example");
    let connection = bench.finish_with(&claims).await.unwrap();
    assert_eq!(connection.profile.issuer(), "https://tokens.example");
}
