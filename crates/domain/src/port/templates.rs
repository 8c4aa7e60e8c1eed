//! Where templates are kept.

use async_trait::async_trait;

use super::StoreError;
use crate::{
    activity::ActivityEntry,
    id::{OrganizationId, TemplateId},
    page::{Page, PageRequest},
    template::{Template, TemplateEdit},
    time::Timestamp,
};

/// Keeps templates.
#[async_trait]
pub trait Templates: Send + Sync {
    /// Keeps a new template; what is kept reads back equal. `false` where the organization is not active: nothing is
    /// kept then.
    async fn insert(&self, template: &Template, entry: &ActivityEntry) -> Result<bool, StoreError>;

    /// The template with this id, if this organization has it.
    async fn find(
        &self,
        organization: OrganizationId,
        id: TemplateId,
    ) -> Result<Option<Template>, StoreError>;

    /// The template with this id; for operators, who know no organization's bounds.
    async fn find_by_id(&self, id: TemplateId) -> Result<Option<Template>, StoreError>;

    /// A page of an organization's templates, newest first (by `created_at`, then `id`, both falling), paused ones
    /// included.
    async fn list(
        &self,
        organization: OrganizationId,
        page: PageRequest,
    ) -> Result<Page<Template>, StoreError>;

    /// Changes what the edit names, and leaves the rest as it is, also where two edits are made at once.
    async fn edit(
        &self,
        organization: OrganizationId,
        id: TemplateId,
        edit: &TemplateEdit,
        entry: &ActivityEntry,
    ) -> Result<TemplateChange, StoreError>;

    /// Pauses an active template. From the return on, no claim on it is bound and no mail about it is taken for sending.
    async fn pause(
        &self,
        organization: OrganizationId,
        id: TemplateId,
        entry: &ActivityEntry,
        now: Timestamp,
    ) -> Result<TemplateChange, StoreError>;

    /// Makes a paused template active again; everything is as it was.
    async fn resume(
        &self,
        organization: OrganizationId,
        id: TemplateId,
        entry: &ActivityEntry,
    ) -> Result<TemplateChange, StoreError>;

    /// Removes a template that has no recipients.
    async fn remove(
        &self,
        organization: OrganizationId,
        id: TemplateId,
        entry: &ActivityEntry,
    ) -> Result<TemplateRemoval, StoreError>;
}

/// What became of a change to a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TemplateChange {
    /// It was made, with its entry in the activity log.
    Changed,
    /// It was so already; nothing was written.
    Unchanged,
    /// This organization has no such template.
    Absent,
}

/// What became of a removal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TemplateRemoval {
    /// It is gone.
    Removed,
    /// Credentials were issued on it; nothing was changed.
    HasRecipients,
    /// This organization has no such template.
    Absent,
}
