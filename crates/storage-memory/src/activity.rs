//! The activity log in memory.

use std::collections::HashMap;

use async_trait::async_trait;
use symbolon_domain::{
    activity::{
        Action, ActivityEntry, Actor,
        names::{Mentioned, Names},
    },
    id::{AuthorizationTokenId, OrganizationId},
    page::{Page, PageRequest},
    port::{
        StoreError,
        activity::{ActivityFilter, ActivityLog, ActorKind, LogPlace, LogSide},
    },
};

use crate::{MemoryStore, page::cut};

#[async_trait]
impl ActivityLog for MemoryStore {
    async fn append(&self, entry: &ActivityEntry) -> Result<(), StoreError> {
        self.lock().activity.push(entry.clone());
        Ok(())
    }

    async fn look_back(
        &self,
        organization: OrganizationId,
        filter: &ActivityFilter,
        side: Option<LogSide>,
        limit: u32,
    ) -> Result<Vec<(LogPlace, ActivityEntry)>, StoreError> {
        let state = self.lock();
        let mut found: Vec<_> = (0_u64..)
            .map(LogPlace)
            .zip(&state.activity)
            .filter(|(place, entry)| {
                entry.organization == organization && is_beside(*place, side) && is_shown(entry, filter)
            })
            .collect();
        // The nearest ones come first, and then the latest.
        let is_forward = matches!(side, Some(LogSide::After(_)));
        if !is_forward {
            found.reverse();
        }
        found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        if is_forward {
            found.reverse();
        }
        Ok(found
            .into_iter()
            .map(|(place, entry)| (place, entry.clone()))
            .collect())
    }

    async fn names(&self, organization: OrganizationId, mentioned: &Mentioned) -> Result<Names, StoreError> {
        let state = self.lock();
        let tokens = mentioned.tokens.iter().filter_map(|id| {
            let token = state.owned(organization, *id)?;
            Some((*id, token.description.as_ref().map(ToString::to_string)))
        });
        let templates = mentioned.templates.iter().filter_map(|id| {
            let template = state.templates.get(id)?;
            (template.organization == organization).then(|| (*id, template.name.to_string()))
        });
        let recipients = mentioned.recipients.iter().filter_map(|id| {
            let recipient = state.recipients.get(id)?;
            (recipient.organization == organization).then(|| (*id, recipient.name()))
        });
        let administrators = mentioned.administrators.iter().filter_map(|id| {
            let administrator = state.administrators.get(id)?;
            let is_theirs = administrator.organization == organization;
            is_theirs.then(|| (*id, administrator.called().to_owned()))
        });
        Ok(Names {
            tokens: tokens.collect(),
            templates: templates.collect(),
            recipients: recipients.collect(),
            administrators: administrators.collect(),
        })
    }

    async fn makers(
        &self,
        organization: OrganizationId,
        tokens: &[AuthorizationTokenId],
    ) -> Result<HashMap<AuthorizationTokenId, Actor>, StoreError> {
        let state = self.lock();
        let ours = state
            .activity
            .iter()
            .filter(|entry| entry.organization == organization);
        let made = ours.filter_map(|entry| {
            let token = match entry.action {
                Action::TokenCreated => entry.about.token?,
                Action::TokenRotated => entry.about.other_token?,
                _ => return None,
            };
            tokens
                .contains(&token)
                .then_some((token, entry.attribution.actor))
        });
        Ok(made.collect())
    }

    async fn list(
        &self,
        organization: OrganizationId,
        page: PageRequest,
    ) -> Result<Page<ActivityEntry>, StoreError> {
        let state = self.lock();
        let entries: Vec<_> = state
            .activity
            .iter()
            .filter(|entry| entry.organization == organization)
            .collect();
        Ok(cut(&entries, page).map(Clone::clone))
    }
}

fn is_beside(place: LogPlace, side: Option<LogSide>) -> bool {
    match side {
        None => true,
        Some(LogSide::Before(here)) => place < here,
        Some(LogSide::After(here)) => place > here,
    }
}

fn is_shown(entry: &ActivityEntry, filter: &ActivityFilter) -> bool {
    let (about, actor) = (&entry.about, entry.attribution.actor);
    filter
        .actions
        .as_ref()
        .is_none_or(|actions| actions.contains(&entry.action))
        && filter.actor.is_none_or(|wanted| kind(actor) == wanted)
        && filter
            .administrator
            .is_none_or(|id| actor == Actor::Administrator(id) || about.administrator == Some(id))
        && filter.token.is_none_or(|id| {
            actor == Actor::Token(id) || about.token == Some(id) || about.other_token == Some(id)
        })
        && filter.template.is_none_or(|id| about.template == Some(id))
        && filter.recipient.is_none_or(|id| about.recipient == Some(id))
        && filter.since.is_none_or(|since| entry.at >= since)
        && filter.until.is_none_or(|until| entry.at < until)
}

const fn kind(actor: Actor) -> ActorKind {
    match actor {
        Actor::Token(_) => ActorKind::Token,
        Actor::Administrator(_) => ActorKind::Administrator,
        Actor::Operator => ActorKind::Operator,
        Actor::Recipient => ActorKind::Recipient,
    }
}
