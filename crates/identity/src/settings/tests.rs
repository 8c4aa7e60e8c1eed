use serde_json::{Value, json};
use url::Url;

use super::*;
use crate::{
    client::{Client, Protocol},
    issuer::IssuerRule,
};

const TENANT: &str = "aaaaaaaa-0000-4000-8000-00000000000a";

/// Settings with a client id and a secret, and these besides.
fn settings(besides: &Value) -> ProviderSettings {
    let mut all = json!({ "client_id": "symbolon", "client_secret": "hush" });
    for (name, value) in besides.as_object().unwrap() {
        all[name] = value.clone();
    }
    serde_json::from_value(all).unwrap()
}

fn resolve(besides: &Value) -> Result<(Client, Protocol), SettingsError> {
    settings(besides).resolve(&Url::parse("https://symbolon.example.org").unwrap())
}

#[track_caller]
fn discovery(besides: &Value) -> (Client, crate::client::Discovery) {
    match resolve(besides).unwrap() {
        (client, Protocol::OpenId(discovery)) => (client, discovery),
        (_, Protocol::Plain(_)) => panic!("{besides} speaks no OpenID Connect"),
    }
}

#[track_caller]
fn refused(besides: &Value, word: &str) {
    match resolve(besides) {
        Err(SettingsError::Provider { problem, .. }) => assert!(problem.contains(word), "{problem}"),
        Err(other) => panic!("{besides} {other}"),
        Ok(_) => panic!("{besides} is accepted"),
    }
}

#[test]
fn the_example_is_good_with_every_comment_taken_at_its_word() {
    let example = include_str!("../../example.toml");
    for text in [example.to_owned(), uncommented(example)] {
        let mut file: toml::Table = text.parse().unwrap_or_else(|error| panic!("{error}"));
        let all: Vec<ProviderSettings> = file.remove("sign_in").unwrap().try_into().unwrap();
        let presets: Vec<_> = all.iter().filter_map(|one| one.preset).collect();
        assert_eq!(
            presets,
            [
                Preset::Google,
                Preset::LinkedIn,
                Preset::GitHub,
                Preset::Microsoft,
                Preset::Facebook
            ]
        );
        assert_eq!(all.len(), 6);
        for one in all {
            let public = Url::parse("https://symbolon.example.org").unwrap();
            one.with_secret(ClientSecret::new("hush"))
                .resolve(&public)
                .unwrap();
        }
    }
}

