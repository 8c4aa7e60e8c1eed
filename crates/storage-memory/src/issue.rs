//! Issuing: what stands in the way of a new recipient, and keeping one.

use symbolon_domain::{
    id::{RecipientId, TemplateId},
    organization::Organization,
    port::{
        StoreError,
        recipients::{IssueRequest, Issuing, NewRecipient},
    },
    recipient::Recipient,
    text::MailAddress,
};

use crate::{dossier::taken, state::State};

impl State {
    /// Issues one credential, unless something stands in its way.
    pub(crate) fn issue(&mut self, new: &NewRecipient) -> Result<Issuing, StoreError> {
        let refusal = self.obstacle(new, None);
        if let Some(refusal) = refusal {
            return Ok(refusal);
        }
        self.keep_recipient(new)?;
        Ok(Issuing::Issued)
    }

    /// Why a credential cannot be issued, if it cannot. `instead_of` is as good as revoked.
    pub(crate) fn obstacle(&self, new: &NewRecipient, instead_of: Option<&Recipient>) -> Option<Issuing> {
        let recipient = &new.recipient;
        let owner = self.organizations.get(&recipient.organization);
        if !owner.is_some_and(Organization::is_active) {
            return Some(Issuing::OrganizationCancelled);
        }
        let template = self.templates.get(&recipient.template);
        if template.is_none_or(|template| template.organization != recipient.organization) {
            return Some(Issuing::TemplateAbsent);
        }
        if let Some(rival) = self.rival(recipient.template, &recipient.mail, instead_of) {
            return Some(Issuing::Duplicate(rival));
        }
        let is_taken = |request: &IssueRequest| self.is_name_taken(request);
        new.request
            .as_ref()
            .is_some_and(is_taken)
            .then_some(Issuing::KeyTaken)
    }

    /// Whose credential is in force for this address on this template. `but` does not count.
    pub(crate) fn rival(
        &self,
        template: TemplateId,
        mail: &MailAddress,
        but: Option<&Recipient>,
    ) -> Option<RecipientId> {
        let mut kept = self.recipients.values();
        let rival = kept.find(|kept| {
            kept.template == template
                && kept.mail == *mail
                && kept.revocation.is_none()
                && but.is_none_or(|but| but.id != kept.id)
        });
        rival.map(|rival| rival.id)
    }

    /// Whether the client's name for this request is that of another one, or its place is filled.
    fn is_name_taken(&self, request: &IssueRequest) -> bool {
        self.requests.iter().any(|(kept, _)| {
            kept.caller == request.caller
                && kept.key == request.key
                && (kept.fingerprint != request.fingerprint || kept.place == request.place)
        })
    }

    /// Keeps a recipient with everything that comes with them.
    pub(crate) fn keep_recipient(&mut self, new: &NewRecipient) -> Result<(), StoreError> {
        if self.recipients.contains_key(&new.recipient.id) || self.is_access_taken(&new.token) {
            return Err(taken());
        }
        self.recipients.insert(new.recipient.id, new.recipient.clone());
        self.keep_access(&new.token);
        if let Some(mail) = &new.mail {
            self.queue(mail);
        }
        if let Some(request) = &new.request {
            self.requests.push((request.clone(), new.recipient.id));
        }
        self.activity.push(new.entry.clone());
        Ok(())
    }
}
