//! Reset requests: people who have a link and cannot claim with it.

use askama::Template;

use super::{
    super::frame::{Page, Profile},
    frame::DashboardFrame,
    key_pages::{KeyPages, UNFILTERED},
    mail_text::mail_text,
    paths,
    since::Since,
};

/// The reset requests that wait.
#[derive(Debug, Clone, Template)]
#[template(path = "dashboard/reset_requests.html")]
pub(crate) struct ResetRequestsPage {
    /// Around it; its `requests` says how many wait in all.
    pub(crate) frame: DashboardFrame,
    /// Those of this page, the oldest first.
    pub(crate) requests: Vec<ResetRequestRow>,
    /// What lies beside this page.
    pub(crate) pages: KeyPages,
    /// Whether who looks may approve them.
    pub(crate) may_act: bool,
}

/// A reset request in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ResetRequestRow {
    /// Names the recipient.
    pub(crate) id: String,
    /// First and last name of the recipient.
    pub(crate) name: String,
    /// Their mail address.
    pub(crate) mail: String,
    /// What their template is called.
    pub(crate) template: String,
    /// The social profile that has claimed.
    pub(crate) bound_to: Profile,
    /// Since when.
    pub(crate) bound: Since,
    /// The social profile that was refused, where one was connected.
    pub(crate) by: Option<Profile>,
    /// When it was asked for.
    pub(crate) asked: Since,
    /// The same, by which the answer names it.
    pub(crate) asked_at: i64,
}

impl Page for ResetRequestsPage {
    fn heading(&self) -> String {
        "Reset requests".into()
    }
}
