//! Putting a successor in a token's place. Of any number of attempts at once exactly one wins.

use super::{
    Fault,
    administration::notices::to_administrators,
    authenticate::{AuthenticateError, Bearer},
    caller::{Authority, Caller, entry},
    create_token::{FreshToken, MadeToken, reopen},
    show_token::find_visible,
};
use crate::{
    activity::{About, Action, Attribution},
    authorization_token::{AuthorizationToken, Grace, OwnedToken, Standing},
    id::AuthorizationTokenId,
    idempotency::{ROTATION_REPLAY_SECONDS, Repeatable},
    notice::{NoticeSubject, next_announcement},
    port::{
        Ports, StoreError,
        authorization_tokens::{Record, Rotation},
    },
    text::Description,
    time::{Lifetime, Timestamp},
};

/// Rotates the token that makes the request.
///
/// The successor has the same permissions, 180 new days, and the same description unless a new one is given. The old
/// token is refused from the answer on, or from the end of the grace that was asked for.
///
/// Asked again with the same request key, by the token just rotated away, within 10 minutes and while the successor is
/// unused, it gives the same successor again: a lost answer locks nobody out. Any other use of the old token is recorded
/// as reuse and refused.
#[derive(Debug)]
pub struct RotateToken {
    /// Who asks.
    pub bearer: Bearer,
    /// What the successor is for; by default what its predecessor was for.
    pub description: Option<Description>,
    /// How long the old token is served on.
    pub grace: Option<Grace>,
    /// The client's name for the request, if it may be repeated.
    pub request: Option<Repeatable>,
}

/// Rotates any live token, by somebody who does not hold it: an administrator or an operator. The way back in after a
/// rotation whose answer was lost for good.
#[derive(Debug)]
pub struct RotateTokenById<'a> {
    /// Who asks.
    pub authority: Authority<'a>,
    /// Which token.
    pub id: AuthorizationTokenId,
    /// What the successor is for; by default what its predecessor was for.
    pub description: Option<Description>,
    /// How long the old token is served on.
    pub grace: Option<Grace>,
}

/// Why there is no successor. Nothing was changed, but for the record of a reuse.
#[derive(Debug, thiserror::Error)]
pub enum RotateTokenError {
    /// The token is not good, or was retired by another request at the same time.
    #[error(transparent)]
    Refused(#[from] AuthenticateError),
    /// The token was rotated away before and is only in its grace.
    #[error("the authorization token has been rotated already and is in its grace period")]
    AlreadyRotated,
    /// The key names another request.
    #[error("the idempotency key was used for another request")]
    KeyTaken,
}

impl From<Fault> for RotateTokenError {
    fn from(fault: Fault) -> Self {
        Self::Refused(fault.into())
    }
}

impl RotateToken {
    /// The successor and its value.
    ///
    /// # Errors
    /// Why there is none.
    pub async fn run(self, ports: &Ports) -> Result<MadeToken, RotateTokenError> {
        let now = ports.clock.now();
        let request = self.request.as_ref();
        let caller = match self.bearer {
            Bearer::Served(caller) => caller,
            Bearer::RotatedAway(away) => {
                let by = away.origin.by_token(away.retired.token.id);
                return match replay(ports, &away.retired, request, by, now).await? {
                    Some(made) => Ok(made),
                    None => Err(away.refuse(ports).await.into()),
                };
            }
        };

        let by = Authority::Token(&caller).attribution();
        let wish = Wish {
            description: self.description,
            grace: self.grace,
            request,
        };
        match succeed(ports, &caller.owned, wish, by.clone(), now).await? {
            Succession::Made(made) => Ok(*made),
            Succession::KeyTaken => Err(RotateTokenError::KeyTaken),
            Succession::Refused(standing) => lose(ports, &caller, standing, request, by, now).await,
        }
    }
}

/// What is said to one whose token was retired by somebody else, or earlier.
async fn lose(
    ports: &Ports,
    caller: &Caller,
    standing: Standing,
    request: Option<&Repeatable>,
    by: Attribution,
    now: Timestamp,
) -> Result<MadeToken, RotateTokenError> {
    let refusal = match standing {
        Standing::Grace => RotateTokenError::AlreadyRotated,
        Standing::Expired => AuthenticateError::Expired.into(),
        Standing::OrganizationCancelled => AuthenticateError::Unknown.into(),
        Standing::Live | Standing::Rotated | Standing::Revoked => AuthenticateError::Retired.into(),
    };
    if matches!(standing, Standing::Grace | Standing::Rotated) {
        // The winner may have been this very request, sent twice.
        return replay(ports, &caller.owned, request, by, now)
            .await?
            .ok_or(refusal);
    }
    Err(refusal)
}

impl RotateTokenById<'_> {
    /// The successor and its value, or the standing of a token that cannot be rotated; `None` where there is none.
    ///
    /// # Errors
    /// Where nothing can be said.
    pub async fn run(self, ports: &Ports) -> Result<Option<Result<MadeToken, Standing>>, Fault> {
        let now = ports.clock.now();
        let Some(token) = find_visible(ports, self.authority, self.id).await? else {
            return Ok(None);
        };
        let current = OwnedToken {
            token,
            owner: self.authority.organization().clone(),
        };
        let wish = Wish {
            description: self.description,
            grace: self.grace,
            request: None,
        };
        Ok(Some(
            match succeed(ports, &current, wish, self.authority.attribution(), now).await? {
                Succession::Made(made) => Ok(*made),
                Succession::Refused(standing) => Err(standing),
                Succession::KeyTaken => {
                    return Err(StoreError::new("a key was taken though none was given").into());
                }
            },
        ))
    }
}

