//! The fields of a page's form.

use std::collections::HashMap;

use actix_web::{HttpRequest, web::Payload};
use serde_json::Value;

use super::fault::PageFault;
use crate::{body::Body, error::ApiError};

/// The fields of a form, all of them texts.
pub(super) struct Form(HashMap<String, String>);

impl Form {
    /// Reads the form of a request, within the limits of every body.
    pub(super) async fn read(request: &HttpRequest, payload: Payload) -> Result<Self, PageFault> {
        let body = Body::read(request, payload).await.map_err(|error| match error {
            ApiError::BodyTooLarge => PageFault::TooLarge,
            ApiError::RequestTimeout => PageFault::TooSlow,
            _ => PageFault::BadForm,
        })?;
        let texts = body.fields.into_iter().filter_map(|(name, value)| match value {
            Value::String(text) => Some((name, text)),
            _ => None,
        });
        Ok(Self(texts.collect()))
    }

    /// A field, if it was sent.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}
