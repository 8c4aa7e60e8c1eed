//! Short words for what is issued and claimed.

use symbolon_domain::{
    access_token::{AccessToken, Dossier},
    activity::Action,
    id::{AccessTokenId, OrganizationId, RecipientId, TemplateId},
    mail::{Mail, MailKind},
    port::{
        access_tokens::{AccessChange, AccessRecord, Claim, ResetRequesting},
        outbox::{Attempt, Resending},
        recipients::{Issuing, NewRecipient, RecipientChange, Succession},
        templates::{TemplateChange, TemplateRemoval},
    },
    session::Session,
    social_profile::Connection,
    template::{Template, TemplateEdit},
    time::Timestamp,
};

use super::{Stage, ok};
use crate::sample::{now, revocation};

impl Stage {
    /// A template of the owner, kept.
    pub(crate) async fn template(&self) -> Template {
        self.template_of(self.owner.id).await
    }

    /// A template of an organization, kept.
    pub(crate) async fn template_of(&self, organization: OrganizationId) -> Template {
        let template = self.samples.template(organization);
        self.keep_template(&template).await;
        template
    }

    pub(crate) async fn keep_template(&self, template: &Template) {
        assert!(self.insert_template(template).await, "the template is kept");
    }

    pub(crate) async fn insert_template(&self, template: &Template) -> bool {
        let entry = self.samples.entry(template.organization, Action::TemplateCreated);
        ok(self.templates.insert(template, &entry).await)
    }

    pub(crate) async fn edit(&self, template: &Template, edit: &TemplateEdit) -> TemplateChange {
        let entry = self.samples.entry(template.organization, Action::TemplateChanged);
        ok(self
            .templates
            .edit(template.organization, template.id, edit, &entry)
            .await)
    }

    pub(crate) async fn pause(&self, template: &Template, now: Timestamp) -> TemplateChange {
        let entry = self.samples.entry(template.organization, Action::TemplatePaused);
        ok(self
            .templates
            .pause(template.organization, template.id, &entry, now)
            .await)
    }

    pub(crate) async fn resume(&self, template: &Template) -> TemplateChange {
        let entry = self.samples.entry(template.organization, Action::TemplateResumed);
        ok(self
            .templates
            .resume(template.organization, template.id, &entry)
            .await)
    }

    pub(crate) async fn remove_template(&self, template: &Template) -> TemplateRemoval {
        let entry = self.samples.entry(template.organization, Action::TemplateDeleted);
        ok(self
            .templates
            .remove(template.organization, template.id, &entry)
            .await)
    }

    pub(crate) async fn issue(&self, new: &NewRecipient) -> Issuing {
        match ok(self.recipients.issue(std::slice::from_ref(new)).await).as_slice() {
            [outcome] => *outcome,
            other => panic!("one wish has one outcome, not {other:?}"),
        }
    }

    pub(crate) async fn keep_recipient(&self, new: &NewRecipient) {
        assert_eq!(self.issue(new).await, Issuing::Issued);
    }

    /// A recipient of the owner on a template of their own, kept.
    pub(crate) async fn recipient(&self) -> NewRecipient {
        let template = self.template().await;
        self.recipient_on(&template).await
    }

    /// A recipient on this template, kept.
    pub(crate) async fn recipient_on(&self, template: &Template) -> NewRecipient {
        let new = self.samples.new_recipient(template);
        self.keep_recipient(&new).await;
        new
    }

    /// A recipient of the owner, and the profile that claimed their token.
    pub(crate) async fn claimed(&self) -> (NewRecipient, Connection) {
        let new = self.recipient().await;
        let connection = self.claim_for(&new).await;
        (new, connection)
    }

    /// Has somebody claim the recipient's token.
    pub(crate) async fn claim_for(&self, new: &NewRecipient) -> Connection {
        let connection = self.samples.connection();
        assert_eq!(self.claim(&new.token, &connection, now()).await, Claim::Bound);
        connection
    }

