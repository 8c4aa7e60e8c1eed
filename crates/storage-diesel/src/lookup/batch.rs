//! One batch: what a seat has in hand, and how it answers with it.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

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
) -> Result<Vec<Option<Arc<OwnedToken>>>, StoreError> {
    // Where anything goes wrong, what is in hand is let go of: the next batch begins anew.
    let Keeper { own, mut memory } = keeper.take().unwrap_or_else(|| Keeper {
        own: own_connection(store),
        memory: Memory::default(),
    });
    if let Some(mut connection) = own
        && let Ok(found) = memory.read(&mut connection, &digests)
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
                    .map(|digest| Ok(by_digest(connection, digest)?.map(Arc::new)))
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
    ) -> QueryResult<Vec<Option<Arc<OwnedToken>>>> {
        let now = Instant::now();
        if self.0.is_none() {
            self.0 = Some((Mark::now(connection)?, Cache::new(now)));
        }
        let Some((mark, cache)) = &mut self.0 else {
            return Err(Error::NotFound);
        };
        cache.age(now);
        let mut found: Vec<_> = digests.iter().map(|digest| cache.get(digest).cloned()).collect();
        let kept = found.iter().flatten().count();
        if kept * 2 > digests.len() {
            let changes = mark.advance(connection)?;
            if !changes.is_empty() {
                for change in &changes {
                    cache.forget(change);
                }
                found = digests.iter().map(|digest| cache.get(digest).cloned()).collect();
            }
        } else {
            // Most are to be read, and all of them take no longer.
            for digest in digests {
                cache.forget(&Change::Token(digest.bytes));
            }
            found.fill(None);
        }
        let missing: Vec<_> = digests
            .iter()
            .zip(&found)
            .filter(|(_, found)| found.is_none())
            .map(|(digest, _)| *digest)
            .collect();
        if !missing.is_empty() {
            for token in by_digests(connection, &missing)? {
                cache.keep(Arc::new(token));
            }
            for (digest, found) in digests.iter().zip(&mut found) {
                if found.is_none() {
                    *found = cache.get(digest).cloned();
                }
            }
        }
        Ok(found)
    }
}
