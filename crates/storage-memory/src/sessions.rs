//! Sessions in memory.

use async_trait::async_trait;
use symbolon_domain::{
    port::{StoreError, sessions::Sessions},
    sealed::TokenDigest,
    session::Session,
    time::Timestamp,
};

use crate::{MemoryStore, dossier::taken};

#[async_trait]
impl Sessions for MemoryStore {
    async fn begin(&self, session: &Session, former: Option<&TokenDigest>) -> Result<(), StoreError> {
        let mut state = self.lock();
        if state.sessions.contains_key(&session.digest) {
            return Err(taken());
        }
        if let Some(former) = former {
            state.sessions.remove(former);
        }
        state.sessions.insert(session.digest, session.clone());
        Ok(())
    }

    async fn find(&self, digest: &TokenDigest) -> Result<Option<Session>, StoreError> {
        Ok(self.lock().sessions.get(digest).cloned())
    }

    async fn touch(&self, digest: &TokenDigest, idle_until: Timestamp) -> Result<(), StoreError> {
        if let Some(session) = self.lock().sessions.get_mut(digest) {
            session.idle_until = session.idle_until.max(idle_until);
        }
        Ok(())
    }

    async fn end(&self, digest: &TokenDigest) -> Result<(), StoreError> {
        self.lock().sessions.remove(digest);
        Ok(())
    }

    async fn forget(&self, now: Timestamp) -> Result<u64, StoreError> {
        let mut state = self.lock();
        let before = state.sessions.len();
        state.sessions.retain(|_, session| session.is_good(now));
        Ok(u64::try_from(before - state.sessions.len()).unwrap_or(u64::MAX))
    }
}
