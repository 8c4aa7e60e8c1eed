//! Revoking a credential, and deleting a recipient.

use super::{Fault, caller::Authority};
use crate::{
    activity::{About, Action},
    id::RecipientId,
    port::{Ports, recipients::RecipientChange},
    recipient::Revocation,
    text::RevocationReason,
};

/// Revokes a credential: its verification says so, with the reason. Access is another matter.
#[derive(Debug)]
pub struct RevokeCredential<'a> {
    /// Who asks.
    pub authority: Authority<'a>,
    /// Whose credential.
    pub recipient: RecipientId,
    /// Why, shown to whoever verifies it.
    pub reason: Option<RevocationReason>,
}

impl RevokeCredential<'_> {
    /// What became of it.
    ///
    /// # Errors
    /// Where nothing can be said.
    pub async fn run(self, ports: &Ports) -> Result<RecipientChange, Fault> {
        let now = ports.clock.now();
        let about = About::recipient(self.recipient);
        let entry = self
            .authority
            .entry(ports, Action::CredentialRevoked, about, now)?;
        let revocation = Revocation {
            at: now,
            reason: self.reason,
        };
        let organization = self.authority.organization().id;
        Ok(ports
            .recipients
            .revoke(organization, self.recipient, &revocation, &entry)
            .await?)
    }
}

/// Deletes a recipient: credential, access token and personal data are gone. The activity log keeps their id.
#[derive(Debug)]
pub struct DeleteRecipient<'a> {
    /// Who asks.
    pub authority: Authority<'a>,
    /// Which recipient.
    pub recipient: RecipientId,
}

impl DeleteRecipient<'_> {
    /// Whether there was such a recipient.
    ///
    /// # Errors
    /// Where nothing can be said.
    pub async fn run(self, ports: &Ports) -> Result<bool, Fault> {
        let now = ports.clock.now();
        let about = About::recipient(self.recipient);
        let entry = self
            .authority
            .entry(ports, Action::RecipientDeleted, about, now)?;
        let organization = self.authority.organization().id;
        Ok(ports
            .recipients
            .remove(organization, self.recipient, &entry)
            .await?)
    }
}
