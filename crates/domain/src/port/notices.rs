//! Where notices wait. Other ports queue them in the step that causes them; this one sends what is due.

use async_trait::async_trait;

use super::{StoreError, outbox::Attempt};
use crate::{
    id::{AuthorizationTokenId, NoticeId, OrganizationId},
    notice::{Notice, NoticeDossier},
    time::Timestamp,
};

/// Keeps notices that wait to be sent.
///
/// A notice to an administrator who is gone is not kept, by whichever call: it is no error, and nobody else gets it.
#[async_trait]
pub trait Notices: Send + Sync {
    /// Keeps a notice; what is kept reads back equal.
    async fn queue(&self, notice: &Notice) -> Result<(), StoreError>;

    /// Takes the notice that has been due the longest (by `due_at`, then `id`, both rising), for the caller alone until
    /// `until`, with everything it can tell. It is as it is kept from then on: due at `until`, with one more attempt. Of any
    /// number of concurrent calls exactly one takes it.
    async fn take_due(&self, now: Timestamp, until: Timestamp) -> Result<Option<NoticeDossier>, StoreError>;

    /// The notice with everything it can tell, as it is now; `None` where it is gone or no longer pending.
    async fn look_again(&self, id: NoticeId) -> Result<Option<NoticeDossier>, StoreError>;

    /// Keeps what became of an attempt. A notice that is gone meanwhile is passed over. [`Attempt::Sent`] clears an
    /// earlier failure, and is kept also where the notice was dropped or given up meanwhile; the others are kept while the
    /// notice is pending only.
    async fn settle(&self, id: NoticeId, attempt: &Attempt) -> Result<(), StoreError>;

    /// Marks a pending notice as dropped: it is not worth sending any more.
    async fn drop_useless(&self, id: NoticeId) -> Result<(), StoreError>;

    /// The notices of an organization that are pending or failed, the newest first (by `created_at`, then `id`, both
    /// falling), at most `limit`.
    async fn unsent(&self, organization: OrganizationId, limit: u32) -> Result<Vec<Notice>, StoreError>;

    /// The tokens whose next mail about their expiry is due
    /// ([`announce_at`](crate::authorization_token::AuthorizationToken::announce_at)), those due longest first, at most
    /// `limit`; also where it is no longer worth sending.
    async fn to_announce(&self, now: Timestamp, limit: u32) -> Result<Vec<AuthorizationTokenId>, StoreError>;

    /// Announces the expiry of a token, if the announcement is still due at `now`: queues these notices, and sets when the
    /// next one is due. Of any number of concurrent calls exactly one is `true`; the others change nothing.
    async fn announce(
        &self,
        token: AuthorizationTokenId,
        notices: &[Notice],
        next: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<bool, StoreError>;
}
