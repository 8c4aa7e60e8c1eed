//! Sending the mail that is due.

use async_trait::async_trait;

use super::{Fault, reveal::open};
use crate::{
    access_token::{Dossier, Posting},
    mail::{Letter, MAX_ATTEMPTS, Mail, next_attempt},
    port::{
        Ports,
        mailer::{Mailer, MailerError, Permission},
        outbox::Attempt,
    },
    secret::AccessSecret,
    time::Timestamp,
};

/// How long a mail that was taken belongs to whoever took it, in seconds. A mailer gives up sooner; should the service
/// die meanwhile, the mail is due again after it.
pub const LEASE_SECONDS: i64 = 30;

/// Why a mail is given up whose attempts were begun, and never came to an end.
pub(super) const UNFINISHED: &str = "no attempt to send it came to an end; the log of the service says more";

/// Sends one mail, if one is due. Any number of callers on any number of instances may do so at once.
pub struct DeliverMail<'a> {
    /// What sends it.
    pub mailer: &'a dyn Mailer,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// Nothing is due.
    Idle,
    /// A mail server took a mail.
    Sent,
    /// It did not, for this reason, and it is tried again.
    Again(String),
    /// It never will, for this reason.
    Failed(String),
    /// Something happened at the last moment, and it was not sent. It is looked at again later.
    Withdrawn,
}

impl DeliverMail<'_> {
    /// What was done.
    ///
    /// # Errors
    /// Where nothing can be said. What was taken is then due again later, under the same `Message-ID`.
    pub async fn run(self, ports: &Ports) -> Result<Delivery, Fault> {
        let now = ports.clock.now();
        let until = now.plus_seconds(LEASE_SECONDS);
        let Some((mail, dossier)) = ports.outbox.take_due(now, until).await? else {
            return Ok(Delivery::Idle);
        };
        let sent = if mail.attempts > MAX_ATTEMPTS {
            Err(MailerError::Never(UNFINISHED.to_owned()))
        } else {
            send(ports, self.mailer, &mail, &dossier).await
        };
        let Some((attempt, delivery)) = settled(sent, mail.attempts, ports.clock.now()) else {
            return Ok(Delivery::Withdrawn);
        };
        ports.outbox.settle(mail.id, &attempt).await?;
        Ok(delivery)
    }
}

/// Judges a mail once more, as it was judged when it was taken.
struct Rejudged<'a> {
    ports: &'a Ports,
    mail: &'a Mail,
}

#[async_trait]
impl Permission for Rejudged<'_> {
    async fn is_given(&self) -> bool {
        // Where the store cannot answer it is not given: the mail is due again when its lease ends.
        let found = self.ports.access.find_by_id(self.mail.token).await;
        found
            .ok()
            .flatten()
            .is_some_and(|dossier| dossier.posting(self.mail.kind) == Posting::Send)
    }
}

async fn send(ports: &Ports, mailer: &dyn Mailer, mail: &Mail, dossier: &Dossier) -> Result<(), MailerError> {
    let secret: Option<AccessSecret> = if mail.kind.has_link() {
        let sealed = dossier.token.sealed.as_ref();
        let unsealable = || MailerError::Later("the link could not be unsealed".to_owned());
        let sealed = sealed.ok_or_else(unsealable)?;
        Some(open(ports, sealed, &dossier.token.seal_binding()).map_err(|_| unsealable())?)
    } else {
        None
    };
    let letter = Letter {
        mail,
        dossier,
        secret: secret.as_ref(),
    };
    mailer.send(&letter, &Rejudged { ports, mail }).await
}

/// What is kept of an attempt, and what is told of it; `None` where nothing was tried after all.
pub(super) fn settled(
    sent: Result<(), MailerError>,
    attempts: u32,
    now: Timestamp,
) -> Option<(Attempt, Delivery)> {
    let given_up = |failure: String| {
        let attempt = Attempt::Failed {
            failure: failure.clone(),
        };
        (attempt, Delivery::Failed(failure))
    };
    Some(match sent {
        Ok(()) => (Attempt::Sent { at: now }, Delivery::Sent),
        Err(MailerError::Withdrawn) => return None,
        Err(MailerError::Never(failure)) => given_up(failure),
        Err(MailerError::Later(failure)) => match next_attempt(attempts, now) {
            None => given_up(failure),
            Some(due_at) => {
                let attempt = Attempt::Again {
                    due_at,
                    failure: failure.clone(),
                };
                (attempt, Delivery::Again(failure))
            }
        },
    })
}
