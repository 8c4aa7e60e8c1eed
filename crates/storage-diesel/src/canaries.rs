//! Canaries.

use async_trait::async_trait;
use diesel::{connection::SimpleConnection, prelude::*};
use symbolon_domain::{
    port::{
        StoreError,
        canaries::{Canaries, Canary},
    },
    sealed::KeyId,
};

use crate::{DieselStore, connection::AnyConnection, error::Unreadable, schema::canaries, transaction::Stop};

#[async_trait]
impl Canaries for DieselStore {
    async fn list(&self) -> Result<Vec<Canary>, StoreError> {
        self.read(kept).await
    }

    async fn admit(&self, canaries: &[Canary]) -> Result<Vec<Canary>, StoreError> {
        let canaries = canaries.to_vec();
        self.write(move |connection| {
            if let AnyConnection::Postgres(postgres) = connection {
                // Whoever comes second waits here, and then sees what the first has added.
                postgres.batch_execute("LOCK TABLE canaries IN SHARE ROW EXCLUSIVE MODE")?;
            }
            let found = kept(connection)?;
            let of_key = |key| canaries.iter().find(|canary| canary.key == key);
            if found.iter().any(|canary| of_key(canary.key).is_none()) {
                return Err(Stop::Outcome(found));
            }
            for canary in &canaries {
                if found.iter().all(|kept| kept.key != canary.key) {
                    diesel::insert_into(canaries::table)
                        .values((
                            canaries::key_id.eq(canary.key.as_str()),
                            canaries::proof.eq(canary.proof.as_slice()),
                        ))
                        .execute(connection)?;
                }
            }
            Ok(kept(connection)?)
        })
        .await
    }
}

fn kept(connection: &mut AnyConnection) -> QueryResult<Vec<Canary>> {
    let rows: Vec<(String, Vec<u8>)> = canaries::table
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
    // Not left to the database: PostgreSQL orders text as its locale says.
    found.sort_unstable_by_key(|canary| canary.key);
    Ok(found)
}
