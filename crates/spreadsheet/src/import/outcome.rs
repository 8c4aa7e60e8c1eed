//! What became of a row that was issued, or would.

use symbolon_domain::service::issue_credentials::{CredentialWish, ExpiryWish, Issued};
use symbolon_domain::{template::Template, time::Timestamp};

use super::{Problem, Reason};

/// What became of a row, or would.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is issued.
    Issued,
    /// The template has a recipient with this mail address.
    AlreadyIssued,
    /// The template is gone.
    TemplateAbsent,
    /// It would expire before it is issued.
    ExpiryNotAfterIssue,
}

impl Outcome {
    /// Why its row is rejected, if it is; `seen_on` is the line of the same file that has the same mail address.
    #[must_use]
    pub const fn problem(self, seen_on: Option<u64>) -> Option<Problem> {
        Some(Problem::of_row(match (self, seen_on) {
            (Self::Issued, _) => return None,
            (Self::AlreadyIssued, Some(line)) => Reason::SameMail { line },
            (Self::AlreadyIssued, None) => Reason::AlreadyIssued,
            (Self::TemplateAbsent, _) => Reason::TemplateAbsent,
            (Self::ExpiryNotAfterIssue, _) => Reason::ExpiryNotAfterIssue,
        }))
    }
}

impl From<&Issued> for Outcome {
    fn from(issued: &Issued) -> Self {
        match issued {
            Issued::Made(_) => Self::Issued,
            Issued::Duplicate => Self::AlreadyIssued,
            Issued::TemplateAbsent => Self::TemplateAbsent,
            Issued::ExpiryNotAfterIssue => Self::ExpiryNotAfterIssue,
        }
    }
}

/// Whether a wish would be refused for expiring before it is issued.
#[must_use]
pub fn ends_before_it_begins(wish: &CredentialWish, template: &Template, now: Timestamp) -> bool {
    let issued_at = wish.issued_at.unwrap_or(now);
    expiry_of(wish, template, now).is_some_and(|end| !end.is_ahead_of(issued_at))
}

/// When what is wished for would expire.
#[must_use]
pub fn expiry_of(wish: &CredentialWish, template: &Template, now: Timestamp) -> Option<Timestamp> {
    let issued_at = wish.issued_at.unwrap_or(now);
    match wish.expiry {
        ExpiryWish::Template => template.validity.map(|validity| validity.expiry_from(issued_at)),
        ExpiryWish::Never => None,
        ExpiryWish::At(end) => Some(end),
    }
}
