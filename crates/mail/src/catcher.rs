//! A mailer that sends nothing, for a demonstration without a mail server.

use std::{
    collections::VecDeque,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;
use symbolon_domain::{
    mail::Letter,
    notice::NoticeLetter,
    port::{
        clock::Clock,
        mailer::{Mailer, MailerError, Permission},
    },
    time::Timestamp,
};

use crate::{Letterhead, RenderError, Rendered};

/// Keeps the newest mails in memory instead of sending them. Cheap to clone; all clones share what they keep.
///
/// What it keeps has live links in it, so it is for demonstrations on one machine only.
#[derive(Clone)]
pub struct Catcher {
    letterhead: Arc<Letterhead>,
    clock: Arc<dyn Clock>,
    mails: Arc<Mutex<VecDeque<Arc<Caught>>>>,
}

/// A mail that was caught.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caught {
    /// When.
    pub at: Timestamp,
    /// What a reader sees of it. Its page wants a response of its own, with `default-src 'none'; style-src
    /// 'unsafe-inline'; sandbox allow-popups allow-popups-to-escape-sandbox`: it has inline styles, links that lead to
    /// ordinary pages, and no business with the page around it.
    pub mail: Rendered,
    /// The headers as a mail server would get them, one a line, folded lines included.
    pub headers: String,
}

impl Catcher {
    /// The most mails that are kept.
    pub const MAX: usize = 200;

    /// A catcher that has caught nothing.
    #[must_use]
    pub fn new(letterhead: Letterhead, clock: Arc<dyn Clock>) -> Self {
        Self {
            letterhead: Arc::new(letterhead),
            clock,
            mails: Arc::default(),
        }
    }

    /// What is kept, the newest first.
    #[must_use]
    pub fn list(&self) -> Vec<Arc<Caught>> {
        self.mails().iter().cloned().collect()
    }

    /// The mail or notice with this id, while it is kept.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<Arc<Caught>> {
        self.mails()
            .iter()
            .find(|caught| caught.mail.mail.to_string() == id)
            .cloned()
    }

    /// Keeps a mail. One that was sent before is kept once, as a mailbox does that knows its `Message-ID`.
    async fn keep(
        &self,
        mail: Result<Rendered, RenderError>,
        permission: &dyn Permission,
    ) -> Result<(), MailerError> {
        let mail = mail.map_err(|error| MailerError::Later(error.to_string()))?;
        let at = self.clock.now();
        let eml = mail.to_eml(at);
        let eml = String::from_utf8_lossy(&eml);
        let headers = eml.split_once("\r\n\r\n").map_or("", |(headers, _)| headers);
        let caught = Arc::new(Caught {
            at,
            headers: headers.replace("\r\n", "\n"),
            mail,
        });
        if !permission.is_given().await {
            return Err(MailerError::Withdrawn);
        }
        let mut mails = self.mails();
        mails.retain(|other| other.mail.mail != caught.mail.mail);
        mails.push_front(caught);
        mails.truncate(Self::MAX);
        Ok(())
    }

    /// What panicked elsewhere cannot have left the queue half changed.
    fn mails(&self) -> MutexGuard<'_, VecDeque<Arc<Caught>>> {
        self.mails.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Catcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Catcher({} mails)", self.mails().len())
    }
}

#[async_trait]
impl Mailer for Catcher {
    async fn send(&self, letter: &Letter<'_>, permission: &dyn Permission) -> Result<(), MailerError> {
        self.keep(self.letterhead.render(letter), permission).await
    }

    async fn notify(
        &self,
        letter: &NoticeLetter<'_>,
        permission: &dyn Permission,
    ) -> Result<(), MailerError> {
        self.keep(self.letterhead.render_notice(letter), permission).await
    }
}
