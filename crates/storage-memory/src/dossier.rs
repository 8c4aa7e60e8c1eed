//! Recipients with everything that decides about their access tokens, and the changes that more than one port makes.

use symbolon_domain::{
    access_token::{AccessToken, Dossier, Posting},
    id::{AccessTokenId, OrganizationId, RecipientId},
    mail::{Mail, MailState},
    port::{StoreError, access_tokens::AccessRecord},
    recipient::Recipient,
    social_profile::SocialProfile,
    time::Timestamp,
};

use crate::state::State;

impl State {
    /// The token with everything around it.
    pub(crate) fn dossier(&self, id: AccessTokenId) -> Option<Dossier> {
        let token = self.access.get(&id)?;
        let recipient = self.recipients.get(&token.recipient)?;
        Some(Dossier {
            organization: self.organizations.get(&recipient.organization)?.clone(),
            template: self.templates.get(&recipient.template)?.clone(),
            recipient: recipient.clone(),
            token: token.clone(),
            mail: self.link_mail(id),
        })
    }

    /// The recipient with the token that has not been replaced.
    pub(crate) fn dossier_of(&self, recipient: RecipientId) -> Option<Dossier> {
        self.dossier(*self.current.get(&recipient)?)
    }

    /// The same, if the recipient is of this organization.
    pub(crate) fn owned_dossier(
        &self,
        organization: OrganizationId,
        recipient: RecipientId,
    ) -> Option<Dossier> {
        self.dossier_of(recipient)
            .filter(|dossier| dossier.recipient.organization == organization)
    }

    /// The dossiers of these recipients.
    pub(crate) fn dossiers_of<'a>(
        &self,
        recipients: impl IntoIterator<Item = &'a Recipient>,
    ) -> Vec<Dossier> {
        let ids = recipients.into_iter().map(|recipient| recipient.id);
        ids.filter_map(|id| self.dossier_of(id)).collect()
    }

    /// What became of the latest mail that carried this token's link.
    fn link_mail(&self, token: AccessTokenId) -> Option<MailState> {
        let about = self.mails_about.get(&token)?;
        about
            .iter()
            .filter_map(|id| self.mails.get(id))
            .filter(|mail| mail.kind.has_link())
            .max_by_key(|mail| (mail.created_at, mail.id))
            .map(|mail| mail.state)
    }

    /// Whether another access token has this id or digest already.
    pub(crate) fn is_access_taken(&self, token: &AccessToken) -> bool {
        self.access.contains_key(&token.id) || self.access_digests.contains_key(&token.digest)
    }

    /// Keeps an access token that becomes the one of its recipient.
    pub(crate) fn keep_access(&mut self, token: &AccessToken) {
        self.access_digests.insert(token.digest, token.id);
        self.current.insert(token.recipient, token.id);
        self.access.insert(token.id, token.clone());
    }

    pub(crate) fn queue(&mut self, mail: &Mail) {
        self.mails_about.entry(mail.token).or_default().push(mail.id);
        self.mails.insert(mail.id, mail.clone());
    }

    /// Writes what goes with a change of an access token.
    pub(crate) fn record(&mut self, record: AccessRecord<'_>) {
        self.activity.push(record.entry.clone());
        if let Some(mail) = record.mail {
            self.queue(mail);
        }
    }

    /// Whether the request for a reset that a recipient made at this instant still waits.
    pub(crate) fn waits(
        &self,
        organization: OrganizationId,
        recipient: RecipientId,
        asked_at: Timestamp,
    ) -> bool {
        self.owned_dossier(organization, recipient)
            .and_then(|current| current.token.reset_request)
            .is_some_and(|request| request.at == asked_at)
    }

    /// Clears a request for a reset, which nobody grants any more, and drops the mail that has become useless.
    pub(crate) fn withdraw(&mut self, recipient: RecipientId) {
        let Some(id) = self.current.get(&recipient).copied() else {
            return;
        };
        if let Some(token) = self.access.get_mut(&id) {
            token.reset_request = None;
        }
        self.drop_useless(id);
    }

    /// Drops the mail about a token that has become useless.
    pub(crate) fn drop_useless(&mut self, token: AccessTokenId) {
        let Some(dossier) = self.dossier(token) else {
            return;
        };
        for id in self.mails_about.get(&token).into_iter().flatten() {
            if let Some(mail) = self.mails.get_mut(id)
                && mail.state == MailState::Pending
                && dossier.posting(mail.kind) == Posting::Drop
            {
                mail.state = MailState::Dropped;
            }
        }
    }

    /// Ends the sessions of a profile.
    pub(crate) fn end_sessions(&mut self, profile: &SocialProfile) {
        self.sessions
            .retain(|_, session| session.connection.profile != *profile);
    }

    /// Clears the binding of a token and a request for that, ends the sessions of the profile that was bound, and changes
    /// what else there is to change.
    pub(crate) fn unbind(&mut self, id: AccessTokenId, change: impl FnOnce(&mut AccessToken)) {
        let Some(token) = self.access.get_mut(&id) else {
            return;
        };
        change(token);
        token.reset_request = None;
        if let Some(binding) = token.binding.take() {
            self.end_sessions(&binding.connection.profile);
        }
        self.drop_useless(id);
    }

    /// Retires an access token in favour of a successor.
    pub(crate) fn replace_access(
        &mut self,
        current: &AccessToken,
        successor: &AccessToken,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        if self.is_access_taken(successor) {
            return Err(taken());
        }
        self.unbind(current.id, |token| {
            token.replaced_at = Some(now);
            token.sealed = None;
        });
        self.keep_access(successor);
        Ok(())
    }

    /// Removes a recipient and all that is kept about them, but for the activity log.
    pub(crate) fn erase(&mut self, recipient: RecipientId) {
        let (gone, kept) = std::mem::take(&mut self.access)
            .into_iter()
            .partition(|(_, token)| token.recipient == recipient);
        self.access = kept;
        for token in std::collections::HashMap::into_values(gone) {
            self.access_digests.remove(&token.digest);
            for mail in self.mails_about.remove(&token.id).unwrap_or_default() {
                self.mails.remove(&mail);
            }
            self.sign_ins
                .retain(|_, sign_in| sign_in.purpose.token() != Some(token.id));
            if let Some(binding) = &token.binding {
                self.end_sessions(&binding.connection.profile);
            }
        }
        self.requests.retain(|(_, id)| *id != recipient);
        for job in self.jobs.values_mut() {
            job.forget_rows_about(recipient);
        }
        self.current.remove(&recipient);
        self.recipients.remove(&recipient);
    }
}

/// Two of what there can be one of: what drew it is broken.
pub(crate) fn taken() -> StoreError {
    StoreError::new("something with this id or digest is kept already")
}
