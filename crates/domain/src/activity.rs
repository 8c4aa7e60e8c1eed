//! The activity log: who did what, when. Entries are only ever added.

use std::net::IpAddr;

use crate::{
    id::{ActivityId, AuthorizationTokenId, OrganizationId},
    time::Timestamp,
};

/// One entry of the activity log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityEntry {
    /// Names it.
    pub id: ActivityId,
    /// In whose log it stands.
    pub organization: OrganizationId,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it.
    pub attribution: Attribution,
    /// What was done.
    pub action: Action,
    /// The token it was done to; `None` where it was done to the organization.
    pub token: Option<AuthorizationTokenId>,
    /// The other token that took part: a successor.
    pub other_token: Option<AuthorizationTokenId>,
}

/// Who did something, and where from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// Who.
    pub actor: Actor,
    /// The request, as its answer's `X-Request-Id` names it.
    pub request_id: Option<String>,
    /// The address the request came from.
    pub address: Option<IpAddr>,
}

impl Attribution {
    /// An act at the command line.
    #[must_use]
    pub const fn operator() -> Self {
        Self {
            actor: Actor::Operator,
            request_id: None,
            address: None,
        }
    }
}

/// Who can do things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// A program that showed this token.
    Token(AuthorizationTokenId),
    /// Somebody at the command line of the service.
    Operator,
}

/// Where a request came from, before it is known who made it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RequestOrigin {
    /// The request, as its answer's `X-Request-Id` names it.
    pub request_id: Option<String>,
    /// The address it came from.
    pub address: Option<IpAddr>,
}

impl RequestOrigin {
    /// The attribution of an act by the bearer of this token.
    #[must_use]
    pub fn by_token(&self, token: AuthorizationTokenId) -> Attribution {
        Attribution {
            actor: Actor::Token(token),
            request_id: self.request_id.clone(),
            address: self.address,
        }
    }
}

macro_rules! actions {
    ($($(#[$doc:meta])* $variant:ident = $name:literal;)*) => {
        /// What can be done. The names are stored and shown, and never change.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Action {
            $($(#[$doc])* $variant,)*
        }

        impl Action {
            /// Every action.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The stored name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// Reads the stored name.
            #[must_use]
            pub fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|action| action.name() == name)
            }
        }
    };
}

actions! {
    /// An organization was made.
    OrganizationCreated = "organization.created";
    /// An organization was cancelled: its tokens stopped working.
    OrganizationCancelled = "organization.cancelled";
    /// A cancelled organization was made active again.
    OrganizationReactivated = "organization.reactivated";
    /// Whether token values can be shown again was changed.
    RevealPolicyChanged = "organization.reveal_policy_changed";
    /// A token was made.
    TokenCreated = "token.created";
    /// A token was rotated away for another.
    TokenRotated = "token.rotated";
    /// A lost creation was answered again.
    CreationReplayed = "token.creation_replayed";
    /// A lost rotation was answered again.
    RotationReplayed = "token.rotation_replayed";
    /// A token's description was changed.
    TokenDescribed = "token.described";
    /// A token was revoked.
    TokenRevoked = "token.revoked";
    /// Values of tokens were shown in a list or by id.
    TokenRevealed = "token.revealed";
    /// A token that was rotated away was shown again.
    TokenReuseDetected = "token.reuse_detected";
    /// A sealed copy did not open: somebody changed the database, or a key is wrong.
    IntegrityFailed = "integrity.failed";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_is_read_back_by_its_name() {
        for action in Action::ALL {
            assert_eq!(Action::parse(action.name()), Some(*action));
        }
        assert_eq!(Action::parse("token.eaten"), None);
    }
}
