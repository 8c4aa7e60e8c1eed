//! Readiness.

use async_trait::async_trait;
use symbolon_domain::port::{StoreError, readiness::Readiness};

use crate::{DieselStore, migration};

#[async_trait]
impl Readiness for DieselStore {
    async fn ready(&self) -> Result<(), StoreError> {
        let pending = self.read(migration::pending).await?;
        match pending.first() {
            None => Ok(()),
            Some(first) => Err(StoreError::new(format!(
                "the database lacks {} migrations, the first of them {first}; run `symbolon migrate`",
                pending.len()
            ))),
        }
    }
}
