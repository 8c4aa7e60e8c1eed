//! One batch: what a seat has in hand, and how it answers with it.

use std::time::{Duration, Instant};

use diesel::{QueryResult, result::Error};
use symbolon_domain::{authorization_token::OwnedToken, port::StoreError, sealed::TokenDigest};

use super::{
    cache::Cache,
    changes::{Change, Mark},
};
use crate::{
    DieselStore,
    authorization_tokens::{by_digest, by_digests},
    connection::{AnyConnection, Role},
    settings::Settings,
    transaction::snapshot,
};

/// What a seat has in hand.
pub(super) struct Keeper {
    /// Its own connection, to SQLite; to PostgreSQL each batch takes one from the pool.
    own: Option<AnyConnection>,
    memory: Memory,
}

/// What was read, and up to where its changes have been seen. Empty until the first batch.
#[derive(Default)]
struct Memory(Option<(Mark, Cache)>);

/// The tokens with these digests, in their order.
pub(super) async fn answered(
    store: &DieselStore,
    keeper: &mut Option<Keeper>,
    digests: Vec<TokenDigest>,
) -> Result<Vec<Option<OwnedToken>>, StoreError> {
    // Where anything goes wrong, what is in hand is let go of: the next batch begins anew.
    let Keeper { own, mut memory } = keeper.take().unwrap_or_else(|| Keeper {
        own: own_connection(store),
        memory: Memory::default(),
    });
    if let Some(mut connection) = own
        && let Ok(found) = snapshot(&mut connection, |connection| memory.read(connection, &digests))
    {
        let own = Some(connection);
        *keeper = Some(Keeper { own, memory });
        return Ok(found);
    }
    if store.settings.url.is_sqlite() {
        // SQLite would have to wait, which is for a thread that may.
        return store
            .read(move |connection| {
                digests
                    .iter()
                    .map(|digest| by_digest(connection, digest))
                    .collect()
            })
            .await;
    }
    let (memory, found) = store
        .read(move |connection| {
            let found = memory.read(connection, &digests)?;
            Ok((memory, found))
        })
        .await?;
    *keeper = Some(Keeper { own: None, memory });
    Ok(found)
}

/// A connection to SQLite that never waits.
fn own_connection(store: &DieselStore) -> Option<AnyConnection> {
    store.settings.url.sqlite_path()?;
    let settings = Settings {
        busy_timeout: Duration::ZERO,
        ..(*store.settings).clone()
    };
    Role::Reader.connect(&settings).ok()
}

impl Memory {
    fn read(
        &mut self,
        connection: &mut AnyConnection,
        digests: &[TokenDigest],
    ) -> QueryResult<Vec<Option<OwnedToken>>> {
        let now = Instant::now();
        if self.0.is_none() {
            self.0 = Some((Mark::now(connection)?, Cache::new(now)));
        }
        let Some((mark, cache)) = &mut self.0 else {
            return Err(Error::NotFound);
        };
        cache.age(now);
        let kept = digests
            .iter()
            .filter(|digest| cache.get(digest).is_some())
            .count();
        if kept * 2 > digests.len() {
            for change in mark.advance(connection)? {
                cache.forget(&change);
            }
        } else {
            // Most are to be read, and all of them take no longer.
            for digest in digests {
                cache.forget(&Change::Token(digest.bytes));
            }
        }
        let missing: Vec<_> = digests
            .iter()
            .filter(|digest| cache.get(digest).is_none())
            .copied()
            .collect();
        if !missing.is_empty() {
            for found in by_digests(connection, &missing)? {
                cache.keep(found);
            }
        }
        Ok(digests.iter().map(|digest| cache.get(digest).cloned()).collect())
    }
}
