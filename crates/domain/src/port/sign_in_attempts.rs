//! Where attempts to sign in to the dashboard are counted.

use async_trait::async_trait;

use super::StoreError;
use crate::{idempotency::RequestFingerprint, sign_in_attempts::Attempt, time::Timestamp};

/// Counts attempts at accounts, which are named by fingerprints: what was typed is kept nowhere, for people type passwords
/// into the wrong field.
#[async_trait]
pub trait SignInAttempts: Send + Sync {
    /// Begins an attempt, judged by [`attempt`](crate::sign_in_attempts::attempt): what it says is to be kept is kept. Of
    /// any number of concurrent calls for one account at one instant exactly one is allowed.
    async fn begin(&self, account: &RequestFingerprint, now: Timestamp) -> Result<Attempt, StoreError>;

    /// Forgets the attempts at an account: one has succeeded, or somebody unlocks it. `false` where there were none.
    async fn clear(&self, account: &RequestFingerprint) -> Result<bool, StoreError>;

    /// Removes what is no longer remembered, and says how much.
    async fn forget(&self, now: Timestamp) -> Result<u64, StoreError>;
}
