//! Where recipients and their credentials are kept.

use async_trait::async_trait;

use super::{StoreError, access_tokens::AccessRecord};
use crate::{
    access_token::{AccessToken, Dossier},
    activity::ActivityEntry,
    id::{AuthorizationTokenId, OrganizationId, RecipientId, TemplateId},
    idempotency::{IdempotencyKey, RequestFingerprint},
    mail::{Mail, MailState},
    page::{Page, PageRequest},
    recipient::{Recipient, Revocation},
    social_profile::SocialProfile,
    text::MailAddress,
    time::Timestamp,
};

/// A recipient with everything that is kept in the step that issues their credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRecipient {
    /// The person and the credential.
    pub recipient: Recipient,
    /// Their access token.
    pub token: AccessToken,
    /// The mail with their link; `None` where it is suppressed.
    pub mail: Option<Mail>,
    /// The entry in the activity log.
    pub entry: ActivityEntry,
    /// The request that asked for it, where the client named it.
    pub request: Option<IssueRequest>,
}

/// A client's name for a request to issue, and the recipient's place in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueRequest {
    /// The authorization token that made the request.
    pub caller: AuthorizationTokenId,
    /// The client's name for it.
    pub key: IdempotencyKey,
    /// What the request says as a whole.
    pub fingerprint: RequestFingerprint,
    /// Which of several recipients, from 0.
    pub place: u32,
}

/// Keeps recipients.
///
/// A template has at most one recipient with a given mail address whose credential is not revoked.
#[async_trait]
pub trait Recipients: Send + Sync {
    /// Issues credentials, each on its own: one that is refused does not stop the others, and leaves nothing behind. Each is
    /// judged after those before it. All that are [`Issued`](Issuing::Issued) are durable when this returns; the outcomes
    /// are in the order of the batch. What is kept reads back equal.
    ///
    /// Where several things stand in the way, the first of these is told: the organization, the template, the mail address,
    /// the client's name for the request.
    async fn issue(&self, batch: &[NewRecipient]) -> Result<Vec<Issuing>, StoreError>;

    /// What was issued under a client's name for its request, in the order of places.
    async fn issued_under(
        &self,
        caller: AuthorizationTokenId,
        key: &IdempotencyKey,
    ) -> Result<Vec<(IssueRequest, RecipientId)>, StoreError>;

    /// A recipient of this organization, with the access token that has not been replaced.
    async fn find(
        &self,
        organization: OrganizationId,
        id: RecipientId,
    ) -> Result<Option<Dossier>, StoreError>;

    /// A recipient of whatever organization, with the access token that has not been replaced; for pages, which know no
    /// organization's bounds.
    async fn find_by_id(&self, id: RecipientId) -> Result<Option<Dossier>, StoreError>;

    /// A page of an organization's recipients. Items and count come from one snapshot.
    async fn list(
        &self,
        organization: OrganizationId,
        filter: &RecipientFilter,
        order: RecipientOrder,
        page: PageRequest,
    ) -> Result<Page<Dossier>, StoreError>;

    /// The recipients that a list with this filter shows and that come after this one, in the order in which they were added
    /// (by `created_at`, then `id`, both rising); at most `limit`. For going through all of them: a step costs the same
    /// however many lie behind it, and whoever is added meanwhile comes last.
    async fn walk(
        &self,
        organization: OrganizationId,
        filter: &RecipientFilter,
        after: Option<(Timestamp, RecipientId)>,
        limit: u32,
    ) -> Result<Vec<Dossier>, StoreError>;

    /// The recipients that a list with this filter shows next to one of them in this order: those that come after, or those
    /// that come before, the nearest ones, in the order of the list either way; at most `limit`. Without one the first. A
    /// recipient who is gone has no place: then also the first. A step costs the same wherever in the list it is.
    async fn browse(
        &self,
        organization: OrganizationId,
        filter: &RecipientFilter,
        order: RecipientOrder,
        beside: Option<Beside>,
        limit: u32,
    ) -> Result<Vec<Dossier>, StoreError>;

    /// How many recipients a list with this filter shows, counted up to this many: for saying how many there are, or that there
    /// are more. To count costs no more than to list so many.
    async fn count(
        &self,
        organization: OrganizationId,
        filter: &RecipientFilter,
        up_to: u64,
    ) -> Result<u64, StoreError>;

    /// A page of what is bound to this profile, newest binding first (then by recipient id, falling), of all
    /// organizations; also what is paused, revoked or cancelled, but no token that was replaced.
    async fn held_by(&self, profile: &SocialProfile, page: PageRequest) -> Result<Page<Dossier>, StoreError>;

    /// The recipients with this very mail address whose credential is not revoked, of all organizations, newest first (by
    /// `created_at`, then `id`, both falling), at most `limit`.
    async fn with_mail(&self, mail: &MailAddress, limit: u32) -> Result<Vec<Dossier>, StoreError>;

    /// Those of these mail addresses that a recipient of this template has whose credential is not revoked, in whatever
    /// order; at most [`MAX_BATCH`](crate::service::issue_credentials::MAX_BATCH) are asked for at once.
    async fn holders(
        &self,
        organization: OrganizationId,
        template: TemplateId,
        mails: &[MailAddress],
    ) -> Result<Vec<MailAddress>, StoreError>;

    /// Corrects the mail address of a recipient who has never been claimed by anybody, and retires their access token in
    /// favour of `successor`, for the link was mailed to somebody else; as one step, as
    /// [`replace`](super::access_tokens::AccessTokens::replace) does.
    ///
    /// Where several things stand in the way, the first of these is told: the recipient is not there, the credential is
    /// revoked, somebody has claimed it, it has this address already, another recipient of the template has it, the successor
    /// is not of the next generation.
    async fn correct_mail(
        &self,
        organization: OrganizationId,
        mail: &MailAddress,
        successor: &AccessToken,
        record: AccessRecord<'_>,
        now: Timestamp,
    ) -> Result<Correction, StoreError>;

