//! A request to issue that its client named, so that it can be sent again should the answer get lost.

use std::collections::HashMap;

use super::{Fault, caller::Authority, issue_credentials::MadeCredential, reveal_access::RevealAccess};
use crate::{
    id::RecipientId,
    idempotency::Repeatable,
    port::{Ports, StoreError, recipients::IssueRequest},
    time::Timestamp,
};

/// A request of somebody, by the name that they gave it.
pub(super) struct Repetition<'a> {
    pub(super) authority: Authority<'a>,
    pub(super) request: Option<&'a Repeatable>,
}

/// Why nothing can be said about what a request has issued.
#[derive(Debug, thiserror::Error)]
pub(super) enum RepetitionError {
    /// The name is another request's.
    #[error("the idempotency key was used for another request")]
    KeyTaken,
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Repetition<'_> {
    /// What this very request has issued before, by place.
    pub(super) async fn earlier(
        &self,
        ports: &Ports,
    ) -> Result<HashMap<usize, RecipientId>, RepetitionError> {
        let (Some(caller), Some(request)) = (self.authority.token(), self.request) else {
            return Ok(HashMap::new());
        };
        let issued = ports
            .recipients
            .issued_under(caller, &request.key)
            .await
            .map_err(Fault::from)?;
        let mut earlier = HashMap::new();
        for (under, id) in issued {
            if under.fingerprint != request.fingerprint {
                return Err(RepetitionError::KeyTaken);
            }
            earlier.insert(usize::try_from(under.place).unwrap_or(usize::MAX), id);
        }
        Ok(earlier)
    }

    /// The request, and the place in it, where the client named it.
    pub(super) fn named(&self, place: usize) -> Option<IssueRequest> {
        let (caller, request) = (self.authority.token()?, self.request?);
        Some(IssueRequest {
            caller,
            key: request.key.clone(),
            fingerprint: request.fingerprint,
            place: u32::try_from(place).unwrap_or(u32::MAX),
        })
    }

    /// What was issued before, as it is now, with its value, recorded before it is given.
    pub(super) async fn replay(
        &self,
        ports: &Ports,
        id: RecipientId,
        now: Timestamp,
    ) -> Result<MadeCredential, Fault> {
        let revealed = RevealAccess {
            authority: self.authority,
            recipient: id,
        };
        let revealed = revealed
            .run_at(ports, now)
            .await?
            .ok_or_else(|| StoreError::new("a recipient was deleted while a request was answered again"))?;
        Ok(MadeCredential {
            dossier: revealed.dossier,
            secret: revealed.secret,
            replayed: true,
        })
    }
}
