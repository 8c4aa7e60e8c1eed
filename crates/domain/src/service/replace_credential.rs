//! Replacing a credential: the old one is revoked, and another is issued to the same person.

use super::{
    Fault,
    caller::Authority,
    issue_credentials::{CredentialWish, ExpiryWish, MadeCredential, draft, made},
};
use crate::{
    access_token::Dossier,
    activity::{About, Action},
    id::{RecipientId, TemplateId},
    port::{
        Ports, StoreError,
        recipients::{Issuing, Succession},
    },
    recipient::Revocation,
    text::RevocationReason,
    time::Timestamp,
};

/// Replaces a credential. Name, mail address and everything else about the person stay.
#[derive(Debug)]
pub struct ReplaceCredential<'a> {
    /// Who asks.
    pub authority: Authority<'a>,
    /// Whose credential.
    pub recipient: RecipientId,
    /// On which template; on the same, if it is not given.
    pub template: Option<TemplateId>,
    /// The date on the new credential; now, if it is not given.
    pub issued_at: Option<Timestamp>,
    /// When the new one expires.
    pub expiry: ExpiryWish,
    /// Why the old one is revoked.
    pub reason: Option<RevocationReason>,
    /// Whether the mail with the new link is left out.
    pub suppress_mail: bool,
}

/// Why nothing was replaced.
#[derive(Debug, thiserror::Error)]
pub enum ReplaceCredentialError {
    /// The organization has no such recipient.
    #[error("there is no such recipient")]
    Absent,
    /// The organization has no such template.
    #[error("there is no such template")]
    TemplateAbsent,
    /// The new one would expire before it is issued.
    #[error("the credential would expire before it is issued")]
    ExpiryNotAfterIssue,
    /// The person has a credential on the other template already.
    #[error("the template has a recipient with this mail address")]
    Duplicate,
    /// The old one is revoked already.
    #[error("the credential is revoked already")]
    AlreadyRevoked,
    /// The organization was cancelled.
    #[error("the organization is cancelled")]
    OrganizationCancelled,
    /// Nothing can be said.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl ReplaceCredential<'_> {
    /// The new credential, and the value of its access token.
    ///
    /// # Errors
    /// Why there is none.
    pub async fn run(self, ports: &Ports) -> Result<MadeCredential, ReplaceCredentialError> {
        use ReplaceCredentialError as Error;

        let now = ports.clock.now();
        let organization = self.authority.organization();
        let old = ports
            .recipients
            .find(organization.id, self.recipient)
            .await
            .map_err(Fault::from)?
            .ok_or(Error::Absent)?;
        let template = match self.template {
            None => old.template.clone(),
            Some(id) => ports
                .templates
                .find(organization.id, id)
                .await
                .map_err(Fault::from)?
                .ok_or(Error::TemplateAbsent)?,
        };
        let wish = self.wish(&old, template.id);
        let (new, secret) =
            draft(ports, self.authority, &template, &wish, None, now)?.ok_or(Error::ExpiryNotAfterIssue)?;

        let about = About::access(&old.token, old.template.id);
        let entry = self
            .authority
            .entry(ports, Action::CredentialRevoked, about, now)
            .map_err(Fault::from)?;
        let revocation = Revocation {
            at: now,
            reason: self.reason,
        };
        let succession = ports
            .recipients
            .succeed(organization.id, self.recipient, &revocation, &entry, &new)
            .await
            .map_err(Fault::from)?;
        match succession {
            Succession::Succeeded | Succession::NotIssued(Issuing::Issued) => {
                Ok(made(organization, &template, new, secret))
            }
            Succession::AlreadyRevoked => Err(Error::AlreadyRevoked),
            Succession::Absent => Err(Error::Absent),
            Succession::NotIssued(Issuing::Duplicate(_)) => Err(Error::Duplicate),
            Succession::NotIssued(Issuing::TemplateAbsent) => Err(Error::TemplateAbsent),
            Succession::NotIssued(Issuing::OrganizationCancelled) => Err(Error::OrganizationCancelled),
            // A replacement has no name that a client gave it.
            Succession::NotIssued(Issuing::KeyTaken) => Err(Fault::from(StoreError::new(
                "a request without a name was refused for its name",
            ))
            .into()),
        }
    }

    fn wish(&self, old: &Dossier, template: TemplateId) -> CredentialWish {
        let person = &old.recipient;
        CredentialWish {
            template,
            mail: person.mail.clone(),
            first_name: person.first_name.clone(),
            last_name: person.last_name.clone(),
            issued_at: self.issued_at,
            expiry: self.expiry,
            locale: person.locale,
            external_id: person.external_id.clone(),
            is_test: person.is_test,
            suppress_mail: self.suppress_mail,
        }
    }
}
