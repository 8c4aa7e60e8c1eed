//! Reading a body, JSON or a form, within limits of size, time, depth and number of keys.

use actix_web::{
    HttpRequest,
    http::header::{CONTENT_LENGTH, CONTENT_TYPE},
    web::Payload,
};
use futures_util::StreamExt as _;
use serde_json::{Map, Value};

use crate::{
    error::ApiError,
    limits::{BODY_TIMEOUT, MAX_BODY, MAX_BULK, MAX_BULK_KEYS, MAX_DEPTH, MAX_FORM, MAX_KEYS},
};

/// How large a body may be.
struct Limits {
    bytes: usize,
    keys: usize,
}

const ONE: Limits = Limits {
    bytes: MAX_BODY,
    keys: MAX_KEYS,
};
const BULK: Limits = Limits {
    bytes: MAX_BULK,
    keys: MAX_BULK_KEYS,
};

/// The body of a request: one JSON object or one form, empty where the body is.
pub(crate) struct Body {
    /// The bytes as they came, for telling requests apart.
    pub(crate) raw: Vec<u8>,
    /// The fields.
    pub(crate) fields: Map<String, Value>,
    is_form: bool,
}

impl Body {
    /// Reads the body. Handlers call this once they know who sends it: an extractor would run beside the one that
    /// authenticates, and tell strangers what is wrong with their bodies.
    pub(crate) async fn read(request: &HttpRequest, payload: Payload) -> Result<Self, ApiError> {
        Self::within(&ONE, request, payload).await
    }

    /// Reads the body of a batch, which may be larger.
    pub(crate) async fn read_bulk(request: &HttpRequest, payload: Payload) -> Result<Self, ApiError> {
        Self::within(&BULK, request, payload).await
    }

    async fn within(limits: &Limits, request: &HttpRequest, payload: Payload) -> Result<Self, ApiError> {
        let announced = header(request, &CONTENT_LENGTH).and_then(|length| length.parse::<usize>().ok());
        if announced.is_some_and(|length| length > limits.bytes) {
            return Err(ApiError::BodyTooLarge);
        }
        let raw = tokio::time::timeout(BODY_TIMEOUT, read(payload, limits.bytes))
            .await
            .map_err(|_elapsed| ApiError::RequestTimeout)??;
        let content_type = header(request, &CONTENT_TYPE);
        let fields = parse(&raw, content_type, limits.keys)?;
        let is_form = content_type.is_some_and(is_form);
        Ok(Self { raw, fields, is_form })
    }

    /// The fields of a form in the order in which they were sent, those with one name too; none where it is no form.
    pub(crate) fn into_form(self) -> Vec<(String, String)> {
        if !self.is_form {
            return Vec::new();
        }
        url::form_urlencoded::parse(self.raw.trim_ascii())
            .into_owned()
            .collect()
    }
}

fn header<'a>(request: &'a HttpRequest, name: &actix_web::http::header::HeaderName) -> Option<&'a str> {
    request.headers().get(name)?.to_str().ok()
}

async fn read(mut payload: Payload, most: usize) -> Result<Vec<u8>, ApiError> {
    let mut raw = Vec::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_broken_off| ApiError::MalformedBody)?;
        if raw.len() + chunk.len() > most {
            return Err(ApiError::BodyTooLarge);
        }
        raw.extend_from_slice(&chunk);
    }
    Ok(raw)
}

/// The object in the body. White space, and `null`, are an object without fields, whatever the content type says.
fn parse(raw: &[u8], content_type: Option<&str>, most_keys: usize) -> Result<Map<String, Value>, ApiError> {
    if raw.trim_ascii().is_empty() {
        return Ok(Map::new());
    }
    if content_type.is_some_and(is_form) {
        return form(raw);
    }
    if !content_type.is_none_or(is_json) {
        return Err(ApiError::UnsupportedMediaType);
    }
    let value: Value = serde_json::from_slice(raw).map_err(|_| ApiError::MalformedBody)?;
    let mut keys = most_keys;
    if !is_simple(&value, MAX_DEPTH, &mut keys) {
        return Err(ApiError::BodyTooComplex);
    }
    match value {
        Value::Object(fields) => Ok(fields),
        Value::Null => Ok(Map::new()),
        _ => Err(ApiError::MalformedBody),
    }
}

/// The fields of a form, all of them texts; of several with one name the last counts.
fn form(raw: &[u8]) -> Result<Map<String, Value>, ApiError> {
    if raw.len() > MAX_FORM {
        return Err(ApiError::BodyTooLarge);
    }
    let text = std::str::from_utf8(raw).map_err(|_| ApiError::MalformedBody)?;
    let mut fields = Map::new();
    for (name, value) in url::form_urlencoded::parse(text.trim_ascii().as_bytes()) {
        fields.insert(name.into_owned(), Value::String(value.into_owned()));
        if fields.len() > MAX_KEYS {
            return Err(ApiError::BodyTooComplex);
        }
    }
    Ok(fields)
}

fn is_form(content_type: &str) -> bool {
    essence(content_type) == "application/x-www-form-urlencoded"
}

/// `application/json`, or a type that ends in `+json`; parameters do not matter.
fn is_json(content_type: &str) -> bool {
    let essence = essence(content_type);
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

fn essence(content_type: &str) -> String {
    content_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// Whether a value is nested no deeper than this, and has no more keys than are left.
fn is_simple(value: &Value, depth: usize, keys: &mut usize) -> bool {
    match value {
        Value::Object(_) | Value::Array(_) if depth == 0 => false,
        Value::Object(fields) => {
            let Some(left) = keys.checked_sub(fields.len()) else {
                return false;
            };
            *keys = left;
            fields.values().all(|value| is_simple(value, depth - 1, keys))
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
        parse(raw.as_bytes(), content_type, MAX_KEYS).map(|fields| fields.len())
    }

    const JSON: Option<&str> = Some("application/json");
    const FORM: Option<&str> = Some("application/x-www-form-urlencoded; charset=UTF-8");

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
            "application/x-www-form-urlencode",
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
    fn a_form_is_read_as_texts() {
        let fields = parse(b"name=Ada+L%C3%B6velace&name=Ada&empty=", FORM, MAX_KEYS).unwrap();
        assert_eq!(
            Value::Object(fields),
            serde_json::json!({ "name": "Ada", "empty": "" })
        );
        let wide = |keys: usize| {
            (0..keys)
                .map(|key| format!("{key}="))
                .collect::<Vec<_>>()
                .join("&")
        };
        assert_eq!(super::tests::fields(&wide(MAX_KEYS), FORM), Ok(MAX_KEYS));
        assert_eq!(
            super::tests::fields(&wide(MAX_KEYS + 1), FORM),
            Err(ApiError::BodyTooComplex)
        );
        let long = format!("a={}", "x".repeat(MAX_FORM));
        assert_eq!(super::tests::fields(&long, FORM), Err(ApiError::BodyTooLarge));
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
            assert_eq!(read(payload, MAX_BODY).await.map(|raw| raw.len()), outcome);
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(raw: Vec<u8>) {
            let _ = parse(&raw, JSON, MAX_KEYS);
            let _ = parse(&raw, FORM, MAX_KEYS);
        }
    }
}
