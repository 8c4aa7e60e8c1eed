//! Opening a mailed link. Nothing is bound by it, whoever opens it and however often.

use super::Fault;
use crate::{
    access_token::Dossier,
    port::{Ports, StoreError},
    secret::AccessSecret,
};

/// Opens the link with this value.
#[derive(Debug)]
pub struct OpenLink<'a> {
    /// The value.
    pub secret: &'a AccessSecret,
}

impl OpenLink<'_> {
    /// What it leads to; `None` where nobody has such a token. Counts that it was opened, by somebody or something.
    ///
    /// # Errors
    /// Where nothing can be said.
    pub async fn run(self, ports: &Ports) -> Result<Option<Dossier>, Fault> {
        let found = find(ports, self.secret).await?;
        if let Some(dossier) = &found {
            ports.opens.note(dossier.token.id, ports.clock.now());
        }
        Ok(found)
    }

    /// The same without counting, for the pages that follow.
    ///
    /// # Errors
    /// Where nothing can be said.
    pub async fn look(self, ports: &Ports) -> Result<Option<Dossier>, Fault> {
        Ok(find(ports, self.secret).await?)
    }
}

/// The token with this value, under whichever pepper it was made.
async fn find(ports: &Ports, secret: &AccessSecret) -> Result<Option<Dossier>, StoreError> {
    if let Some(found) = ports.access.find_by_digest(&ports.vault.digest(secret)).await? {
        return Ok(Some(found));
    }
    for digest in ports.vault.other_digests(secret) {
        if let Some(found) = ports.access.find_by_digest(&digest).await? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}
