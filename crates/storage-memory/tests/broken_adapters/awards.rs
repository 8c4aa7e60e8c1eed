//! Flaws in templates.

use symbolon_domain::{
    activity::ActivityEntry,
    id::{OrganizationId, TemplateId},
    page::{Page, PageRequest},
    port::{
        activity::ActivityLog,
        recipients::{RecipientFilter, RecipientOrder, Recipients},
        templates::{TemplateChange, TemplateRemoval, Templates},
    },
    template::{Template, TemplateEdit},
    time::Timestamp,
};
use symbolon_storage_memory::MemoryStore;

use crate::flaw::{Answer, BreaksTemplates, meanwhile};

/// Reads a template, and writes all of it back.
pub(crate) struct EditedAsAWhole;

impl BreaksTemplates for EditedAsAWhole {
    async fn edit(
        store: &MemoryStore,
        organization: OrganizationId,
        id: TemplateId,
        edit: &TemplateEdit,
        entry: &ActivityEntry,
    ) -> Answer<TemplateChange> {
        let Some(read) = Templates::find(store, organization, id).await? else {
            return Ok(TemplateChange::Absent);
        };
        let wanted = edit.apply(&read);
        if wanted == read {
            return Ok(TemplateChange::Unchanged);
        }
        meanwhile().await;
        let whole = TemplateEdit {
            name: Some(wanted.name),
            description: Some(wanted.description),
            validity: Some(wanted.validity),
        };
        Templates::edit(store, organization, id, &whole, entry).await?;
        Ok(TemplateChange::Changed)
    }
}

/// Writes to the log what changed nothing.
pub(crate) struct EveryEditEntered;

impl BreaksTemplates for EveryEditEntered {
    async fn edit(
        store: &MemoryStore,
        organization: OrganizationId,
        id: TemplateId,
        edit: &TemplateEdit,
        entry: &ActivityEntry,
    ) -> Answer<TemplateChange> {
        let change = Templates::edit(store, organization, id, edit, entry).await?;
        if change == TemplateChange::Unchanged {
            store.append(entry).await?;
            return Ok(TemplateChange::Changed);
        }
        Ok(change)
    }
}

/// Takes the empty for what is not named.
pub(crate) struct NothingIsCleared;

impl BreaksTemplates for NothingIsCleared {
    async fn edit(
        store: &MemoryStore,
        organization: OrganizationId,
        id: TemplateId,
        edit: &TemplateEdit,
        entry: &ActivityEntry,
    ) -> Answer<TemplateChange> {
        let edit = TemplateEdit {
            description: edit.description.clone().filter(Option::is_some),
            ..edit.clone()
        };
        Templates::edit(store, organization, id, &edit, entry).await
    }
}

/// Takes what is paused already for paused now.
pub(crate) struct PausesTwice;

impl BreaksTemplates for PausesTwice {
    async fn pause(
        store: &MemoryStore,
        organization: OrganizationId,
        id: TemplateId,
        entry: &ActivityEntry,
        now: Timestamp,
    ) -> Answer<TemplateChange> {
        match Templates::pause(store, organization, id, entry, now).await? {
            TemplateChange::Unchanged => {
                store.append(entry).await?;
                Ok(TemplateChange::Changed)
            }
            other => Ok(other),
        }
    }
}

/// Takes an id for enough.
pub(crate) struct TemplatesForAnyone;

impl BreaksTemplates for TemplatesForAnyone {
    async fn find(store: &MemoryStore, _: OrganizationId, id: TemplateId) -> Answer<Option<Template>> {
        Templates::find_by_id(store, id).await
    }

    async fn resume(
        store: &MemoryStore,
        organization: OrganizationId,
        id: TemplateId,
        entry: &ActivityEntry,
    ) -> Answer<TemplateChange> {
        let found = Templates::find_by_id(store, id).await?;
        let owner = found.map_or(organization, |found| found.organization);
        Templates::resume(store, owner, id, entry).await
    }
}

/// Removes what recipients refer to.
pub(crate) struct RemovedWithRecipients;

impl BreaksTemplates for RemovedWithRecipients {
    async fn remove(
        store: &MemoryStore,
        organization: OrganizationId,
        id: TemplateId,
        entry: &ActivityEntry,
    ) -> Answer<TemplateRemoval> {
        match Templates::remove(store, organization, id, entry).await? {
            TemplateRemoval::HasRecipients => Ok(TemplateRemoval::Removed),
            other => Ok(other),
        }
    }
}

/// Looks whether there are recipients, and removes in another step.
pub(crate) struct RemovedInTwoSteps;

impl BreaksTemplates for RemovedInTwoSteps {
    async fn remove(
        store: &MemoryStore,
        organization: OrganizationId,
        id: TemplateId,
        entry: &ActivityEntry,
    ) -> Answer<TemplateRemoval> {
        let on_it = RecipientFilter {
            template: Some(id),
            ..RecipientFilter::default()
        };
        let (order, page) = (RecipientOrder::default(), PageRequest::default());
        let recipients = Recipients::list(store, organization, &on_it, order, page).await?;
        if recipients.total_count > 0 {
            return Ok(TemplateRemoval::HasRecipients);
        }
        meanwhile().await;
        match Templates::remove(store, organization, id, entry).await? {
            TemplateRemoval::HasRecipients => Ok(TemplateRemoval::Removed),
            other => Ok(other),
        }
    }
}

/// Lists active templates only.
pub(crate) struct PausedHidden;

impl BreaksTemplates for PausedHidden {
    async fn list(
        store: &MemoryStore,
        organization: OrganizationId,
        page: PageRequest,
    ) -> Answer<Page<Template>> {
        let mut shown = Templates::list(store, organization, page).await?;
        shown.items.retain(|template| template.paused_at.is_none());
        shown.total_count = u64::try_from(shown.items.len()).unwrap();
        Ok(shown)
    }
}

/// Lists the oldest first.
pub(crate) struct OldestTemplateFirst;

impl BreaksTemplates for OldestTemplateFirst {
    async fn list(
        store: &MemoryStore,
        organization: OrganizationId,
        page: PageRequest,
    ) -> Answer<Page<Template>> {
        let mut shown = Templates::list(store, organization, page).await?;
        shown.items.reverse();
        Ok(shown)
    }
}
