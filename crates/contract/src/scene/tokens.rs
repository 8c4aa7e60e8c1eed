//! Short words for authorization tokens.

use std::sync::Arc;

use symbolon_domain::{
    activity::Action,
    authorization_token::{AuthorizationToken, OwnedToken, TokenFilter},
    idempotency::StoredAnswer,
    page::{Page, PageRequest},
    port::authorization_tokens::{Insertion, Record, Rotation, TokenChange},
    text::Description,
    time::Timestamp,
};

use super::{Stage, ok};
use crate::sample::now;

impl Stage {
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
            notices: &[],
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
            notices: &[],
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
            notices: &[],
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
            notices: &[],
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

    /// The token as it is kept, which it must be.
    pub(crate) async fn stored(&self, token: &AuthorizationToken) -> AuthorizationToken {
        self.owned(token).await.token.clone()
    }

    /// The token as it is kept, found by its id: with the instant of its last use.
    pub(crate) async fn used(&self, token: &AuthorizationToken) -> AuthorizationToken {
        let found = ok(self.tokens.find_by_id(token.id).await);
        found.expect("a token that was kept is found").token
    }

    /// The token as it is kept, which it must be, with its organization.
    pub(crate) async fn owned(&self, token: &AuthorizationToken) -> Arc<OwnedToken> {
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
}