struct Wish<'a> {
    description: Option<Description>,
    grace: Option<Grace>,
    request: Option<&'a Repeatable>,
}

enum Succession {
    Made(Box<MadeToken>),
    Refused(Standing),
    KeyTaken,
}

/// The one step: retires `current` and keeps a successor.
async fn succeed(
    ports: &Ports,
    current: &OwnedToken,
    wish: Wish<'_>,
    by: Attribution,
    now: Timestamp,
) -> Result<Succession, Fault> {
    let OwnedToken { token: old, owner } = current;
    let fresh = FreshToken::draw(ports, now)?;
    let replay_until = now.plus_seconds(ROTATION_REPLAY_SECONDS);
    let mut successor = AuthorizationToken {
        id: fresh.id,
        organization: old.organization,
        digest: ports.vault.digest(&fresh.secret),
        sealed: None,
        description: wish.description.or_else(|| old.description.clone()),
        permissions: old.permissions,
        created_at: now,
        expires_at: Lifetime::default().expiry_from(now),
        created_by: old.created_by,
        rotated_from: Some(old.id),
        generation: old.generation.saturating_add(1),
        replayable_until: wish.request.map(|_| replay_until),
        rotated_at: None,
        grace_until: None,
        revoked_at: None,
        expiry_seen_at: None,
        last_used_at: None,
        reuse_count: 0,
        announce_at: next_announcement(Lifetime::default().expiry_from(now), now),
    };
    fresh.seal_into(ports, &mut successor, owner.reveal_policy)?;
    let answer = wish
        .request
        .map(|request| fresh.answer(ports, &successor, old.id, request, replay_until))
        .transpose()?;
    let about = About::rotation(old.id, successor.id);
    let entry = entry(ports, owner.id, by, Action::TokenRotated, about, now)?;

    let grace_until = wish.grace.map(|grace| grace.end(old, now));
    let notices = to_administrators(ports, owner.id, NoticeSubject::TokenMade(successor.id), now).await?;
    let record = Record {
        entry: &entry,
        answer: answer.as_ref(),
        notices: &notices,
    };
    Ok(
        match ports
            .tokens
            .rotate(old.id, &successor, grace_until, record, now)
            .await?
        {
            Rotation::Rotated => Succession::Made(Box::new(MadeToken {
                made: OwnedToken {
                    token: successor,
                    owner: owner.clone(),
                },
                secret: fresh.secret,
                replayed: false,
            })),
            Rotation::Refused(standing) => Succession::Refused(standing),
            Rotation::KeyTaken => Succession::KeyTaken,
            Rotation::Absent => return Err(StoreError::new("a token that was found is not there").into()),
        },
    )
}

/// The same successor again, if the answer is kept for just this request and the successor is live and unused.
async fn replay(
    ports: &Ports,
    retired: &OwnedToken,
    request: Option<&Repeatable>,
    by: Attribution,
    now: Timestamp,
) -> Result<Option<MadeToken>, Fault> {
    let Some(request) = request else { return Ok(None) };
    let kept = ports.tokens.answer(retired.token.id, &request.key, now).await?;
    let Some(answer) = kept.filter(|answer| answer.request == *request) else {
        return Ok(None);
    };
    let found = ports.tokens.find_by_id(answer.token).await?;
    let is_untouched = |successor: &OwnedToken| {
        successor.token.rotated_from == Some(retired.token.id)
            && successor.token.last_used_at.is_none()
            && successor.standing(now) == Standing::Live
    };
    let Some(successor) = found.filter(is_untouched) else {
        return Ok(None);
    };

    let about = About::rotation(retired.token.id, successor.token.id);
    let entry = entry(ports, retired.owner.id, by, Action::RotationReplayed, about, now)?;
    let made = reopen(ports, successor, answer)?;
    ports.activity.append(&entry).await?;
    Ok(Some(made))
}
