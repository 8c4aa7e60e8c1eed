//! Notices in memory.

use std::cmp::Reverse;

use async_trait::async_trait;
use symbolon_domain::{
    id::{AuthorizationTokenId, NoticeId, OrganizationId},
    mail::MailState,
    notice::{Notice, NoticeDossier},
    port::{StoreError, notices::Notices, outbox::Attempt},
    time::Timestamp,
};

use crate::{MemoryStore, state::State};

#[async_trait]
impl Notices for MemoryStore {
    async fn queue(&self, notice: &Notice) -> Result<(), StoreError> {
        self.lock().queue_notice(notice)
    }

    async fn take_due(&self, now: Timestamp, until: Timestamp) -> Result<Option<NoticeDossier>, StoreError> {
        let mut state = self.lock();
        let due = state
            .notices
            .values_mut()
            .filter(|notice| notice.state == MailState::Pending && !notice.due_at.is_ahead_of(now))
            .min_by_key(|notice| (notice.due_at, notice.id));
        let Some(notice) = due else {
            return Ok(None);
        };
        notice.due_at = until;
        notice.attempts = notice.attempts.saturating_add(1);
        let id = notice.id;
        Ok(pending(&state, id))
    }

    async fn look_again(&self, id: NoticeId) -> Result<Option<NoticeDossier>, StoreError> {
        Ok(pending(&self.lock(), id))
    }

    async fn settle(&self, id: NoticeId, attempt: &Attempt) -> Result<(), StoreError> {
        let mut state = self.lock();
        let Some(notice) = state.notices.get_mut(&id) else {
            return Ok(());
        };
        let is_sent = matches!(attempt, Attempt::Sent { .. });
        // That a mail server took it remains true whatever was thought of the notice meanwhile.
        if notice.state != MailState::Pending && (!is_sent || notice.state == MailState::Sent) {
            return Ok(());
        }
        match attempt {
            Attempt::Sent { at } => {
                notice.state = MailState::Sent;
                notice.sent_at = Some(*at);
                notice.failure = None;
            }
            Attempt::Again { due_at, failure } => {
                notice.due_at = *due_at;
                notice.failure = Some(failure.clone());
            }
            Attempt::Failed { failure } => {
                notice.state = MailState::Failed;
                notice.failure = Some(failure.clone());
            }
        }
        Ok(())
    }

    async fn drop_useless(&self, id: NoticeId) -> Result<(), StoreError> {
        let mut state = self.lock();
        let notice = state.notices.get_mut(&id);
        if let Some(notice) = notice.filter(|notice| notice.state == MailState::Pending) {
            notice.state = MailState::Dropped;
        }
        Ok(())
    }

    async fn unsent(&self, organization: OrganizationId, limit: u32) -> Result<Vec<Notice>, StoreError> {
        let state = self.lock();
        let is_unsent = |notice: &Notice| matches!(notice.state, MailState::Pending | MailState::Failed);
        let mut notices: Vec<_> = state
            .notices
            .values()
            .filter(|notice| notice.organization == organization && is_unsent(notice))
            .cloned()
            .collect();
        notices.sort_by_key(|notice| Reverse((notice.created_at, notice.id)));
        notices.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(notices)
    }

    async fn to_announce(&self, now: Timestamp, limit: u32) -> Result<Vec<AuthorizationTokenId>, StoreError> {
        let state = self.lock();
        let mut due: Vec<_> = state
            .tokens
            .values()
            .filter_map(|token| Some((token.announce_at?, token.id)))
            .filter(|(announce_at, _)| !announce_at.is_ahead_of(now))
            .collect();
        due.sort_unstable();
        due.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(due.into_iter().map(|(_, id)| id).collect())
    }

    async fn announce(
        &self,
        token: AuthorizationTokenId,
        notices: &[Notice],
        next: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut state = self.lock();
        let token = state.tokens.get_mut(&token);
        let is_due = |announce_at: Timestamp| !announce_at.is_ahead_of(now);
        let Some(token) = token.filter(|token| token.announce_at.is_some_and(is_due)) else {
            return Ok(false);
        };
        token.announce_at = next;
        notices.iter().try_for_each(|notice| state.queue_notice(notice))?;
        Ok(true)
    }
}

/// The notice with everything it can tell, while it is pending.
fn pending(state: &State, id: NoticeId) -> Option<NoticeDossier> {
    let notice = state.notices.get(&id);
    let notice = notice.filter(|notice| notice.state == MailState::Pending)?;
    let addressee = notice.addressee.and_then(|id| state.administrators.get(&id));
    let link = notice.subject.link();
    let token = notice.subject.token();
    Some(NoticeDossier {
        organization: state.organizations.get(&notice.organization)?.clone(),
        addressee: addressee.cloned(),
        link: link.and_then(|id| state.administrator_links.get(&id)).cloned(),
        token: token.and_then(|id| state.tokens.get(&id)).cloned(),
        notice: notice.clone(),
    })
}
