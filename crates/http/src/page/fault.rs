//! Why a page is not shown, as handlers say it. What the visitor sees is made in [`shape`](super::shape), which knows
//! their language.

use std::fmt;

use actix_web::{HttpResponse, ResponseError, http::StatusCode};
use symbolon_domain::{
    port::{StoreError, passwords::PasswordsError, sign_in::SignInError},
    service::{
        Fault, administration::ProvingFault, begin_sign_in::BeginSignInError,
        finish_sign_in::FinishSignInError,
    },
    sign_in::SignInPurpose,
};

use super::{rate::TooOften, studio::Crowded};
use crate::error::ApiError;

/// Why a page is not shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PageFault {
    /// There is nothing at this address, or nothing for this visitor: the two cannot be told apart.
    NotFound,
    /// The link leads nowhere: malformed, unknown, or of a recipient who was deleted. The three cannot be told apart.
    UnknownLink,
    /// No access token is in play, or it was handed over too long ago.
    NothingHandedOver,
    /// The form was not sent from a page of ours that was made for this browser.
    ForeignForm,
    /// The form cannot be read.
    BadForm,
    /// The form is too large.
    TooLarge,
    /// The form did not arrive in time.
    TooSlow,
    /// Too often.
    TooOften(TooOften),
    /// No such sign-in was begun by this browser, or it is over.
    UnknownSignIn,
    /// The person declined to sign in with the provider that people call so.
    Declined(String),
    /// What this provider sent back proves nothing.
    InvalidSignIn(String),
    /// This provider cannot be used right now.
    ProviderUnavailable(String),
    /// The page does not take this method; it takes these.
    MethodNotAllowed(&'static str),
    /// Nobody is signed in to the dashboard; this is where they wanted to go.
    SignInFirst {
        /// A path of the dashboard; empty for its first page.
        next: String,
        /// Whether the browser shows a session, which has ended.
        had_session: bool,
    },
    /// The first proof was given, and the second factor is asked for; this is where they wanted to go.
    SecondFactorFirst {
        /// A path of the dashboard; empty for its first page.
        next: String,
    },
    /// Who is signed in proved who they are too long ago; this is where they wanted to go.
    ProveFirst {
        /// A path of the dashboard; empty for its first page.
        next: String,
    },
    /// Who is signed in has another role than this needs.
    RightLacking,
    /// Somebody has changed it meanwhile.
    Overtaken,
    /// Too many pictures are asked for at once, or passwords checked.
    Busy,
    /// The store cannot answer.
    Unavailable,
    /// Something that must not happen.
    Internal,
}

impl PageFault {
    pub(super) const fn status(&self) -> StatusCode {
        match self {
            Self::NotFound | Self::UnknownLink => StatusCode::NOT_FOUND,
            Self::NothingHandedOver | Self::BadForm | Self::UnknownSignIn | Self::InvalidSignIn(_) => {
                StatusCode::BAD_REQUEST
            }
            // Nobody did anything wrong.
            Self::Declined(_) => StatusCode::OK,
            Self::SignInFirst { .. } | Self::SecondFactorFirst { .. } | Self::ProveFirst { .. } => {
                StatusCode::SEE_OTHER
            }
            Self::ForeignForm | Self::RightLacking => StatusCode::FORBIDDEN,
            Self::MethodNotAllowed(_) => StatusCode::METHOD_NOT_ALLOWED,
            Self::Overtaken => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::TooOften(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::ProviderUnavailable(_) | Self::Busy | Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl fmt::Display for PageFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.status().canonical_reason().unwrap_or("error"))
    }
}

/// Seen by nobody: [`shape`](super::shape) writes every fault again.
impl ResponseError for PageFault {
    fn status_code(&self) -> StatusCode {
        self.status()
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status())
    }
}

impl From<Crowded> for PageFault {
    fn from(_: Crowded) -> Self {
        Self::Busy
    }
}

impl From<TooOften> for PageFault {
    fn from(too_often: TooOften) -> Self {
        Self::TooOften(too_often)
    }
}

/// Logs the failure, as the API does, and tells the visitor no more than that there was one.
impl From<Fault> for PageFault {
    fn from(fault: Fault) -> Self {
        match ApiError::from(fault) {
            ApiError::Unavailable => Self::Unavailable,
            _ => Self::Internal,
        }
    }
}

impl From<ProvingFault> for PageFault {
    fn from(fault: ProvingFault) -> Self {
        match fault {
            ProvingFault::Fault(fault) => fault.into(),
            ProvingFault::Passwords(PasswordsError::Busy) => Self::Busy,
            ProvingFault::Passwords(error @ PasswordsError::Failed) => {
                tracing::error!(%error, "nobody can sign in to the dashboard");
                Self::Internal
            }
        }
    }
}

impl From<StoreError> for PageFault {
    fn from(error: StoreError) -> Self {
        Fault::from(error).into()
    }
}

/// What the API would say, as a page says it.
impl From<&ApiError> for PageFault {
    fn from(error: &ApiError) -> Self {
        match error {
            ApiError::NotFound => Self::NotFound,
            ApiError::MethodNotAllowed(allowed) => Self::MethodNotAllowed(allowed),
            ApiError::BodyTooLarge | ApiError::UriTooLong | ApiError::HeadersTooLarge => Self::TooLarge,
            ApiError::Unavailable | ApiError::DeadlineExceeded => Self::Unavailable,
            ApiError::RequestTimeout => Self::TooSlow,
            ApiError::UnsupportedEncoding | ApiError::UnsupportedMediaType => Self::BadForm,
            _ => Self::Internal,
        }
    }
}

impl PageFault {
    /// Why a sign-in has not begun with the provider that people call so.
    pub(super) fn of_begin(error: BeginSignInError, label: String) -> Self {
        match error {
            BeginSignInError::Provider(error) => of_provider(&error, label),
            BeginSignInError::Fault(fault) => fault.into(),
        }
    }

    /// Why nobody signed in with the provider that people call so, and what that was begun for where it is known.
    pub(super) fn of_finish(error: FinishSignInError, label: String) -> (Option<SignInPurpose>, Self) {
        match error {
            FinishSignInError::Unknown => (None, Self::UnknownSignIn),
            FinishSignInError::Declined(purpose) => (Some(purpose), Self::Declined(label)),
            FinishSignInError::Provider(purpose, error) => (Some(purpose), of_provider(&error, label)),
            FinishSignInError::Fault(fault) => (None, fault.into()),
        }
    }
}

/// Logs what is wrong with a provider; its text is in our words.
fn of_provider(error: &SignInError, label: String) -> PageFault {
    match error {
        SignInError::UnknownProvider => PageFault::NotFound,
        SignInError::Invalid(_) => {
            tracing::warn!(%error, "a sign-in was refused");
            PageFault::InvalidSignIn(label)
        }
        SignInError::Unreachable(_) | SignInError::Misconfigured(_) => {
            tracing::error!(%error, "a sign-in provider cannot be used");
            PageFault::ProviderUnavailable(label)
        }
    }
}
