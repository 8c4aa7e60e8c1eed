//! Every error of the API: its status, its stable code, and its message.
//!
//! Messages are constant and say what to do; nothing from a request is echoed. A failure of the service's own is logged
//! here, once, at the boundary.

mod catalogue;

use std::fmt;

use actix_web::{
    HttpResponse, ResponseError,
    http::{
        StatusCode,
        header::{ALLOW, RETRY_AFTER, WWW_AUTHENTICATE},
    },
};
use serde::Serialize;
use serde_json::json;
use symbolon_domain::{
    permissions::Permission,
    port::{StoreError, vault::VaultError},
    service::{Fault, authenticate::AuthenticateError, caller::PermissionLacking},
};

/// What is wrong with one field of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// The field, as the request names it.
    pub field: &'static str,
    /// What it must be.
    pub message: String,
}

/// An error, as a client sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApiError {
    /// No token, or none that is known.
    Unauthorized,
    /// The token has expired.
    TokenExpired,
    /// The token was rotated away or revoked.
    TokenRevoked,
    /// Two `Authorization` headers.
    AmbiguousAuthorization,
    /// The token lacks a permission.
    PermissionLacking(Permission),
    /// More permissions were asked for than the caller has.
    BeyondCaller,
    /// Not there, or not the caller's: the two cannot be told apart.
    NotFound,
    /// The path is known, the method is not; these are.
    MethodNotAllowed(&'static str),
    /// The request did not arrive in time.
    RequestTimeout,
    /// The token is in its grace and cannot be rotated again.
    AlreadyRotated,
    /// The token's state does not allow it.
    NotLive,
    /// The body is too large.
    BodyTooLarge,
    /// The path and query are too long.
    UriTooLong,
    /// The headers are too large.
    HeadersTooLarge,
    /// The body is not JSON by its type.
    UnsupportedMediaType,
    /// The body is compressed.
    UnsupportedEncoding,
    /// The body is not JSON, or not an object.
    MalformedBody,
    /// The body is nested too deeply or has too many keys.
    BodyTooComplex,
    /// Fields of the request are wrong.
    Invalid(Vec<FieldError>),
    /// The organization has as many live tokens as it may have.
    LimitReached,
    /// The idempotency key was used for another request.
    IdempotencyKeyTaken,
    /// The template has a recipient with this mail address.
    AlreadyIssued,
    /// Credentials were issued on the template.
    HasRecipients,
    /// The access token is not bound, so there is nothing to reset.
    NotBound,
    /// Access was revoked.
    AccessRevoked,
    /// The credential is revoked.
    CredentialRevoked,
    /// The link leads to nothing that could be opened.
    LinkUseless,
    /// Another request changed the same thing first.
    Overtaken,
    /// The same link was mailed again not long ago.
    MailedNotLongAgo {
        /// In so many seconds it may be.
        seconds: i64,
    },
    /// The store cannot answer; nothing can be concluded.
    Unavailable,
    /// The request took too long to serve.
    DeadlineExceeded,
    /// A sealed copy does not open.
    UnsealFailed,
    /// Something that must not happen.
    Internal,
}

impl ApiError {
    /// One field is wrong.
    pub(crate) fn invalid(field: &'static str, message: impl fmt::Display) -> Self {
        Self::Invalid(vec![FieldError {
            field,
            message: message.to_string(),
        }])
    }

    /// The error in Credly's shape: the message stands in both places where clients look for it.
    pub(crate) fn response(&self) -> HttpResponse {
        let (_, code, message) = self.parts();
        let mut body =
            json!({ "data": { "message": message }, "metadata": null, "message": message, "code": code });
        self.add_fields(&mut body);
        self.start("application/json").body(body.to_string())
    }

    /// The error as RFC 9457 has it.
    pub(crate) fn problem(&self) -> HttpResponse {
        let (status, code, message) = self.parts();
        let mut body = json!({
            "type": "about:blank",
            "title": status.canonical_reason().unwrap_or_default(),
            "status": status.as_u16(),
            "detail": message,
            "code": code,
        });
        self.add_fields(&mut body);
        self.start("application/problem+json").body(body.to_string())
    }

    /// The error as one of several results.
    pub(crate) fn item(&self) -> serde_json::Value {
        let (status, code, message) = self.parts();
        let mut item = json!({ "status": status.as_u16(), "code": code, "message": message });
        self.add_fields(&mut item);
        item
    }

    fn add_fields(&self, body: &mut serde_json::Value) {
        if let (Self::Invalid(errors), Some(body)) = (self, body.as_object_mut()) {
            body.insert("errors".to_owned(), json!(errors));
        }
    }

    fn start(&self, content_type: &'static str) -> actix_web::HttpResponseBuilder {
        let (status, ..) = self.parts();
        let mut response = HttpResponse::build(status);
        response.content_type(content_type);
        match self {
            Self::MethodNotAllowed(allowed) => {
                response.insert_header((ALLOW, *allowed));
            }
            Self::Unavailable | Self::DeadlineExceeded => {
                response.insert_header((RETRY_AFTER, "1"));
            }
            Self::MailedNotLongAgo { seconds } => {
                response.insert_header((RETRY_AFTER, seconds.to_string()));
            }
            Self::RequestTimeout | Self::BodyTooLarge => {
                // What is left of the body would be read as the next request.
                response.force_close();
            }
            _ if status == StatusCode::UNAUTHORIZED => {
                response.insert_header((WWW_AUTHENTICATE, "Basic realm=\"symbolon\""));
            }
            _ => {}
        }
        response
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.parts().2)
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        self.parts().0
    }

    fn error_response(&self) -> HttpResponse {
        self.response()
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        Fault::from(error).into()
    }
}

impl From<PermissionLacking> for ApiError {
    fn from(lacking: PermissionLacking) -> Self {
        Self::PermissionLacking(lacking.0)
    }
}

impl From<AuthenticateError> for ApiError {
    fn from(error: AuthenticateError) -> Self {
        match error {
            AuthenticateError::Unknown => Self::Unauthorized,
            AuthenticateError::Expired => Self::TokenExpired,
            AuthenticateError::Retired => Self::TokenRevoked,
            AuthenticateError::Fault(fault) => fault.into(),
        }
    }
}

/// Logs the failure, and tells the client no more than that there was one.
impl From<Fault> for ApiError {
    fn from(fault: Fault) -> Self {
        let causes = causes(&fault);
        match fault {
            Fault::Store(_) => {
                tracing::error!(error = %fault, causes, "the store cannot answer");
                Self::Unavailable
            }
            Fault::Vault(VaultError::Unsealable) => {
                tracing::error!("a sealed copy does not open; the activity log names the token");
                Self::UnsealFailed
            }
            Fault::Vault(_) | Fault::Entropy(_) => {
                tracing::error!(error = %fault, "the vault failed");
                Self::Internal
            }
        }
    }
}

/// What led to an error, outermost first; `None` where it tells of nothing.
pub(crate) fn causes(error: &dyn std::error::Error) -> Option<String> {
    let causes: Vec<_> = std::iter::successors(error.source(), |error| error.source())
        .map(ToString::to_string)
        .collect();
    (!causes.is_empty()).then(|| causes.join(": "))
}
