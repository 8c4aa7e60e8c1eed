//! Who shows this token? The one way in for every request.

use super::{
    Fault,
    caller::{Caller, entry},
};
use crate::{
    activity::{Action, RequestOrigin},
    authorization_token::{OwnedToken, Standing},
    port::{Ports, StoreError},
    secret::TokenSecret,
    time::Timestamp,
};

/// Turns a shown value into a [`Caller`].
///
/// The store is asked every time: what a revocation has committed is seen by every request that starts later.
#[derive(Debug)]
pub struct Authenticate<'a> {
    /// The value that was shown.
    pub secret: &'a TokenSecret,
    /// Where the request comes from.
    pub origin: RequestOrigin,
}

/// The bearer of a token that is known, and good for something.
#[derive(Debug)]
pub enum Bearer {
    /// The token is served.
    Served(Caller),
    /// The token was rotated away: it is good for nothing but the replay of its own rotation.
    RotatedAway(RotatedAway),
}

/// The bearer of a token that was rotated away.
#[derive(Debug)]
pub struct RotatedAway {
    pub(super) retired: OwnedToken,
    pub(super) origin: RequestOrigin,
}

/// Why a shown value is refused.
#[derive(Debug, thiserror::Error)]
pub enum AuthenticateError {
    /// Nobody has this token, or its organization is cancelled.
    #[error("the authorization token is unknown")]
    Unknown,
    /// It was good once, and has expired.
    #[error("the authorization token has expired")]
    Expired,
    /// It was good once, and was rotated away or revoked.
    #[error("the authorization token was rotated away or revoked")]
    Retired,
    /// Nothing can be said.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<StoreError> for AuthenticateError {
    fn from(error: StoreError) -> Self {
        Self::Fault(error.into())
    }
}

impl Authenticate<'_> {
    /// The caller, if the token is served. The use of a token that was rotated away is recorded.
    ///
    /// # Errors
    /// Why not.
    pub async fn run(self, ports: &Ports) -> Result<Caller, AuthenticateError> {
        match self.bearer(ports).await? {
            Bearer::Served(caller) => Ok(caller),
            Bearer::RotatedAway(away) => Err(away.refuse(ports).await),
        }
    }

    /// The bearer, for [`RotateToken`](super::rotate_token::RotateToken), which alone has something to say to one whose
    /// token was rotated away.
    ///
    /// # Errors
    /// Why the token is good for nothing.
    pub async fn bearer(self, ports: &Ports) -> Result<Bearer, AuthenticateError> {
        let now = ports.clock.now();
        let found = find(ports, self.secret)
            .await?
            .ok_or(AuthenticateError::Unknown)?;
        match found.standing(now) {
            Standing::Live | Standing::Grace => {
                note_use(ports, &found, now).await?;
                Ok(Bearer::Served(Caller {
                    bearer: found,
                    origin: self.origin,
                }))
            }
            Standing::Rotated => Ok(Bearer::RotatedAway(RotatedAway {
                retired: found,
                origin: self.origin,
            })),
            Standing::Expired => {
                if found.token.expiry_seen_at.is_none() {
                    ports.tokens.mark_expired(found.token.id, now).await?;
                }
                Err(AuthenticateError::Expired)
            }
            Standing::Revoked => Err(AuthenticateError::Retired),
            Standing::OrganizationCancelled => Err(AuthenticateError::Unknown),
        }
    }
}

impl RotatedAway {
    /// Records the reuse, and says why it is refused.
    pub async fn refuse(self, ports: &Ports) -> AuthenticateError {
        match self.record(ports).await {
            Ok(()) => AuthenticateError::Retired,
            Err(fault) => fault.into(),
        }
    }

    async fn record(&self, ports: &Ports) -> Result<(), Fault> {
        let now = ports.clock.now();
        let token = &self.retired.token;
        let by = self.origin.by_token(token.id);
        let entry = entry(
            ports,
            token.organization,
            by,
            Action::TokenReuseDetected,
            Some(token.id),
            now,
        )?;
        Ok(ports.tokens.record_reuse(token.id, &entry, now).await?)
    }
}

/// The token with this value, under whichever pepper it was made.
async fn find(ports: &Ports, secret: &TokenSecret) -> Result<Option<OwnedToken>, StoreError> {
    if let Some(found) = ports.tokens.find_by_digest(&ports.vault.digest(secret)).await? {
        return Ok(Some(found));
    }
    for digest in ports.vault.other_digests(secret) {
        if let Some(found) = ports.tokens.find_by_digest(&digest).await? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// Uses are written in batches, but the first use of a token whose rotation may still be replayed is written before it
/// is served: from then on a replay must be refused.
async fn note_use(ports: &Ports, found: &OwnedToken, now: Timestamp) -> Result<(), StoreError> {
    let token = &found.token;
    let closes_replay =
        token.last_used_at.is_none() && token.replayable_until.is_some_and(|end| end.is_ahead_of(now));
    if closes_replay {
        ports.tokens.record_use(&[(token.id, now)]).await
    } else {
        ports.uses.note(token.id, now);
        Ok(())
    }
}
