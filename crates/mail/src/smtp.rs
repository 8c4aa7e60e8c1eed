//! Handing mails to a mail server.
//!
//! lettre's connection speaks SMTP; when it is opened, how long each step may take, and what a refusal means is decided
//! here. lettre's own transport does not tell a refused recipient from a refused password, and waits for ever.

mod connection;
mod pool;
mod refusal;
mod settings;

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use symbolon_domain::{
    mail::Letter,
    notice::NoticeLetter,
    port::{
        clock::Clock,
        mailer::{Mailer, MailerError, Permission},
    },
    service::deliver_mail::LEASE_SECONDS,
};
use tokio::time::timeout;

pub use self::settings::{Encryption, SmtpSettings, SmtpSettingsError};
use self::{connection::Connector, pool::Pool, refusal::Step};
use crate::{Letterhead, RenderError, Rendered};

/// How long sending a mail may take, all in all. Whoever took the mail owns it for longer.
const WHOLE: Duration = Duration::from_secs(20);
const _: () = assert!(WHOLE.as_secs() < LEASE_SECONDS.unsigned_abs());

/// Sends mails by SMTP, up to eight at once. Cheap to clone; all clones share their connections.
///
/// It is made and used within a tokio runtime.
#[derive(Clone, Debug)]
pub struct SmtpMailer {
    letterhead: Arc<Letterhead>,
    clock: SharedClock,
    pool: Arc<Pool>,
}

impl SmtpMailer {
    /// A mailer; nothing is connected yet.
    ///
    /// # Errors
    /// [`SmtpError`] where TLS cannot be set up.
    pub fn new(
        settings: &SmtpSettings,
        letterhead: Letterhead,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, SmtpError> {
        Ok(Self {
            letterhead: Arc::new(letterhead),
            clock: SharedClock(clock),
            pool: Arc::new(Pool::new(Connector::new(settings)?)),
        })
    }

    /// Connects, agrees on TLS and logs in as for a mail, and sends none.
    ///
    /// # Errors
    /// What stands in the way, always as [`MailerError::Later`].
    pub async fn check(&self) -> Result<(), MailerError> {
        within_the_whole(Box::pin(self.try_out())).await
    }

    async fn try_out(&self) -> Result<(), MailerError> {
        let mut connection = self.pool.connector().connect().await?;
        let answer = connection.rest().await;
        connection.leave();
        answer
    }

    async fn hand_over(
        &self,
        mail: Result<Rendered, RenderError>,
        permission: &dyn Permission,
    ) -> Result<(), MailerError> {
        let mail = mail.map_err(|error| MailerError::Later(error.to_string()))?;
        let _permit = self.pool.permit().await?;
        let mut connection = self.pool.take().await?;
        if !permission.is_given().await {
            self.pool.park(connection);
            return Err(MailerError::Withdrawn);
        }
        // Dated at the last moment: it may have waited.
        let eml = mail.to_eml(self.clock.0.now());
        match connection.send(&mail.from.address, &mail.to.address, &eml).await {
            Ok(()) => {
                self.pool.park(connection);
                Ok(())
            }
            Err(refusal) => {
                connection.leave();
                Err(refusal)
            }
        }
    }
}

#[async_trait]
impl Mailer for SmtpMailer {
    async fn send(&self, letter: &Letter<'_>, permission: &dyn Permission) -> Result<(), MailerError> {
        let mail = self.letterhead.render(letter);
        within_the_whole(Box::pin(self.hand_over(mail, permission))).await
    }

    async fn notify(
        &self,
        letter: &NoticeLetter<'_>,
        permission: &dyn Permission,
    ) -> Result<(), MailerError> {
        let mail = self.letterhead.render_notice(letter);
        within_the_whole(Box::pin(self.hand_over(mail, permission))).await
    }
}

/// What is under way when the time is up is dropped, and its connection with it.
async fn within_the_whole<T>(work: impl Future<Output = Result<T, MailerError>>) -> Result<T, MailerError> {
    timeout(WHOLE, work)
        .await
        .unwrap_or_else(|_| Err(refusal::too_slow()))
}

/// TLS cannot be set up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SmtpError {
    /// The machine's certificates, or the mail server's name, are of no use.
    #[error(
        "TLS to the mail server cannot be set up; check its host name and the machine's root certificates"
    )]
    Tls,
}

#[derive(Clone)]
struct SharedClock(Arc<dyn Clock>);

impl std::fmt::Debug for SharedClock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Clock")
    }
}
