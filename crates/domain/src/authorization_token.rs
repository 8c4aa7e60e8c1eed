//! Authorization tokens: what an organization's programs show to use the API, and when one is still good.

use crate::{
    id::{AuthorizationTokenId, OrganizationId},
    organization::Organization,
    permissions::Permissions,
    sealed::{SealBinding, SealPurpose, SealedSecret, TokenDigest},
    text::Description,
    time::Timestamp,
};

/// The most unretired, unexpired authorization tokens an organization has at once.
pub const MAX_LIVE_TOKENS: u64 = 50;

/// How long a token is served on after being rotated away: opt-in, at most one week, and never past its old expiry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grace {
    seconds: i64,
}

impl Grace {
    /// The longest overlap, in seconds: one week.
    pub const MAX_SECONDS: i64 = 7 * 24 * 60 * 60;

    /// An overlap of so many seconds; `None` for no overlap.
    ///
    /// # Errors
    /// [`GraceError`] outside 0 to [`MAX_SECONDS`](Self::MAX_SECONDS).
    pub fn from_seconds(seconds: i64) -> Result<Option<Self>, GraceError> {
        if !(0..=Self::MAX_SECONDS).contains(&seconds) {
            return Err(GraceError);
        }
        Ok((seconds > 0).then_some(Self { seconds }))
    }

    /// When the overlap of a token that is rotated away `now` ends.
    #[must_use]
    pub fn end(self, token: &AuthorizationToken, now: Timestamp) -> Timestamp {
        now.plus_seconds(self.seconds).min(token.expires_at)
    }
}

/// An overlap was asked for that is negative or longer than a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be between 0 and {} seconds", Grace::MAX_SECONDS)]
pub struct GraceError;

/// An authorization token as it is kept: everything but its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthorizationToken {
    /// Names it; not a secret.
    pub id: AuthorizationTokenId,
    /// Who owns it.
    pub organization: OrganizationId,
    /// Finds it by its value.
    pub digest: TokenDigest,
    /// The value, sealed; only while the token is unretired and its owner's reveal policy is `always`.
    pub sealed: Option<SealedSecret>,
    /// What it is for.
    pub description: Option<Description>,
    /// What it may do; fixed for its life.
    pub permissions: Permissions,
    /// When it was made.
    pub created_at: Timestamp,
    /// It is good strictly before this instant.
    pub expires_at: Timestamp,
    /// The token that asked for it; `None` where an operator did. A successor keeps its predecessor's.
    pub created_by: Option<AuthorizationTokenId>,
    /// The token it succeeded.
    pub rotated_from: Option<AuthorizationTokenId>,
    /// How many rotations lie behind it.
    pub generation: u32,
    /// Until when a lost rotation may be answered again with it, provided it is still unused.
    pub replayable_until: Option<Timestamp>,
    /// When it was rotated away.
    pub rotated_at: Option<Timestamp>,
    /// Until when it is served after being rotated away.
    pub grace_until: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
    /// When it was first refused because its expiry, or its grace, had passed. Once set, a clock stepping back does not
    /// revive the token.
    pub expiry_seen_at: Option<Timestamp>,
    /// When it was last accepted, roughly: written in batches.
    pub last_used_at: Option<Timestamp>,
    /// How often it was shown after being rotated away.
    pub reuse_count: u64,
    /// When the next mail about its expiry is due; see [`next_announcement`](crate::notice::next_announcement).
    pub announce_at: Option<Timestamp>,
}

/// What a token is good for at some instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Good for everything it permits.
    Live,
    /// Rotated away, and still served until its grace ends; it cannot be rotated again.
    Grace,
    /// Past its expiry.
    Expired,
    /// Rotated away.
    Rotated,
    /// Revoked.
    Revoked,
    /// Its organization is cancelled.
    OrganizationCancelled,
}

impl Standing {
    /// Whether a request that shows the token is served.
    #[must_use]
    pub const fn is_served(self) -> bool {
        matches!(self, Self::Live | Self::Grace)
    }

    /// The word for it in the API's `state`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Grace | Self::Rotated => "rotated",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
            Self::OrganizationCancelled => "cancelled",
        }
    }
}

impl AuthorizationToken {
    /// The one judgement of a token: every adapter's guards and every use case mean this.
    ///
    /// Good if and only if `now < expires_at`, not rotated away (or within its grace), not revoked, and the
    /// organization is active.
    #[must_use]
    pub fn standing(&self, owner: &Organization, now: Timestamp) -> Standing {
        if owner.is_active() {
            self.own_standing(now)
        } else {
            Standing::OrganizationCancelled
        }
    }

    /// What it is good for while its organization is active: what lists and limits go by.
    #[must_use]
    pub fn own_standing(&self, now: Timestamp) -> Standing {
        if self.revoked_at.is_some() {
            return Standing::Revoked;
        }
        let has_expired = self.expiry_seen_at.is_some() || !self.expires_at.is_ahead_of(now);
        if self.rotated_at.is_some() {
            let in_grace = !has_expired && self.grace_until.is_some_and(|end| end.is_ahead_of(now));
            return if in_grace {
                Standing::Grace
            } else {
                Standing::Rotated
            };
        }
        if has_expired {
            Standing::Expired
        } else {
            Standing::Live
        }
    }

    /// Until when it is, or was, served, provided that nothing else happens to it: its revocation, its rotation or the
    /// end of its grace, its expiry, or the instant from which it was refused as expired.
    #[must_use]
    pub fn served_until(&self) -> Timestamp {
        [
            self.revoked_at,
            self.grace_until.or(self.rotated_at),
            self.expiry_seen_at,
        ]
        .into_iter()
        .flatten()
        .fold(self.expires_at, Timestamp::min)
    }

