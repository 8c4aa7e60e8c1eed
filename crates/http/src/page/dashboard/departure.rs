//! Where an administrator left for a sign-in provider, so that they come back to it: the provider carries nothing for us.
//!
//! It is a path of the dashboard in a cookie, and worth nothing: whoever changes it goes elsewhere in the dashboard.

use actix_web::{HttpRequest, cookie::Cookie};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};

use super::{next::Next, sign_in::with_next, visit::parameter};
use crate::{State, page::cookie::Jar};

/// The page that somebody left, with where they wanted to go.
#[derive(Debug, Default)]
pub(in crate::page) struct Departure(Next);

impl Departure {
    /// From this page, on the way to another.
    pub(super) fn from(page: &str, next: &Next) -> Self {
        Self(Next::read(Some(&with_next(page, next))))
    }

    /// What a browser shows, if it left not long ago.
    pub(in crate::page) fn read(request: &HttpRequest, state: &State) -> Option<Self> {
        let text = Jar::Departure.read(request, state)?;
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).ok()?;
        let page = String::from_utf8(bytes).ok()?;
        Some(Self(Next::read(Some(&page))))
    }

    /// The page, with its query.
    pub(in crate::page) fn page(&self) -> &str {
        self.0.as_str()
    }

    /// Where they wanted to go.
    pub(super) fn next(&self) -> Next {
        let query = self.page().split_once('?').map_or("", |(_, query)| query);
        Next::read(parameter(query, "next").as_deref())
    }

    /// The cookie that makes a browser remember.
    pub(super) fn kept(&self, state: &State) -> Cookie<'static> {
        Jar::Departure.filled(BASE64_URL_SAFE_NO_PAD.encode(self.page()), state)
    }
}
