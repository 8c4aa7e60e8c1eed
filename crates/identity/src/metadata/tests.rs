use serde_json::{Value, json};

use super::*;
use crate::issuer::IssuerRule;

fn discovery() -> Discovery {
    let issuer = "https://issuer.example";
    Discovery {
        document: Url::parse("https://issuer.example/.well-known/openid-configuration").unwrap(),
        issuer: issuer.to_owned(),
        callback_issuer: IssuerRule::of(issuer),
        token_issuer: IssuerRule::of(issuer),
    }
}

fn document() -> Value {
    json!({
        "issuer": "https://issuer.example",
        "authorization_endpoint": "https://login.example/authorize",
        "token_endpoint": "https://issuer.example/token",
        "jwks_uri": "https://keys.example/jwks",
    })
}

fn read_json(document: &Value) -> Result<Metadata, SignInError> {
    let body = document.to_string().into_bytes();
    read(&Answer { status: 200, body }, &discovery())
}

#[test]
fn four_members_are_enough() {
    let metadata = read_json(&document()).unwrap();
    assert_eq!(metadata.keys.as_str(), "https://keys.example/jwks");
    assert_eq!(metadata.endpoints.user, None);
    assert!(!metadata.sends_issuer);
    assert_eq!(metadata.auth_style, AuthStyle::Basic);
}

#[test]
fn the_issuer_is_compared_byte_for_byte() {
    for issuer in [
        "https://issuer.example/",
        "https://ISSUER.example",
        "https://evil.example",
    ] {
        let mut document = document();
        document["issuer"] = json!(issuer);
        assert!(
            matches!(read_json(&document), Err(SignInError::Misconfigured(_))),
            "{issuer}"
        );
    }
}

#[test]
fn a_provider_elsewhere_cannot_send_this_service_to_its_neighbours() {
    for name in ["authorization_endpoint", "token_endpoint", "jwks_uri"] {
        for address in [
            "http://127.0.0.1:5432/",
            "https://localhost/",
            "http://issuer.example/",
            "file:///etc/passwd",
        ] {
            let mut document = document();
            document[name] = json!(address);
            assert!(
                matches!(read_json(&document), Err(SignInError::Misconfigured(_))),
                "{name} {address}"
            );
        }
    }
    let mut document = document();
    document["userinfo_endpoint"] = json!("https://localhost/");
    assert_eq!(read_json(&document).unwrap().endpoints.user, None);
}

#[test]
fn the_secret_goes_into_the_header_unless_only_the_body_will_do() {
    for (methods, style) in [
        (json!(null), AuthStyle::Basic),
        (json!([]), AuthStyle::Basic),
        (json!(["private_key_jwt"]), AuthStyle::Basic),
        (
            json!(["client_secret_post", "client_secret_basic"]),
            AuthStyle::Basic,
        ),
        (json!(["client_secret_post"]), AuthStyle::Post),
    ] {
        let mut document = document();
        document["token_endpoint_auth_methods_supported"] = methods;
        assert_eq!(read_json(&document).unwrap().auth_style, style, "{document}");
    }
}
