//! Sessions of administrators in memory.

use std::cmp::Reverse;

use async_trait::async_trait;
use symbolon_domain::{
    activity::ActivityEntry,
    administrator::Member,
    administrator_session::AdministratorSession,
    id::{AdministratorId, AdministratorSessionId},
    port::{StoreError, administrator_sessions::AdministratorSessions},
    sealed::TokenDigest,
    time::Timestamp,
};

use crate::{MemoryStore, dossier::taken};

#[async_trait]
impl AdministratorSessions for MemoryStore {
    async fn begin(
        &self,
        session: &AdministratorSession,
        generation: u32,
        former: Option<&TokenDigest>,
        entry: Option<&ActivityEntry>,
    ) -> Result<bool, StoreError> {
        let mut state = self.lock();
        let mut kept = state.administrator_sessions.values();
        if kept.any(|kept| kept.digest == session.digest || kept.id == session.id) {
            return Err(taken());
        }
        let administrator = state.administrators.get_mut(&session.administrator);
        let Some(administrator) = administrator.filter(|found| found.proofs.generation == generation) else {
            return Ok(false);
        };
        if let Some(entry) = entry {
            administrator.signed_in_at = Some(session.created_at);
            state.activity.push(entry.clone());
        }
        if let Some(former) = former {
            state.administrator_sessions.remove(former);
        }
        state
            .administrator_sessions
            .insert(session.digest, session.clone());
        Ok(true)
    }

    async fn find(&self, digest: &TokenDigest) -> Result<Option<(AdministratorSession, Member)>, StoreError> {
        let state = self.lock();
        let session = state.administrator_sessions.get(digest);
        Ok(session.and_then(|session| Some((session.clone(), state.member(session.administrator)?))))
    }

    async fn touch(&self, digest: &TokenDigest, idle_until: Timestamp) -> Result<(), StoreError> {
        if let Some(session) = self.lock().administrator_sessions.get_mut(digest) {
            session.idle_until = session.idle_until.max(idle_until);
        }
        Ok(())
    }

    async fn of(&self, administrator: AdministratorId) -> Result<Vec<AdministratorSession>, StoreError> {
        let state = self.lock();
        let mut sessions: Vec<_> = state
            .administrator_sessions
            .values()
            .filter(|session| session.administrator == administrator)
            .cloned()
            .collect();
        sessions.sort_by_key(|session| Reverse((session.created_at, session.id)));
        Ok(sessions)
    }

    async fn end(&self, digest: &TokenDigest) -> Result<(), StoreError> {
        self.lock().administrator_sessions.remove(digest);
        Ok(())
    }

    async fn end_of(
        &self,
        administrator: AdministratorId,
        id: AdministratorSessionId,
        entry: &ActivityEntry,
    ) -> Result<bool, StoreError> {
        let mut state = self.lock();
        let before = state.administrator_sessions.len();
        state
            .administrator_sessions
            .retain(|_, session| session.administrator != administrator || session.id != id);
        let has_ended = state.administrator_sessions.len() < before;
        if has_ended {
            state.activity.push(entry.clone());
        }
        Ok(has_ended)
    }

    async fn end_all_of(
        &self,
        administrator: AdministratorId,
        keep: Option<&TokenDigest>,
        entry: &ActivityEntry,
    ) -> Result<u64, StoreError> {
        let mut state = self.lock();
        let ended = state.end_administrator_sessions(administrator, keep);
        if ended > 0 {
            state.activity.push(entry.clone());
        }
        Ok(u64::try_from(ended).unwrap_or(u64::MAX))
    }

    async fn forget(&self, now: Timestamp) -> Result<u64, StoreError> {
        let mut state = self.lock();
        let before = state.administrator_sessions.len();
        state
            .administrator_sessions
            .retain(|_, session| session.is_good(now));
        Ok(u64::try_from(before - state.administrator_sessions.len()).unwrap_or(u64::MAX))
    }
}