/// Takes away the `#` before settings, and leaves the one before sentences.
fn uncommented(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let bare = line.strip_prefix("# ").unwrap_or(line);
        let is_setting = bare
            .split_once(" = ")
            .is_some_and(|(name, _)| !name.contains(' '));
        if is_setting { bare } else { line }
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn unknown_members_are_refused() {
    let text = "client_id = 'x'\nclient_secret = 'hush'\nsecret = 'hush'";
    assert!(toml::from_str::<ProviderSettings>(text).is_err());
    for text in ["preset = 'Google'", "auth_style = 'jwt'"] {
        assert!(toml::from_str::<ProviderSettings>(&format!("client_id = 'x'\n{text}")).is_err());
    }
}

#[test]
fn a_provider_is_for_somebody() {
    let issuer = "https://issuer.example";
    for besides in [
        json!({ "id": "idp", "issuer": issuer, "recipients": false }),
        json!({ "id": "idp", "issuer": issuer, "recipients": false, "administrators": false }),
    ] {
        refused(&besides, "is for nobody");
    }
}

#[test]
fn every_preset_is_complete() {
    for (preset, protocol) in [
        ("google", "https://accounts.google.com"),
        ("linkedin", "https://www.linkedin.com/oauth"),
        ("microsoft", "https://login.microsoftonline.com/{tenantid}/v2.0"),
    ] {
        let (client, discovery) = discovery(&json!({ "preset": preset }));
        assert_eq!(client.id.as_str(), preset);
        assert_eq!(discovery.issuer, protocol);
        assert_eq!(client.scopes, "openid profile email");
    }
    for (preset, issuer, user) in [
        ("github", "https://github.com", "https://api.github.com/user"),
        (
            "facebook",
            "https://www.facebook.com",
            "https://graph.facebook.com/me?fields=id,name,email",
        ),
    ] {
        let Ok((client, Protocol::Plain(plain))) = resolve(&json!({ "preset": preset })) else {
            panic!("{preset} has no ID tokens");
        };
        assert_eq!(client.id.as_str(), preset);
        assert_eq!(plain.issuer, issuer);
        assert_eq!(plain.endpoints.user.as_str(), user);
    }
}

#[test]
fn the_discovery_document_is_below_the_issuer_as_written() {
    let (_, plain) = discovery(&json!({ "id": "a", "issuer": "https://a.example" }));
    assert_eq!(
        plain.document.as_str(),
        "https://a.example/.well-known/openid-configuration"
    );
    assert_eq!(plain.issuer, "https://a.example");
    let (_, slash) = discovery(&json!({ "id": "a", "issuer": "https://a.example/t/" }));
    assert_eq!(
        slash.document.as_str(),
        "https://a.example/t/.well-known/openid-configuration"
    );
    assert_eq!(slash.issuer, "https://a.example/t/");
    assert_eq!(
        slash.token_issuer,
        IssuerRule::Exact("https://a.example/t/".into())
    );
}

#[test]
fn microsoft_is_one_issuer_or_many() {
    let of = |tenant: &str| discovery(&json!({ "preset": "microsoft", "tenant": tenant })).1;
    for tenant in ["common", "organizations"] {
        let many = of(tenant);
        assert_eq!(many.issuer, "https://login.microsoftonline.com/{tenantid}/v2.0");
        assert!(matches!(many.token_issuer, IssuerRule::PerTenant(..)));
        assert_eq!(
            many.document.as_str(),
            format!("https://login.microsoftonline.com/{tenant}/v2.0/.well-known/openid-configuration")
        );
    }
    let personal = of("consumers");
    let stated = "https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0";
    assert_eq!(personal.token_issuer, IssuerRule::Exact(stated.into()));
    let one = of(TENANT);
    let stated = format!("https://login.microsoftonline.com/{TENANT}/v2.0");
    assert_eq!(one.token_issuer, IssuerRule::Exact(stated));
    let cloud =
        json!({ "preset": "microsoft", "issuer": "https://login.microsoftonline.us/", "tenant": TENANT });
    let stated = format!("https://login.microsoftonline.us/{TENANT}/v2.0");
    assert_eq!(discovery(&cloud).1.issuer, stated);
    for tenant in [
        "",
        "contoso.onmicrosoft.com",
        "{tenantid}",
        "../x",
        &TENANT.to_uppercase(),
    ] {
        refused(&json!({ "preset": "microsoft", "tenant": tenant }), "`tenant`");
    }
}

#[test]
fn what_does_not_fit_is_refused_with_what_to_do() {
    for (besides, word) in [
        (json!({}), "`id`"),
        (json!({ "id": "Campus", "issuer": "https://a.example" }), "`id`"),
        (json!({ "issuer": "https://a.example" }), "`id`"),
        (json!({ "id": "campus" }), "`issuer`"),
        (
            json!({ "id": "campus", "issuer": "http://a.example" }),
            "`issuer`",
        ),
        (json!({ "id": "campus", "issuer": "a.example" }), "`issuer`"),
        (
            json!({ "id": "campus", "issuer": "https://a.example?x" }),
            "`issuer`",
        ),
        (
            json!({ "id": "campus", "issuer": "https://a.example", "tenant": "common" }),
            "`tenant`",
        ),
        (
            json!({ "preset": "facebook", "issuer": "https://a.example" }),
            "`issuer`",
        ),
        (json!({ "preset": "github", "nonce": true }), "`nonce`"),
        (
            json!({ "preset": "github", "token_issuer": "https://a.example" }),
            "`token_issuer`",
        ),
        (
            json!({ "preset": "google", "token_issuer": "accounts" }),
            "`token_issuer`",
        ),
        (json!({ "preset": "google", "client_id": "" }), "`client_id`"),
        (json!({ "preset": "google", "client_id": "a b" }), "`client_id`"),
        (
            json!({ "preset": "google", "client_secret": " \n" }),
            "`client_secret_file`",
        ),
        (
            json!({ "preset": "google", "client_secret": null }),
            "`client_secret_file`",
        ),
        (
            json!({ "preset": "google", "client_secret_file": "/x" }),
            "not both",
        ),
        (json!({ "preset": "google", "label": " " }), "`label`"),
        (json!({ "preset": "google", "label": "a\u{1b}[31m" }), "`label`"),
        (
            json!({ "preset": "google", "scopes": ["openid email"] }),
            "`scopes`",
        ),
        (json!({ "preset": "google", "scopes": [""] }), "`scopes`"),
        (json!({ "preset": "google", "origins": ["'self'"] }), "`origins`"),
        (
            json!({ "preset": "google", "origins": ["https://a.example; script-src *"] }),
            "`origins`",
        ),
    ] {
        refused(&besides, word);
    }
}

#[test]
fn a_message_names_the_provider_and_no_secret() {
    let besides = json!({ "id": "campus", "client_secret": "hush hush", "client_secret_file": "/x" });
    let error = resolve(&json!({ "id": "x\ny" })).err().unwrap().to_string();
    assert!(error.starts_with(r#"sign-in provider "x\ny": "#), "{error}");
    let error = resolve(&besides).err().unwrap();
    assert!(!format!("{error} {error:?}").contains("hush"));
}

#[test]
fn what_is_written_overrides_the_preset() {
    let (client, _) = discovery(&json!({
        "preset": "linkedin", "id": "in", "label": "In", "scopes": ["profile"], "pkce": true, "nonce": true,
        "auth_style": "basic",
    }));
    assert_eq!(client.id.as_str(), "in");
    assert_eq!(client.label, "In");
    assert_eq!(client.scopes, "openid profile");
    assert!(client.pkce && client.nonce);
    assert_eq!(client.auth_style, Some(AuthStyle::Basic));
    assert_eq!(
        client.redirect_uri,
        "https://symbolon.example.org/sign-in/in/callback"
    );
    let (client, _) = discovery(&json!({ "id": "a", "issuer": "https://login.a.example/x" }));
    assert_eq!(client.label, "login.a.example");
}
