//! Issuing credentials: recipient, credential, access token and mail, all in one step.

use std::collections::HashMap;

use super::{
    Fault,
    access_draft::{AccessDraft, mail},
    caller::Authority,
    repetition::{Repetition, RepetitionError},
};
use crate::{
    access_token::Dossier,
    activity::{About, Action},
    id::{RecipientId, TemplateId},
    idempotency::Repeatable,
    mail::MailKind,
    organization::Organization,
    port::{
        Ports, StoreError,
        recipients::{IssueRequest, Issuing, NewRecipient},
    },
    recipient::{Locale, Recipient},
    secret::AccessSecret,
    template::Template,
    text::{ExternalId, MailAddress, PersonName},
    time::Timestamp,
};

/// The most credentials that one call issues.
pub const MAX_BATCH: usize = 1_000;

/// Issues credentials, each on its own.
#[derive(Debug)]
pub struct IssueCredentials<'a> {
    /// Who asks.
    pub authority: Authority<'a>,
    /// Who gets what; at most [`MAX_BATCH`].
    pub wishes: Vec<CredentialWish>,
    /// The request, where the client named it.
    pub request: Option<Repeatable>,
}

/// What is to be issued, and to whom.
#[derive(Debug, Clone)]
pub struct CredentialWish {
    /// On which template.
    pub template: TemplateId,
    /// Where the mail goes.
    pub mail: MailAddress,
    /// The first name.
    pub first_name: PersonName,
    /// The last name.
    pub last_name: Option<PersonName>,
    /// The date on the credential; now, if it is not given.
    pub issued_at: Option<Timestamp>,
    /// When it expires.
    pub expiry: ExpiryWish,
    /// In which language they are written to.
    pub locale: Locale,
    /// What the issuer's own records call them.
    pub external_id: Option<ExternalId>,
    /// Whether this is somebody who tries things out.
    pub is_test: bool,
    /// Whether the mail with the link is left out.
    pub suppress_mail: bool,
}

/// When a credential is to expire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ExpiryWish {
    /// As the template has it.
    #[default]
    Template,
    /// Never.
    Never,
    /// At this instant, after the date on the credential.
    At(Timestamp),
}

/// What became of one wish.
#[derive(Debug)]
pub enum Issued {
    /// It is issued; with the value of its access token.
    Made(Box<MadeCredential>),
    /// The template has a recipient with this mail address.
    Duplicate,
    /// The organization has no such template.
    TemplateAbsent,
    /// It would expire before it is issued.
    ExpiryNotAfterIssue,
}

/// A credential that was issued, and the value of its access token.
#[derive(Debug)]
pub struct MadeCredential {
    /// The recipient and everything around them.
    pub dossier: Dossier,
    /// The value; `None` where an earlier answer is given again and the token is no longer usable.
    pub secret: Option<AccessSecret>,
    /// Whether an earlier answer is given again.
    pub replayed: bool,
}

/// Why nothing was issued at all.
#[derive(Debug, thiserror::Error)]
pub enum IssueCredentialsError {
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

impl From<RepetitionError> for IssueCredentialsError {
    fn from(error: RepetitionError) -> Self {
        match error {
            RepetitionError::KeyTaken => Self::KeyTaken,
            RepetitionError::Fault(fault) => fault.into(),
        }
    }
}

impl IssueCredentials<'_> {
    /// What became of each wish, in their order.
    ///
    /// # Errors
    /// Why the call failed as a whole. What was issued before a rival took the key, or the organization was cancelled,
    /// stays issued.
    pub async fn run(self, ports: &Ports) -> Result<Vec<Issued>, IssueCredentialsError> {
        let now = ports.clock.now();
        let earlier = self.repetition().earlier(ports).await?;
        let templates = self.templates(ports).await?;

        let mut outcomes = Vec::with_capacity(self.wishes.len());
        let mut drafts = Vec::new();
        for (place, wish) in self.wishes.iter().enumerate() {
            let outcome = if let Some(id) = earlier.get(&place) {
                Some(self.replay(ports, *id, now).await?)
            } else {
                match templates.get(&wish.template) {
                    None => Some(Issued::TemplateAbsent),
                    Some(template) => {
                        match draft(
                            ports,
                            self.authority,
                            template,
                            wish,
                            self.repetition().named(place),
                            now,
                        )? {
                            Some(draft) => {
                                drafts.push((place, draft));
                                None
                            }
                            None => Some(Issued::ExpiryNotAfterIssue),
                        }
                    }
                }
            };
            outcomes.push(outcome);
        }
        self.keep(ports, drafts, &templates, &mut outcomes, now).await?;
        Ok(outcomes.into_iter().flatten().collect())
    }

