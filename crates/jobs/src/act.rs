//! An act on one of many recipients.

use symbolon_domain::{
    access_token::{AccessState, Dossier},
    id::RecipientId,
    job::{JobKind, JobOutcome},
    port::{
        Ports,
        access_tokens::AccessChange,
        outbox::Resending,
        recipients::{RecipientChange, RecipientFilter, RecipientState},
    },
    service::{
        Fault,
        caller::Authority,
        change_access::{ResetAccess, RevokeAccess},
        change_recipient::{DeleteRecipient, RevokeCredential},
        mail_again::MailAgain,
    },
    text::RevocationReason,
};

/// What is done to each of many recipients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// The same link is mailed again.
    MailAgain,
    /// The binding is cleared.
    ResetAccess,
    /// Access is revoked.
    RevokeAccess,
    /// The credential is revoked, for this reason.
    RevokeCredential(Option<RevocationReason>),
    /// The recipient is deleted.
    DeleteRecipient,
}

impl Act {
    /// The act of a job of this kind; `None` where it is an import.
    #[must_use]
    pub fn of(kind: JobKind, reason: Option<RevocationReason>) -> Option<Self> {
        Some(match kind {
            JobKind::Import => return None,
            JobKind::MailAgain => Self::MailAgain,
            JobKind::ResetAccess => Self::ResetAccess,
            JobKind::RevokeAccess => Self::RevokeAccess,
            JobKind::RevokeCredential => Self::RevokeCredential(reason),
            JobKind::DeleteRecipient => Self::DeleteRecipient,
        })
    }

    /// The kind of a job that does this.
    #[must_use]
    pub const fn kind(&self) -> JobKind {
        match self {
            Self::MailAgain => JobKind::MailAgain,
            Self::ResetAccess => JobKind::ResetAccess,
            Self::RevokeAccess => JobKind::RevokeAccess,
            Self::RevokeCredential(_) => JobKind::RevokeCredential,
            Self::DeleteRecipient => JobKind::DeleteRecipient,
        }
    }

    /// Whether it does anything to a recipient in this state.
    #[must_use]
    pub fn applies_to(&self, dossier: &Dossier) -> bool {
        let is_valid = dossier.recipient.revocation.is_none();
        let is_open = dossier.token.revoked_at.is_none();
        match self {
            Self::MailAgain => is_valid && is_open,
            Self::ResetAccess => is_valid && is_open && dossier.token.binding.is_some(),
            Self::RevokeAccess => is_open,
            Self::RevokeCredential(_) => is_valid,
            Self::DeleteRecipient => true,
        }
    }

    /// Filters that together let through each of those whom the filter lets through and the act applies to, once.
    #[must_use]
    pub fn narrowed(&self, filter: &RecipientFilter) -> Vec<RecipientFilter> {
        let within = |state: RecipientState, is_open: Option<bool>| {
            let is_possible = filter.state.is_none_or(|wanted| wanted == state)
                && is_open.is_none_or(|open| filter.access_revoked.is_none_or(|revoked| revoked != open));
            is_possible.then(|| RecipientFilter {
                state: Some(state),
                access_revoked: is_open.map(|open| !open).or(filter.access_revoked),
                ..filter.clone()
            })
        };
        let narrowed = match self {
            Self::MailAgain => vec![
                within(RecipientState::Pending, Some(true)),
                within(RecipientState::Accepted, Some(true)),
            ],
            Self::ResetAccess => vec![within(RecipientState::Accepted, Some(true))],
            // Whatever state it is in.
            Self::RevokeAccess => vec![(filter.access_revoked != Some(true)).then(|| RecipientFilter {
                access_revoked: Some(false),
                ..filter.clone()
            })],
            Self::RevokeCredential(_) => vec![
                within(RecipientState::Pending, None),
                within(RecipientState::Accepted, None),
            ],
            Self::DeleteRecipient => vec![Some(filter.clone())],
        };
        narrowed.into_iter().flatten().collect()
    }

    /// Why it does not apply to some, as the end of "12 are left out: …".
    #[must_use]
    pub const fn bar(&self) -> &'static str {
        match self {
            Self::MailAgain => "access or the credential is revoked, so the link is worth nothing.",
            Self::ResetAccess => "nobody has claimed it, or access or the credential is revoked.",
            Self::RevokeAccess => "access is revoked already.",
            Self::RevokeCredential(_) => "the credential is revoked already.",
            Self::DeleteRecipient => "they are gone already.",
        }
    }

    /// Does it to one recipient; what became of it, and why not.
    ///
    /// # Errors
    /// Where nothing can be said.
    pub(crate) async fn carry_out(
        &self,
        ports: &Ports,
        authority: Authority<'_>,
        recipient: RecipientId,
    ) -> Result<(JobOutcome, Option<&'static str>), Fault> {
        Ok(match self {
            Self::MailAgain => resent(MailAgain { authority, recipient }.run(ports).await?),
            Self::ResetAccess => changed(ResetAccess { authority, recipient }.run(ports).await?),
            Self::RevokeAccess => changed(RevokeAccess { authority, recipient }.run(ports).await?),
            Self::RevokeCredential(reason) => {
                let revoking = RevokeCredential {
                    authority,
                    recipient,
                    reason: reason.clone(),
                };
                match revoking.run(ports).await? {
                    RecipientChange::Changed => DONE,
                    RecipientChange::Unchanged => left_out("The credential was revoked already."),
                    RecipientChange::Absent => GONE,
                }
            }
            Self::DeleteRecipient => {
                if (DeleteRecipient { authority, recipient }).run(ports).await? {
                    DONE
                } else {
                    GONE
                }
            }
        })
    }
}

type Told = (JobOutcome, Option<&'static str>);

const DONE: Told = (JobOutcome::Done, None);
const GONE: Told = left_out("The recipient was deleted meanwhile.");

const fn left_out(why: &'static str) -> Told {
    (JobOutcome::Skipped, Some(why))
}

const fn changed(change: AccessChange) -> Told {
    match change {
        AccessChange::Changed => DONE,
        AccessChange::Refused(AccessState::Revoked) => left_out("Access is revoked."),
        AccessChange::Refused(_) => left_out("Nobody has claimed it."),
        AccessChange::CredentialRevoked => left_out("The credential is revoked."),
        AccessChange::Overtaken => (
            JobOutcome::Failed,
            Some("Somebody else changed it at the same moment. Look at it, and try again."),
        ),
        AccessChange::Absent => GONE,
    }
}

const fn resent(resending: Resending) -> Told {
    match resending {
        Resending::Queued => DONE,
        Resending::AlreadyWaiting => left_out("A mail with the link waits to be sent already."),
        Resending::TooSoon { .. } => left_out("The link was mailed again not long ago."),
        Resending::Moot => left_out("Access or the credential is revoked, so the link is worth nothing."),
        Resending::Overtaken => (
            JobOutcome::Failed,
            Some("Somebody else changed it at the same moment. Look at it, and try again."),
        ),
        Resending::Absent => GONE,
    }
}
