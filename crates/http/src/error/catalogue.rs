//! Status, stable code and message of every error.

use actix_web::http::StatusCode;
use symbolon_domain::permissions::Permission;

use super::ApiError;

impl ApiError {
    #[expect(clippy::too_many_lines, reason = "a table, one row an error")]
    pub(super) fn parts(&self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::Unauthorized => (
                StatusCode::UNAUTHORIZED,
                "unauthorized",
                "No valid authorization token was sent. Send it as the user name of HTTP Basic with a blank password.",
            ),
            Self::TokenExpired => (
                StatusCode::UNAUTHORIZED,
                "token_expired",
                "The authorization token has expired. Ask an administrator of your organization for a new one.",
            ),
            Self::TokenRevoked => (
                StatusCode::UNAUTHORIZED,
                "token_revoked",
                "The authorization token was rotated away or revoked. Use its successor.",
            ),
            Self::AmbiguousAuthorization => (
                StatusCode::BAD_REQUEST,
                "ambiguous_authorization",
                "The request has more than one Authorization header. Send exactly one.",
            ),
            Self::PermissionLacking(Permission::Read) => (
                StatusCode::FORBIDDEN,
                "permission_lacking",
                "The authorization token lacks the read permission, which this request needs.",
            ),
            Self::PermissionLacking(Permission::Write) => (
                StatusCode::FORBIDDEN,
                "permission_lacking",
                "The authorization token lacks the write permission, which this request needs.",
            ),
            Self::PermissionLacking(Permission::Delete) => (
                StatusCode::FORBIDDEN,
                "permission_lacking",
                "The authorization token lacks the delete permission, which this request needs.",
            ),
            Self::BeyondCaller => (
                StatusCode::FORBIDDEN,
                "permissions_beyond_caller",
                "An authorization token cannot be given permissions that the requesting one lacks. Ask for fewer.",
            ),
            Self::NotFound => (StatusCode::NOT_FOUND, "not_found", "There is nothing here."),
            Self::MethodNotAllowed(_) => (
                StatusCode::METHOD_NOT_ALLOWED,
                "method_not_allowed",
                "This path does not take this method; the Allow header names those it takes.",
            ),
            Self::RequestTimeout => (
                StatusCode::REQUEST_TIMEOUT,
                "request_timeout",
                "The request did not arrive within 10 seconds. Send it again.",
            ),
            Self::AlreadyRotated => (
                StatusCode::CONFLICT,
                "already_rotated",
                "The authorization token has been rotated already and is in its grace period. Use its successor.",
            ),
            Self::NotLive => (
                StatusCode::CONFLICT,
                "not_live",
                "The authorization token is expired, rotated or revoked and can no longer be changed.",
            ),
            Self::BodyTooLarge => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "body_too_large",
                "The body is larger than 64 KiB, a form than 16 KiB, a batch than 1 MiB. Send less.",
            ),
            Self::UriTooLong => (
                StatusCode::URI_TOO_LONG,
                "uri_too_long",
                "The path and query are longer than 8 KiB. Send less.",
            ),
            Self::HeadersTooLarge => (
                StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
                "headers_too_large",
                "The headers are larger than 16 KiB. Send less.",
            ),
            Self::UnsupportedMediaType => (
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "unsupported_media_type",
                "The body must be JSON or a form. Send the header Content-Type: application/json.",
            ),
            Self::UnsupportedEncoding => (
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "unsupported_encoding",
                "Compressed bodies are not accepted. Leave out the Content-Encoding header and send the body as it is.",
            ),
            Self::MalformedBody => (
                StatusCode::BAD_REQUEST,
                "malformed_body",
                "The body must be one JSON object, or a form.",
            ),
            Self::BodyTooComplex => (
                StatusCode::BAD_REQUEST,
                "body_too_complex",
                "The body is nested deeper than 32 levels or has more than 1,000 keys.",
            ),
            Self::Invalid(_) => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "invalid",
                "The request cannot be carried out; the list of errors says which fields are wrong.",
            ),
            Self::LimitReached => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "limit_reached",
                "The organization has 50 live authorization tokens, as many as it may have. Revoke one first.",
            ),
            Self::IdempotencyKeyTaken => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "idempotency_key_taken",
                "This Idempotency-Key was used for another request. Take a new key for a new request.",
            ),
            Self::AlreadyIssued => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "already_issued",
                "This badge template has a recipient with this mail address. Use that badge, or revoke it first.",
            ),
            Self::HasRecipients => (
                StatusCode::CONFLICT,
                "has_recipients",
                "Badges were issued on this template. Pause it, or delete its badges first.",
            ),
            Self::NotBound => (
                StatusCode::CONFLICT,
                "not_bound",
                "The access token is not bound to a social profile, so there is nothing to reset: its link works.",
            ),
            Self::AccessRevoked => (
                StatusCode::CONFLICT,
                "access_revoked",
                "Access was revoked, and the access token can no longer be used. Replace it to mail a new link.",
            ),
            Self::CredentialRevoked => (
                StatusCode::CONFLICT,
                "credential_revoked",
                "The credential is revoked, so its access token can no longer be changed. Issue a new one.",
            ),
            Self::LinkUseless => (
                StatusCode::CONFLICT,
                "link_useless",
                "Access or the credential was revoked, so the link leads nowhere. Replace the access token or the badge.",
            ),
            Self::Overtaken => (
                StatusCode::CONFLICT,
                "overtaken",
                "Another request changed the access token first. Look at it again, and repeat the request if it is still needed.",
            ),
            Self::MailedNotLongAgo { .. } => (
                StatusCode::TOO_MANY_REQUESTS,
                "mailed_not_long_ago",
                "The same link is mailed at most once in 5 minutes and 3 times in an hour. The Retry-After header says when.",
            ),
            Self::Unavailable => (
                StatusCode::SERVICE_UNAVAILABLE,
                "unavailable",
                "The service cannot reach its storage right now. Try again shortly.",
            ),
            Self::DeadlineExceeded => (
                StatusCode::SERVICE_UNAVAILABLE,
                "deadline_exceeded",
                "The service could not answer within 15 seconds. Try again shortly.",
            ),
            Self::UnsealFailed => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "unseal_failed",
                "The value of a token cannot be shown. Ask the operator to look at the log.",
            ),
            Self::Internal => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "internal",
                "Something went wrong here. Report the X-Request-Id of this answer to the operator.",
            ),
        }
    }
}