    /// The row that its sealed copy belongs to.
    #[must_use]
    pub const fn seal_binding(&self, purpose: SealPurpose) -> SealBinding {
        SealBinding {
            purpose,
            organization: self.organization,
            token: *self.id.as_uuid(),
            generation: self.generation,
        }
    }
}

/// A token together with the organization it belongs to, read at one instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnedToken {
    /// The token.
    pub token: AuthorizationToken,
    /// Its organization.
    pub owner: Organization,
}

impl OwnedToken {
    /// See [`AuthorizationToken::standing`].
    #[must_use]
    pub fn standing(&self, now: Timestamp) -> Standing {
        self.token.standing(&self.owner, now)
    }
}

/// Which tokens of an organization a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenFilter {
    /// Only tokens whose permissions are a subset of these.
    pub visible_to: Permissions,
    /// Which states are shown.
    pub states: TokenStates,
}

/// Which states a list of tokens shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TokenStates {
    /// Those whose [own standing](AuthorizationToken::own_standing) is live; so a cancelled organization lists its
    /// tokens as before.
    #[default]
    Live,
    /// Expired, rotated and revoked ones too.
    All,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        organization::RevealPolicy,
        sealed::KeyId,
        text::{MailAddress, OrganizationName},
    };

    const NOW: i64 = 1_000_000;

    fn owner() -> Organization {
        Organization {
            id: OrganizationId::fresh(Timestamp::from_millis(0), [1; 10]),
            name: OrganizationName::parse("Analytical Engines").unwrap(),
            contact: MailAddress::parse("ada@example.org").unwrap(),
            url: None,
            reveal_policy: RevealPolicy::Always,
            created_at: Timestamp::from_millis(0),
            cancelled_at: None,
        }
    }

    fn token() -> AuthorizationToken {
        AuthorizationToken {
            id: AuthorizationTokenId::fresh(Timestamp::from_millis(0), [2; 10]),
            organization: owner().id,
            digest: TokenDigest {
                pepper: KeyId::parse("pepper01").unwrap(),
                bytes: [0; 32],
            },
            sealed: None,
            description: None,
            permissions: Permissions::ALL,
            created_at: Timestamp::from_millis(0),
            expires_at: Timestamp::from_millis(NOW + 1),
            created_by: None,
            rotated_from: None,
            generation: 0,
            replayable_until: None,
            rotated_at: None,
            grace_until: None,
            revoked_at: None,
            expiry_seen_at: None,
            last_used_at: None,
            reuse_count: 0,
            announce_at: None,
        }
    }

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(millis)
    }

    #[test]
    fn good_strictly_before_its_expiry() {
        assert_eq!(token().standing(&owner(), at(NOW)), Standing::Live);
        assert_eq!(token().standing(&owner(), at(NOW + 1)), Standing::Expired);
    }

    #[test]
    fn a_clock_stepping_back_does_not_revive_it() {
        let seen = AuthorizationToken {
            expiry_seen_at: Some(at(NOW + 1)),
            ..token()
        };
        assert_eq!(seen.standing(&owner(), at(NOW)), Standing::Expired);
        let rotated = AuthorizationToken {
            rotated_at: Some(at(NOW)),
            ..token()
        };
        assert_eq!(rotated.standing(&owner(), at(0)), Standing::Rotated);
        let revoked = AuthorizationToken {
            revoked_at: Some(at(NOW)),
            ..token()
        };
        assert_eq!(revoked.standing(&owner(), at(0)), Standing::Revoked);
    }

    #[test]
    fn grace_never_outlives_the_old_expiry_nor_a_revocation() {
        let grace = AuthorizationToken {
            rotated_at: Some(at(10)),
            grace_until: Some(at(NOW + 500)),
            ..token()
        };
        assert_eq!(grace.standing(&owner(), at(NOW)), Standing::Grace);
        assert_eq!(grace.standing(&owner(), at(NOW + 1)), Standing::Rotated);
        let short = AuthorizationToken {
            grace_until: Some(at(NOW)),
            ..grace.clone()
        };
        assert_eq!(short.standing(&owner(), at(NOW)), Standing::Rotated);
        let revoked = AuthorizationToken {
            revoked_at: Some(at(20)),
            ..grace
        };
        assert_eq!(revoked.standing(&owner(), at(30)), Standing::Revoked);
    }

    #[test]
    fn an_overlap_is_at_most_a_week_and_ends_with_the_old_expiry() {
        assert_eq!(Grace::from_seconds(0), Ok(None));
        assert_eq!(Grace::from_seconds(-1), Err(GraceError));
        assert_eq!(Grace::from_seconds(Grace::MAX_SECONDS + 1), Err(GraceError));
        let minute = Grace::from_seconds(60).unwrap().unwrap();
        assert_eq!(minute.end(&token(), at(0)), at(60_000));
        assert_eq!(minute.end(&token(), at(NOW - 1)), at(NOW + 1));
    }

    #[test]
    fn a_cancelled_organization_has_no_good_tokens() {
        let cancelled = Organization {
            cancelled_at: Some(at(1)),
            ..owner()
        };
        assert_eq!(
            token().standing(&cancelled, at(NOW)),
            Standing::OrganizationCancelled
        );
    }

    #[test]
    fn only_live_and_grace_are_served() {
        use Standing::{Expired, Grace, Live, OrganizationCancelled, Revoked, Rotated};
        let served: Vec<_> = [Live, Grace, Expired, Rotated, Revoked, OrganizationCancelled]
            .into_iter()
            .filter(|standing| standing.is_served())
            .collect();
        assert_eq!(served, [Live, Grace]);
    }
}
