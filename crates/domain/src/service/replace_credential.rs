//! Replacing a credential: the old one is revoked, and another is issued to the same person.

use super::{
    Fault,
    caller::Authority,
    issue_credentials::{CredentialWish, ExpiryWish, MadeCredential, draft, made},
    repetition::{Repetition, RepetitionError},
};
use crate::{
    access_token::Dossier,
    activity::{About, Action},
    id::{RecipientId, TemplateId},
    idempotency::Repeatable,
    port::{
        Ports,
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
    /// The request, where the client named it.
    pub request: Option<Repeatable>,
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
    /// The key names another request.
    #[error("the idempotency key was used for another request")]
    KeyTaken,
    /// The organization was cancelled.
    #[error("the organization is cancelled")]
    OrganizationCancelled,
    /// Nothing can be said.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<RepetitionError> for ReplaceCredentialError {
    fn from(error: RepetitionError) -> Self {
        match error {
            RepetitionError::KeyTaken => Self::KeyTaken,
            RepetitionError::Fault(fault) => fault.into(),
        }
    }
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
        if let Some(earlier) = self.earlier(ports, now).await? {
            return Ok(earlier);
        }
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
        let (new, secret) = draft(
            ports,
            self.authority,
            &template,
            &wish,
            self.repetition().named(0),
            now,
        )?
        .ok_or(Error::ExpiryNotAfterIssue)?;

        let about = About::access(&old.token, old.template.id);
        let entry = self
            .authority
            .entry(ports, Action::CredentialRevoked, about, now)
            .map_err(Fault::from)?;
        let revocation = Revocation {
            at: now,
            reason: self.reason.clone(),
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
            // By this very request, perhaps, sent twice at once.
            Succession::AlreadyRevoked => self.earlier(ports, now).await?.ok_or(Error::AlreadyRevoked),
            Succession::Absent => Err(Error::Absent),
            Succession::NotIssued(Issuing::Duplicate(_)) => Err(Error::Duplicate),
            Succession::NotIssued(Issuing::TemplateAbsent) => Err(Error::TemplateAbsent),
            Succession::NotIssued(Issuing::OrganizationCancelled) => Err(Error::OrganizationCancelled),
            Succession::NotIssued(Issuing::KeyTaken) => Err(Error::KeyTaken),
        }
    }

    /// What this very request has put in place before.
    async fn earlier(
        &self,
        ports: &Ports,
        now: Timestamp,
    ) -> Result<Option<MadeCredential>, ReplaceCredentialError> {
        let repetition = self.repetition();
        Ok(match repetition.earlier(ports).await?.get(&0) {
            Some(id) => Some(repetition.replay(ports, *id, now).await?),
            None => None,
        })
    }

    fn repetition(&self) -> Repetition<'_> {
        Repetition {
            authority: self.authority,
            request: self.request.as_ref(),
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