    /// Revokes a credential that is not revoked, and clears a request for a reset, which nobody could grant any more. The
    /// access token stays as it is otherwise, and so do sessions.
    async fn revoke(
        &self,
        organization: OrganizationId,
        id: RecipientId,
        revocation: &Revocation,
        entry: &ActivityEntry,
    ) -> Result<RecipientChange, StoreError>;

    /// [Revokes](Self::revoke) a credential that is not revoked, and issues another, as one step. A successor that cannot
    /// be issued leaves everything as it was.
    async fn succeed(
        &self,
        organization: OrganizationId,
        id: RecipientId,
        revocation: &Revocation,
        entry: &ActivityEntry,
        successor: &NewRecipient,
    ) -> Result<Succession, StoreError>;

    /// Deletes a recipient: their personal data, credential, access tokens (replaced ones too), every mail about them, the
    /// sign-ins under way for their tokens, the client's names for their issue, the [rows](crate::job::JobResult::row) that
    /// jobs have kept about them, and the sessions of the profile that was bound. Only the activity log keeps their id.
    /// `false` where this organization has no such recipient.
    async fn remove(
        &self,
        organization: OrganizationId,
        id: RecipientId,
        entry: &ActivityEntry,
    ) -> Result<bool, StoreError>;
}

/// On which side of a recipient in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    /// Those who come after.
    After(RecipientId),
    /// Those who come before.
    Before(RecipientId),
}

/// What became of one credential that was to be issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Issuing {
    /// It is issued.
    Issued,
    /// The template has a recipient with this mail address already: this one.
    Duplicate(RecipientId),
    /// The organization has no such template.
    TemplateAbsent,
    /// The organization is cancelled, or there is none.
    OrganizationCancelled,
    /// The client gave this name to another request, or to this place of it, before.
    KeyTaken,
}

/// What became of a change to a recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecipientChange {
    /// It was made, with its entry in the activity log.
    Changed,
    /// It was so already; nothing was written.
    Unchanged,
    /// This organization has no such recipient.
    Absent,
}

/// What became of a correction of a mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Correction {
    /// It was made, with its entry in the activity log and its mail.
    Corrected,
    /// It was so already; nothing was written.
    Unchanged,
    /// Somebody has claimed the credential, though it may have been reset since; nothing was changed.
    Claimed,
    /// The credential is revoked; nothing was changed.
    CredentialRevoked,
    /// The template has a recipient with this mail address already: this one. Nothing was changed.
    Duplicate(RecipientId),
    /// Somebody else replaced the token meanwhile; nothing was changed.
    Overtaken,
    /// This organization has no such recipient.
    Absent,
}

/// What became of a replacement of a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Succession {
    /// The old credential is revoked, the new one issued.
    Succeeded,
    /// The old credential is revoked already; nothing was changed.
    AlreadyRevoked,
    /// The new one cannot be issued, for this reason; nothing was changed.
    NotIssued(Issuing),
    /// This organization has no such recipient.
    Absent,
}

/// Which recipients a list shows. What is `None` does not matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RecipientFilter {
    /// In this state.
    pub state: Option<RecipientState>,
    /// On this template.
    pub template: Option<TemplateId>,
    /// With this very mail address.
    pub mail: Option<MailAddress>,
    /// Who is found by this text, as [`Search`](crate::search::Search) reads it: each of its words begins one of
    /// [theirs](Recipient::words).
    pub query: Option<String>,
    /// Who asked for a reset, and wait for it (`true`), or did not.
    pub reset_requested: Option<bool>,
    /// Whose access was revoked (`true`), or was not.
    pub access_revoked: Option<bool>,
    /// The latest mail to whom with the link in use is in this state, as [`Dossier::mail`] says.
    pub link_mail: Option<MailState>,
}

/// The states that the API knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecipientState {
    /// Not claimed, or reset.
    Pending,
    /// Claimed.
    Accepted,
    /// The credential is revoked.
    Revoked,
}

impl RecipientState {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Pending, Self::Accepted, Self::Revoked];

    /// The word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Accepted => "accepted",
            Self::Revoked => "revoked",
        }
    }

    /// Reads the word for it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == text)
    }
}

impl Dossier {
    /// The state of the recipient as the API has it.
    #[must_use]
    pub const fn state(&self) -> RecipientState {
        if self.recipient.revocation.is_some() {
            RecipientState::Revoked
        } else if self.token.binding.is_some() {
            RecipientState::Accepted
        } else {
            RecipientState::Pending
        }
    }
}

/// The order of a list of recipients. Equal ones follow each other by id, in the same direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecipientOrder {
    /// By what.
    pub key: RecipientKey,
    /// Whether the greatest comes first.
    pub is_falling: bool,
}

/// The newest first.
impl Default for RecipientOrder {
    fn default() -> Self {
        Self {
            key: RecipientKey::CreatedAt,
            is_falling: true,
        }
    }
}

/// What a list of recipients can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecipientKey {
    /// When they were added.
    CreatedAt,
    /// The date on the credential.
    IssuedAt,
    /// Their mail address, by its bytes.
    Mail,
}

impl RecipientKey {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::CreatedAt, Self::IssuedAt, Self::Mail];

    /// The name of the field in the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CreatedAt => "created_at",
            Self::IssuedAt => "issued_at",
            Self::Mail => "recipient_email",
        }
    }
}
