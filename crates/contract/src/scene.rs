//! The scene on which promises are tried: a fresh store that keeps one organization, and short words for frequent calls.

mod administrators;
mod credentials;
mod tokens;

use std::{ops::Deref, sync::Arc};

use symbolon_domain::{
    access_token::Dossier,
    activity::{Action, ActivityEntry},
    administrator::Administrator,
    administrator_session::AdministratorSession,
    authorization_token::{AuthorizationToken, TokenFilter, TokenStates},
    id::OrganizationId,
    mail::Mail,
    notice::Notice,
    organization::{Organization, RevealPolicy},
    page::{Page, PageRequest},
    permissions::Permissions,
    port::{
        StoreError,
        access_tokens::AccessTokens,
        activity::ActivityLog,
        administrator_sessions::AdministratorSessions,
        administrators::Administrators,
        authorization_tokens::AuthorizationTokens,
        canaries::Canaries,
        jobs::Jobs,
        notices::Notices,
        organizations::{OrganizationChange, Organizations},
        outbox::Outbox,
        readiness::Readiness,
        recipients::{RecipientFilter, RecipientOrder, Recipients},
        sessions::Sessions,
        sign_in_attempts::SignInAttempts,
        sign_ins::SignIns,
        tallies::Tallies,
        templates::Templates,
    },
    template::Template,
    time::Timestamp,
};

use crate::{
    Fixture,
    sample::{Samples, now},
};

/// Everything visible, in any state.
pub(crate) const ALL: TokenFilter = TokenFilter {
    visible_to: Permissions::ALL,
    states: TokenStates::All,
};

/// Everything visible that is live.
pub(crate) const LIVE: TokenFilter = TokenFilter {
    visible_to: Permissions::ALL,
    states: TokenStates::Live,
};

/// What a store answered. A store under test has no reason to fail.
#[track_caller]
pub(crate) fn ok<T>(answer: Result<T, StoreError>) -> T {
    match answer {
        Ok(answer) => answer,
        Err(error) => panic!("the store must answer, and said: {error} ({error:?})"),
    }
}

/// How many there are, as pages count.
pub(crate) fn count<T>(items: &[T]) -> u64 {
    u64::try_from(items.len()).unwrap_or(u64::MAX)
}

/// How many results are equal to this one.
pub(crate) fn count_of<T: PartialEq>(results: &[T], wanted: &T) -> u64 {
    results.iter().map(|result| u64::from(result == wanted)).sum()
}

/// A store of this adapter's, and what is known of it.
pub(crate) struct Scene<F> {
    /// Lives as long as its ports are used.
    fixture: Arc<F>,
    stage: Stage,
}

/// The same for every adapter, so that what is written here is compiled once.
#[derive(Clone)]
pub(crate) struct Stage {
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
    pub(crate) samples: Arc<Samples>,
    /// The organization that is kept from the start.
    pub(crate) owner: Organization,
}

/// The same store.
impl<F> Clone for Scene<F> {
    fn clone(&self) -> Self {
        Self {
            fixture: Arc::clone(&self.fixture),
            stage: self.stage.clone(),
        }
    }
}

impl<F> Deref for Scene<F> {
    type Target = Stage;

    fn deref(&self) -> &Stage {
        &self.stage
    }
}

/// What a store shows of an organization: two that are equal show that nothing changed between them.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Shown {
    organization: Option<Organization>,
    tokens: Page<AuthorizationToken>,
    templates: Page<Template>,
    recipients: Page<Dossier>,
    mails: Vec<Mail>,
    team: Vec<(Administrator, Vec<AdministratorSession>)>,
    notices: Vec<Notice>,
    log: Page<ActivityEntry>,
}

impl<F: Fixture> Scene<F> {
    /// A fresh store with one organization.
    pub(crate) async fn open() -> Self {
        let scene = Self::empty().await;
        scene.keep_organization(&scene.owner).await;
        scene
    }

    /// A fresh store with nothing in it; its owner is not kept.
    pub(crate) async fn empty() -> Self {
        let fixture = Arc::new(F::fresh().await);
        let stage = Stage::of(fixture.as_ref());
        Self { fixture, stage }
    }

