//! Providers without ID tokens.

use super::*;
use crate::{SettingsError, user, web::Web};

async fn github() -> Bench {
    let bench = Bench::of(|fake| json!({ "preset": "github", "issuer": fake.origin() })).await;
    bench.fake.answer(
        "/login/oauth/access_token",
        200,
        &json!({ "access_token": "gho_1", "scope": "", "token_type": "bearer" }),
    );
    bench.fake.answer(
        "/api/v3/user",
        200,
        &json!({ "login": "ada", "id": 583_231, "name": "Ada Lovelace", "email": null }),
    );
    bench
}

#[tokio::test]
async fn github_is_asked_in_its_way() {
    let bench = github().await;
    let address = bench.start().await.unwrap();
    assert_eq!(address.path(), "/login/oauth/authorize");
    let names: Vec<_> = address.query_pairs().map(|(name, _)| name.into_owned()).collect();
    assert_eq!(
        names,
        [
            "response_type",
            "client_id",
            "redirect_uri",
            "state",
            "code_challenge",
            "code_challenge_method"
        ]
    );

    let connection = bench.finish().await.unwrap();
    assert_eq!(connection.profile.issuer(), bench.fake.origin());
    assert_eq!(connection.profile.subject(), "583231", "never the login");
    assert_eq!(
        connection.hint.as_str(),
        "Ada L.",
        "no mail address is no obstacle"
    );

    let request = bench.fake.last("/login/oauth/access_token");
    assert_eq!(request.headers["accept"], "application/json");
    assert_eq!(request.field("client_secret").unwrap(), "hush hush");
    assert_eq!(request.field("code_verifier").unwrap(), handshake().verifier);
    let request = bench.fake.last("/api/v3/user");
    assert_eq!(request.headers["authorization"], "Bearer gho_1");
    assert_eq!(request.headers["user-agent"], "symbolon");
}

#[tokio::test]
async fn github_tells_names_and_addresses_only_where_people_do() {
    let bench = github().await;
    for (user, hint) in [
        (json!({ "id": 1, "login": "ada" }), "–"),
        (json!({ "id": 1, "name": null, "email": null }), "–"),
        (
            json!({ "id": 1, "name": "Ada Lovelace", "email": "ada@example.org" }),
            "a…@example.org",
        ),
    ] {
        bench.fake.answer("/api/v3/user", 200, &user);
        assert_eq!(bench.finish().await.unwrap().hint.as_str(), hint);
    }
}

#[tokio::test]
async fn only_a_number_names_somebody_at_github() {
    let bench = github().await;
    for user in [
        json!({ "login": "ada" }),
        json!({ "id": "583231" }),
        json!({ "id": -1 }),
        json!({ "id": 1.5 }),
        json!({ "id": null, "sub": "583231" }),
        json!({ "id": [583_231] }),
        json!([]),
    ] {
        bench.fake.answer("/api/v3/user", 200, &user);
        invalid(bench.finish().await);
    }
    bench.fake.answer("/api/v3/user", 401, &json!({ "id": 1 }));
    invalid(bench.finish().await);
    bench.fake.answer("/api/v3/user", 503, &json!({ "id": 1 }));
    assert!(matches!(bench.finish().await, Err(SignInError::Unreachable(_))));
}

#[tokio::test]
async fn github_refuses_with_status_200() {
    let bench = github().await;
    let refuse = |code: &str| {
        let body = json!({ "error": code, "error_description": "x", "access_token": "gho_1" });
        bench.fake.answer("/login/oauth/access_token", 200, &body);
    };
    refuse("bad_verification_code");
    assert_eq!(
        invalid(bench.finish().await),
        "the provider does not accept the code"
    );
    for code in [
        "incorrect_client_credentials",
        "redirect_uri_mismatch",
        "application_suspended",
    ] {
        refuse(code);
        let result = bench.finish().await;
        assert!(
            matches!(result, Err(SignInError::Misconfigured(_))),
            "{code} {result:?}"
        );
    }
    refuse("something_new");
    invalid(bench.finish().await);
    assert_eq!(bench.fake.count("/api/v3/user"), 0);
}

