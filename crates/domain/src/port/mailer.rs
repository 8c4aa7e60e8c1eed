//! Sending mail.

use async_trait::async_trait;

use crate::{mail::Letter, notice::NoticeLetter};

/// Writes letters and hands them to a mail server.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Sends a letter; when this returns `Ok`, a mail server has taken it and answers for it.
    ///
    /// All that may take long comes first, such as connecting; then `permission` is asked for, and with it the letter is
    /// handed over at once. The same mail always has the same `Message-ID`.
    ///
    /// # Errors
    /// [`MailerError`]; whether the mail was taken is then unknown only where the connection broke off.
    async fn send(&self, letter: &Letter<'_>, permission: &dyn Permission) -> Result<(), MailerError>;

    /// Sends a notice, under the same promises.
    ///
    /// # Errors
    /// As [`send`](Self::send).
    async fn notify(&self, letter: &NoticeLetter<'_>, permission: &dyn Permission)
    -> Result<(), MailerError>;
}

/// Says at the last moment whether a letter may still be sent.
#[async_trait]
pub trait Permission: Send + Sync {
    /// Whether nothing has happened since the letter was written that makes it useless, or has it wait.
    async fn is_given(&self) -> bool;
}

/// Why a letter was not sent. The text is in our words: it may carry a status code, and nothing else of what the mail
/// server said.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailerError {
    /// It may go through later.
    #[error("{0}")]
    Later(String),
    /// It never will.
    #[error("{0}")]
    Never(String),
    /// There was no [`Permission`] any more.
    #[error("it was withdrawn at the last moment")]
    Withdrawn,
}
