//! Where sign-ins under way are kept.

use async_trait::async_trait;

use super::StoreError;
use crate::{sealed::TokenDigest, sign_in::PendingSignIn, time::Timestamp};

/// Keeps sign-ins under way. Each is found once.
#[async_trait]
pub trait SignIns: Send + Sync {
    /// Keeps a sign-in. Where [`MAX_PENDING_PER_TOKEN`](crate::sign_in::MAX_PENDING_PER_TOKEN) wait for the same access
    /// token, the one that expires first makes room; without a token there is no limit. Nothing is kept for a token that is
    /// gone. Whether the session, the administrator or the link is there that it is about, is not looked at.
    async fn begin(&self, sign_in: &PendingSignIn, now: Timestamp) -> Result<(), StoreError>;

    /// Takes out the sign-in with this state as it was begun, with its purpose, if it was begun by this browser and has not
    /// expired. Of any number of concurrent calls exactly one gets it. A call for another browser leaves it where it is.
    async fn finish(
        &self,
        state: &TokenDigest,
        browser: &TokenDigest,
        now: Timestamp,
    ) -> Result<Option<PendingSignIn>, StoreError>;

    /// Removes the sign-ins that have expired, and says how many.
    async fn forget(&self, now: Timestamp) -> Result<u64, StoreError>;
}