    /// Keeps the drafts, and puts what became of each in its place.
    async fn keep(
        &self,
        ports: &Ports,
        drafts: Vec<(usize, (NewRecipient, AccessSecret))>,
        templates: &HashMap<TemplateId, Template>,
        outcomes: &mut [Option<Issued>],
        now: Timestamp,
    ) -> Result<(), IssueCredentialsError> {
        let (places, (batch, secrets)): (Vec<_>, (Vec<_>, Vec<_>)) = drafts.into_iter().unzip();
        if batch.is_empty() {
            return Ok(());
        }
        let kept = ports.recipients.issue(&batch).await.map_err(Fault::from)?;
        for (((place, new), secret), issuing) in places.into_iter().zip(batch).zip(secrets).zip(kept) {
            let outcome = match issuing {
                Issuing::Issued => {
                    let template = templates
                        .get(&new.recipient.template)
                        .ok_or_else(|| StoreError::new("a template that was read is not there"))
                        .map_err(Fault::from)?;
                    let organization = self.authority.organization();
                    Issued::Made(Box::new(made(organization, template, new, secret)))
                }
                Issuing::Duplicate(id) if self.raced(ports, place, id).await? => {
                    self.replay(ports, id, now).await?
                }
                Issuing::Duplicate(_) => Issued::Duplicate,
                Issuing::TemplateAbsent => Issued::TemplateAbsent,
                Issuing::OrganizationCancelled => return Err(IssueCredentialsError::OrganizationCancelled),
                Issuing::KeyTaken => return Err(IssueCredentialsError::KeyTaken),
            };
            if let Some(slot) = outcomes.get_mut(place) {
                *slot = Some(outcome);
            }
        }
        Ok(())
    }

    /// Whether the recipient that is in the way was issued by this very request, sent twice at once.
    async fn raced(
        &self,
        ports: &Ports,
        place: usize,
        id: RecipientId,
    ) -> Result<bool, IssueCredentialsError> {
        Ok(self.request.is_some() && self.repetition().earlier(ports).await?.get(&place) == Some(&id))
    }

    async fn replay(&self, ports: &Ports, id: RecipientId, now: Timestamp) -> Result<Issued, Fault> {
        let made = self.repetition().replay(ports, id, now).await?;
        Ok(Issued::Made(Box::new(made)))
    }

    fn repetition(&self) -> Repetition<'_> {
        Repetition {
            authority: self.authority,
            request: self.request.as_ref(),
        }
    }

    async fn templates(&self, ports: &Ports) -> Result<HashMap<TemplateId, Template>, Fault> {
        let mut templates = HashMap::new();
        for wish in &self.wishes {
            if templates.contains_key(&wish.template) {
                continue;
            }
            let organization = self.authority.organization().id;
            if let Some(template) = ports.templates.find(organization, wish.template).await? {
                templates.insert(template.id, template);
            }
        }
        Ok(templates)
    }
}

/// What would be kept for a wish; `None` where it would expire before it is issued.
pub(super) fn draft(
    ports: &Ports,
    authority: Authority<'_>,
    template: &Template,
    wish: &CredentialWish,
    request: Option<IssueRequest>,
    now: Timestamp,
) -> Result<Option<(NewRecipient, AccessSecret)>, Fault> {
    let issued_at = wish.issued_at.unwrap_or(now);
    let expires_at = match wish.expiry {
        ExpiryWish::Template => template.validity.map(|validity| validity.expiry_from(issued_at)),
        ExpiryWish::Never => None,
        ExpiryWish::At(end) => Some(end),
    };
    if expires_at.is_some_and(|end| !end.is_ahead_of(issued_at)) {
        return Ok(None);
    }
    let recipient = Recipient {
        id: RecipientId::fresh(now, ports.id_entropy()?),
        organization: template.organization,
        template: template.id,
        first_name: wish.first_name.clone(),
        last_name: wish.last_name.clone(),
        mail: wish.mail.clone(),
        locale: wish.locale,
        external_id: wish.external_id.clone(),
        is_test: wish.is_test,
        created_at: now,
        issued_at,
        expires_at,
        first_claimed_at: None,
        revocation: None,
    };
    let AccessDraft { token, secret } = AccessDraft::first(ports, &recipient, now)?;
    let mail = if wish.suppress_mail {
        None
    } else {
        Some(mail(ports, &token, MailKind::Access, now)?)
    };
    let about = About::access(&token, template.id);
    let entry = authority.entry(ports, Action::CredentialIssued, about, now)?;
    let new = NewRecipient {
        recipient,
        token,
        mail,
        entry,
        request,
    };
    Ok(Some((new, secret)))
}

/// What was made of a draft that is kept now.
pub(super) fn made(
    organization: &Organization,
    template: &Template,
    new: NewRecipient,
    secret: AccessSecret,
) -> MadeCredential {
    MadeCredential {
        dossier: Dossier {
            organization: organization.clone(),
            template: template.clone(),
            recipient: new.recipient,
            token: new.token,
            mail: new.mail.map(|mail| mail.state),
        },
        secret: Some(secret),
        replayed: false,
    }
}
