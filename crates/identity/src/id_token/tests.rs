use proptest::prelude::*;
use serde_json::Value;

use super::*;

const VECTORS: &str = include_str!("../../testdata/vectors.json");

fn judge(token: &str, keys: &Value) -> Result<Person, Doubt> {
    let keys = Keys::read(keys.to_string().as_bytes()).unwrap();
    let expected = Expectation {
        issuer: &IssuerRule::of("https://issuer.example"),
        client_id: "symbolon",
        nonce: "nonce-1",
        repeats_nonce: true,
        now: Timestamp::from_millis(1_800_000_000_000),
    };
    verify(token, &keys, &expected)
}

#[test]
fn tokens_of_another_implementation_are_good() {
    let vectors: Value = serde_json::from_str(VECTORS).unwrap();
    let vectors = vectors.as_object().unwrap();
    assert_eq!(vectors.len(), 3);
    for (method, vector) in vectors {
        let token = vector["token"].as_str().unwrap();
        let person = judge(token, &vector["keys"]).unwrap_or_else(|doubt| panic!("{method} {doubt:?}"));
        assert_eq!(person.subject, "subject-1");
        assert_eq!(person.issuer, "https://issuer.example");

        // A key that is for something else does not sign.
        let mut keys = vector["keys"].clone();
        keys["keys"][0]["alg"] = Value::from("RS512");
        assert_eq!(judge(token, &keys).err(), Some(Doubt::UnknownKey), "{method}");
        keys["keys"][0]["alg"] = Value::Null;
        keys["keys"][0]["use"] = Value::from("enc");
        assert_eq!(judge(token, &keys).err(), Some(Doubt::UnknownKey), "{method}");
    }
}

#[test]
fn every_changed_character_is_found() {
    let vectors: Value = serde_json::from_str(VECTORS).unwrap();
    let vector = &vectors["ES256"];
    let token = vector["token"].as_str().unwrap();
    for place in (0..token.len()).step_by(7) {
        let mut bad = token.to_owned();
        let other = if token.as_bytes()[place] == b'A' { "B" } else { "A" };
        bad.replace_range(place..=place, other);
        assert!(judge(&bad, &vector["keys"]).is_err(), "{place}");
    }
}

#[test]
fn the_methods_need_a_key_of_the_providers_own() {
    use openidconnect::JwsSigningAlgorithm as _;

    for method in METHODS {
        assert!(!method.uses_shared_secret() && method != Alg::None, "{method:?}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(head in "\\PC*", claims in "\\PC*", text: String) {
        use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as B64};

        let keys = serde_json::json!({ "keys": [] });
        prop_assert!(judge(&text, &keys).is_err());
        let token = format!("{}.{}.", B64.encode(head), B64.encode(claims));
        prop_assert!(judge(&token, &keys).is_err());
    }

    #[test]
    fn no_number_makes_it_panic(iat: f64, exp: i64, millis: i64) {
        use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as B64};

        let claims = serde_json::json!({ "iss": "https://issuer.example", "sub": "s", "aud": "symbolon",
            "iat": iat, "exp": exp, "auth_time": iat, "updated_at": millis });
        let head = serde_json::json!({ "alg": "EdDSA", "kid": "k" });
        let token = format!("{}.{}.AAAA", B64.encode(head.to_string()), B64.encode(claims.to_string()));
        let keys = serde_json::json!({ "keys": [{ "kty": "OKP", "crv": "Ed25519", "kid": "k", "x": "AA" }] });
        prop_assert!(judge(&token, &keys).is_err());
    }
}
