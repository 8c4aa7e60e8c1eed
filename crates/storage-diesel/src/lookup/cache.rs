//! Tokens that were read a moment ago.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
    sync::Arc,
    time::{Duration, Instant},
};

use symbolon_domain::{authorization_token::OwnedToken, sealed::TokenDigest};

use super::changes::Change;

/// How many tokens are kept: twice this, and those of one batch.
const MOST: usize = 8_192;

/// How long a token is kept at most: twice this. `last_used_at` is no change, and may be as much behind, besides the 35
/// seconds for which a use may wait to be written.
const AGE: Duration = Duration::from_secs(10);

/// Digests are as random as a hash: their first bytes are taken for it. Nobody can choose a value whose digest begins like
/// another's, without the pepper.
#[derive(Default)]
struct FirstBytes(u64);

impl Hasher for FirstBytes {
    fn write(&mut self, bytes: &[u8]) {
        if let Some(first) = bytes.first_chunk() {
            self.0 = u64::from_le_bytes(*first);
        }
    }

    /// The length of the digest, which is always the same.
    fn write_usize(&mut self, _: usize) {}

    fn finish(&self) -> u64 {
        self.0
    }
}

type Tokens = HashMap<[u8; 32], Arc<OwnedToken>, BuildHasherDefault<FirstBytes>>;

/// What is kept is in two parts: one is filled, the other was filled before, and goes as a whole when the first is full or
/// old. So nothing has to be known of each token but that it is there.
pub(super) struct Cache {
    young: Tokens,
    old: Tokens,
    /// Since when the first is filled.
    since: Instant,
}

impl Cache {
    pub(super) fn new(now: Instant) -> Self {
        Self {
            young: Tokens::default(),
            old: Tokens::default(),
            since: now,
        }
    }

    /// Lets go of what is old.
    pub(super) fn age(&mut self, now: Instant) {
        let age = now.saturating_duration_since(self.since);
        if age >= AGE * 2 {
            self.young.clear();
        }
        if age >= AGE || self.young.len() >= MOST {
            self.old = std::mem::take(&mut self.young);
            self.since = now;
        }
    }

    pub(super) fn get(&self, digest: &TokenDigest) -> Option<&Arc<OwnedToken>> {
        let found = self
            .young
            .get(&digest.bytes)
            .or_else(|| self.old.get(&digest.bytes))?;
        (found.token.digest == *digest).then_some(found)
    }

    pub(super) fn keep(&mut self, token: Arc<OwnedToken>) {
        self.young.insert(token.token.digest.bytes, token);
    }

    /// Forgets what has changed.
    pub(super) fn forget(&mut self, change: &Change) {
        match change {
            Change::Token(digest) => {
                self.young.remove(digest);
                self.old.remove(digest);
            }
            Change::Organization(id) => {
                self.young.retain(|_, kept| kept.owner.id != *id);
                self.old.retain(|_, kept| kept.owner.id != *id);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use symbolon_contract::sample::Samples;

    use super::*;

    #[test]
    fn nothing_is_kept_for_longer_than_twenty_seconds() {
        let begun = Instant::now();
        let samples = Samples::default();
        let owner = samples.organization();
        let [early, late] = [(), ()].map(|()| {
            Arc::new(OwnedToken {
                token: samples.token(owner.id),
                owner: owner.clone(),
            })
        });
        let mut cache = Cache::new(begun);
        cache.keep(early.clone());
        cache.age(begun + AGE);
        cache.keep(late.clone());
        assert_eq!(cache.get(&early.token.digest), Some(&early));
        cache.age(begun + AGE * 2);
        assert_eq!(cache.get(&early.token.digest), None);
        assert_eq!(cache.get(&late.token.digest), Some(&late));
        cache.age(begun + AGE * 4);
        assert_eq!(cache.get(&late.token.digest), None);
    }

    #[test]
    fn no_more_are_kept_than_there_is_room_for() {
        let now = Instant::now();
        let samples = Samples::default();
        let owner = samples.organization();
        let mut cache = Cache::new(now);
        let mut first = None;
        for _ in 0..=MOST * 2 {
            cache.age(now);
            let token = samples.token(owner.id);
            first.get_or_insert(token.digest);
            cache.keep(Arc::new(OwnedToken {
                token,
                owner: owner.clone(),
            }));
        }
        assert!(cache.young.len() + cache.old.len() <= MOST * 2);
        assert_eq!(first.and_then(|digest| cache.get(&digest).cloned()), None);
    }
}
