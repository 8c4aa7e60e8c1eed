//! Showing the value of an access token: recorded in the activity log before it is shown.

use super::{Fault, caller::Authority, reveal::open};
use crate::{
    access_token::Dossier,
    activity::{About, Action},
    id::RecipientId,
    port::Ports,
    secret::AccessSecret,
    time::Timestamp,
};

/// Shows the value of a recipient's access token.
#[derive(Debug)]
pub struct RevealAccess<'a> {
    /// Who asks.
    pub authority: Authority<'a>,
    /// Whose token.
    pub recipient: RecipientId,
}

/// A recipient, and the value of their access token.
#[derive(Debug)]
pub struct RevealedAccess {
    /// The recipient and everything around them.
    pub dossier: Dossier,
    /// The value; `None` once access is revoked, for nothing is kept of it then.
    pub secret: Option<AccessSecret>,
}

impl RevealAccess<'_> {
    /// The value; `None` where the organization has no such recipient.
    ///
    /// # Errors
    /// Where nothing can be said, or the value could not be recorded as shown.
    pub async fn run(self, ports: &Ports) -> Result<Option<RevealedAccess>, Fault> {
        let now = ports.clock.now();
        self.run_at(ports, now).await
    }

    pub(super) async fn run_at(self, ports: &Ports, now: Timestamp) -> Result<Option<RevealedAccess>, Fault> {
        let organization = self.authority.organization().id;
        let Some(dossier) = ports.recipients.find(organization, self.recipient).await? else {
            return Ok(None);
        };
        let about = About::access(&dossier.token, dossier.template.id);
        let entry = |action| self.authority.entry(ports, action, about, now);
        let Some(sealed) = &dossier.token.sealed else {
            return Ok(Some(RevealedAccess {
                dossier,
                secret: None,
            }));
        };
        match open(ports, sealed, &dossier.token.seal_binding()) {
            Ok(secret) => {
                ports.activity.append(&entry(Action::AccessRevealed)?).await?;
                Ok(Some(RevealedAccess {
                    dossier,
                    secret: Some(secret),
                }))
            }
            Err(error) => {
                // Somebody changed the database, or a key is wrong.
                ports.activity.append(&entry(Action::IntegrityFailed)?).await?;
                Err(error.into())
            }
        }
    }
}
