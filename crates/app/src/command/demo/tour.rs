//! What is printed at the start: where everything is, and a tour through it.

use askama::Template;

use crate::failure::Failure;

/// The tour. Its text is `templates/tour.txt`.
#[derive(Template)]
#[template(path = "tour.txt")]
pub(super) struct Tour<'a> {
    /// Who issues.
    pub(super) name: &'a str,
    pub(super) database: String,
    /// Where the service is.
    pub(super) service: String,
    /// Where mails arrive.
    pub(super) mails: String,
    /// Where the sign-in provider is.
    pub(super) sign_in: &'a str,
    /// The path of the organization in the API.
    pub(super) api: String,
    pub(super) token: &'a str,
    /// The link into the dashboard, for one person.
    pub(super) dashboard: String,
    pub(super) badge: String,
    /// Ada Lovelace's credential.
    pub(super) ada: String,
}

impl Tour<'_> {
    /// The text.
    pub(super) fn text(&self) -> Result<String, Failure> {
        self.render()
            .map_err(|error| Failure::new(format!("the tour cannot be written: {error}")))
    }
}
