//! Access tokens in memory.

use async_trait::async_trait;
use symbolon_domain::{
    access_token::{AccessState, AccessToken, Binding, ClaimStanding, Dossier, ResetRequest},
    activity::ActivityEntry,
    id::{AccessTokenId, OrganizationId, RecipientId},
    port::{
        StoreError,
        access_tokens::{AccessChange, AccessRecord, AccessTokens, Claim, ResetRequesting},
    },
    sealed::TokenDigest,
    social_profile::Connection,
    time::Timestamp,
};

use crate::{MemoryStore, state::State};

#[async_trait]
impl AccessTokens for MemoryStore {
    async fn find_by_digest(&self, digest: &TokenDigest) -> Result<Option<Dossier>, StoreError> {
        let state = self.lock();
        let id = state.access_digests.get(digest);
        Ok(id.and_then(|id| state.dossier(*id)))
    }

    async fn find_by_id(&self, id: AccessTokenId) -> Result<Option<Dossier>, StoreError> {
        Ok(self.lock().dossier(id))
    }

    async fn claim(
        &self,
        id: AccessTokenId,
        connection: &Connection,
        record: AccessRecord<'_>,
        now: Timestamp,
    ) -> Result<Claim, StoreError> {
        let mut state = self.lock();
        let Some(dossier) = state.dossier(id) else {
            return Ok(Claim::Absent);
        };
        match dossier.claim_by(&connection.profile) {
            ClaimStanding::AlreadyYours => return Ok(Claim::AlreadyYours),
            ClaimStanding::Refused(refusal) => return Ok(Claim::Refused(refusal)),
            ClaimStanding::MayClaim => {}
        }
        if let Some(token) = state.access.get_mut(&id) {
            token.reset_request = None;
            token.binding = Some(Binding {
                connection: connection.clone(),
                bound_at: now,
            });
        }
        if let Some(recipient) = state.recipients.get_mut(&dossier.recipient.id) {
            recipient.first_claimed_at.get_or_insert(now);
        }
        state.record(record);
        Ok(Claim::Bound)
    }

    async fn reset(
        &self,
        organization: OrganizationId,
        recipient: RecipientId,
        record: AccessRecord<'_>,
    ) -> Result<AccessChange, StoreError> {
        Ok(reset(&mut self.lock(), organization, recipient, record))
    }

    async fn revoke(
        &self,
        organization: OrganizationId,
        recipient: RecipientId,
        record: AccessRecord<'_>,
        now: Timestamp,
    ) -> Result<AccessChange, StoreError> {
        let mut state = self.lock();
        let current = match current(&state, organization, recipient, record) {
            Ok(current) => current,
            Err(refused) => return Ok(refused),
        };
        let is_usable = matches!(current.token.state(), AccessState::Free | AccessState::Bound);
        if !is_usable {
            return Ok(AccessChange::Refused(current.token.state()));
        }
        if let Some(token) = state.access.get_mut(&current.token.id) {
            token.revoked_at = Some(now);
            token.sealed = None;
            token.reset_request = None;
        }
        state.drop_useless(current.token.id);
        state.record(record);
        Ok(AccessChange::Changed)
    }

    async fn replace(
        &self,
        organization: OrganizationId,
        successor: &AccessToken,
        record: AccessRecord<'_>,
        now: Timestamp,
    ) -> Result<AccessChange, StoreError> {
        let mut state = self.lock();
        let Some(current) = state.owned_dossier(organization, successor.recipient) else {
            return Ok(AccessChange::Absent);
        };
        if current.token.generation.checked_add(1) != Some(successor.generation) {
            return Ok(AccessChange::Overtaken);
        }
        if current.recipient.revocation.is_some() {
            return Ok(AccessChange::CredentialRevoked);
        }
        state.replace_access(&current.token, successor, now)?;
        state.record(record);
        Ok(AccessChange::Changed)
    }

