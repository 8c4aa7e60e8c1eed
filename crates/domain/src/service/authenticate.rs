//! Who shows this token? The one way in for every request.

use std::sync::Arc;

use super::{
    Fault,
    administration::notices::to_administrators_or_contact,
    caller::{Caller, entry},
};
use crate::{
    activity::{About, Action, RequestOrigin},
    authorization_token::{OwnedToken, Standing},
    notice::NoticeSubject,
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
    /// The token and its organization.
    pub retired: Arc<OwnedToken>,
    pub(super) origin: RequestOrigin,
    /// When it was shown.
    pub(super) at: Timestamp,
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
            standing @ (Standing::Live | Standing::Grace) => {
                note_use(ports, &found, now).await?;
                Ok(Bearer::Served(Caller {
                    owned: found,
                    standing,
                    origin: self.origin,
                }))
            }
            Standing::Rotated => {
                if found.token.grace_until.is_some() {
                    latch(ports, &found, now).await?;
                }
                Ok(Bearer::RotatedAway(RotatedAway {
                    retired: found,
                    origin: self.origin,
                    at: now,
                }))
            }
            Standing::Expired => {
                latch(ports, &found, now).await?;
                Err(AuthenticateError::Expired)
            }
            Standing::Revoked => Err(AuthenticateError::Retired),
            Standing::OrganizationCancelled => Err(AuthenticateError::Unknown),
        }
    }
}

/// Keeps that time has ended the token, so that a clock that steps back, or is behind on another instance, does not
/// bring it back: what was refused once stays refused.
async fn latch(ports: &Ports, found: &OwnedToken, now: Timestamp) -> Result<(), StoreError> {
    match found.token.expiry_seen_at {
        Some(_) => Ok(()),
        None => ports.tokens.mark_expired(found.token.id, now).await,
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
        let token = &self.retired.token;
        let by = self.origin.by_token(token.id);
        let entry = entry(
            ports,
            token.organization,
            by,
            Action::TokenReuseDetected,
            About::token(token.id),
            self.at,
        )?;
        let subject = NoticeSubject::TokenReused(token.id);
        let notices = to_administrators_or_contact(ports, token.organization, subject, self.at).await?;
        Ok(ports
            .tokens
            .record_reuse(token.id, &entry, &notices, self.at)
            .await?)
    }
}

/// The token with this value, under whichever pepper it was made.
async fn find(ports: &Ports, secret: &TokenSecret) -> Result<Option<Arc<OwnedToken>>, StoreError> {
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

/// Uses are written in batches, but the first use of a token whose rotation may be replayed is written before it is
/// served: from then on a replay is refused. Whether the replay's time is over is not asked, for another instance's clock
/// may say otherwise.
async fn note_use(ports: &Ports, found: &OwnedToken, now: Timestamp) -> Result<(), StoreError> {
    let token = &found.token;
    if token.last_used_at.is_none() && token.replayable_until.is_some() {
        ports.tokens.record_use(&[(token.id, now)]).await
    } else {
        ports.uses.note(token.id, now);
        Ok(())
    }
}
