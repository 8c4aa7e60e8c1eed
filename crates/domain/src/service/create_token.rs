//! Making a token. Nobody gives out more than they hold.

use super::{Fault, administration::notices::to_administrators, caller::Authority, reveal::open};
use crate::{
    activity::{About, Action},
    authorization_token::{AuthorizationToken, MAX_LIVE_TOKENS, OwnedToken},
    id::AuthorizationTokenId,
    idempotency::{CREATION_REPLAY_SECONDS, Repeatable, StoredAnswer},
    notice::{NoticeSubject, next_announcement},
    organization::RevealPolicy,
    permissions::Permissions,
    port::{
        Ports, StoreError,
        authorization_tokens::{Insertion, Record},
        entropy::EntropyError,
        vault::VaultError,
    },
    sealed::SealPurpose,
    secret::TokenSecret,
    text::Description,
    time::{Lifetime, LifetimeError, Timestamp},
};

/// Makes a token.
#[derive(Debug)]
pub struct CreateToken<'a> {
    /// Who asks; the token belongs to their organization.
    pub authority: Authority<'a>,
    /// What it is for.
    pub description: Option<Description>,
    /// What it may do; by default all that who asks may do.
    pub permissions: Option<Permissions>,
    /// How long it lives.
    pub life: LifeRequest,
    /// The client's name for the request, if it may be repeated.
    pub request: Option<Repeatable>,
}

/// How long a token shall live.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LifeRequest {
    /// 180 days.
    #[default]
    Default,
    /// So many days, 1 to 366.
    Days(i64),
    /// Until this instant, 1 to 366 days ahead.
    Until(Timestamp),
}

/// A token that was made, with its value: the only time it is at hand without a sealed copy.
#[derive(Debug)]
pub struct MadeToken {
    /// The token and its organization.
    pub made: OwnedToken,
    /// Its value.
    pub secret: TokenSecret,
    /// Whether this is the answer to an earlier request again.
    pub replayed: bool,
}

/// Why a token is not made. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum CreateTokenError {
    /// More was asked for than the caller may do.
    #[error("a token cannot be given permissions that its maker lacks")]
    BeyondCaller,
    /// The set of permissions is empty.
    #[error("a token needs at least one permission")]
    NoPermissions,
    /// The life asked for is too short or too long.
    #[error(transparent)]
    Life(#[from] LifetimeError),
    /// The organization has as many live tokens as it may have.
    #[error("an organization has at most {MAX_LIVE_TOKENS} live authorization tokens")]
    LimitReached,
    /// The key names another request.
    #[error("the idempotency key was used for another request")]
    KeyTaken,
    /// The caller's token was retired meanwhile.
    #[error("the authorization token was rotated away or revoked")]
    CallerRetired,
    /// The organization was cancelled.
    #[error("the organization is cancelled")]
    OrganizationCancelled,
    /// Nothing can be said.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl CreateToken<'_> {
    /// The token and its value.
    ///
    /// # Errors
    /// Why there is none.
    pub async fn run(self, ports: &Ports) -> Result<MadeToken, CreateTokenError> {
        let now = ports.clock.now();
        if let Some(answer) = self.answered(ports, now).await? {
            return self.repeat(ports, answer, now).await;
        }
        let held = self.authority.permissions();
        let permissions = self.permissions.unwrap_or(held);
        if !permissions.is_subset_of(held) {
            return Err(CreateTokenError::BeyondCaller);
        }
        if permissions.is_empty() {
            return Err(CreateTokenError::NoPermissions);
        }
        let lifetime = match self.life {
            LifeRequest::Default => Lifetime::default(),
            LifeRequest::Days(days) => Lifetime::from_days(days)?,
            LifeRequest::Until(end) => Lifetime::until(end, now)?,
        };

        let owner = self.authority.organization();
        let fresh = FreshToken::draw(ports, now).map_err(Fault::from)?;
        let mut token = AuthorizationToken {
            id: fresh.id,
            organization: owner.id,
            digest: ports.vault.digest(&fresh.secret),
            sealed: None,
            description: self.description.clone(),
            permissions,
            created_at: now,
            expires_at: lifetime.expiry_from(now),
            created_by: self.authority.token(),
            rotated_from: None,
            generation: 0,
            replayable_until: None,
            rotated_at: None,
            grace_until: None,
            revoked_at: None,
            expiry_seen_at: None,
            last_used_at: None,
            reuse_count: 0,
            announce_at: next_announcement(lifetime.expiry_from(now), now),
        };
        fresh
            .seal_into(ports, &mut token, owner.reveal_policy)
            .map_err(Fault::from)?;

        let replay_until = now.plus_seconds(CREATION_REPLAY_SECONDS);
        let answer = match (self.authority.token(), &self.request) {
            (Some(caller), Some(request)) => Some(
                fresh
                    .answer(ports, &token, caller, request, replay_until)
                    .map_err(Fault::from)?,
            ),
            _ => None,
        };
        let entry = self
            .authority
            .entry(ports, Action::TokenCreated, About::token(token.id), now)
            .map_err(Fault::from)?;
        let subject = NoticeSubject::TokenMade(token.id);
        let notices = to_administrators(ports, owner.id, subject, now).await?;
        let record = Record {
            entry: &entry,
            answer: answer.as_ref(),
            notices: &notices,
        };

        match ports
            .tokens
            .insert(&token, record, now)
            .await
            .map_err(Fault::from)?
        {
            Insertion::Inserted => Ok(MadeToken {
                made: OwnedToken {
                    token,
                    owner: owner.clone(),
                },
                secret: fresh.secret,
                replayed: false,
            }),
            Insertion::Answered(answer) => self.repeat(ports, *answer, now).await,
            Insertion::LimitReached => Err(CreateTokenError::LimitReached),
            Insertion::CallerRetired => Err(CreateTokenError::CallerRetired),
            Insertion::OrganizationCancelled => Err(CreateTokenError::OrganizationCancelled),
        }
    }

    /// The answer that is stored for a request of this name, asked for first: what was right when it was made may no
    /// longer be, such as an expiry a day ahead.
    async fn answered(&self, ports: &Ports, now: Timestamp) -> Result<Option<StoredAnswer>, Fault> {
        match (self.authority.token(), &self.request) {
            (Some(caller), Some(request)) => Ok(ports.tokens.answer(caller, &request.key, now).await?),
            _ => Ok(None),
        }
    }

    /// The first answer again, if it was to this request.
    async fn repeat(
        &self,
        ports: &Ports,
        answer: StoredAnswer,
        now: Timestamp,
    ) -> Result<MadeToken, CreateTokenError> {
        if Some(&answer.request) != self.request.as_ref() {
            return Err(CreateTokenError::KeyTaken);
        }
        Ok(replay(ports, self.authority, answer, now).await?)
    }
}

