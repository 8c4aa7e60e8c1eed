//! The activity log. Changes append their entry in their own call; this port is for reading, and for acts that change
//! nothing else.

use std::collections::HashMap;

use async_trait::async_trait;

use super::StoreError;
use crate::{
    activity::{
        Action, ActivityEntry, Actor,
        names::{Mentioned, Names},
    },
    id::{AdministratorId, AuthorizationTokenId, OrganizationId, RecipientId, TemplateId},
    page::{Page, PageRequest},
    time::Timestamp,
};

/// Keeps the activity log. Entries are never changed nor removed.
#[async_trait]
pub trait ActivityLog: Send + Sync {
    /// Appends an entry; when this returns, it is durable.
    async fn append(&self, entry: &ActivityEntry) -> Result<(), StoreError>;

    /// The entries of an organization that the filter lets through and that stand on this side of a place, those nearest to
    /// it, the latest first either way, at most `limit`, each with its place. Without a side the last ones of the log.
    ///
    /// However many lie behind or before them, a step costs the same where the filter names nothing, a recipient, a token or
    /// an administrator, and also where it names actions, a kind of actor, or both. Instants make it dearer by the number of
    /// days between them, and by the entries that stand out of the order of their days.
    async fn look_back(
        &self,
        organization: OrganizationId,
        filter: &ActivityFilter,
        side: Option<LogSide>,
        limit: u32,
    ) -> Result<Vec<(LogPlace, ActivityEntry)>, StoreError>;

    /// What things of this organization that entries mention are called now: what is there no more, or is another
    /// organization's, has no name. However many are mentioned, the store is asked as often.
    async fn names(&self, organization: OrganizationId, mentioned: &Mentioned) -> Result<Names, StoreError>;

    /// Who made these tokens of the organization: whoever created them, or rotated another away for them, as the entries
    /// say. A token that no entry tells of is left out, and so is another organization's.
    async fn makers(
        &self,
        organization: OrganizationId,
        tokens: &[AuthorizationTokenId],
    ) -> Result<HashMap<AuthorizationTokenId, Actor>, StoreError>;

    /// A page of an organization's entries, in the order in which they were appended.
    async fn list(
        &self,
        organization: OrganizationId,
        page: PageRequest,
    ) -> Result<Page<ActivityEntry>, StoreError>;
}

/// Where an entry stands in the log: later ones have a greater place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LogPlace(pub u64);

/// On which side of a place in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogSide {
    /// What was appended before what stands there.
    Before(LogPlace),
    /// What was appended after it.
    After(LogPlace),
}

/// Which entries are wanted. What is `None` does not matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ActivityFilter {
    /// One of these was done.
    pub actions: Option<Vec<Action>>,
    /// One of these kinds of actor did it.
    pub actor: Option<ActorKind>,
    /// This administrator did it, or it was done to them.
    pub administrator: Option<AdministratorId>,
    /// This authorization token did it, or it was done to it, or it is the successor that came of it.
    pub token: Option<AuthorizationTokenId>,
    /// It was done to this template, or to something on it.
    pub template: Option<TemplateId>,
    /// It was done to this recipient.
    pub recipient: Option<RecipientId>,
    /// It was done at this instant or later.
    pub since: Option<Timestamp>,
    /// It was done before this instant.
    pub until: Option<Timestamp>,
}

/// The kinds of actors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActorKind {
    /// Programs, with authorization tokens.
    Token,
    /// Administrators in the dashboard.
    Administrator,
    /// Operators at the command line.
    Operator,
    /// Recipients.
    Recipient,
}

impl ActorKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Token, Self::Administrator, Self::Operator, Self::Recipient];

    /// The stored word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Administrator => "administrator",
            Self::Operator => "operator",
            Self::Recipient => "recipient",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == text)
    }
}
