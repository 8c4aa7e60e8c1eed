//! What is counted, for people to look at. Nothing is decided by it.

use async_trait::async_trait;

use super::StoreError;
use crate::{
    id::{OrganizationId, TemplateId},
    time::Day,
};

/// Counts recipients and what became of their credentials. What a call that returned has changed, later counts have seen;
/// they cost the same however many there are.
#[async_trait]
pub trait Tallies: Send + Sync {
    /// The numbers of each of these templates, in their order; zeros for one that this organization does not have.
    async fn of_templates(
        &self,
        organization: OrganizationId,
        templates: &[TemplateId],
    ) -> Result<Vec<Numbers>, StoreError>;

    /// The numbers of all templates of an organization together.
    async fn of_organization(&self, organization: OrganizationId) -> Result<Numbers, StoreError>;

    /// How many credentials were first claimed on each day from this one on, days without any left out, rising.
    async fn claims(&self, organization: OrganizationId, from: Day) -> Result<Vec<(Day, u64)>, StoreError>;

    /// How many credentials expire on each day from this one to before that one, days without any left out, rising; revoked
    /// ones are left out.
    async fn expiries(
        &self,
        organization: OrganizationId,
        from: Day,
        before: Day,
    ) -> Result<Vec<(Day, u64)>, StoreError>;

    /// Brings together what was counted lately, so that counting stays cheap. Changes no number. Says whether there is more
    /// to do.
    async fn settle(&self) -> Result<bool, StoreError>;
}

/// What became of credentials. But for the last, test recipients are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Numbers {
    /// Recipients.
    pub recipients: u64,
    /// Of them those to whom a mail with a link was sent.
    pub mailed: u64,
    /// Of them those the latest mail to whom with the link in use was given up, as
    /// [`Dossier::mail`](crate::access_token::Dossier) says.
    pub mail_failed: u64,
    /// Of them those a link of whom was opened, by a person or by a mail scanner.
    pub opened: u64,
    /// Of them those who have claimed, though it may have been reset since.
    pub claimed: u64,
    /// Of them those whose credential was revoked.
    pub revoked: u64,
    /// Test recipients.
    pub tests: u64,
}
