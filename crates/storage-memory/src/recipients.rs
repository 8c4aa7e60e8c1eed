//! Recipients in memory.

use std::{
    cmp::{Ordering, Reverse},
    collections::HashSet,
};

use async_trait::async_trait;
use symbolon_domain::{
    access_token::{AccessToken, Dossier},
    activity::ActivityEntry,
    id::{AuthorizationTokenId, OrganizationId, RecipientId, TemplateId},
    idempotency::IdempotencyKey,
    page::{Page, PageRequest},
    port::{
        StoreError,
        access_tokens::AccessRecord,
        recipients::{
            Beside, Correction, IssueRequest, Issuing, NewRecipient, RecipientChange, RecipientFilter,
            RecipientKey, RecipientOrder, Recipients, Succession,
        },
    },
    recipient::{Recipient, Revocation},
    search::Search,
    social_profile::SocialProfile,
    text::MailAddress,
    time::Timestamp,
};

use crate::{MemoryStore, page::cut, state::State};

#[async_trait]
impl Recipients for MemoryStore {
    async fn issue(&self, batch: &[NewRecipient]) -> Result<Vec<Issuing>, StoreError> {
        let mut state = self.lock();
        batch.iter().map(|new| state.issue(new)).collect()
    }

    async fn issued_under(
        &self,
        caller: AuthorizationTokenId,
        key: &IdempotencyKey,
    ) -> Result<Vec<(IssueRequest, RecipientId)>, StoreError> {
        let state = self.lock();
        let mut issued: Vec<_> = state
            .requests
            .iter()
            .filter(|(request, _)| request.caller == caller && request.key == *key)
            .cloned()
            .collect();
        issued.sort_by_key(|(request, _)| request.place);
        Ok(issued)
    }

    async fn find(
        &self,
        organization: OrganizationId,
        id: RecipientId,
    ) -> Result<Option<Dossier>, StoreError> {
        Ok(self.lock().owned_dossier(organization, id))
    }

    async fn find_by_id(&self, id: RecipientId) -> Result<Option<Dossier>, StoreError> {
        Ok(self.lock().dossier_of(id))
    }

    async fn list(
        &self,
        organization: OrganizationId,
        filter: &RecipientFilter,
        order: RecipientOrder,
        page: PageRequest,
    ) -> Result<Page<Dossier>, StoreError> {
        let state = self.lock();
        let recipients = state.recipients.values();
        let mut dossiers =
            state.dossiers_of(recipients.filter(|recipient| recipient.organization == organization));
        dossiers.retain(|dossier| is_shown(dossier, filter));
        dossiers.sort_by(|one, other| compare(order, &one.recipient, &other.recipient));
        Ok(cut(&dossiers, page))
    }

    async fn walk(
        &self,
        organization: OrganizationId,
        filter: &RecipientFilter,
        after: Option<(Timestamp, RecipientId)>,
        limit: u32,
    ) -> Result<Vec<Dossier>, StoreError> {
        let state = self.lock();
        let place = |recipient: &Recipient| (recipient.created_at, recipient.id);
        let recipients = state.recipients.values().filter(|recipient| {
            recipient.organization == organization && after.is_none_or(|after| place(recipient) > after)
        });
        let mut dossiers = state.dossiers_of(recipients);
        dossiers.retain(|dossier| is_shown(dossier, filter));
        dossiers.sort_by_key(|dossier| place(&dossier.recipient));
        dossiers.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(dossiers)
    }

    async fn browse(
        &self,
        organization: OrganizationId,
        filter: &RecipientFilter,
        order: RecipientOrder,
        beside: Option<Beside>,
        limit: u32,
    ) -> Result<Vec<Dossier>, StoreError> {
        let state = self.lock();
        let place = |id| {
            let recipient = state.recipients.get(&id);
            recipient.filter(|recipient| recipient.organization == organization)
        };
        let mut shown = state.dossiers_of(
            state
                .recipients
                .values()
                .filter(|recipient| recipient.organization == organization),
        );
        shown.retain(|dossier| is_shown(dossier, filter));
        shown.sort_by(|one, other| compare(order, &one.recipient, &other.recipient));
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        match beside {
            Some(Beside::After(id)) => {
                if let Some(place) = place(id) {
                    shown.retain(|dossier| compare(order, &dossier.recipient, place).is_gt());
                }
            }
            Some(Beside::Before(id)) => {
                if let Some(place) = place(id) {
                    shown.retain(|dossier| compare(order, &dossier.recipient, place).is_lt());
                    let far = shown.len().saturating_sub(limit);
                    shown.drain(..far);
                }
            }
            None => {}
        }
        shown.truncate(limit);
        Ok(shown)
    }

    async fn count(
        &self,
        organization: OrganizationId,
        filter: &RecipientFilter,
        up_to: u64,
    ) -> Result<u64, StoreError> {
        let state = self.lock();
        let recipients = state.recipients.values();
        let mut dossiers =
            state.dossiers_of(recipients.filter(|recipient| recipient.organization == organization));
        dossiers.retain(|dossier| is_shown(dossier, filter));
        Ok(u64::try_from(dossiers.len()).map_or(up_to, |count| count.min(up_to)))
    }

    async fn held_by(&self, profile: &SocialProfile, page: PageRequest) -> Result<Page<Dossier>, StoreError> {
        let state = self.lock();
        let mut held = state.dossiers_of(state.recipients.values());
        held.retain(|dossier| dossier.token.is_bound_to(profile));
        held.sort_by_key(|dossier| {
            let bound_at = dossier.token.binding.as_ref().map(|binding| binding.bound_at);
            Reverse((bound_at, dossier.recipient.id))
        });
        Ok(cut(&held, page))
    }

