//! Reset, revoke and replace: what administrators do with a recipient's access token.

use super::{
    Fault,
    access_draft::{AccessDraft, mail},
    caller::Authority,
};
use crate::{
    access_token::{AccessToken, Dossier},
    activity::{About, Action, ActivityEntry},
    id::RecipientId,
    mail::MailKind,
    port::{
        Ports,
        access_tokens::{AccessChange, AccessRecord},
        recipients::Correction,
    },
    secret::AccessSecret,
    text::MailAddress,
    time::Timestamp,
};

/// Clears the binding of a recipient's token: the same link works again, for whoever connects first. They are told by
/// mail.
#[derive(Debug)]
pub struct ResetAccess<'a> {
    /// Who asks.
    pub authority: Authority<'a>,
    /// Whose token.
    pub recipient: RecipientId,
}

impl ResetAccess<'_> {
    /// What became of it. From the answer on the profile that was bound sees nothing.
    ///
    /// # Errors
    /// Where nothing can be said.
    pub async fn run(self, ports: &Ports) -> Result<AccessChange, Fault> {
        let now = ports.clock.now();
        let Some(dossier) = find(ports, self.authority, self.recipient).await? else {
            return Ok(AccessChange::Absent);
        };
        let entry = entry(ports, self.authority, Action::AccessReset, &dossier, now)?;
        let mail = mail(ports, &dossier.token, MailKind::AccessReset, now)?;
        let record = AccessRecord {
            entry: &entry,
            mail: Some(&mail),
        };
        let organization = self.authority.organization().id;
        Ok(ports.access.reset(organization, self.recipient, record).await?)
    }
}

/// Revokes access: the token can no longer claim. What was claimed stays.
#[derive(Debug)]
pub struct RevokeAccess<'a> {
    /// Who asks.
    pub authority: Authority<'a>,
    /// Whose token.
    pub recipient: RecipientId,
}

impl RevokeAccess<'_> {
    /// What became of it.
    ///
    /// # Errors
    /// Where nothing can be said.
    pub async fn run(self, ports: &Ports) -> Result<AccessChange, Fault> {
        let now = ports.clock.now();
        let Some(dossier) = find(ports, self.authority, self.recipient).await? else {
            return Ok(AccessChange::Absent);
        };
        let entry = entry(ports, self.authority, Action::AccessRevoked, &dossier, now)?;
        let record = AccessRecord {
            entry: &entry,
            mail: None,
        };
        let organization = self.authority.organization().id;
        Ok(ports
            .access
            .revoke(organization, self.recipient, record, now)
            .await?)
    }
}

/// Retires a recipient's token and puts a new one in its place, which is mailed.
#[derive(Debug)]
pub struct ReplaceAccess<'a> {
    /// Who asks.
    pub authority: Authority<'a>,
    /// Whose token.
    pub recipient: RecipientId,
}

/// What became of a replacement.
#[derive(Debug)]
pub enum Replacing {
    /// The new token, and its value.
    Replaced(Box<AccessToken>, AccessSecret),
    /// Nothing was changed, for this reason; never [`AccessChange::Changed`].
    Not(AccessChange),
}

impl ReplaceAccess<'_> {
    /// What became of it. From the answer on the old link only says that a newer mail has the link.
    ///
    /// # Errors
    /// Where nothing can be said.
    pub async fn run(self, ports: &Ports) -> Result<Replacing, Fault> {
        let now = ports.clock.now();
        let Some(dossier) = find(ports, self.authority, self.recipient).await? else {
            return Ok(Replacing::Not(AccessChange::Absent));
        };
        let fresh = AccessDraft::after(ports, &dossier.recipient, &dossier.token, now)?;
        let about = About::access(&fresh.token, dossier.template.id);
        let entry = self.authority.entry(ports, Action::AccessReplaced, about, now)?;
        let mail = mail(ports, &fresh.token, MailKind::Access, now)?;
        let record = AccessRecord {
            entry: &entry,
            mail: Some(&mail),
        };
        let organization = self.authority.organization().id;
        let changed = ports
            .access
            .replace(organization, &fresh.token, record, now)
            .await?;
        Ok(match changed {
            AccessChange::Changed => Replacing::Replaced(Box::new(fresh.token), fresh.secret),
            not => Replacing::Not(not),
        })
    }
}

