//! Symbolon's stores in memory: the reference adapter.
//!
//! One lock over plain maps. It is the store of tests and of programs that embed the domain and can do without
//! permanence; and where a database is in doubt what a port means, this is the answer. Every guard asks the domain's
//! judgements, such as [`standing`](symbolon_domain::authorization_token::AuthorizationToken::standing) and
//! [`claim_by`](symbolon_domain::access_token::Dossier::claim_by); no rule is written here twice.
//!
//! ```
//! use symbolon_domain::port::authorization_tokens::AuthorizationTokens;
//! use symbolon_storage_memory::MemoryStore;
//!
//! let store = MemoryStore::new();
//! let port: std::sync::Arc<dyn AuthorizationTokens> = std::sync::Arc::new(store.clone());
//! ```

mod access_tokens;
mod activity;
mod administrator_sessions;
mod administrators;
mod authorization_tokens;
mod canaries;
mod descent;
mod dossier;
mod issue;
mod jobs;
mod member;
mod notices;
mod organizations;
mod outbox;
mod page;
mod readiness;
mod recipients;
mod sessions;
mod sign_in_attempts;
mod sign_ins;
mod state;
mod tallies;
mod templates;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use state::State;

/// Every store of the product, in memory. Clones share what is kept.
#[derive(Clone, Default)]
pub struct MemoryStore {
    state: Arc<Mutex<State>>,
}

impl MemoryStore {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The state, for one step. Every step leaves it whole even if it panics, so a poisoned lock is taken over.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
