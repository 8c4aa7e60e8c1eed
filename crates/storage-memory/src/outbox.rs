//! The outbox in memory.

use async_trait::async_trait;
use symbolon_domain::{
    access_token::{Dossier, Posting},
    activity::ActivityEntry,
    id::{MailId, OrganizationId, RecipientId},
    mail::{Mail, MailKind, MailState, resend_from},
    port::{
        StoreError,
        outbox::{Attempt, Outbox, Resending},
    },
    time::Timestamp,
};

use crate::{MemoryStore, state::State};

#[async_trait]
impl Outbox for MemoryStore {
    async fn take_due(
        &self,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Option<(Mail, Dossier)>, StoreError> {
        let mut state = self.lock();
        for id in due(&state, now) {
            let mail = state.mails.get(&id);
            let Some((kind, dossier)) = mail.and_then(|mail| Some((mail.kind, state.dossier(mail.token)?)))
            else {
                continue;
            };
            match dossier.posting(kind) {
                Posting::Wait => {}
                Posting::Drop => {
                    if let Some(mail) = state.mails.get_mut(&id) {
                        mail.state = MailState::Dropped;
                    }
                }
                Posting::Send => {
                    return Ok(state.mails.get_mut(&id).map(|mail| {
                        mail.due_at = until;
                        mail.attempts = mail.attempts.saturating_add(1);
                        (mail.clone(), dossier)
                    }));
                }
            }
        }
        Ok(None)
    }

    async fn settle(&self, id: MailId, attempt: &Attempt) -> Result<(), StoreError> {
        let mut state = self.lock();
        let Some(mail) = state.mails.get_mut(&id) else {
            return Ok(());
        };
        let is_sent = matches!(attempt, Attempt::Sent { .. });
        // That a mail server took it remains true whatever was thought of the mail meanwhile.
        if mail.state != MailState::Pending && (!is_sent || mail.state == MailState::Sent) {
            return Ok(());
        }
        match attempt {
            Attempt::Sent { at } => {
                mail.state = MailState::Sent;
                mail.sent_at = Some(*at);
                mail.failure = None;
            }
            Attempt::Again { due_at, failure } => {
                mail.due_at = *due_at;
                mail.failure = Some(failure.clone());
            }
            Attempt::Failed { failure } => {
                mail.state = MailState::Failed;
                mail.failure = Some(failure.clone());
            }
        }
        Ok(())
    }

    async fn queue_again(
        &self,
        organization: OrganizationId,
        recipient: RecipientId,
        mail: &Mail,
        entry: &ActivityEntry,
        now: Timestamp,
    ) -> Result<Resending, StoreError> {
        let mut state = self.lock();
        let Some(dossier) = state.owned_dossier(organization, recipient) else {
            return Ok(Resending::Absent);
        };
        if dossier.token.id != mail.token {
            return Ok(Resending::Overtaken);
        }
        if dossier.posting(mail.kind) == Posting::Drop {
            return Ok(Resending::Moot);
        }
        let is_waiting = about(&state, recipient).any(|other| {
            other.token == mail.token && other.kind.has_link() && other.state == MailState::Pending
        });
        if is_waiting {
            return Ok(Resending::AlreadyWaiting);
        }
        let earlier: Vec<_> = about(&state, recipient)
            .filter(|earlier| earlier.kind == MailKind::AccessAgain)
            .map(|earlier| earlier.created_at)
            .collect();
        if let Some(from) = resend_from(&earlier, now) {
            return Ok(Resending::TooSoon { from });
        }
        state.queue(mail);
        state.activity.push(entry.clone());
        Ok(Resending::Queued)
    }

    async fn about(
        &self,
        organization: OrganizationId,
        recipients: &[RecipientId],
    ) -> Result<Vec<Mail>, StoreError> {
        let state = self.lock();
        let mut mails: Vec<_> = recipients
            .iter()
            .flat_map(|recipient| about(&state, *recipient))
            .filter(|mail| mail.organization == organization)
            .cloned()
            .collect();
        mails.sort_by_key(|mail| (mail.created_at, mail.id));
        Ok(mails)
    }
}

fn about(state: &State, recipient: RecipientId) -> impl Iterator<Item = &Mail> {
    state
        .mails
        .values()
        .filter(move |mail| mail.recipient == recipient)
}

/// The mails that are due, the one that has been so the longest first.
fn due(state: &State, now: Timestamp) -> Vec<MailId> {
    let mut due: Vec<_> = state
        .mails
        .values()
        .filter(|mail| mail.state == MailState::Pending && !mail.due_at.is_ahead_of(now))
        .map(|mail| (mail.due_at, mail.id))
        .collect();
    due.sort_unstable();
    due.into_iter().map(|(_, id)| id).collect()
}
