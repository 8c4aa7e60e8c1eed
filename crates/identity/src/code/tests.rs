use serde_json::json;

use super::*;

fn answer(status: u16, body: &Value) -> Result<Grant, SignInError> {
    let body = body.to_string().into_bytes();
    read(&Answer { status, body })
}

#[test]
fn facebook_refuses_with_numbers() {
    for (code, misconfigured) in [(1, true), (101, true), (191, true), (100, false), (190, false)] {
        let body = json!({ "error": { "message": "x", "type": "OAuthException", "code": code } });
        match answer(400, &body).err().unwrap() {
            SignInError::Misconfigured(_) => assert!(misconfigured, "{code}"),
            SignInError::Invalid(_) => assert!(!misconfigured, "{code}"),
            other => panic!("{code} {other:?}"),
        }
    }
    let body = json!({ "error": { "code": 2 } });
    assert!(matches!(answer(400, &body), Err(SignInError::Unreachable(_))));
}

#[test]
fn an_error_beside_a_token_is_an_error() {
    let body = json!({ "error": "x", "access_token": "at-1", "id_token": "x" });
    assert!(matches!(answer(200, &body), Err(SignInError::Invalid(_))));
}

#[test]
fn a_token_with_the_wrong_status_is_none() {
    let body = json!({ "access_token": "at-1", "id_token": "x" });
    for status in [400, 401, 403, 404, 418] {
        assert!(answer(status, &body).is_err(), "{status}");
    }
    assert!(answer(200, &body).is_ok());
}

#[test]
fn what_goes_into_the_header_is_encoded_first() {
    assert_eq!(encoded("a:b c/ü+"), "a%3Ab+c%2F%C3%BC%2B");
}
