//! What an adapter's author writes to have the adapter tested: how to make a store, and where its ports are.

use std::sync::Arc;

use symbolon_domain::port::{
    access_tokens::AccessTokens, activity::ActivityLog, administrator_sessions::AdministratorSessions,
    administrators::Administrators, authorization_tokens::AuthorizationTokens, canaries::Canaries,
    jobs::Jobs, notices::Notices, organizations::Organizations, outbox::Outbox, readiness::Readiness,
    recipients::Recipients, sessions::Sessions, sign_in_attempts::SignInAttempts, sign_ins::SignIns,
    tallies::Tallies, templates::Templates,
};

/// A store under test.
///
/// Promises run concurrently, each against a store of its own.
pub trait Fixture: Send + Sync + Sized + 'static {
    /// Makes an empty store that nobody else uses. What it needs to live (a directory, a database) lives as long as
    /// the fixture; where it cannot be made, this panics: a missing database fails, it does not skip.
    fn fresh() -> impl Future<Output = Self> + Send;

    /// Its organizations.
    fn organizations(&self) -> Arc<dyn Organizations>;

    /// Its authorization tokens.
    fn tokens(&self) -> Arc<dyn AuthorizationTokens>;

    /// The same through another instance, which shares nothing with this one but what is kept; where there can be none, the
    /// same.
    fn tokens_elsewhere(&self) -> Arc<dyn AuthorizationTokens> {
        self.tokens()
    }

    /// Its access tokens in the same way.
    fn access_elsewhere(&self) -> Arc<dyn AccessTokens> {
        self.access()
    }

    /// Its templates.
    fn templates(&self) -> Arc<dyn Templates>;

    /// Its recipients.
    fn recipients(&self) -> Arc<dyn Recipients>;

    /// Its access tokens.
    fn access(&self) -> Arc<dyn AccessTokens>;

    /// Its outbox.
    fn outbox(&self) -> Arc<dyn Outbox>;

    /// Its sessions.
    fn sessions(&self) -> Arc<dyn Sessions>;

    /// Its sign-ins under way.
    fn sign_ins(&self) -> Arc<dyn SignIns>;

    /// Its administrators.
    fn administrators(&self) -> Arc<dyn Administrators>;

    /// Its sessions of administrators.
    fn administrator_sessions(&self) -> Arc<dyn AdministratorSessions>;

    /// Its attempts to sign in to the dashboard.
    fn attempts(&self) -> Arc<dyn SignInAttempts>;

    /// Its notices.
    fn notices(&self) -> Arc<dyn Notices>;

    /// Its jobs.
    fn jobs(&self) -> Arc<dyn Jobs>;

    /// Its tallies.
    fn tallies(&self) -> Arc<dyn Tallies>;

    /// Its activity log.
    fn activity(&self) -> Arc<dyn ActivityLog>;

    /// Its canaries.
    fn canaries(&self) -> Arc<dyn Canaries>;

    /// Its readiness.
    fn readiness(&self) -> Arc<dyn Readiness>;
}
