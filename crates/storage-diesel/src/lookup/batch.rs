//! One batch: what a seat has in hand, and how it answers with it.

use std::{sync::Arc, time::Instant};

use diesel::{QueryResult, result::Error};
use symbolon_domain::{authorization_token::OwnedToken, port::StoreError, sealed::TokenDigest};
use tokio::task::spawn_blocking;

use super::{
    cache::Cache,
    changes::{Change, Mark},
    own::Own,
};
use crate::{DieselStore, authorization_tokens::by_digests, connection::AnyConnection};

/// What a seat has in hand.
#[derive(Default)]
pub(super) struct Keeper {
    pub(super) own: Own,
    memory: Memory,
}

/// What was read, and up to where its changes have been seen. Empty until the first batch.
#[derive(Default)]
struct Memory(Option<(Mark, Cache)>);

type Found = Vec<Option<Arc<OwnedToken>>>;

/// The tokens with these digests, in their order.
pub(super) async fn answered(
    store: &DieselStore,
    keeper: &mut Option<Keeper>,
    mut digests: Vec<TokenDigest>,
) -> Result<Found, StoreError> {
    // Where anything goes wrong, what is in hand is let go of: the next batch begins anew.
    let mut kept = keeper.take().unwrap_or_default();
    if let Some(connection) = kept.own.ready(store).await {
        let memory = kept.memory;
        let read = if store.settings.url.is_sqlite() {
            read(connection, memory, digests)
        } else {
            spawn_blocking(move || read(connection, memory, digests))
                .await
                .map_err(|_| StoreError::new("a look-up ended early"))?
        };
        match read {
            Ok((kept, found)) => {
                *keeper = Some(kept);
                return Ok(found);
            }
            Err(unread) => digests = unread,
        }
        kept = Keeper::default();
    }
    // One of the pool is waited for, and asked whether it still is there.
    let Keeper { own, mut memory } = kept;
    let (memory, found) = store
        .read(move |connection| {
            let found = memory.read(connection, &digests)?;
            Ok((memory, found))
        })
        .await?;
    *keeper = Some(Keeper { own, memory });
    Ok(found)
}

/// What there is, and what is in hand afterwards; where it fails, what was to be read.
fn read(
    mut connection: AnyConnection,
    mut memory: Memory,
    digests: Vec<TokenDigest>,
) -> Result<(Keeper, Found), Vec<TokenDigest>> {
    match memory.read(&mut connection, &digests) {
        Ok(found) => {
            let own = Own::used_now(connection);
            Ok((Keeper { own, memory }, found))
        }
        Err(_) => Err(digests),
    }
}

impl Memory {
    fn read(&mut self, connection: &mut AnyConnection, digests: &[TokenDigest]) -> QueryResult<Found> {
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
