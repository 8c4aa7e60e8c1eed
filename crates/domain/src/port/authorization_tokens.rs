//! Where authorization tokens are kept.

use std::sync::Arc;

use async_trait::async_trait;

use super::StoreError;
use crate::{
    activity::ActivityEntry,
    authorization_token::{AuthorizationToken, OwnedToken, Standing, TokenFilter},
    id::{AuthorizationTokenId, OrganizationId},
    idempotency::{IdempotencyKey, StoredAnswer},
    notice::Notice,
    page::{Page, PageRequest},
    sealed::TokenDigest,
    text::Description,
    time::Timestamp,
};

/// How long after an entry for reuse further reuse of the same token is only counted, in seconds: 1 hour. A forgotten
/// program that calls every second must not bury the activity log.
pub const REUSE_ENTRY_SECONDS: i64 = 60 * 60;

/// How long after notices of reuse no others about the same token are queued, in seconds: 24 hours. Whoever was told
/// yesterday is told once more, and nobody is told all day.
pub const REUSE_NOTICE_SECONDS: i64 = 24 * 60 * 60;

/// What is written in the same step as a change.
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    /// The entry in the activity log.
    pub entry: &'a ActivityEntry,
    /// The answer to keep, where the client named its request.
    pub answer: Option<&'a StoredAnswer>,
    /// The notices that tell of it.
    pub notices: &'a [Notice],
}

/// Keeps authorization tokens. Never sees a secret, a clock or a random source.
///
/// Every guard below means [`AuthorizationToken::standing`] at the given `now`.
///
/// No two tokens have the same digest, nor the same predecessor; keeping a second one is an `Err` that changes nothing.
/// Where the organization's reveal policy is [`Once`](crate::organization::RevealPolicy::Once), the sealed copy of a token
/// that is being kept is left out: the caller may have read the policy before it was changed. Stored answers keep theirs
/// until they expire.
#[async_trait]
pub trait AuthorizationTokens: Send + Sync {
    /// Keeps a new token; what is kept reads back equal.
    ///
    /// In this order: refused unless the organization is active; unless the token that asked for it
    /// ([`created_by`](AuthorizationToken::created_by), if any) is [`Live`](Standing::Live) or in
    /// [`Grace`](Standing::Grace); where an unexpired answer is stored under the caller and key of `record.answer`;
    /// and where the organization has
    /// [`MAX_LIVE_TOKENS`](crate::authorization_token::MAX_LIVE_TOKENS) live tokens. No number of concurrent calls
    /// exceeds that limit, and of any number of concurrent calls under one key exactly one is
    /// [`Inserted`](Insertion::Inserted). A refused call changes nothing.
    async fn insert(
        &self,
        token: &AuthorizationToken,
        record: Record<'_>,
        now: Timestamp,
    ) -> Result<Insertion, StoreError>;

    /// The token with this digest and its organization, read in one step: for every request that shows one. Whether it was ever
    /// used is exact; when it was last used may be as it was a minute ago. It is shared: a store that keeps it in memory copies
    /// it for nobody.
    async fn find_by_digest(&self, digest: &TokenDigest) -> Result<Option<Arc<OwnedToken>>, StoreError>;

    /// The token with this id and its organization, read in one step; for operators, who know no organization's bounds.
    async fn find_by_id(&self, id: AuthorizationTokenId) -> Result<Option<OwnedToken>, StoreError>;

    /// The token with this id, if this organization owns it.
    async fn find(
        &self,
        organization: OrganizationId,
        id: AuthorizationTokenId,
    ) -> Result<Option<AuthorizationToken>, StoreError>;

    /// A page of an organization's tokens, newest first (by `created_at`, then `id`, both falling).
    ///
    /// Items and count come from one snapshot: of a token and its successor it never shows both as live, nor neither.
    async fn list(
        &self,
        organization: OrganizationId,
        filter: TokenFilter,
        page: PageRequest,
        now: Timestamp,
    ) -> Result<Page<AuthorizationToken>, StoreError>;

    /// Retires `current` and keeps `successor`, as one step; the sealed copy of `current` is erased.
    ///
    /// `current` must be [`Live`](Standing::Live). It is served on until `grace_until`, if given. Of any number of
    /// concurrent calls for one `current`, exactly one is [`Rotation::Rotated`]; the others change nothing, and none
    /// of them is an `Err`. Where an unexpired answer is stored under the caller and key of `record.answer` though
    /// `current` is live, nothing is changed and the call is [`Rotation::KeyTaken`].
    async fn rotate(
        &self,
        current: AuthorizationTokenId,
        successor: &AuthorizationToken,
        grace_until: Option<Timestamp>,
        record: Record<'_>,
        now: Timestamp,
    ) -> Result<Rotation, StoreError>;