/// The first answer again, recorded before it is given.
async fn replay(
    ports: &Ports,
    authority: Authority<'_>,
    answer: StoredAnswer,
    now: Timestamp,
) -> Result<MadeToken, Fault> {
    let owner = authority.organization();
    let token = ports
        .tokens
        .find(owner.id, answer.token)
        .await?
        .ok_or_else(|| StoreError::new("a stored answer names a token that is not there"))?;
    let entry = authority.entry(ports, Action::CreationReplayed, About::token(token.id), now)?;
    let made = reopen(
        ports,
        OwnedToken {
            token,
            owner: owner.clone(),
        },
        answer,
    )?;
    ports.activity.append(&entry).await?;
    Ok(made)
}

/// The answer with its value opened, as it was: a description or use that came later is not in it.
pub(super) fn reopen(ports: &Ports, mut made: OwnedToken, answer: StoredAnswer) -> Result<MadeToken, Fault> {
    let secret = open(
        ports,
        &answer.sealed,
        &made.token.seal_binding(SealPurpose::Answer),
    )?;
    made.token.description = answer.description;
    made.token.last_used_at = None;
    Ok(MadeToken {
        made,
        secret,
        replayed: true,
    })
}

/// A value and an id that nobody has yet.
pub(super) struct FreshToken {
    pub(super) id: AuthorizationTokenId,
    pub(super) secret: TokenSecret,
}

impl FreshToken {
    pub(super) fn draw(ports: &Ports, now: Timestamp) -> Result<Self, EntropyError> {
        Ok(Self {
            id: AuthorizationTokenId::fresh(now, ports.id_entropy()?),
            secret: TokenSecret::generate(ports.entropy.as_ref())?,
        })
    }

    /// Adds the sealed copy, if the policy keeps one.
    pub(super) fn seal_into(
        &self,
        ports: &Ports,
        token: &mut AuthorizationToken,
        policy: RevealPolicy,
    ) -> Result<(), VaultError> {
        if policy == RevealPolicy::Always {
            let binding = token.seal_binding(SealPurpose::Reveal);
            token.sealed = Some(ports.vault.seal(&self.secret, &binding)?);
        }
        Ok(())
    }

    /// The answer to keep, so that it can be given again.
    pub(super) fn answer(
        &self,
        ports: &Ports,
        token: &AuthorizationToken,
        caller: AuthorizationTokenId,
        request: &Repeatable,
        expires_at: Timestamp,
    ) -> Result<StoredAnswer, VaultError> {
        Ok(StoredAnswer {
            caller,
            request: request.clone(),
            token: token.id,
            sealed: ports
                .vault
                .seal(&self.secret, &token.seal_binding(SealPurpose::Answer))?,
            description: token.description.clone(),
            expires_at,
        })
    }
}
