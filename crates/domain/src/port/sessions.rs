//! Where sessions are kept.

use async_trait::async_trait;

use super::StoreError;
use crate::{sealed::TokenDigest, session::Session, time::Timestamp};

/// Keeps the sessions of signed-in browsers.
#[async_trait]
pub trait Sessions: Send + Sync {
    /// Keeps a new session, and ends the one that the same browser had, as one step. What is kept reads back equal; a second
    /// session with one digest is an error, and nothing is changed.
    async fn begin(&self, session: &Session, former: Option<&TokenDigest>) -> Result<(), StoreError>;

    /// The session with this digest, whether it is still good or not.
    async fn find(&self, digest: &TokenDigest) -> Result<Option<Session>, StoreError>;

    /// Moves the idle end of a session forward, never backward. One that has ended stays so.
    async fn touch(&self, digest: &TokenDigest, idle_until: Timestamp) -> Result<(), StoreError>;

    /// Ends a session: from the return on it is not found.
    async fn end(&self, digest: &TokenDigest) -> Result<(), StoreError>;

    /// Removes the sessions that are no longer good, and says how many.
    async fn forget(&self, now: Timestamp) -> Result<u64, StoreError>;
}