    /// Claims a token, with an entry and a mail about it.
    pub(crate) async fn claim(&self, token: &AccessToken, connection: &Connection, now: Timestamp) -> Claim {
        let mail = self.samples.mail(token, MailKind::Claimed);
        let template = self.template_id_of(token).await;
        let entry = self.samples.entry_about(token, template, Action::AccessClaimed);
        let record = AccessRecord {
            entry: &entry,
            mail: Some(&mail),
        };
        ok(self.access.claim(token.id, connection, record, now).await)
    }

    pub(crate) async fn reset(&self, new: &NewRecipient) -> AccessChange {
        self.reset_by(new.recipient.organization, &new.token).await
    }

    /// Resets a token on behalf of an organization.
    pub(crate) async fn reset_by(&self, organization: OrganizationId, token: &AccessToken) -> AccessChange {
        let mail = self.samples.mail(token, MailKind::AccessReset);
        let template = self.template_id_of(token).await;
        let entry = self.samples.entry_about(token, template, Action::AccessReset);
        let record = AccessRecord {
            entry: &entry,
            mail: Some(&mail),
        };
        ok(self.access.reset(organization, token.recipient, record).await)
    }

    pub(crate) async fn revoke_access(&self, new: &NewRecipient, now: Timestamp) -> AccessChange {
        self.revoke_access_by(new.recipient.organization, &new.token, now)
            .await
    }

    /// Revokes access on behalf of an organization.
    pub(crate) async fn revoke_access_by(
        &self,
        organization: OrganizationId,
        token: &AccessToken,
        now: Timestamp,
    ) -> AccessChange {
        let template = self.template_id_of(token).await;
        let entry = self.samples.entry_about(token, template, Action::AccessRevoked);
        let record = AccessRecord {
            entry: &entry,
            mail: None,
        };
        ok(self
            .access
            .revoke(organization, token.recipient, record, now)
            .await)
    }

    /// Replaces a token; its successor.
    pub(crate) async fn replaced(&self, current: &AccessToken) -> AccessToken {
        let successor = self.samples.access_successor(current);
        let change = self.replace(&successor, now()).await;
        assert_eq!(change, AccessChange::Changed);
        successor
    }

    pub(crate) async fn replace(&self, successor: &AccessToken, now: Timestamp) -> AccessChange {
        self.replace_by(successor.organization, successor, now).await
    }

    /// Replaces a token on behalf of an organization.
    pub(crate) async fn replace_by(
        &self,
        organization: OrganizationId,
        successor: &AccessToken,
        now: Timestamp,
    ) -> AccessChange {
        let mail = self.samples.mail(successor, MailKind::Access);
        let template = self.template_id_of(successor).await;
        let entry = self
            .samples
            .entry_about(successor, template, Action::AccessReplaced);
        let record = AccessRecord {
            entry: &entry,
            mail: Some(&mail),
        };
        ok(self.access.replace(organization, successor, record, now).await)
    }

    /// Asks for a reset, with an entry and a mail to the issuer.
    pub(crate) async fn request_reset(&self, token: &AccessToken) -> ResetRequesting {
        let mail = self.samples.mail(token, MailKind::ResetRequested);
        let template = self.template_id_of(token).await;
        let entry = self.samples.entry_about(token, template, Action::ResetRequested);
        let record = AccessRecord {
            entry: &entry,
            mail: Some(&mail),
        };
        let request = self.samples.reset_request();
        ok(self.access.request_reset(token.id, &request, record).await)
    }

    pub(crate) async fn revoke_credential(&self, new: &NewRecipient, at: Timestamp) -> RecipientChange {
        let entry = self
            .samples
            .entry(new.recipient.organization, Action::CredentialRevoked);
        ok(self
            .recipients
            .revoke(
                new.recipient.organization,
                new.recipient.id,
                &revocation(at),
                &entry,
            )
            .await)
    }

    /// Revokes a credential, and issues another in its place.
    pub(crate) async fn succeed(&self, old: &NewRecipient, successor: &NewRecipient) -> Succession {
        let organization = old.recipient.organization;
        let entry = self.samples.entry(organization, Action::CredentialRevoked);
        ok(self
            .recipients
            .succeed(
                organization,
                old.recipient.id,
                &revocation(now()),
                &entry,
                successor,
            )
            .await)
    }

