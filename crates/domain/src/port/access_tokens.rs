//! Where access tokens are kept.

use async_trait::async_trait;

use super::StoreError;
use crate::{
    access_token::{AccessState, AccessToken, Dossier, Refusal, ResetRequest},
    activity::ActivityEntry,
    id::{AccessTokenId, OrganizationId, RecipientId},
    mail::Mail,
    sealed::TokenDigest,
    social_profile::Connection,
    time::Timestamp,
};

/// What is written in the same step as a change.
#[derive(Debug, Clone, Copy)]
pub struct AccessRecord<'a> {
    /// The entry in the activity log.
    pub entry: &'a ActivityEntry,
    /// The mail that tells of it.
    pub mail: Option<&'a Mail>,
}

/// Keeps access tokens. One token of each recipient has not been replaced, and no two have the same id or digest: a second
/// one is an error, and nothing is changed.
///
/// Where a change ends a binding, the sessions of the profile that was bound end in the same step. A change whose mail is
/// about another token than the one it would be made to is [`AccessChange::Overtaken`].
#[async_trait]
pub trait AccessTokens: Send + Sync {
    /// The token with this digest and everything that decides about it, read in one step. Replaced ones are found too.
    async fn find_by_digest(&self, digest: &TokenDigest) -> Result<Option<Dossier>, StoreError>;

    /// The token with this id, in the same way.
    async fn find_by_id(&self, id: AccessTokenId) -> Result<Option<Dossier>, StoreError>;

    /// Binds a token to the profile that connected, if [`Dossier::claim_by`] says that it may claim.
    ///
    /// Of any number of profiles at once exactly one is [`Claim::Bound`]; the others change nothing. What a pause, a
    /// revocation, a reset, a replacement, a deletion or a cancellation has changed before this returns `Bound`, this has
    /// seen. Clears a request for a reset, and keeps when the recipient was first claimed, unless that is kept already.
    async fn claim(
        &self,
        id: AccessTokenId,
        connection: &Connection,
        record: AccessRecord<'_>,
        now: Timestamp,
    ) -> Result<Claim, StoreError>;

    /// Clears the binding of a recipient's token that is [`Bound`](AccessState::Bound), and a request for that. Refused where
    /// the credential is revoked, whatever the token is, for nobody could claim it any more. When the credential was first
    /// claimed stays.
    async fn reset(
        &self,
        organization: OrganizationId,
        recipient: RecipientId,
        record: AccessRecord<'_>,
    ) -> Result<AccessChange, StoreError>;

    /// Revokes a recipient's token that is [`Free`](AccessState::Free) or [`Bound`](AccessState::Bound), and erases its
    /// sealed copy and a request for a reset, which nobody could grant any more. A binding and sessions stay. A revoked
    /// credential is no obstacle.
    async fn revoke(
        &self,
        organization: OrganizationId,
        recipient: RecipientId,
        record: AccessRecord<'_>,
        now: Timestamp,
    ) -> Result<AccessChange, StoreError>;

    /// Retires a recipient's token in favour of `successor`, as one step; it may be free, bound or revoked. Erases what is
    /// of no further use in it: the sealed copy, the binding, and a request for a reset.
    ///
    /// [`AccessChange::Overtaken`] unless the successor is of the next generation, so of any number of concurrent calls with
    /// successors of one generation exactly one is [`AccessChange::Changed`]. Then refused where the credential is revoked.
    async fn replace(
        &self,
        organization: OrganizationId,
        successor: &AccessToken,
        record: AccessRecord<'_>,
        now: Timestamp,
    ) -> Result<AccessChange, StoreError>;

    /// Keeps a request for a reset of a token that is [`Bound`](AccessState::Bound), unless there is one. Refused where the
    /// credential is revoked, whatever the token is, for nobody could grant it.
    async fn request_reset(
        &self,
        id: AccessTokenId,
        request: &ResetRequest,
        record: AccessRecord<'_>,
    ) -> Result<ResetRequesting, StoreError>;

    /// [Resets](Self::reset) the token of a recipient whose request of this instant still waits: what was seen is granted,
    /// and nothing else. `false`, and nothing is changed, where it does not wait any more – it was granted or dismissed, or
    /// whoever was let in by an earlier grant has claimed since.
    async fn grant_reset(
        &self,
        organization: OrganizationId,
        recipient: RecipientId,
        asked_at: Timestamp,
        record: AccessRecord<'_>,
    ) -> Result<bool, StoreError>;

    /// Clears the request of this instant without granting it. `false`, and nothing is changed, where it does not wait any
    /// more.
    async fn dismiss_reset(
        &self,
        organization: OrganizationId,
        recipient: RecipientId,
        asked_at: Timestamp,
        entry: &ActivityEntry,
    ) -> Result<bool, StoreError>;

    /// The recipients of an organization who wait for a reset, those who have waited longest first (by when they asked, then
    /// `id`, both rising), after this one, at most `limit`. However many recipients there are, it costs the same.
    async fn waiting_for_reset(
        &self,
        organization: OrganizationId,
        after: Option<(Timestamp, RecipientId)>,
        limit: u32,
    ) -> Result<Vec<Dossier>, StoreError>;

    /// Counts opened links, and keeps the earliest instant at which each was opened. Unknown tokens are passed over.
    async fn record_opens(&self, opens: &[(AccessTokenId, u64, Timestamp)]) -> Result<(), StoreError>;
}

/// What became of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// The profile is bound.
    Bound,
    /// It was bound already; nothing was changed.
    AlreadyYours,
    /// Nothing was changed, for this reason.
    Refused(Refusal),
    /// There is no such token.
    Absent,
}

/// What became of a change to an access token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccessChange {
    /// It was made, with its entry in the activity log.
    Changed,
    /// The token was in this state, and nothing was changed.
    Refused(AccessState),
    /// The credential is revoked, and nothing was changed.
    CredentialRevoked,
    /// Somebody else replaced the token meanwhile, and nothing was changed.
    Overtaken,
    /// This organization has no such recipient.
    Absent,
}

/// What became of a request for a reset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResetRequesting {
    /// It is kept.
    Requested,
    /// There was one already; nothing was changed.
    AlreadyRequested,
    /// The token was in this state, and needs no reset.
    Refused(AccessState),
    /// The credential is revoked, and nothing was changed.
    CredentialRevoked,
    /// There is no such token.
    Absent,
}