    /// Retires a token of this organization that is [`Live`](Standing::Live) or in [`Grace`](Standing::Grace), and
    /// erases its sealed copy. From the return on it is not found in good standing.
    async fn revoke(
        &self,
        organization: OrganizationId,
        id: AuthorizationTokenId,
        entry: &ActivityEntry,
        now: Timestamp,
    ) -> Result<TokenChange, StoreError>;

    /// Every token of this organization that came out of this one: made by it or by one that did, or put in the place of
    /// any of these by a rotation; retired ones too, without the token itself, in the order in which they were made (by
    /// `created_at`, then `id`).
    async fn descendants(
        &self,
        organization: OrganizationId,
        id: AuthorizationTokenId,
    ) -> Result<Vec<AuthorizationToken>, StoreError>;

    /// Retires a token of this organization with all its [descendants](Self::descendants), as one step, as
    /// [`revoke`](Self::revoke) does with one; those that are not served any more stay as they are. From the return on none
    /// of them is found in good standing, nor can any of them make another.
    ///
    /// The entries are about one token each. Where one of the tokens that are served has none, for it was made meanwhile,
    /// nothing is changed; entries about others are not kept.
    async fn revoke_tree(
        &self,
        organization: OrganizationId,
        id: AuthorizationTokenId,
        entries: &[ActivityEntry],
        now: Timestamp,
    ) -> Result<TreeRevocation, StoreError>;

    /// Sets or clears the description of a token of this organization that is [`Live`](Standing::Live).
    async fn describe(
        &self,
        organization: OrganizationId,
        id: AuthorizationTokenId,
        description: Option<&Description>,
        entry: &ActivityEntry,
        now: Timestamp,
    ) -> Result<TokenChange, StoreError>;

    /// Keeps that the token was found expired, for good; where that is kept already, nothing changes. Whether it has
    /// expired is the caller's judgement.
    async fn mark_expired(&self, id: AuthorizationTokenId, now: Timestamp) -> Result<(), StoreError>;

    /// Moves `last_used_at` of each token forward to the given instant, never backward. Unknown tokens are passed over.
    async fn record_use(&self, uses: &[(AuthorizationTokenId, Timestamp)]) -> Result<(), StoreError>;

    /// Counts one use of a token that was rotated away, and appends the entry unless one was appended for the same
    /// token less than [`REUSE_ENTRY_SECONDS`] ago. With an entry it queues the notices, unless one of the
    /// [same subject](crate::notice::NoticeSubject::TokenReused) about the same token was queued less than
    /// [`REUSE_NOTICE_SECONDS`] ago, whatever became of it.
    async fn record_reuse(
        &self,
        id: AuthorizationTokenId,
        entry: &ActivityEntry,
        notices: &[Notice],
        now: Timestamp,
    ) -> Result<(), StoreError>;

    /// The unexpired answer that is stored for this caller under this key.
    async fn answer(
        &self,
        caller: AuthorizationTokenId,
        key: &IdempotencyKey,
        now: Timestamp,
    ) -> Result<Option<StoredAnswer>, StoreError>;

    /// Removes the stored answers that have expired, and says how many.
    async fn forget_answers(&self, now: Timestamp) -> Result<u64, StoreError>;
}

/// What became of an insertion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Insertion {
    /// The token is kept.
    Inserted,
    /// The organization is cancelled, or there is none.
    OrganizationCancelled,
    /// The token that asked for it is no longer served.
    CallerRetired,
    /// An answer is stored under this caller and key; it may be for another request.
    Answered(Box<StoredAnswer>),
    /// The organization has as many live tokens as it may have.
    LimitReached,
}

/// What became of a rotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rotation {
    /// The successor is kept, the current token retired.
    Rotated,
    /// The current token was in this standing, and nothing was changed.
    Refused(Standing),
    /// The caller has used this key for another request.
    KeyTaken,
    /// There is no such token.
    Absent,
}

/// What became of a revocation of a token with its descendants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TreeRevocation {
    /// So many tokens were retired, each with its entry in the activity log.
    Revoked(u64),
    /// Another was made meanwhile; nothing was changed.
    Overtaken,
    /// This organization has no such token.
    Absent,
}

/// What became of a change to one token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenChange {
    /// It was made, with its entry in the activity log.
    Changed,
    /// The token was in this standing, and nothing was changed.
    Refused(Standing),
    /// This organization has no such token.
    Absent,
}
