//! Canaries.

use async_trait::async_trait;
use diesel::{
    prelude::*,
    sql_types::{Binary, Text},
};
use symbolon_domain::{
    port::{
        StoreError,
        canaries::{Canaries, Canary},
    },
    sealed::KeyId,
};

use crate::{DieselStore, error::Unreadable, schema::canaries};

#[async_trait]
impl Canaries for DieselStore {
    async fn list(&self) -> Result<Vec<Canary>, StoreError> {
        self.read(|connection| {
            let rows: Vec<(String, Vec<u8>)> = canaries::table
                .order(canaries::key_id.asc())
                .select((canaries::key_id, canaries::proof))
                .load(connection)?;
            let mut found = rows
                .into_iter()
                .map(|(key, proof)| {
                    let key = KeyId::parse(&key).ok_or(Unreadable {
                        table: "canaries",
                        column: "key_id",
                    })?;
                    Ok(Canary { key, proof })
                })
                .collect::<QueryResult<Vec<_>>>()?;
            // PostgreSQL orders text as the locale of the database says.
            found.sort_unstable_by_key(|canary| canary.key);
            Ok(found)
        })
        .await
    }

    async fn add(&self, canaries: &[Canary]) -> Result<(), StoreError> {
        let canaries = canaries.to_vec();
        self.write(move |connection| {
            for canary in &canaries {
                // The one who comes second waits for the first, and then leaves it at that.
                diesel::sql_query(
                    "INSERT INTO canaries (key_id, proof) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                )
                .bind::<Text, _>(canary.key.as_str())
                .bind::<Binary, _>(canary.proof.as_slice())
                .execute(connection)?;
            }
            Ok(())
        })
        .await
    }
}
