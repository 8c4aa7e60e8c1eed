//! Mailing the same link again: for administrators, and for recipients who have lost their mail.

use super::{
    Fault,
    access_draft::mail,
    caller::{Authority, entry},
};
use crate::{
    access_token::Dossier,
    activity::{About, Action, Attribution, RequestOrigin},
    id::RecipientId,
    mail::MailKind,
    port::{Ports, outbox::Resending},
    text::MailAddress,
    time::Timestamp,
};

/// The most links that are mailed for one address at once.
const MAX_LINKS: u32 = 50;

/// Mails a recipient's link again.
#[derive(Debug)]
pub struct MailAgain<'a> {
    /// Who asks.
    pub authority: Authority<'a>,
    /// To whom.
    pub recipient: RecipientId,
}

impl MailAgain<'_> {
    /// What became of it.
    ///
    /// # Errors
    /// Where nothing can be said.
    pub async fn run(self, ports: &Ports) -> Result<Resending, Fault> {
        let now = ports.clock.now();
        let organization = self.authority.organization().id;
        match ports.recipients.find(organization, self.recipient).await? {
            None => Ok(Resending::Absent),
            Some(dossier) => queue(ports, &dossier, self.authority.attribution(), now).await,
        }
    }
}

/// Mails all links of an address to that address, for whoever asks. Nobody is told whether there are any.
#[derive(Debug)]
pub struct RetrieveLinks {
    /// The address.
    pub mail: MailAddress,
    /// Where the request comes from.
    pub origin: RequestOrigin,
}

impl RetrieveLinks {
    /// How many mails were queued: for the service's own records, never for whoever asked.
    ///
    /// # Errors
    /// Where nothing can be said.
    pub async fn run(self, ports: &Ports) -> Result<u32, Fault> {
        let now = ports.clock.now();
        let mut queued = 0;
        for dossier in ports.recipients.with_mail(&self.mail, MAX_LINKS).await? {
            let by = self.origin.by_recipient();
            if queue(ports, &dossier, by, now).await? == Resending::Queued {
                queued += 1;
            }
        }
        Ok(queued)
    }
}

async fn queue(
    ports: &Ports,
    dossier: &Dossier,
    by: Attribution,
    now: Timestamp,
) -> Result<Resending, Fault> {
    let (organization, recipient) = (dossier.organization.id, dossier.recipient.id);
    let about = About::access(&dossier.token, dossier.template.id);
    let entry = entry(ports, organization, by, Action::AccessMailedAgain, about, now)?;
    let mail = mail(ports, &dossier.token, MailKind::AccessAgain, now)?;
    Ok(ports
        .outbox
        .queue_again(organization, recipient, &mail, &entry, now)
        .await?)
}
