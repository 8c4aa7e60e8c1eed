//! Errors that any page can have.

use askama::Template;

use super::{
    frame::{Frame, Page},
    paths,
    sentence::fill,
};

/// An error, with a way forward.
#[derive(Debug, Clone, Template)]
#[template(path = "error.html")]
pub(crate) struct ErrorPage {
    /// Around it.
    pub(crate) frame: Frame,
    /// What happened.
    pub(crate) error: PageError,
    /// The number of the request, by which the operator finds it in the log.
    pub(crate) reference: Option<String>,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PageError {
    /// A form came from elsewhere, or is too old.
    Forbidden,
    /// A form cannot be read.
    BadForm,
    /// A form did not arrive in time.
    TooSlow,
    /// There is no such page.
    NotFound,
    /// The page does not take this method.
    MethodNotAllowed,
    /// The form is too large.
    TooLarge,
    /// Too many tries.
    TooManyRequests {
        /// After how many seconds the next is heard, as in `Retry-After`.
        retry_after: u64,
    },
    /// A fault of the service.
    Internal,
    /// Too many pictures are asked for at once.
    Busy,
    /// The service cannot reach its records.
    Unavailable,
}

/// From how many seconds on people are told minutes.
const MINUTES_FROM: u64 = 100;

impl Page for ErrorPage {
    fn heading(&self) -> String {
        let words = &self.frame.words().error;
        let heading = match self.error {
            PageError::Forbidden => words.forbidden,
            PageError::BadForm => words.bad_form,
            PageError::TooSlow => words.too_slow,
            PageError::NotFound => words.not_found,
            PageError::MethodNotAllowed => words.method,
            PageError::TooLarge => words.too_large,
            PageError::TooManyRequests { .. } => words.too_many,
            PageError::Internal => words.internal,
            PageError::Busy => words.busy,
            PageError::Unavailable => words.unavailable,
        };
        heading.to_owned()
    }

    fn status(&self) -> u16 {
        match self.error {
            PageError::BadForm => 400,
            PageError::Forbidden => 403,
            PageError::NotFound => 404,
            PageError::MethodNotAllowed => 405,
            PageError::TooSlow => 408,
            PageError::TooLarge => 413,
            PageError::TooManyRequests { .. } => 429,
            PageError::Internal => 500,
            PageError::Busy | PageError::Unavailable => 503,
        }
    }
}

impl ErrorPage {
    fn why(&self) -> &'static str {
        let words = &self.frame.words().error;
        match self.error {
            PageError::Forbidden => words.forbidden_why,
            PageError::BadForm => words.bad_form_why,
            PageError::TooSlow => words.too_slow_why,
            PageError::NotFound => words.not_found_why,
            PageError::MethodNotAllowed => words.method_why,
            PageError::TooLarge => words.too_large_why,
            PageError::TooManyRequests { .. } => words.too_many_why,
            PageError::Internal => words.internal_why,
            PageError::Busy => words.busy_why,
            PageError::Unavailable => words.unavailable_why,
        }
    }

    fn what_to_do(&self) -> String {
        let words = &self.frame.words().error;
        let fixed = match self.error {
            PageError::Forbidden => words.forbidden_do,
            PageError::BadForm => words.bad_form_do,
            PageError::TooSlow => words.too_slow_do,
            PageError::NotFound => words.not_found_do,
            PageError::MethodNotAllowed => words.method_do,
            PageError::TooLarge => words.too_large_do,
            PageError::TooManyRequests { retry_after } => return self.when(retry_after),
            PageError::Internal if self.reference.is_none() => words.internal_do_again,
            PageError::Internal => words.internal_do,
            PageError::Busy => words.busy_do,
            PageError::Unavailable => words.unavailable_do,
        };
        fixed.to_owned()
    }

    /// When to try again, never too early.
    fn when(&self, seconds: u64) -> String {
        let words = &self.frame.words().error;
        let (pattern, count) = match seconds {
            0..=1 => (words.too_many_second, 1),
            2..MINUTES_FROM => (words.too_many_seconds, seconds),
            _ => (words.too_many_minutes, seconds.div_ceil(60)),
        };
        fill(pattern, &[("count", &count.to_string())])
    }
}
