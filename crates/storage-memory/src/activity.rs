//! The activity log in memory.

use async_trait::async_trait;
use symbolon_domain::{
    activity::{ActivityEntry, Actor},
    id::OrganizationId,
    page::{Page, PageRequest},
    port::{
        StoreError,
        activity::{ActivityFilter, ActivityLog, ActorKind, LogPlace},
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
        before: Option<LogPlace>,
        limit: u32,
    ) -> Result<Vec<(LogPlace, ActivityEntry)>, StoreError> {
        let state = self.lock();
        let found = (0_u64..)
            .map(LogPlace)
            .zip(&state.activity)
            .take_while(|(place, _)| before.is_none_or(|before| *place < before))
            .filter(|(_, entry)| entry.organization == organization && is_shown(entry, filter));
        let mut entries: Vec<_> = found.map(|(place, entry)| (place, entry.clone())).collect();
        entries.reverse();
        entries.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(entries)
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