    pub(crate) async fn remove(&self, new: &NewRecipient) -> bool {
        self.remove_by(new.recipient.organization, new.recipient.id).await
    }

    /// Removes a recipient on behalf of an organization.
    pub(crate) async fn remove_by(&self, organization: OrganizationId, id: RecipientId) -> bool {
        let entry = self.samples.entry(organization, Action::RecipientDeleted);
        ok(self.recipients.remove(organization, id, &entry).await)
    }

    /// Queues the same link again, asked for at this instant.
    pub(crate) async fn mail_again(&self, token: &AccessToken, now: Timestamp) -> Resending {
        let mail = Mail {
            created_at: now,
            due_at: now,
            ..self.samples.mail(token, MailKind::AccessAgain)
        };
        let template = self.template_id_of(token).await;
        let entry = self
            .samples
            .entry_about(token, template, Action::AccessMailedAgain);
        ok(self
            .outbox
            .queue_again(token.organization, token.recipient, &mail, &entry, now)
            .await)
    }

    /// Has all mail about a recipient sent.
    pub(crate) async fn settle_all(&self, new: &NewRecipient) {
        let sent = Attempt::Sent { at: now() };
        for mail in self.mails(new).await {
            ok(self.outbox.settle(mail.id, &sent).await);
        }
    }

    /// The token as it is kept, which it must be, with everything around it.
    pub(crate) async fn dossier(&self, token: &AccessToken) -> Dossier {
        self.found(token).await.expect("a token that was kept is found")
    }

    /// The token, if it is kept, the same by its digest and by its id.
    pub(crate) async fn found(&self, token: &AccessToken) -> Option<Dossier> {
        let by_digest = ok(self.access.find_by_digest(&token.digest).await);
        let by_id = ok(self.access.find_by_id(token.id).await);
        assert_eq!(
            by_digest, by_id,
            "a token is the same by its digest and by its id"
        );
        by_digest
    }

    /// The recipient as they are kept, which they must be, with the token that has not been replaced.
    pub(crate) async fn dossier_of(&self, new: &NewRecipient) -> Dossier {
        let recipient = &new.recipient;
        ok(self.recipients.find(recipient.organization, recipient.id).await)
            .expect("a recipient who was kept is found")
    }

    /// Every mail about a recipient.
    pub(crate) async fn mails(&self, new: &NewRecipient) -> Vec<Mail> {
        let recipient = &new.recipient;
        ok(self.outbox.about(recipient.organization, &[recipient.id]).await)
    }

    /// The kinds of the mails about a recipient.
    pub(crate) async fn mail_kinds(&self, new: &NewRecipient) -> Vec<MailKind> {
        self.mails(new).await.iter().map(|mail| mail.kind).collect()
    }

    /// A session of this profile, kept.
    pub(crate) async fn session(&self, connection: &Connection) -> Session {
        let session = self.samples.session(connection);
        ok(self.sessions.begin(&session, None).await);
        session
    }

    /// The session as it is kept.
    pub(crate) async fn stored_session(&self, session: &Session) -> Option<Session> {
        ok(self.sessions.find(&session.digest).await)
    }

    /// Which template an entry about this token would name.
    async fn template_id_of(&self, token: &AccessToken) -> TemplateId {
        let found = ok(self.recipients.find_by_id(token.recipient).await);
        found.map_or_else(
            || self.samples.template(token.organization).id,
            |dossier| dossier.template.id,
        )
    }

    /// Whether a sign-in for this token waits; it is taken out by it.
    pub(crate) async fn waits_for_sign_in(&self, token: Option<AccessTokenId>) -> bool {
        let sign_in = self.samples.sign_in(token);
        ok(self.sign_ins.begin(&sign_in, now()).await);
        let finished = self.sign_ins.finish(&sign_in.state, &sign_in.browser, now());
        ok(finished.await).is_some()
    }
}
