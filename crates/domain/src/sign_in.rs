//! Sign-ins under way: between the button that sends a browser to a provider and its return, and what each of them is for.

use uuid::Uuid;

use crate::{
    administrator_session,
    id::{AccessTokenId, AdministratorId, AdministratorLinkId, AdministratorSessionId},
    sealed::TokenDigest,
    social_profile::ProviderId,
    time::Timestamp,
};

/// A sign-in is given up after so many seconds: 10 minutes.
pub const SIGN_IN_SECONDS: i64 = 10 * 60;
/// So many sign-ins wait for one access token at once; the oldest makes room. A mail scanner that presses the button
/// fills no table.
pub const MAX_PENDING_PER_TOKEN: usize = 20;

/// A sign-in under way. It comes to an end once: by the return of the browser that began it, or by time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingSignIn {
    /// Finds it by the `state` that comes back.
    pub state: TokenDigest,
    /// The digest of what the browser that began it shows.
    pub browser: TokenDigest,
    /// Where the browser was sent.
    pub provider: ProviderId,
    /// What it is for.
    pub purpose: SignInPurpose,
    /// When it is given up.
    pub expires_at: Timestamp,
}

impl PendingSignIn {
    /// When it began.
    #[must_use]
    pub fn began_at(&self) -> Timestamp {
        self.expires_at.plus_seconds(-SIGN_IN_SECONDS)
    }
}

/// What a sign-in is for, said when it begins: its return does that and nothing else, whoever it turns out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInPurpose {
    /// A recipient opens this access token; `None` where they only want to see what they hold.
    Recipient(Option<AccessTokenId>),
    /// Something about the dashboard.
    Administrator(AdministratorPurpose),
}

/// What an administrator goes to a provider for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdministratorPurpose {
    /// To sign in.
    SignIn,
    /// To prove again who sits in this session.
    ProveAgain(AdministratorSessionId),
    /// To connect an account, as this administrator.
    Connect(AdministratorId),
    /// To accept the invitation that this link carries.
    Join(AdministratorLinkId),
}

/// Whom a provider is configured for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// People who claim credentials.
    Recipients,
    /// People who sign in to the dashboard.
    Administrators,
}

impl SignInPurpose {
    /// The stored word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Recipient(_) => "claim",
            Self::Administrator(AdministratorPurpose::SignIn) => "sign_in",
            Self::Administrator(AdministratorPurpose::ProveAgain(_)) => "prove_again",
            Self::Administrator(AdministratorPurpose::Connect(_)) => "connect",
            Self::Administrator(AdministratorPurpose::Join(_)) => "join",
        }
    }

    /// The access token that is to be opened, if one is.
    #[must_use]
    pub const fn token(self) -> Option<AccessTokenId> {
        match self {
            Self::Recipient(token) => token,
            Self::Administrator(_) => None,
        }
    }

    /// The session, the administrator or the link that the dashboard's purposes are about.
    #[must_use]
    pub const fn subject(self) -> Option<Uuid> {
        match self {
            Self::Recipient(_) | Self::Administrator(AdministratorPurpose::SignIn) => None,
            Self::Administrator(AdministratorPurpose::ProveAgain(id)) => Some(*id.as_uuid()),
            Self::Administrator(AdministratorPurpose::Connect(id)) => Some(*id.as_uuid()),
            Self::Administrator(AdministratorPurpose::Join(id)) => Some(*id.as_uuid()),
        }
    }

    /// What a store kept.
    #[must_use]
    pub fn from_kept(name: &str, token: Option<AccessTokenId>, subject: Option<Uuid>) -> Option<Self> {
        Some(Self::Administrator(match (name, token, subject) {
            ("claim", token, None) => return Some(Self::Recipient(token)),
            ("sign_in", None, None) => AdministratorPurpose::SignIn,
            ("prove_again", None, Some(id)) => {
                AdministratorPurpose::ProveAgain(AdministratorSessionId::from_uuid(id))
            }
            ("connect", None, Some(id)) => AdministratorPurpose::Connect(AdministratorId::from_uuid(id)),
            ("join", None, Some(id)) => AdministratorPurpose::Join(AdministratorLinkId::from_uuid(id)),
            _ => return None,
        }))
    }

    /// Whom the provider must be configured for.
    #[must_use]
    pub const fn audience(self) -> Audience {
        match self {
            Self::Recipient(_) => Audience::Recipients,
            Self::Administrator(_) => Audience::Administrators,
        }
    }

    /// How many seconds ago somebody may have authenticated at the provider; `None` where it does not matter. An
    /// administrator's may be as long ago as their session will last, so that the provider says when it was; whoever proves
    /// again who they are authenticates anew.
    #[must_use]
    pub const fn max_age(self) -> Option<i64> {
        match self {
            Self::Recipient(_) => None,
            Self::Administrator(AdministratorPurpose::ProveAgain(_)) => Some(0),
            Self::Administrator(_) => Some(administrator_session::ABSOLUTE_SECONDS),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn purposes() -> [SignInPurpose; 6] {
        let id = Uuid::from_u128(7);
        [
            SignInPurpose::Recipient(None),
            SignInPurpose::Recipient(Some(AccessTokenId::from_uuid(id))),
            SignInPurpose::Administrator(AdministratorPurpose::SignIn),
            SignInPurpose::Administrator(AdministratorPurpose::ProveAgain(
                AdministratorSessionId::from_uuid(id),
            )),
            SignInPurpose::Administrator(AdministratorPurpose::Connect(AdministratorId::from_uuid(id))),
            SignInPurpose::Administrator(AdministratorPurpose::Join(AdministratorLinkId::from_uuid(id))),
        ]
    }

    #[test]
    fn purposes_are_read_back() {
        for purpose in purposes() {
            let kept = SignInPurpose::from_kept(purpose.name(), purpose.token(), purpose.subject());
            assert_eq!(kept, Some(purpose));
        }
    }

    /// What is kept by halves is not taken for something else.
    #[test]
    fn half_a_purpose_is_none() {
        let (token, id) = (Some(AccessTokenId::from_uuid(Uuid::nil())), Some(Uuid::nil()));
        for (name, token, subject) in [
            ("claim", None, id),
            ("sign_in", token, None),
            ("sign_in", None, id),
            ("prove_again", None, None),
            ("connect", token, id),
            ("connect", None, None),
            ("join", None, None),
            ("anything", None, None),
        ] {
            assert_eq!(SignInPurpose::from_kept(name, token, subject), None, "{name}");
        }
    }

    #[test]
    fn only_proving_again_asks_for_something_new() {
        let anew = purposes().map(|purpose| purpose.max_age() == Some(0));
        assert_eq!(anew, [false, false, false, true, false, false]);
    }
}
