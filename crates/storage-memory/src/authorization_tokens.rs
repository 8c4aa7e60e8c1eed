//! Authorization tokens in memory.

use std::{cmp::Reverse, sync::Arc};

use async_trait::async_trait;
use symbolon_domain::{
    activity::ActivityEntry,
    authorization_token::{AuthorizationToken, OwnedToken, Standing, TokenFilter, TokenStates},
    id::{AuthorizationTokenId, OrganizationId},
    idempotency::{IdempotencyKey, StoredAnswer},
    notice::{Notice, NoticeSubject},
    page::{Page, PageRequest},
    port::{
        StoreError,
        authorization_tokens::{
            AuthorizationTokens, Insertion, REUSE_ENTRY_SECONDS, REUSE_NOTICE_SECONDS, Record, Rotation,
            TokenChange, TreeRevocation,
        },
    },
    sealed::TokenDigest,
    text::Description,
    time::Timestamp,
};

use crate::{MemoryStore, page::cut, state::State};

#[async_trait]
impl AuthorizationTokens for MemoryStore {
    async fn insert(
        &self,
        token: &AuthorizationToken,
        record: Record<'_>,
        now: Timestamp,
    ) -> Result<Insertion, StoreError> {
        let mut state = self.lock();
        let owner = state.organizations.get(&token.organization);
        let Some(owner) = owner.filter(|owner| owner.is_active()) else {
            return Ok(Insertion::OrganizationCancelled);
        };
        if let Some(caller) = token.created_by
            && !state.standing(caller, now).is_some_and(Standing::is_served)
        {
            return Ok(Insertion::CallerRetired);
        }
        if let Some(stored) = stored_under(&state, record, now) {
            return Ok(Insertion::Answered(Box::new(stored.clone())));
        }
        if state.is_full(owner, now) {
            return Ok(Insertion::LimitReached);
        }
        if state.is_taken(token) {
            return Err(taken());
        }
        state.keep(token);
        write(&mut state, record)?;
        Ok(Insertion::Inserted)
    }

    async fn find_by_digest(&self, digest: &TokenDigest) -> Result<Option<Arc<OwnedToken>>, StoreError> {
        let state = self.lock();
        let id = state.digests.get(digest);
        Ok(id.and_then(|id| state.with_owner(*id)).map(Arc::new))
    }

    async fn find_by_id(&self, id: AuthorizationTokenId) -> Result<Option<OwnedToken>, StoreError> {
        Ok(self.lock().with_owner(id))
    }

    async fn find(
        &self,
        organization: OrganizationId,
        id: AuthorizationTokenId,
    ) -> Result<Option<AuthorizationToken>, StoreError> {
        Ok(self.lock().owned(organization, id).cloned())
    }

    async fn list(
        &self,
        organization: OrganizationId,
        filter: TokenFilter,
        page: PageRequest,
        now: Timestamp,
    ) -> Result<Page<AuthorizationToken>, StoreError> {
        let state = self.lock();
        let is_shown = |token: &AuthorizationToken| match filter.states {
            TokenStates::Live => token.own_standing(now) == Standing::Live,
            TokenStates::All => true,
        };
        let mut tokens: Vec<_> = state
            .tokens
            .values()
            .filter(|token| token.organization == organization)
            .filter(|token| token.permissions.is_subset_of(filter.visible_to) && is_shown(token))
            .collect();
        tokens.sort_by_key(|token| Reverse((token.created_at, token.id)));
        Ok(cut(&tokens, page).map(Clone::clone))
    }

    async fn rotate(
        &self,
        current: AuthorizationTokenId,
        successor: &AuthorizationToken,
        grace_until: Option<Timestamp>,
        record: Record<'_>,
        now: Timestamp,
    ) -> Result<Rotation, StoreError> {
        let mut state = self.lock();
        match state.standing(current, now) {
            None => return Ok(Rotation::Absent),
            Some(Standing::Live) => {}
            Some(standing) => return Ok(Rotation::Refused(standing)),
        }
        if stored_under(&state, record, now).is_some() {
            return Ok(Rotation::KeyTaken);
        }
        if state.is_taken(successor) {
            return Err(taken());
        }
        if let Some(token) = state.tokens.get_mut(&current) {
            token.rotated_at = Some(now);
            token.grace_until = grace_until;
            token.sealed = None;
        }
        state.keep(successor);
        write(&mut state, record)?;
        Ok(Rotation::Rotated)
    }

    async fn revoke(
        &self,
        organization: OrganizationId,
        id: AuthorizationTokenId,
        entry: &ActivityEntry,
        now: Timestamp,
    ) -> Result<TokenChange, StoreError> {
        let change = Change {
            organization,
            id,
            entry,
            now,
        };
        Ok(change.make(&mut self.lock(), Standing::is_served, |token| {
            token.revoked_at = Some(now);
            token.sealed = None;
        }))
    }

    async fn descendants(
        &self,
        organization: OrganizationId,
        id: AuthorizationTokenId,
    ) -> Result<Vec<AuthorizationToken>, StoreError> {
        let state = self.lock();
        let descendants = state.descendants(organization, id).into_iter();
        Ok(descendants.cloned().collect())
    }