    /// The same with the tokens of another instance.
    pub(crate) fn elsewhere(&self) -> Stage {
        Stage {
            tokens: self.fixture.tokens_elsewhere(),
            access: self.fixture.access_elsewhere(),
            ..self.stage.clone()
        }
    }
}

impl Stage {
    fn of(fixture: &impl Fixture) -> Self {
        let samples = Arc::new(Samples::default());
        Self {
            organizations: fixture.organizations(),
            tokens: fixture.tokens(),
            templates: fixture.templates(),
            recipients: fixture.recipients(),
            access: fixture.access(),
            outbox: fixture.outbox(),
            sessions: fixture.sessions(),
            sign_ins: fixture.sign_ins(),
            administrators: fixture.administrators(),
            administrator_sessions: fixture.administrator_sessions(),
            attempts: fixture.attempts(),
            notices: fixture.notices(),
            jobs: fixture.jobs(),
            tallies: fixture.tallies(),
            activity: fixture.activity(),
            canaries: fixture.canaries(),
            readiness: fixture.readiness(),
            owner: samples.organization(),
            samples,
        }
    }

    /// Another organization, kept.
    pub(crate) async fn organization(&self) -> Organization {
        let organization = self.samples.organization();
        self.keep_organization(&organization).await;
        organization
    }

    pub(crate) async fn keep_organization(&self, organization: &Organization) {
        let entry = self.samples.entry(organization.id, Action::OrganizationCreated);
        ok(self.organizations.insert(organization, &entry).await);
    }

    pub(crate) async fn cancel(&self, id: OrganizationId, now: Timestamp) -> OrganizationChange {
        let entry = self.samples.entry(id, Action::OrganizationCancelled);
        ok(self.organizations.cancel(id, &entry, now).await)
    }

    pub(crate) async fn reactivate(&self, id: OrganizationId) -> OrganizationChange {
        let entry = self.samples.entry(id, Action::OrganizationReactivated);
        ok(self.organizations.reactivate(id, &entry).await)
    }

    pub(crate) async fn set_reveal_policy(
        &self,
        id: OrganizationId,
        policy: RevealPolicy,
    ) -> OrganizationChange {
        let entry = self.samples.entry(id, Action::RevealPolicyChanged);
        ok(self.organizations.set_reveal_policy(id, policy, &entry).await)
    }

    /// The organization as it is kept, which it must be.
    pub(crate) async fn stored_organization(&self, id: OrganizationId) -> Organization {
        ok(self.organizations.find(id).await).expect("an organization that was kept is found")
    }

    /// The first hundred entries of the owner's log.
    pub(crate) async fn log(&self) -> Vec<ActivityEntry> {
        self.log_of(self.owner.id).await.items
    }

    /// The first hundred entries of an organization's log.
    pub(crate) async fn log_of(&self, organization: OrganizationId) -> Page<ActivityEntry> {
        ok(self.activity.list(organization, PageRequest::new(1, 100)).await)
    }

    /// How often an action stands in the owner's log.
    pub(crate) async fn logged(&self, action: Action) -> u64 {
        let actions: Vec<_> = self.log().await.iter().map(|entry| entry.action).collect();
        count_of(&actions, &action)
    }

    /// What the store shows of the owner.
    pub(crate) async fn shown(&self) -> Shown {
        self.shown_of(self.owner.id).await
    }

    /// What the store shows of an organization.
    pub(crate) async fn shown_of(&self, organization: OrganizationId) -> Shown {
        let page = PageRequest::new(1, 100);
        let (filter, order) = (RecipientFilter::default(), RecipientOrder::default());
        let recipients = ok(self.recipients.list(organization, &filter, order, page).await);
        let mut mails = Vec::new();
        for dossier in &recipients.items {
            mails.extend(ok(self.outbox.about(organization, &[dossier.recipient.id]).await));
        }
        let mut team = Vec::new();
        for administrator in ok(self.administrators.list(organization).await) {
            let sessions = self.sessions_of(administrator.id).await;
            team.push((administrator, sessions));
        }
        Shown {
            organization: ok(self.organizations.find(organization).await),
            tokens: ok(self.tokens.list(organization, ALL, page, now()).await),
            templates: ok(self.templates.list(organization, page).await),
            recipients,
            mails,
            team,
            notices: self.unsent_of(organization).await,
            log: self.log_of(organization).await,
        }
    }
}
