//! Where sessions of administrators are kept.

use async_trait::async_trait;

use super::StoreError;
use crate::{
    activity::ActivityEntry,
    administrator::Member,
    administrator_session::AdministratorSession,
    id::{AdministratorId, AdministratorSessionId},
    sealed::TokenDigest,
    time::Timestamp,
};

/// Keeps the sessions of administrators.
#[async_trait]
pub trait AdministratorSessions: Send + Sync {
    /// Keeps a new session, and ends the one that the same browser had, as one step, with the entry in the activity log if
    /// given; then the administrator is also said to have signed in at that instant. What is kept reads back equal.
    ///
    /// `false`, and nothing is changed, where the administrator is gone or their proofs are no longer of this generation:
    /// whoever signs in with an old password while a new one is chosen comes too late. A second session with one digest is
    /// an error.
    async fn begin(
        &self,
        session: &AdministratorSession,
        generation: u32,
        former: Option<&TokenDigest>,
        entry: Option<&ActivityEntry>,
    ) -> Result<bool, StoreError>;

    /// The session with this digest, whether it is still good or not, with whose it is, read in one step.
    async fn find(&self, digest: &TokenDigest) -> Result<Option<(AdministratorSession, Member)>, StoreError>;

    /// Moves the idle end of a session forward, never backward. One that has ended stays so.
    async fn touch(&self, digest: &TokenDigest, idle_until: Timestamp) -> Result<(), StoreError>;

    /// The sessions of an administrator, the newest first (by `created_at`, then `id`, both falling), also those that are no
    /// longer good.
    async fn of(&self, administrator: AdministratorId) -> Result<Vec<AdministratorSession>, StoreError>;

    /// Ends a session: from the return on it is not found.
    async fn end(&self, digest: &TokenDigest) -> Result<(), StoreError>;

    /// Ends a session of this administrator. `false` where they have no such session.
    async fn end_of(
        &self,
        administrator: AdministratorId,
        id: AdministratorSessionId,
        entry: &ActivityEntry,
    ) -> Result<bool, StoreError>;

    /// Ends every session of this administrator but the one to keep, and says how many. The entry is kept unless there was
    /// none.
    async fn end_all_of(
        &self,
        administrator: AdministratorId,
        keep: Option<&TokenDigest>,
        entry: &ActivityEntry,
    ) -> Result<u64, StoreError>;

    /// Removes the sessions that are no longer good, and says how many.
    async fn forget(&self, now: Timestamp) -> Result<u64, StoreError>;
}
