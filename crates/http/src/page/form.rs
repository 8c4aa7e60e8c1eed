//! The fields of a page's form.

use actix_web::{HttpRequest, web::Payload};

use super::fault::PageFault;
use crate::{body::Body, error::ApiError};

/// The fields of a form, all of them texts, in the order in which they were sent.
pub(super) struct Form(Vec<(String, String)>);

impl Form {
    /// Reads the form of a request, within the limits of every body.
    pub(super) async fn read(request: &HttpRequest, payload: Payload) -> Result<Self, PageFault> {
        let body = Body::read(request, payload).await.map_err(|error| match error {
            ApiError::BodyTooLarge => PageFault::TooLarge,
            ApiError::RequestTimeout => PageFault::TooSlow,
            _ => PageFault::BadForm,
        })?;
        Ok(Self(body.into_form()))
    }

    /// A form with these fields.
    pub(super) const fn of(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }

    /// The fields again.
    pub(super) fn into_fields(self) -> Vec<(String, String)> {
        self.0
    }

    /// A field, if it was sent; of several with this name the last.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.texts(name).last()
    }

    /// Every field with this name.
    pub(super) fn texts(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0
            .iter()
            .filter(move |(field, _)| field == name)
            .map(|(_, text)| text.as_str())
    }
}
