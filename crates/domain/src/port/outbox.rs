//! Where mail waits. The other ports queue mail in the step that causes it, and mark mail that a step has made useless
//! [`Dropped`](crate::mail::MailState::Dropped) in the same step; this one sends what is due.

use async_trait::async_trait;

use super::StoreError;
use crate::{
    access_token::Dossier,
    activity::ActivityEntry,
    id::{MailId, OrganizationId, RecipientId},
    mail::Mail,
    time::Timestamp,
};

/// Keeps mail that waits to be sent.
#[async_trait]
pub trait Outbox: Send + Sync {
    /// Takes the mail that has been due the longest (by `due_at`, then `id`, both rising), for the caller alone until
    /// `until`, with everything it can tell. It is as it is kept from then on: due at `until`, with one more attempt.
    ///
    /// The attempt is counted before it is made, so that a mail which breaks whoever sends it is not begun for ever. A
    /// mail that cannot be read does not stand in the way of others: it is passed over until `until`.
    ///
    /// At this moment, by [`Dossier::posting`]: mail that has to wait is passed over, and so is mail to be dropped, which is
    /// marked so. Passing mail over may make it due later, until what it waits for happens: however much of it there is,
    /// other mail does not wait for it. Mail that was taken and not settled is due again after `until`: nothing is ever
    /// lost.
    async fn take_due(&self, now: Timestamp, until: Timestamp)
    -> Result<Option<(Mail, Dossier)>, StoreError>;

    /// Keeps what became of an attempt. A mail that is gone meanwhile is passed over.
    ///
    /// [`Attempt::Sent`] clears an earlier failure, and is kept also where the mail was dropped or given up meanwhile, for it
    /// is true. The others are kept while the mail is pending only.
    async fn settle(&self, id: MailId, attempt: &Attempt) -> Result<(), StoreError>;

    /// Queues the same link again, if the mail is about the token that has not been replaced, its [posting](Dossier::posting)
    /// is not to be dropped, no mail with this link waits already, and it is not too soon by
    /// [`resend_from`](crate::mail::resend_from); judged in this order. What
    /// counts as earlier is every mail of kind [`AccessAgain`](crate::mail::MailKind::AccessAgain) about the recipient, by
    /// when it was queued, whatever became of it and whichever token it is about.
    async fn queue_again(
        &self,
        organization: OrganizationId,
        recipient: RecipientId,
        mail: &Mail,
        entry: &ActivityEntry,
        now: Timestamp,
    ) -> Result<Resending, StoreError>;

    /// Every mail about these recipients of this organization, the oldest first (by `created_at`, then `id`).
    async fn about(
        &self,
        organization: OrganizationId,
        recipients: &[RecipientId],
    ) -> Result<Vec<Mail>, StoreError>;
}

/// What became of an attempt to send a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attempt {
    /// The mail server took it.
    Sent {
        /// When.
        at: Timestamp,
    },
    /// It is tried again.
    Again {
        /// When.
        due_at: Timestamp,
        /// What went wrong, in our words.
        failure: String,
    },
    /// It is given up.
    Failed {
        /// What went wrong, in our words.
        failure: String,
    },
}

/// What became of a wish to mail the same link again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resending {
    /// It is queued.
    Queued,
    /// A mail with this link waits already, and will be sent; nothing was added.
    AlreadyWaiting,
    /// It was mailed again not long ago.
    TooSoon {
        /// From when on it may be.
        from: Timestamp,
    },
    /// The link is good for nothing: access or the credential was revoked.
    Moot,
    /// Somebody replaced the token meanwhile; nothing was queued.
    Overtaken,
    /// This organization has no such recipient.
    Absent,
}