/// Corrects the mail address of somebody who has never claimed. The link went to somebody else, so a new one takes its
/// place, which is mailed to the right address.
#[derive(Debug)]
pub struct CorrectAddress<'a> {
    /// Who asks.
    pub authority: Authority<'a>,
    /// Whose address.
    pub recipient: RecipientId,
    /// The right one.
    pub mail: MailAddress,
}

impl CorrectAddress<'_> {
    /// What became of it. From the answer on the old link only says that a newer mail has the link.
    ///
    /// # Errors
    /// Where nothing can be said.
    pub async fn run(self, ports: &Ports) -> Result<Correction, Fault> {
        let now = ports.clock.now();
        let Some(dossier) = find(ports, self.authority, self.recipient).await? else {
            return Ok(Correction::Absent);
        };
        let fresh = AccessDraft::after(ports, &dossier.recipient, &dossier.token, now)?;
        let about = About::access(&fresh.token, dossier.template.id);
        let entry = self
            .authority
            .entry(ports, Action::AddressCorrected, about, now)?;
        let mail = mail(ports, &fresh.token, MailKind::Access, now)?;
        let record = AccessRecord {
            entry: &entry,
            mail: Some(&mail),
        };
        let organization = self.authority.organization().id;
        Ok(ports
            .recipients
            .correct_mail(organization, &self.mail, &fresh.token, record, now)
            .await?)
    }
}

/// Grants a request for a reset: [resets](ResetAccess) what was asked for, while it waits.
#[derive(Debug)]
pub struct GrantReset<'a> {
    /// Who asks.
    pub authority: Authority<'a>,
    /// About whose token.
    pub recipient: RecipientId,
    /// When the request was made that was looked at: another one is not granted with it.
    pub asked_at: Timestamp,
}

impl GrantReset<'_> {
    /// Whether that request waited. An approval that comes late takes nothing from whoever has claimed since.
    ///
    /// # Errors
    /// Where nothing can be said.
    pub async fn run(self, ports: &Ports) -> Result<bool, Fault> {
        let now = ports.clock.now();
        let Some(dossier) = find(ports, self.authority, self.recipient).await? else {
            return Ok(false);
        };
        let entry = entry(ports, self.authority, Action::AccessReset, &dossier, now)?;
        let mail = mail(ports, &dossier.token, MailKind::AccessReset, now)?;
        let record = AccessRecord {
            entry: &entry,
            mail: Some(&mail),
        };
        let organization = self.authority.organization().id;
        Ok(ports
            .access
            .grant_reset(organization, self.recipient, self.asked_at, record)
            .await?)
    }
}

/// Dismisses a request for a reset: whoever has claimed keeps it.
#[derive(Debug)]
pub struct DismissReset<'a> {
    /// Who asks.
    pub authority: Authority<'a>,
    /// About whose token.
    pub recipient: RecipientId,
    /// When the request was made that was looked at: another one still waits.
    pub asked_at: Timestamp,
}

impl DismissReset<'_> {
    /// Whether that request waited.
    ///
    /// # Errors
    /// Where nothing can be said.
    pub async fn run(self, ports: &Ports) -> Result<bool, Fault> {
        let now = ports.clock.now();
        let Some(dossier) = find(ports, self.authority, self.recipient).await? else {
            return Ok(false);
        };
        let entry = entry(ports, self.authority, Action::ResetDismissed, &dossier, now)?;
        let organization = self.authority.organization().id;
        Ok(ports
            .access
            .dismiss_reset(organization, self.recipient, self.asked_at, &entry)
            .await?)
    }
}

async fn find(
    ports: &Ports,
    authority: Authority<'_>,
    recipient: RecipientId,
) -> Result<Option<Dossier>, Fault> {
    let organization = authority.organization().id;
    Ok(ports.recipients.find(organization, recipient).await?)
}

fn entry(
    ports: &Ports,
    authority: Authority<'_>,
    action: Action,
    dossier: &Dossier,
    now: Timestamp,
) -> Result<ActivityEntry, Fault> {
    let about = About::access(&dossier.token, dossier.template.id);
    Ok(authority.entry(ports, action, about, now)?)
}