    async fn revoke_tree(
        &self,
        organization: OrganizationId,
        id: AuthorizationTokenId,
        entries: &[ActivityEntry],
        now: Timestamp,
    ) -> Result<TreeRevocation, StoreError> {
        let mut state = self.lock();
        if state.owned(organization, id).is_none() {
            return Ok(TreeRevocation::Absent);
        }
        let descendants = state.descendants(organization, id).into_iter();
        let mut tree: Vec<_> = [id]
            .into_iter()
            .chain(descendants.map(|token| token.id))
            .collect();
        tree.retain(|id| state.standing(*id, now).is_some_and(Standing::is_served));
        let entry_about = |id: &AuthorizationTokenId| {
            let mut entries = entries.iter();
            entries.find(|entry| entry.about.token == Some(*id)).cloned()
        };
        let Some(entries) = tree.iter().map(entry_about).collect::<Option<Vec<_>>>() else {
            return Ok(TreeRevocation::Overtaken);
        };
        for id in &tree {
            if let Some(token) = state.tokens.get_mut(id) {
                token.revoked_at = Some(now);
                token.sealed = None;
            }
        }
        state.activity.extend(entries);
        Ok(TreeRevocation::Revoked(
            u64::try_from(tree.len()).unwrap_or(u64::MAX),
        ))
    }

    async fn describe(
        &self,
        organization: OrganizationId,
        id: AuthorizationTokenId,
        description: Option<&Description>,
        entry: &ActivityEntry,
        now: Timestamp,
    ) -> Result<TokenChange, StoreError> {
        let change = Change {
            organization,
            id,
            entry,
            now,
        };
        let is_live = |standing| standing == Standing::Live;
        Ok(change.make(&mut self.lock(), is_live, |token| {
            token.description = description.cloned();
        }))
    }

    async fn mark_expired(&self, id: AuthorizationTokenId, now: Timestamp) -> Result<(), StoreError> {
        if let Some(token) = self.lock().tokens.get_mut(&id) {
            token.expiry_seen_at.get_or_insert(now);
        }
        Ok(())
    }

    async fn record_use(&self, uses: &[(AuthorizationTokenId, Timestamp)]) -> Result<(), StoreError> {
        let mut state = self.lock();
        for (id, used_at) in uses {
            if let Some(token) = state.tokens.get_mut(id) {
                token.last_used_at = token.last_used_at.max(Some(*used_at));
            }
        }
        Ok(())
    }

    async fn record_reuse(
        &self,
        id: AuthorizationTokenId,
        entry: &ActivityEntry,
        notices: &[Notice],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut state = self.lock();
        let Some(token) = state.tokens.get_mut(&id) else {
            return Ok(());
        };
        token.reuse_count = token.reuse_count.saturating_add(1);
        let was_entered = state
            .reuse_entered_at
            .get(&id)
            .is_some_and(|last| last.plus_seconds(REUSE_ENTRY_SECONDS).is_ahead_of(now));
        if !was_entered {
            state.reuse_entered_at.insert(id, now);
            state.activity.push(entry.clone());
            let was_told = state.notices.values().any(|notice| {
                notice.subject == NoticeSubject::TokenReused(id)
                    && notice
                        .created_at
                        .plus_seconds(REUSE_NOTICE_SECONDS)
                        .is_ahead_of(now)
            });
            if !was_told {
                for notice in notices {
                    state.queue_notice(notice)?;
                }
            }
        }
        Ok(())
    }

    async fn answer(
        &self,
        caller: AuthorizationTokenId,
        key: &IdempotencyKey,
        now: Timestamp,
    ) -> Result<Option<StoredAnswer>, StoreError> {
        Ok(self.lock().answer(caller, key, now).cloned())
    }

    async fn forget_answers(&self, now: Timestamp) -> Result<u64, StoreError> {
        let mut state = self.lock();
        let before = state.answers.len();
        state
            .answers
            .retain(|_, answer| answer.expires_at.is_ahead_of(now));
        Ok(u64::try_from(before - state.answers.len()).unwrap_or(u64::MAX))
    }
}

/// A change to one token, and who asks for it.
struct Change<'a> {
    organization: OrganizationId,
    id: AuthorizationTokenId,
    entry: &'a ActivityEntry,
    now: Timestamp,
}

impl Change<'_> {
    /// Makes the change where the token is in a standing that allows it, and appends the entry.
    fn make(
        &self,
        state: &mut State,
        allows: impl FnOnce(Standing) -> bool,
        make: impl FnOnce(&mut AuthorizationToken),
    ) -> TokenChange {
        let standing = state
            .owned(self.organization, self.id)
            .and_then(|token| state.standing(token.id, self.now));
        let (Some(standing), Some(token)) = (standing, state.tokens.get_mut(&self.id)) else {
            return TokenChange::Absent;
        };
        if !allows(standing) {
            return TokenChange::Refused(standing);
        }
        make(token);
        state.activity.push(self.entry.clone());
        TokenChange::Changed
    }
}

/// The unexpired answer under the caller and key of the one that is to be kept.
fn stored_under<'a>(state: &'a State, record: Record<'_>, now: Timestamp) -> Option<&'a StoredAnswer> {
    let answer = record.answer?;
    state.answer(answer.caller, &answer.request.key, now)
}

fn write(state: &mut State, record: Record<'_>) -> Result<(), StoreError> {
    state.activity.push(record.entry.clone());
    if let Some(answer) = record.answer {
        state.keep_answer(answer);
    }
    record
        .notices
        .iter()
        .try_for_each(|notice| state.queue_notice(notice))
}

fn taken() -> StoreError {
    StoreError::new("a token with this id or digest is kept already")
}
