//! Reading a JSON body within limits of size, time, depth and number of keys.

use actix_web::{
    HttpRequest,
    http::header::{CONTENT_LENGTH, CONTENT_TYPE},
    web::Payload,
};
use futures_util::StreamExt as _;
use serde_json::{Map, Value};

use crate::{
    error::ApiError,
    limits::{BODY_TIMEOUT, MAX_BODY, MAX_DEPTH, MAX_KEYS},
};

/// The body of a request: one JSON object, empty where the body is.
pub(crate) struct Body {
    /// The bytes as they came, for telling requests apart.
    pub(crate) raw: Vec<u8>,
    /// The fields.
    pub(crate) fields: Map<String, Value>,
}

impl Body {
    /// Reads the body. Handlers call this once they know who sends it: an extractor would run beside the one that
    /// authenticates, and tell strangers what is wrong with their bodies.
    pub(crate) async fn read(request: &HttpRequest, payload: Payload) -> Result<Self, ApiError> {
        let announced = header(request, &CONTENT_LENGTH).and_then(|length| length.parse::<usize>().ok());
        if announced.is_some_and(|length| length > MAX_BODY) {
            return Err(ApiError::BodyTooLarge);
        }
        let raw = tokio::time::timeout(BODY_TIMEOUT, read(payload))
            .await
            .map_err(|_elapsed| ApiError::RequestTimeout)??;
        let fields = parse(&raw, header(request, &CONTENT_TYPE))?;
        Ok(Self { raw, fields })
    }
}

fn header<'a>(request: &'a HttpRequest, name: &actix_web::http::header::HeaderName) -> Option<&'a str> {
    request.headers().get(name)?.to_str().ok()
}

async fn read(mut payload: Payload) -> Result<Vec<u8>, ApiError> {
    let mut raw = Vec::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_broken_off| ApiError::MalformedBody)?;
        if raw.len() + chunk.len() > MAX_BODY {
            return Err(ApiError::BodyTooLarge);
        }
        raw.extend_from_slice(&chunk);
    }
    Ok(raw)
}

/// The object in the body. White space, and `null`, are an object without fields, whatever the content type says.
fn parse(raw: &[u8], content_type: Option<&str>) -> Result<Map<String, Value>, ApiError> {
    if raw.trim_ascii().is_empty() {
        return Ok(Map::new());
    }
    if !content_type.is_none_or(is_json) {
        return Err(ApiError::UnsupportedMediaType);
    }
    let value: Value = serde_json::from_slice(raw).map_err(|_| ApiError::MalformedBody)?;
    let mut keys = 0;
    if !is_simple(&value, MAX_DEPTH, &mut keys) {
        return Err(ApiError::BodyTooComplex);
    }
    match value {
        Value::Object(fields) => Ok(fields),
        Value::Null => Ok(Map::new()),
        _ => Err(ApiError::MalformedBody),
    }
}

/// `application/json`, or a type that ends in `+json`; parameters do not matter.
fn is_json(content_type: &str) -> bool {
    let essence = content_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

fn is_simple(value: &Value, depth: usize, keys: &mut usize) -> bool {
    match value {
        Value::Object(_) | Value::Array(_) if depth == 0 => false,
        Value::Object(fields) => {
            *keys += fields.len();
            *keys <= MAX_KEYS && fields.values().all(|value| is_simple(value, depth - 1, keys))
        }
        Value::Array(items) => items.iter().all(|value| is_simple(value, depth - 1, keys)),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use actix_web::{FromRequest as _, test::TestRequest};
    use proptest::prelude::*;

    use super::*;

    fn fields(raw: &str, content_type: Option<&str>) -> Result<usize, ApiError> {
        parse(raw.as_bytes(), content_type).map(|fields| fields.len())
    }

    const JSON: Option<&str> = Some("application/json");

    #[test]
    fn an_empty_body_is_an_empty_object() {
        for raw in ["", " \r\n", "null", "{}"] {
            assert_eq!(fields(raw, JSON), Ok(0), "{raw:?}");
        }
        assert_eq!(fields("", None), Ok(0));
        assert_eq!(fields("", Some("application/x-www-form-urlencoded")), Ok(0));
    }

    #[test]
    fn only_json_is_read() {
        for good in [
            JSON,
            None,
            Some("Application/JSON; charset=utf-8"),
            Some("application/vnd.x+json"),
        ] {
            assert_eq!(fields(r#"{"a":1}"#, good), Ok(1), "{good:?}");
        }
        for bad in [
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "",
        ] {
            assert_eq!(
                fields(r#"{"a":1}"#, Some(bad)),
                Err(ApiError::UnsupportedMediaType),
                "{bad}"
            );
        }
    }

    #[test]
    fn what_is_not_one_object_is_refused() {
        for raw in [
            "[]",
            "1",
            "\"a\"",
            "{",
            "{\"a\":1e400}",
            "{} {}",
            "{'a':1}",
            "\u{feff}{}",
        ] {
            assert_eq!(fields(raw, JSON), Err(ApiError::MalformedBody), "{raw}");
        }
    }

    #[test]
    fn depth_and_keys_are_bounded() {
        let nested = |depth: usize| format!("{{\"a\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(fields(&nested(MAX_DEPTH - 1), JSON), Ok(1));
        assert_eq!(fields(&nested(MAX_DEPTH), JSON), Err(ApiError::BodyTooComplex));
        assert!(fields(&nested(10_000), JSON).is_err());
        let wide = |keys: usize| {
            format!(
                "{{{}}}",
                (0..keys)
                    .map(|key| format!("\"{key}\":0"))
                    .collect::<Vec<_>>()
                    .join(",")
            )
        };
        assert_eq!(fields(&wide(MAX_KEYS), JSON), Ok(MAX_KEYS));
        assert_eq!(fields(&wide(MAX_KEYS + 1), JSON), Err(ApiError::BodyTooComplex));
    }

    /// Whatever its length was said to be: a chunked body says none.
    #[actix_web::test]
    async fn a_body_that_grows_beyond_the_limit_is_refused() {
        for (length, outcome) in [
            (MAX_BODY, Ok(MAX_BODY)),
            (MAX_BODY + 1, Err(ApiError::BodyTooLarge)),
        ] {
            let (request, mut payload) = TestRequest::default()
                .set_payload(vec![b' '; length])
                .to_http_parts();
            let payload = Payload::from_request(&request, &mut payload).await.unwrap();
            assert_eq!(read(payload).await.map(|raw| raw.len()), outcome);
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(raw: Vec<u8>) {
            let _ = parse(&raw, JSON);
        }
    }
}
