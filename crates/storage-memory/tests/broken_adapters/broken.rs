//! A broken store: the ports that a flaw breaks, and beside them, over the same memory, those that are kept.

use std::sync::Arc;

use symbolon_contract::Fixture;
use symbolon_domain::port::{
    access_tokens::AccessTokens, activity::ActivityLog, administrator_sessions::AdministratorSessions,
    administrators::Administrators, authorization_tokens::AuthorizationTokens, canaries::Canaries,
    jobs::Jobs, notices::Notices, organizations::Organizations, outbox::Outbox, readiness::Readiness,
    recipients::Recipients, sessions::Sessions, sign_in_attempts::SignInAttempts, sign_ins::SignIns,
    tallies::Tallies, templates::Templates,
};

use crate::flaw::Nothing;

/// A store that is broken as whoever runs a promise wants it: one fixture, so that each promise is compiled once.
pub(crate) struct Broken {
    pub(crate) organizations: Arc<dyn Organizations>,
    pub(crate) tokens: Arc<dyn AuthorizationTokens>,
    pub(crate) templates: Arc<dyn Templates>,
    pub(crate) recipients: Arc<dyn Recipients>,
    pub(crate) access: Arc<dyn AccessTokens>,
    pub(crate) outbox: Arc<dyn Outbox>,
    pub(crate) sessions: Arc<dyn Sessions>,
    pub(crate) sign_ins: Arc<dyn SignIns>,
    pub(crate) administrators: Arc<dyn Administrators>,
    pub(crate) administrator_sessions: Arc<dyn AdministratorSessions>,
    pub(crate) attempts: Arc<dyn SignInAttempts>,
    pub(crate) notices: Arc<dyn Notices>,
    pub(crate) jobs: Arc<dyn Jobs>,
    pub(crate) tallies: Arc<dyn Tallies>,
    pub(crate) activity: Arc<dyn ActivityLog>,
    pub(crate) canaries: Arc<dyn Canaries>,
    pub(crate) readiness: Arc<dyn Readiness>,
}

/// A fresh store that is broken as this flaw says.
macro_rules! broken_by {
    ($flaw:ty) => {{
        let flawed = $crate::flaw::Flawed::<$flaw>::fresh();
        $crate::broken::Broken {
            organizations: flawed.organizations(),
            tokens: flawed.tokens(),
            templates: flawed.templates(),
            recipients: flawed.recipients(),
            access: flawed.access(),
            outbox: flawed.outbox(),
            sessions: flawed.sessions(),
            sign_ins: flawed.sign_ins(),
            administrators: flawed.administrators(),
            administrator_sessions: flawed.administrator_sessions(),
            attempts: flawed.attempts(),
            notices: flawed.notices(),
            jobs: flawed.jobs(),
            tallies: flawed.tallies(),
            activity: flawed.activity(),
            canaries: flawed.canaries(),
            readiness: flawed.readiness(),
        }
    }};
}
pub(crate) use broken_by;

/// Makes a fresh store.
pub(crate) type Make = fn() -> Broken;

tokio::task_local! {
    /// How the promise that runs here gets its stores.
    pub(crate) static MAKE: Make;
}

impl Fixture for Broken {
    async fn fresh() -> Self {
        MAKE.try_with(|make| make())
            .unwrap_or_else(|_| broken_by!(Nothing))
    }

    fn organizations(&self) -> Arc<dyn Organizations> {
        self.organizations.clone()
    }

    fn tokens(&self) -> Arc<dyn AuthorizationTokens> {
        self.tokens.clone()
    }

    fn templates(&self) -> Arc<dyn Templates> {
        self.templates.clone()
    }

    fn recipients(&self) -> Arc<dyn Recipients> {
        self.recipients.clone()
    }

    fn access(&self) -> Arc<dyn AccessTokens> {
        self.access.clone()
    }

    fn outbox(&self) -> Arc<dyn Outbox> {
        self.outbox.clone()
    }

    fn sessions(&self) -> Arc<dyn Sessions> {
        self.sessions.clone()
    }

    fn sign_ins(&self) -> Arc<dyn SignIns> {
        self.sign_ins.clone()
    }

    fn administrators(&self) -> Arc<dyn Administrators> {
        self.administrators.clone()
    }

    fn administrator_sessions(&self) -> Arc<dyn AdministratorSessions> {
        self.administrator_sessions.clone()
    }

    fn attempts(&self) -> Arc<dyn SignInAttempts> {
        self.attempts.clone()
    }

    fn notices(&self) -> Arc<dyn Notices> {
        self.notices.clone()
    }

    fn jobs(&self) -> Arc<dyn Jobs> {
        self.jobs.clone()
    }

    fn tallies(&self) -> Arc<dyn Tallies> {
        self.tallies.clone()
    }

    fn activity(&self) -> Arc<dyn ActivityLog> {
        self.activity.clone()
    }

    fn canaries(&self) -> Arc<dyn Canaries> {
        self.canaries.clone()
    }

    fn readiness(&self) -> Arc<dyn Readiness> {
        self.readiness.clone()
    }
}
