//! The ports: what the domain asks of the outside.
//!
//! An adapter implements a port; `symbolon-contract` holds the promises below as tests, and an adapter that passes
//! them can serve the product. The rules common to all stores:
//!
//! - **One call, one step.** What must be atomic together (the change, its [activity](crate::activity) entry, its
//!   [stored answer](crate::idempotency)) is one call. No transaction is visible from outside.
//! - **Losing is an outcome.** A call that comes too late returns an outcome that says so, and has changed nothing.
//!   An `Err` means only that nothing can be concluded: the store is out of reach, or holds what it cannot read.
//! - **At once.** What a call that has returned `Ok` has changed, every later call sees, on every instance.
//! - **Nothing invented.** Stores see no secret, read no clock, draw no random bytes.

use std::sync::Arc;

pub mod access_tokens;
pub mod activity;
pub mod administrator_sessions;
pub mod administrators;
pub mod authorization_tokens;
pub mod canaries;
pub mod clock;
pub mod entropy;
pub mod jobs;
pub mod mailer;
pub mod notices;
pub mod one_time_codes;
pub mod organizations;
pub mod outbox;
pub mod passwords;
pub mod readiness;
pub mod recipients;
pub mod sessions;
pub mod sign_in;
pub mod sign_in_attempts;
pub mod sign_ins;
pub mod tallies;
pub mod templates;
pub mod vault;

use crate::{
    id::ID_ENTROPY,
    service::{record_opens::PendingOpens, record_use::PendingUses},
};

/// Everything a use case may ask for. Cheap to clone.
#[derive(Clone)]
pub struct Ports {
    /// What time it is.
    pub clock: Arc<dyn clock::Clock>,
    /// Random bytes.
    pub entropy: Arc<dyn entropy::Entropy>,
    /// Digests and sealed copies.
    pub vault: Arc<dyn vault::Vault>,
    /// Organizations.
    pub organizations: Arc<dyn organizations::Organizations>,
    /// Authorization tokens.
    pub tokens: Arc<dyn authorization_tokens::AuthorizationTokens>,
    /// Templates.
    pub templates: Arc<dyn templates::Templates>,
    /// Recipients and their credentials.
    pub recipients: Arc<dyn recipients::Recipients>,
    /// Access tokens.
    pub access: Arc<dyn access_tokens::AccessTokens>,
    /// Mail that waits.
    pub outbox: Arc<dyn outbox::Outbox>,
    /// Sessions of signed-in browsers.
    pub sessions: Arc<dyn sessions::Sessions>,
    /// Sign-ins under way.
    pub sign_ins: Arc<dyn sign_ins::SignIns>,
    /// Administrators.
    pub administrators: Arc<dyn administrators::Administrators>,
    /// Sessions of administrators.
    pub administrator_sessions: Arc<dyn administrator_sessions::AdministratorSessions>,
    /// Attempts to sign in to the dashboard.
    pub attempts: Arc<dyn sign_in_attempts::SignInAttempts>,
    /// What is counted.
    pub tallies: Arc<dyn tallies::Tallies>,
    /// Mail to administrators.
    pub notices: Arc<dyn notices::Notices>,
    /// Long work.
    pub jobs: Arc<dyn jobs::Jobs>,
    /// The activity log.
    pub activity: Arc<dyn activity::ActivityLog>,
    /// Uses of tokens that wait to be written.
    pub uses: Arc<PendingUses>,
    /// Opened links that wait to be counted.
    pub opens: Arc<PendingOpens>,
}

/// A store that keeps everything.
pub trait Store:
    organizations::Organizations
    + authorization_tokens::AuthorizationTokens
    + templates::Templates
    + recipients::Recipients
    + access_tokens::AccessTokens
    + outbox::Outbox
    + sessions::Sessions
    + sign_ins::SignIns
    + administrators::Administrators
    + administrator_sessions::AdministratorSessions
    + sign_in_attempts::SignInAttempts
    + tallies::Tallies
    + notices::Notices
    + jobs::Jobs
    + activity::ActivityLog
    + canaries::Canaries
    + readiness::Readiness
{
}

impl<S> Store for S where
    S: organizations::Organizations
        + authorization_tokens::AuthorizationTokens
        + templates::Templates
        + recipients::Recipients
        + access_tokens::AccessTokens
        + outbox::Outbox
        + sessions::Sessions
        + sign_ins::SignIns
        + administrators::Administrators
        + administrator_sessions::AdministratorSessions
        + sign_in_attempts::SignInAttempts
        + tallies::Tallies
        + notices::Notices
        + jobs::Jobs
        + activity::ActivityLog
        + canaries::Canaries
        + readiness::Readiness
{
}

impl Ports {
    /// The ports over one store that keeps everything.
    #[must_use]
    pub fn over(
        store: Arc<impl Store + 'static>,
        clock: Arc<dyn clock::Clock>,
        entropy: Arc<dyn entropy::Entropy>,
        vault: Arc<dyn vault::Vault>,
    ) -> Self {
        Self {
            clock,
            entropy,
            vault,
            organizations: store.clone(),
            tokens: store.clone(),
            templates: store.clone(),
            recipients: store.clone(),
            access: store.clone(),
            outbox: store.clone(),
            sessions: store.clone(),
            sign_ins: store.clone(),
            administrators: store.clone(),
            administrator_sessions: store.clone(),
            attempts: store.clone(),
            tallies: store.clone(),
            notices: store.clone(),
            jobs: store.clone(),
            activity: store,
            uses: Arc::default(),
            opens: Arc::default(),
        }
    }

    /// Random bytes for a fresh id.
    pub(crate) fn id_entropy(&self) -> Result<[u8; ID_ENTROPY], entropy::EntropyError> {
        let mut bytes = [0; ID_ENTROPY];
        self.entropy.fill(&mut bytes)?;
        Ok(bytes)
    }
}

/// A store could not answer: nothing can be concluded about what it holds, nor about whether a change was made.
///
/// Never read as absence, refusal or loss. Its text carries no secret and no stored value.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the store cannot answer: {reason}")]
pub struct StoreError {
    reason: String,
    #[source]
    source: Option<Arc<dyn std::error::Error + Send + Sync>>,
}

impl StoreError {
    /// An error with a reason for the operator's log.
    #[must_use]
    pub fn new(reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            source: None,
        }
    }

    /// The same, with the error that caused it.
    #[must_use]
    pub fn because(
        reason: impl Into<String>,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Self {
            reason: reason.into(),
            source: Some(Arc::from(source.into())),
        }
    }
}