#[tokio::test]
async fn an_access_token_that_breaks_a_header_is_none() {
    let bench = github().await;
    for token in [
        json!("a\r\nX-Evil: 1"),
        json!("ä"),
        json!("a b"),
        json!(""),
        json!(null),
    ] {
        bench.fake.answer(
            "/login/oauth/access_token",
            200,
            &json!({ "access_token": token }),
        );
        assert_eq!(
            invalid(bench.finish().await),
            "no access token came with the code"
        );
    }
}

#[tokio::test]
async fn github_names_an_issuer_of_its_own_in_callbacks() {
    let bench = github().await;
    let own = format!("{}/login/oauth", bench.fake.origin());
    bench.finish_as(Some(&own)).await.unwrap();
    bench.finish_as(None).await.unwrap();
    let asked = bench.fake.count("/login/oauth/access_token");
    for other in [bench.fake.origin(), "https://github.com/login/oauth", ""] {
        assert_eq!(
            invalid(bench.finish_as(Some(other)).await),
            "the callback is of another issuer"
        );
    }
    assert_eq!(bench.fake.count("/login/oauth/access_token"), asked);
}

/// Facebook has one address only, so that its requests are looked at where they are made.
#[tokio::test]
async fn facebook_names_people_by_digits_in_a_text() {
    let fake = Fake::start().await;
    let web = Web::new(false, PATIENCE).unwrap();
    let me = Url::parse(&format!("{}/me?fields=id,name,email", fake.origin())).unwrap();
    let path = "/me?fields=id,name,email";
    fake.answer(
        path,
        200,
        &json!({ "id": "10158", "name": "Ada Lovelace", "email": "ada@example.org" }),
    );
    let (subject, words) = user::subject(&web, &me, "at-1", false).await.unwrap();
    assert_eq!(subject, "10158");
    assert_eq!(words.mail.as_deref(), Some("ada@example.org"));
    assert_eq!(fake.last(path).headers["authorization"], "Bearer at-1");
    for user in [
        json!({ "id": 10158 }),
        json!({ "id": "" }),
        json!({ "id": "ada" }),
        json!({ "name": "Ada" }),
    ] {
        fake.answer(path, 200, &user);
        assert!(matches!(
            user::subject(&web, &me, "at-1", false).await,
            Err(SignInError::Invalid(_))
        ));
    }
}

#[tokio::test]
async fn a_provider_without_metadata_is_listed_and_checked_without_being_asked() {
    let clock: Arc<dyn Clock> = Arc::new(TestClock(AtomicI64::new(0)));
    let public = Url::parse("https://symbolon.example.org").unwrap();
    let settings = ["github", "facebook"].map(|preset| {
        let settings = json!({ "preset": preset, "client_id": "symbolon", "client_secret": "hush" });
        serde_json::from_value::<ProviderSettings>(settings)
            .unwrap()
            .resolve(&public)
            .unwrap()
    });
    let providers = Providers::of(settings.into(), &clock, PATIENCE).unwrap();
    let listed = providers.providers(Audience::Recipients).await;
    assert_eq!(listed[0].label, "GitHub");
    assert_eq!(listed[0].origins, ["https://github.com"]);
    assert_eq!(listed[1].label, "Facebook");
    assert_eq!(
        listed[1].origins,
        ["https://www.facebook.com", "https://m.facebook.com"]
    );
    for provider in listed {
        providers.check(&provider.id).await.unwrap();
        let address = providers
            .start(&provider.id, &handshake(), Some(0))
            .await
            .unwrap();
        assert!(
            address.contains(&format!("sign-in%2F{}%2Fcallback", provider.id)),
            "{address}"
        );
        // They know nothing of when, and one of them refuses prompts that it does not know.
        assert!(
            !address.contains("prompt") && !address.contains("max_age"),
            "{address}"
        );
    }
}

#[tokio::test]
async fn two_of_one_name_are_refused() {
    let clock: Arc<dyn Clock> = Arc::new(TestClock(AtomicI64::new(0)));
    let public = Url::parse("https://symbolon.example.org").unwrap();
    let github = json!({ "preset": "github", "client_id": "symbolon", "client_secret": "hush" });
    let github: ProviderSettings = serde_json::from_value(github).unwrap();
    let error = Providers::new(vec![github.clone(), github], &public, &clock).err();
    assert_eq!(error, Some(SettingsError::Twice("github".into())));
}
