//! Sending the notices that are due.

use async_trait::async_trait;

use crate::{
    activity::{Actor, names::Mentioned},
    id::NoticeId,
    mail::MAX_ATTEMPTS,
    notice::{Maker, NoticeDossier, NoticeLetter, NoticeSubject},
    port::{
        Ports, StoreError,
        mailer::{Mailer, MailerError, Permission},
    },
    secret::AdministratorLinkSecret,
    service::{
        Fault,
        deliver_mail::{Delivery, LEASE_SECONDS, UNFINISHED, settled},
        reveal::open,
    },
};

/// Sends one notice, if one is due. Any number of callers on any number of instances may do so at once.
pub struct DeliverNotice<'a> {
    /// What sends it.
    pub mailer: &'a dyn Mailer,
}

impl DeliverNotice<'_> {
    /// What was done.
    ///
    /// # Errors
    /// Where nothing can be said. What was taken is then due again later, under the same `Message-ID`.
    pub async fn run(self, ports: &Ports) -> Result<Delivery, Fault> {
        let now = ports.clock.now();
        let until = now.plus_seconds(LEASE_SECONDS);
        let Some(dossier) = ports.notices.take_due(now, until).await? else {
            return Ok(Delivery::Idle);
        };
        let notice = &dossier.notice;
        if !dossier.is_worth_sending(now) {
            ports.notices.drop_useless(notice.id).await?;
            return Ok(Delivery::Withdrawn);
        }
        let sent = if notice.attempts > MAX_ATTEMPTS {
            Err(MailerError::Never(UNFINISHED.to_owned()))
        } else {
            send(ports, self.mailer, &dossier).await
        };
        let Some((attempt, delivery)) = settled(sent, notice.attempts, ports.clock.now()) else {
            return Ok(Delivery::Withdrawn);
        };
        ports.notices.settle(notice.id, &attempt).await?;
        Ok(delivery)
    }
}

/// Judges a notice once more, as it was judged when it was taken.
struct Rejudged<'a> {
    ports: &'a Ports,
    id: NoticeId,
}

#[async_trait]
impl Permission for Rejudged<'_> {
    async fn is_given(&self) -> bool {
        let found = self.ports.notices.look_again(self.id).await;
        let now = self.ports.clock.now();
        found
            .ok()
            .flatten()
            .is_some_and(|dossier| dossier.is_worth_sending(now))
    }
}

async fn send(ports: &Ports, mailer: &dyn Mailer, dossier: &NoticeDossier) -> Result<(), MailerError> {
    let secret: Option<AdministratorLinkSecret> = match &dossier.link {
        None => None,
        Some(link) => {
            let unsealable = || MailerError::Later("the link could not be unsealed".to_owned());
            let sealed = link.sealed.as_ref().ok_or_else(unsealable)?;
            let binding = link.seal_binding(dossier.organization.id);
            Some(open(ports, sealed, &binding).map_err(|_| unsealable())?)
        }
    };
    let maker = maker(ports, dossier)
        .await
        .map_err(|_| MailerError::Later("the store could not say who made the token".to_owned()))?;
    let letter = NoticeLetter {
        dossier,
        secret: secret.as_ref(),
        maker: maker.as_ref(),
        now: ports.clock.now(),
    };
    let id = dossier.notice.id;
    mailer.notify(&letter, &Rejudged { ports, id }).await
}

/// Who made the token that a notice tells of: of no other is it said.
async fn maker(ports: &Ports, dossier: &NoticeDossier) -> Result<Option<Maker>, StoreError> {
    let NoticeSubject::TokenMade(token) = dossier.notice.subject else {
        return Ok(None);
    };
    let organization = dossier.organization.id;
    let makers = ports.activity.makers(organization, &[token]).await?;
    let mut mentioned = Mentioned::default();
    let actor = makers.get(&token).copied();
    match actor {
        Some(Actor::Administrator(id)) => mentioned.administrators.extend([id]),
        Some(Actor::Token(id)) => mentioned.tokens.extend([id]),
        Some(Actor::Operator | Actor::Recipient) | None => {}
    }
    let names = ports.activity.names(organization, &mentioned).await?;
    Ok(match actor {
        Some(Actor::Administrator(id)) => Some(Maker::Administrator(names.administrators.get(&id).cloned())),
        Some(Actor::Token(id)) => Some(Maker::Token(names.tokens.get(&id).cloned().flatten())),
        Some(Actor::Operator) => Some(Maker::Operator),
        Some(Actor::Recipient) | None => None,
    })
}
