//! The `Idempotency-Key` header: a client's own name for a request that it may have to send again.

use actix_web::{HttpRequest, http::header::HeaderName};
use symbolon_domain::{
    idempotency::{IdempotencyKey, Repeatable},
    port::vault::Vault,
};

use crate::{body::Body, error::ApiError};

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// The name of the request, if it has one, with a fingerprint of its method, path and body.
pub(crate) fn repeatable(
    request: &HttpRequest,
    body: &Body,
    vault: &dyn Vault,
) -> Result<Option<Repeatable>, ApiError> {
    let Some(value) = request.headers().get(IDEMPOTENCY_KEY) else {
        return Ok(None);
    };
    let key = value
        .to_str()
        .ok()
        .and_then(IdempotencyKey::parse)
        .ok_or_else(|| ApiError::invalid("Idempotency-Key", "must be 1 to 64 visible ASCII characters"))?;
    let path = request.path().trim_end_matches('/');
    let fingerprint = vault.fingerprint(&[request.method().as_str().as_bytes(), path.as_bytes(), &body.raw]);
    Ok(Some(Repeatable { key, fingerprint }))
}
