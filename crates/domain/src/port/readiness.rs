//! Whether a store can serve.

use async_trait::async_trait;

use super::StoreError;

/// Tells whether the store behind the other ports can serve right now.
#[async_trait]
pub trait Readiness: Send + Sync {
    /// Succeeds if and only if the store answers and has the shape that this version needs.
    ///
    /// # Errors
    /// What is wrong.
    async fn ready(&self) -> Result<(), StoreError>;
}
