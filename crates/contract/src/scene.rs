//! The scene on which promises are tried: a fresh store that keeps one organization, and short words for frequent calls.

use std::sync::Arc;

use symbolon_domain::{
    activity::{Action, ActivityEntry},
    authorization_token::{AuthorizationToken, OwnedToken, TokenFilter, TokenStates},
    id::OrganizationId,
    idempotency::StoredAnswer,
    organization::{Organization, RevealPolicy},
    page::{Page, PageRequest},
    permissions::Permissions,
    port::{
        StoreError,
        activity::ActivityLog,
        authorization_tokens::{AuthorizationTokens, Insertion, Record, Rotation, TokenChange},
        canaries::Canaries,
        organizations::{OrganizationChange, Organizations},
        readiness::Readiness,
    },
    text::Description,
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

/// A store and what is known of it.
pub(crate) struct Scene<F> {
    fixture: Arc<F>,
    pub(crate) organizations: Arc<dyn Organizations>,
    pub(crate) tokens: Arc<dyn AuthorizationTokens>,
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
            organizations: Arc::clone(&self.organizations),
            tokens: Arc::clone(&self.tokens),
            activity: Arc::clone(&self.activity),
            canaries: Arc::clone(&self.canaries),
            readiness: Arc::clone(&self.readiness),
            samples: Arc::clone(&self.samples),
            owner: self.owner.clone(),
        }
    }
}

/// What a store shows of an organization: two that are equal show that nothing changed between them.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Shown {
    organization: Option<Organization>,
    tokens: Page<AuthorizationToken>,
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
        let samples = Arc::new(Samples::default());
        Self {
            organizations: fixture.organizations(),
            tokens: fixture.tokens(),
            activity: fixture.activity(),
            canaries: fixture.canaries(),
            readiness: fixture.readiness(),
            owner: samples.organization(),
            samples,
            fixture,
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

    /// A token of the owner that is not kept yet.
    pub(crate) fn sample(&self) -> AuthorizationToken {
        self.samples.token(self.owner.id)
    }

    /// A token of the owner that `caller` asks for, not kept yet.
    pub(crate) fn sample_by(&self, caller: &AuthorizationToken) -> AuthorizationToken {
        AuthorizationToken {
            created_by: Some(caller.id),
            ..self.sample()
        }
    }

    /// A token of the owner, kept.
    pub(crate) async fn token(&self) -> AuthorizationToken {
        let token = self.sample();
        self.keep(&token).await;
        token
    }

    pub(crate) async fn keep(&self, token: &AuthorizationToken) {
        assert_eq!(self.insert(token, now()).await, Insertion::Inserted);
    }

    /// As many more live tokens of the owner as named.
    pub(crate) async fn fill(&self, tokens: u64) {
        for _ in 0..tokens {
            self.token().await;
        }
    }

    pub(crate) async fn insert(&self, token: &AuthorizationToken, now: Timestamp) -> Insertion {
        let entry = self.samples.entry_by(token, Action::TokenCreated);
        let record = Record {
            entry: &entry,
            answer: None,
        };
        ok(self.tokens.insert(token, record, now).await)
    }

    /// Inserts a token together with the answer that gives it out.
    pub(crate) async fn insert_answered(
        &self,
        token: &AuthorizationToken,
        answer: &StoredAnswer,
        now: Timestamp,
    ) -> Insertion {
        let entry = self.samples.entry_by(token, Action::TokenCreated);
        let record = Record {
            entry: &entry,
            answer: Some(answer),
        };
        ok(self.tokens.insert(token, record, now).await)
    }

    /// A token that `caller` asked for under a key, kept; and its answer.
    pub(crate) async fn answered(
        &self,
        caller: &AuthorizationToken,
        key: &str,
    ) -> (AuthorizationToken, StoredAnswer) {
        let token = self.sample_by(caller);
        let answer = self.samples.answer(caller.id, key, &token);
        let insertion = self.insert_answered(&token, &answer, now()).await;
        assert_eq!(insertion, Insertion::Inserted);
        (token, answer)
    }

    /// What is stored under the caller and key of this answer.
    pub(crate) async fn stored_like(&self, answer: &StoredAnswer, now: Timestamp) -> Option<StoredAnswer> {
        ok(self.tokens.answer(answer.caller, &answer.request.key, now).await)
    }

    pub(crate) async fn rotate(
        &self,
        current: &AuthorizationToken,
        successor: &AuthorizationToken,
        now: Timestamp,
    ) -> Rotation {
        self.rotate_with_grace(current, successor, None, now).await
    }

    pub(crate) async fn rotate_with_grace(
        &self,
        current: &AuthorizationToken,
        successor: &AuthorizationToken,
        grace_until: Option<Timestamp>,
        now: Timestamp,
    ) -> Rotation {
        let entry = self.samples.entry_by(current, Action::TokenRotated);
        let record = Record {
            entry: &entry,
            answer: None,
        };
        ok(self
            .tokens
            .rotate(current.id, successor, grace_until, record, now)
            .await)
    }

    /// Rotates a token, keeping the answer that gives out its successor.
    pub(crate) async fn rotate_answered(
        &self,
        current: &AuthorizationToken,
        successor: &AuthorizationToken,
        answer: &StoredAnswer,
        now: Timestamp,
    ) -> Rotation {
        let entry = self.samples.entry_by(current, Action::TokenRotated);
        let record = Record {
            entry: &entry,
            answer: Some(answer),
        };
        ok(self.tokens.rotate(current.id, successor, None, record, now).await)
    }

    /// Rotates away a token; its successor.
    pub(crate) async fn rotated(&self, current: &AuthorizationToken) -> AuthorizationToken {
        let successor = self.samples.successor(current);
        assert_eq!(self.rotate(current, &successor, now()).await, Rotation::Rotated);
        successor
    }

    pub(crate) async fn revoke(&self, token: &AuthorizationToken, now: Timestamp) -> TokenChange {
        let entry = self.samples.entry_by(token, Action::TokenRevoked);
        ok(self
            .tokens
            .revoke(token.organization, token.id, &entry, now)
            .await)
    }

    pub(crate) async fn describe(
        &self,
        token: &AuthorizationToken,
        description: Option<&Description>,
        now: Timestamp,
    ) -> TokenChange {
        let entry = self.samples.entry_by(token, Action::TokenDescribed);
        ok(self
            .tokens
            .describe(token.organization, token.id, description, &entry, now)
            .await)
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

    /// The token as it is kept, which it must be.
    pub(crate) async fn stored(&self, token: &AuthorizationToken) -> AuthorizationToken {
        self.owned(token).await.token
    }

    /// The token as it is kept, which it must be, with its organization.
    pub(crate) async fn owned(&self, token: &AuthorizationToken) -> OwnedToken {
        ok(self.tokens.find_by_digest(&token.digest).await).expect("a token that was kept is found")
    }

    /// Whether the token is kept.
    pub(crate) async fn is_kept(&self, token: &AuthorizationToken) -> bool {
        ok(self.tokens.find_by_digest(&token.digest).await).is_some()
    }

    /// The first hundred tokens of the owner that the filter shows.
    pub(crate) async fn list(&self, filter: TokenFilter, now: Timestamp) -> Page<AuthorizationToken> {
        ok(self
            .tokens
            .list(self.owner.id, filter, PageRequest::new(1, 100), now)
            .await)
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
        Shown {
            organization: ok(self.organizations.find(organization).await),
            tokens: ok(self.tokens.list(organization, ALL, page, now()).await),
            log: self.log_of(organization).await,
        }
    }
}
