//! What names a piece of mail.

use std::fmt;

use symbolon_domain::id::{MailId, NoticeId};

/// A mail to or about a recipient, or a notice to an administrator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PostId {
    /// A mail.
    Mail(MailId),
    /// A notice.
    Notice(NoticeId),
}

/// The id alone: no mail and no notice have the same.
impl fmt::Display for PostId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mail(id) => id.fmt(f),
            Self::Notice(id) => id.fmt(f),
        }
    }
}
