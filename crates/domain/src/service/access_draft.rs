//! A fresh access token with its value, and a fresh mail about one.

use super::Fault;
use crate::{
    access_token::AccessToken,
    id::{AccessTokenId, MailId},
    mail::{Mail, MailKind, MailState},
    port::Ports,
    recipient::Recipient,
    secret::AccessSecret,
    time::Timestamp,
};

/// A token that nobody has yet, and its value.
pub(super) struct AccessDraft {
    pub(super) token: AccessToken,
    pub(super) secret: AccessSecret,
}

impl AccessDraft {
    /// A recipient's first token.
    pub(super) fn first(ports: &Ports, recipient: &Recipient, now: Timestamp) -> Result<Self, Fault> {
        Self::of_generation(ports, recipient, 0, now)
    }

    /// The token that takes another's place.
    pub(super) fn after(
        ports: &Ports,
        recipient: &Recipient,
        current: &AccessToken,
        now: Timestamp,
    ) -> Result<Self, Fault> {
        Self::of_generation(ports, recipient, current.generation.saturating_add(1), now)
    }

    fn of_generation(
        ports: &Ports,
        recipient: &Recipient,
        generation: u32,
        now: Timestamp,
    ) -> Result<Self, Fault> {
        let secret = AccessSecret::generate(ports.entropy.as_ref())?;
        let mut token = AccessToken {
            id: AccessTokenId::fresh(now, ports.id_entropy()?),
            recipient: recipient.id,
            organization: recipient.organization,
            digest: ports.vault.digest(&secret),
            sealed: None,
            generation,
            created_at: now,
            binding: None,
            revoked_at: None,
            replaced_at: None,
            reset_request: None,
            first_opened_at: None,
            opens: 0,
        };
        // Whatever the reveal policy says about authorization tokens: a link is mailed after it was made.
        token.sealed = Some(ports.vault.seal(&secret, &token.seal_binding())?);
        Ok(Self { token, secret })
    }
}

/// A mail about a token, due at once.
pub(super) fn mail(
    ports: &Ports,
    token: &AccessToken,
    kind: MailKind,
    now: Timestamp,
) -> Result<Mail, Fault> {
    Ok(Mail {
        id: MailId::fresh(now, ports.id_entropy()?),
        recipient: token.recipient,
        token: token.id,
        organization: token.organization,
        kind,
        created_at: now,
        state: MailState::Pending,
        attempts: 0,
        due_at: now,
        sent_at: None,
        failure: None,
    })
}
