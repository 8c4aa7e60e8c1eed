//! Templates in memory.

use std::cmp::Reverse;

use async_trait::async_trait;
use symbolon_domain::{
    activity::ActivityEntry,
    id::{OrganizationId, TemplateId},
    organization::Organization,
    page::{Page, PageRequest},
    port::{
        StoreError,
        templates::{TemplateChange, TemplateRemoval, Templates},
    },
    template::{Template, TemplateEdit},
    time::Timestamp,
};

use crate::{MemoryStore, dossier::taken, page::cut, state::State};

#[async_trait]
impl Templates for MemoryStore {
    async fn insert(&self, template: &Template, entry: &ActivityEntry) -> Result<bool, StoreError> {
        let mut state = self.lock();
        let owner = state.organizations.get(&template.organization);
        if !owner.is_some_and(Organization::is_active) {
            return Ok(false);
        }
        if state.templates.contains_key(&template.id) {
            return Err(taken());
        }
        state.templates.insert(template.id, template.clone());
        state.activity.push(entry.clone());
        Ok(true)
    }

    async fn find(
        &self,
        organization: OrganizationId,
        id: TemplateId,
    ) -> Result<Option<Template>, StoreError> {
        Ok(owned(&self.lock(), organization, id).cloned())
    }

    async fn find_by_id(&self, id: TemplateId) -> Result<Option<Template>, StoreError> {
        Ok(self.lock().templates.get(&id).cloned())
    }

    async fn list(
        &self,
        organization: OrganizationId,
        page: PageRequest,
    ) -> Result<Page<Template>, StoreError> {
        let state = self.lock();
        let mut templates: Vec<_> = state
            .templates
            .values()
            .filter(|template| template.organization == organization)
            .collect();
        templates.sort_by_key(|template| Reverse((template.created_at, template.id)));
        Ok(cut(&templates, page).map(Clone::clone))
    }

    async fn edit(
        &self,
        organization: OrganizationId,
        id: TemplateId,
        edit: &TemplateEdit,
        entry: &ActivityEntry,
    ) -> Result<TemplateChange, StoreError> {
        Ok(change(&mut self.lock(), organization, id, entry, |template| {
            edit.apply(template)
        }))
    }

    async fn pause(
        &self,
        organization: OrganizationId,
        id: TemplateId,
        entry: &ActivityEntry,
        now: Timestamp,
    ) -> Result<TemplateChange, StoreError> {
        Ok(change(&mut self.lock(), organization, id, entry, |template| {
            Template {
                paused_at: template.paused_at.or(Some(now)),
                ..template.clone()
            }
        }))
    }

    async fn resume(
        &self,
        organization: OrganizationId,
        id: TemplateId,
        entry: &ActivityEntry,
    ) -> Result<TemplateChange, StoreError> {
        Ok(change(&mut self.lock(), organization, id, entry, |template| {
            Template {
                paused_at: None,
                ..template.clone()
            }
        }))
    }

    async fn remove(
        &self,
        organization: OrganizationId,
        id: TemplateId,
        entry: &ActivityEntry,
    ) -> Result<TemplateRemoval, StoreError> {
        let mut state = self.lock();
        if owned(&state, organization, id).is_none() {
            return Ok(TemplateRemoval::Absent);
        }
        if state
            .recipients
            .values()
            .any(|recipient| recipient.template == id)
        {
            return Ok(TemplateRemoval::HasRecipients);
        }
        state.templates.remove(&id);
        state.activity.push(entry.clone());
        Ok(TemplateRemoval::Removed)
    }
}

/// The template, if this organization has it.
fn owned(state: &State, organization: OrganizationId, id: TemplateId) -> Option<&Template> {
    state
        .templates
        .get(&id)
        .filter(|template| template.organization == organization)
}

/// Puts what is made of a template in its place, and appends the entry if it differs.
fn change(
    state: &mut State,
    organization: OrganizationId,
    id: TemplateId,
    entry: &ActivityEntry,
    make: impl FnOnce(&Template) -> Template,
) -> TemplateChange {
    let Some(template) = owned(state, organization, id) else {
        return TemplateChange::Absent;
    };
    let changed = make(template);
    if changed == *template {
        return TemplateChange::Unchanged;
    }
    state.templates.insert(id, changed);
    state.activity.push(entry.clone());
    TemplateChange::Changed
}