    async fn with_mail(&self, mail: &MailAddress, limit: u32) -> Result<Vec<Dossier>, StoreError> {
        let state = self.lock();
        let recipients = state.recipients.values();
        let mut found: Vec<_> = recipients
            .filter(|recipient| recipient.mail == *mail && recipient.revocation.is_none())
            .collect();
        found.sort_by_key(|recipient| Reverse((recipient.created_at, recipient.id)));
        found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(state.dossiers_of(found))
    }

    async fn holders(
        &self,
        organization: OrganizationId,
        template: TemplateId,
        mails: &[MailAddress],
    ) -> Result<Vec<MailAddress>, StoreError> {
        let wanted: HashSet<_> = mails.iter().collect();
        let state = self.lock();
        let recipients = state.recipients.values();
        Ok(recipients
            .filter(|recipient| recipient.organization == organization && recipient.template == template)
            .filter(|recipient| recipient.revocation.is_none() && wanted.contains(&recipient.mail))
            .map(|recipient| recipient.mail.clone())
            .collect())
    }

    async fn correct_mail(
        &self,
        organization: OrganizationId,
        mail: &MailAddress,
        successor: &AccessToken,
        record: AccessRecord<'_>,
        now: Timestamp,
    ) -> Result<Correction, StoreError> {
        let mut state = self.lock();
        let Some(current) = state.owned_dossier(organization, successor.recipient) else {
            return Ok(Correction::Absent);
        };
        let recipient = &current.recipient;
        if recipient.revocation.is_some() {
            return Ok(Correction::CredentialRevoked);
        }
        if recipient.first_claimed_at.is_some() {
            return Ok(Correction::Claimed);
        }
        if recipient.mail == *mail {
            return Ok(Correction::Unchanged);
        }
        if let Some(rival) = state.rival(recipient.template, mail, Some(recipient)) {
            return Ok(Correction::Duplicate(rival));
        }
        if current.token.generation.checked_add(1) != Some(successor.generation) {
            return Ok(Correction::Overtaken);
        }
        state.replace_access(&current.token, successor, now)?;
        if let Some(recipient) = owned(&mut state, organization, successor.recipient) {
            recipient.mail = mail.clone();
        }
        state.record(record);
        Ok(Correction::Corrected)
    }

    async fn revoke(
        &self,
        organization: OrganizationId,
        id: RecipientId,
        revocation: &Revocation,
        entry: &ActivityEntry,
    ) -> Result<RecipientChange, StoreError> {
        let mut state = self.lock();
        let Some(recipient) = owned(&mut state, organization, id) else {
            return Ok(RecipientChange::Absent);
        };
        if recipient.revocation.is_some() {
            return Ok(RecipientChange::Unchanged);
        }
        recipient.revocation = Some(revocation.clone());
        state.withdraw(id);
        state.activity.push(entry.clone());
        Ok(RecipientChange::Changed)
    }

    async fn succeed(
        &self,
        organization: OrganizationId,
        id: RecipientId,
        revocation: &Revocation,
        entry: &ActivityEntry,
        successor: &NewRecipient,
    ) -> Result<Succession, StoreError> {
        let mut state = self.lock();
        let Some(old) = owned(&mut state, organization, id).cloned() else {
            return Ok(Succession::Absent);
        };
        if old.revocation.is_some() {
            return Ok(Succession::AlreadyRevoked);
        }
        if let Some(obstacle) = state.obstacle(successor, Some(&old)) {
            return Ok(Succession::NotIssued(obstacle));
        }
        let before = state.activity.len();
        state.keep_recipient(successor)?;
        state.activity.insert(before, entry.clone());
        if let Some(old) = owned(&mut state, organization, id) {
            old.revocation = Some(revocation.clone());
        }
        state.withdraw(id);
        Ok(Succession::Succeeded)
    }

    async fn remove(
        &self,
        organization: OrganizationId,
        id: RecipientId,
        entry: &ActivityEntry,
    ) -> Result<bool, StoreError> {
        let mut state = self.lock();
        if owned(&mut state, organization, id).is_none() {
            return Ok(false);
        }
        state.erase(id);
        state.activity.push(entry.clone());
        Ok(true)
    }
}

/// The recipient, if this organization has them.
fn owned(state: &mut State, organization: OrganizationId, id: RecipientId) -> Option<&mut Recipient> {
    state
        .recipients
        .get_mut(&id)
        .filter(|recipient| recipient.organization == organization)
}

fn is_shown(dossier: &Dossier, filter: &RecipientFilter) -> bool {
    let recipient = &dossier.recipient;
    filter.state.is_none_or(|state| dossier.state() == state)
        && filter
            .template
            .is_none_or(|template| recipient.template == template)
        && filter.mail.as_ref().is_none_or(|mail| recipient.mail == *mail)
        && filter
            .query
            .as_ref()
            .is_none_or(|query| Search::of(query).finds(&recipient.words()))
        && filter
            .reset_requested
            .is_none_or(|wanted| dossier.token.reset_request.is_some() == wanted)
        && filter
            .access_revoked
            .is_none_or(|wanted| dossier.token.revoked_at.is_some() == wanted)
        && filter.link_mail.is_none_or(|wanted| dossier.mail == Some(wanted))
}

fn compare(order: RecipientOrder, one: &Recipient, other: &Recipient) -> Ordering {
    let rising = match order.key {
        RecipientKey::CreatedAt => one.created_at.cmp(&other.created_at),
        RecipientKey::IssuedAt => one.issued_at.cmp(&other.issued_at),
        RecipientKey::Mail => one.mail.cmp(&other.mail),
    };
    let rising = rising.then(one.id.cmp(&other.id));
    if order.is_falling {
        rising.reverse()
    } else {
        rising
    }
}