    async fn request_reset(
        &self,
        id: AccessTokenId,
        request: &ResetRequest,
        record: AccessRecord<'_>,
    ) -> Result<ResetRequesting, StoreError> {
        let mut state = self.lock();
        let Some(dossier) = state.dossier(id) else {
            return Ok(ResetRequesting::Absent);
        };
        if dossier.recipient.revocation.is_some() {
            return Ok(ResetRequesting::CredentialRevoked);
        }
        let Some(token) = state.access.get_mut(&id) else {
            return Ok(ResetRequesting::Absent);
        };
        if token.state() != AccessState::Bound {
            return Ok(ResetRequesting::Refused(token.state()));
        }
        if token.reset_request.is_some() {
            return Ok(ResetRequesting::AlreadyRequested);
        }
        token.reset_request = Some(request.clone());
        state.record(record);
        Ok(ResetRequesting::Requested)
    }

    async fn grant_reset(
        &self,
        organization: OrganizationId,
        recipient: RecipientId,
        asked_at: Timestamp,
        record: AccessRecord<'_>,
    ) -> Result<bool, StoreError> {
        let mut state = self.lock();
        if !state.waits(organization, recipient, asked_at) {
            return Ok(false);
        }
        Ok(reset(&mut state, organization, recipient, record) == AccessChange::Changed)
    }

    async fn dismiss_reset(
        &self,
        organization: OrganizationId,
        recipient: RecipientId,
        asked_at: Timestamp,
        entry: &ActivityEntry,
    ) -> Result<bool, StoreError> {
        let mut state = self.lock();
        if !state.waits(organization, recipient, asked_at) {
            return Ok(false);
        }
        state.withdraw(recipient);
        state.activity.push(entry.clone());
        Ok(true)
    }

    async fn waiting_for_reset(
        &self,
        organization: OrganizationId,
        after: Option<(Timestamp, RecipientId)>,
        limit: u32,
    ) -> Result<Vec<Dossier>, StoreError> {
        let state = self.lock();
        let mut waiting: Vec<_> = state
            .current
            .iter()
            .filter_map(|(recipient, id)| {
                let token = state.access.get(id)?;
                let request = token.reset_request.as_ref()?;
                (token.organization == organization).then_some(((request.at, *recipient), *id))
            })
            .filter(|(place, _)| after.is_none_or(|after| *place > after))
            .collect();
        waiting.sort_unstable_by_key(|(place, _)| *place);
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let ids = waiting.into_iter().take(limit);
        Ok(ids.filter_map(|(_, id)| state.dossier(id)).collect())
    }

    async fn record_opens(&self, opens: &[(AccessTokenId, u64, Timestamp)]) -> Result<(), StoreError> {
        let mut state = self.lock();
        for (id, count, first) in opens {
            if let Some(token) = state.access.get_mut(id) {
                token.opens = token.opens.saturating_add(*count);
                let earlier = token.first_opened_at.unwrap_or(*first);
                token.first_opened_at = Some(earlier.min(*first));
            }
        }
        Ok(())
    }
}

/// See the port's `reset`.
fn reset(
    state: &mut State,
    organization: OrganizationId,
    recipient: RecipientId,
    record: AccessRecord<'_>,
) -> AccessChange {
    let current = match current(state, organization, recipient, record) {
        Ok(current) => current,
        Err(refused) => return refused,
    };
    if current.recipient.revocation.is_some() {
        return AccessChange::CredentialRevoked;
    }
    if current.token.state() != AccessState::Bound {
        return AccessChange::Refused(current.token.state());
    }
    state.unbind(current.token.id, |_| {});
    state.record(record);
    AccessChange::Changed
}

/// The recipient and the token that is to be changed; `Err` where there is none, or not the one that the mail is about.
fn current(
    state: &State,
    organization: OrganizationId,
    recipient: RecipientId,
    record: AccessRecord<'_>,
) -> Result<Dossier, AccessChange> {
    let current = state
        .owned_dossier(organization, recipient)
        .ok_or(AccessChange::Absent)?;
    match record.mail {
        Some(mail) if mail.token != current.token.id => Err(AccessChange::Overtaken),
        _ => Ok(current),
    }
}
